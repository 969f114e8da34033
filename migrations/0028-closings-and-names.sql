create sequence organisation.closing_id;
create table organisation.closing (
  closing_id bigint primary key default nextval('organisation.closing_id'),
  key text not null,
  merge_into text,
  reason text not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision text check (decision in ('confirmed', 'refused')),
  decision_reason text
);
comment on table organisation.closing is 'Closings and mergers of departments (部门撤并) that one administrator proposes and another kind of administrator confirms or refuses';
create unique index closing_open on organisation.closing (key) where decided_at is null;

create sequence organisation.renaming_id;
create table organisation.renaming (
  renaming_id bigint primary key default nextval('organisation.renaming_id'),
  officer_id bigint not null references organisation.officer,
  former text not null,
  name text not null,
  reason text not null,
  set_at timestamptz not null,
  set_by text not null
);
comment on table organisation.renaming is 'Append-only: names that officers had before (更名), by marriage or because they were noted wrongly; organisation.officer shows the latest';
create index renaming_by_officer on organisation.renaming (officer_id, renaming_id);

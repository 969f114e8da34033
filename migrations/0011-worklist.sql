create schema worklist;
comment on schema worklist is 'Who is in charge of what waits (待办): the items themselves live with the modules that let them wait';

create sequence worklist.assignment_id;
create table worklist.assignment (
  assignment_id bigint primary key default nextval('worklist.assignment_id'),
  kind text not null,
  item text not null,
  officer_id bigint not null references organisation.officer,
  note text,
  assigned_at timestamptz not null,
  assigned_by text not null,
  ended_at timestamptz,
  ended_by text
);
comment on table worklist.assignment is 'An officer takes an item, or is given it (认领、指派); of an item the one without an end stands';
create unique index assignment_standing on worklist.assignment (kind, item) where ended_at is null;

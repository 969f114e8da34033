create table ledger.redaction (
  entry_id bigint not null,
  removal_id bigint not null,
  digest bytea not null,
  primary key (entry_id, removal_id)
);
comment on table ledger.redaction is 'Entries whose witnessed row lost a person''s data (个人信息删除): what the row says since, by the digest under the entry''s new salt. The leaf in the log stays. Of several for an entry the one of the latest removal counts';
create index redaction_by_removal on ledger.redaction (removal_id, entry_id);

create schema removals;
comment on schema removals is 'Removal of a person''s data (个人信息删除)';

create sequence removals.removal_id;
create table removals.removal (
  removal_id bigint primary key default nextval('removals.removal_id'),
  id_sealed text,
  account_id bigint,
  asked_by text not null check (asked_by in ('person', 'office')),
  asked_on date not null,
  ground text not null,
  words text not null,
  due_on date not null,
  filed_at timestamptz not null,
  filed_by text not null,
  state text not null check (state in ('filed', 'approved', 'refused', 'withdrawn', 'removed')),
  check (id_sealed is not null or account_id is not null or state not in ('filed', 'approved'))
);
comment on table removals.removal is 'Requests to remove a person''s data. state is a projection of the steps';
comment on column removals.removal.id_sealed is 'The number of the identity document, sealed; gone as soon as nothing more is done with it';

create sequence removals.step_id;
create table removals.step (
  step_id bigint primary key default nextval('removals.step_id'),
  removal_id bigint not null references removals.removal,
  act text not null check (act in ('approve', 'refuse', 'withdraw', 'remove')),
  words text not null,
  remedy text,
  found jsonb,
  at timestamptz not null,
  actor text not null,
  actor_name text not null
);
create index step_by_removal on removals.step (removal_id, step_id);
comment on table removals.step is 'Append-only: what was done with a request, by whom. found: for a removal, how many rows of what lost data, and what stays and why';

create table removals.file (
  digest text primary key,
  removal_id bigint not null references removals.removal,
  gone_at timestamptz
);
comment on table removals.file is 'Kept files that held the person''s data, by the SHA-256 of their content. gone_at: when the bytes were removed; null while that is still to be done';

alter table submissions.batch add column original_gone_at timestamptz;
comment on column submissions.batch.original_gone_at is 'When the bytes of the file were removed, because its time of keeping was over; null: they are there, unless a person''s removal took them';

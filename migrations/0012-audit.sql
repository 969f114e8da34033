create schema audit;
comment on schema audit is 'Who saw or did what, when, by what right (审计): the trail, its seals in the ledger';

create sequence audit.trail_id;
create table audit.trail (
  trail_id bigint primary key default nextval('audit.trail_id'),
  ref text not null unique,
  at timestamptz not null,
  actor text not null,
  department text,
  roles text[] not null,
  permission text not null,
  reach jsonb,
  session_id bigint,
  address text not null,
  method text not null,
  route text not null,
  kind text not null check (kind in ('view', 'export', 'act', 'sign-in')),
  outcome text not null,
  subject_ids bigint[] not null,
  record_ids bigint[] not null,
  asked jsonb not null,
  rows integer,
  purpose text,
  ms integer not null
);
comment on table audit.trail is 'Append-only: every view of non-public data, act, sign-in, refusal and export (审计日志). Written before the answer leaves';
comment on column audit.trail.ref is 'Chosen before it is written: a line that went by the spool is written once';
comment on column audit.trail.department is 'The actor''s department at that time; roles, permission and reach are the right by which it passed';
comment on column audit.trail.outcome is 'given, the code of the refusal, or fault';
comment on column audit.trail.asked is 'What was asked for: numbers, days and keys as they are; free text as a keyed digest only, for it may name a person';
comment on column audit.trail.rows is 'How many rows the answer gave; null where it is no list';
create index trail_by_actor on audit.trail (actor, trail_id);
create index trail_by_time on audit.trail (at, trail_id);
create index trail_refused on audit.trail (outcome, trail_id) where outcome <> 'given';
create index trail_by_subject on audit.trail using gin (subject_ids);
create index trail_by_record on audit.trail using gin (record_ids);

create sequence audit.seal_id;
create table audit.seal (
  seal_id bigint primary key,
  from_id bigint not null,
  to_id bigint not null,
  rows bigint not null,
  digest text not null,
  leaves bytea not null,
  at timestamptz not null
);
comment on table audit.seal is 'Stretches of the trail whose digest stands in the ledger (封存): from from_id to to_id, both included';
comment on column audit.seal.leaves is 'Of each row its number (8 bytes) and SHA-256 (32 bytes), in order: so a changed or removed row can be named. digest is the SHA-256 of leaves';
alter table audit.seal alter column leaves set storage external;
create index seal_by_end on audit.seal (to_id);

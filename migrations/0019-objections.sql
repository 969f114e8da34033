create table records.mark (
  subject_id bigint not null,
  record_id bigint not null,
  objection_id bigint not null,
  marked_at timestamptz not null,
  ended_at timestamptz,
  primary key (subject_id, record_id, objection_id)
);
comment on table records.mark is 'Records to which an objection is pending (异议标注), from the instant of the objection until it is settled';

create schema objections;
comment on schema objections is 'Objections and statements of businesses (异议与说明)';

create sequence objections.objection_id;
create table objections.objection (
  subject_id bigint not null,
  objection_id bigint not null,
  about text not null check (about in ('record', 'grade', 'registration')),
  record_id bigint,
  model text,
  grounds text not null,
  wish text not null,
  files jsonb not null,
  repeats bigint,
  filed_at timestamptz not null,
  filed_by text not null,
  filed_by_name text not null,
  department text not null,
  state text not null check (state in ('checking', 'answered', 'upheld', 'partly', 'corrected', 'rejected', 'declined', 'withdrawn')),
  due_on date,
  extended boolean not null,
  primary key (subject_id, objection_id),
  check ((about = 'record') = (record_id is not null))
);
comment on table objections.objection is 'Objections (异议申请). department, state, due_on and extended are projections of the steps';
comment on column objections.objection.files is 'Evidence: digest, fileName, contentType, size';
comment on column objections.objection.repeats is 'An earlier objection to the same thing that was settled';
create index objection_by_state on objections.objection (state, due_on);
create index objection_by_number on objections.objection (objection_id);

create sequence objections.step_id;
create table objections.step (
  subject_id bigint not null,
  step_id bigint not null,
  objection_id bigint not null,
  act text not null check (act in ('forward', 'decline', 'answer', 'extend', 'uphold', 'uphold-partly', 'reject', 'carry-out', 'withdraw')),
  words text not null,
  remedy text,
  how text check (how in ('withdrawn', 'ended', 'corrected')),
  department text not null,
  to_department text,
  due_on date,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  primary key (subject_id, step_id)
);
comment on table objections.step is 'Append-only but for department, which follows the objection: what was done with it, by whom, in which words';
create index step_by_number on objections.step (step_id);

create sequence objections.statement_id;
create table objections.statement (
  subject_id bigint not null,
  statement_id bigint not null,
  record_id bigint,
  department text not null,
  words text not null,
  filed_at timestamptz not null,
  filed_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (subject_id, statement_id)
);
comment on table objections.statement is 'Statements of a business (信用说明) that stand beside a record or all of its records, until it takes them back';
create index statement_by_number on objections.statement (statement_id);

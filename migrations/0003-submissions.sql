create schema submissions;
comment on schema submissions is 'Files that departments send in (报送批次): each is one act, with its outcome row by row';

create sequence submissions.batch_id;
create table submissions.batch (
  batch_id bigint primary key default nextval('submissions.batch_id'),
  kind text not null,
  file_name text not null,
  file_digest text not null,
  file_size bigint not null,
  department text not null,
  received_on date not null,
  received_at timestamptz not null,
  actor text not null,
  state text not null check (state in ('received', 'reading', 'done', 'refused')),
  recognised jsonb,
  refusal jsonb,
  rows_read bigint not null default 0,
  accepted bigint not null default 0,
  unchanged bigint not null default 0,
  corrected bigint not null default 0,
  rejected bigint not null default 0,
  warned bigint not null default 0,
  finished_at timestamptz
);
comment on table submissions.batch is 'One received file. received_on is the day from which timeliness is judged';
comment on column submissions.batch.recognised is 'The layout of the file as it was recognised: which column holds which field of the standard';
comment on column submissions.batch.warned is 'Rows that were taken in with warnings; they are counted among accepted, unchanged or corrected too';
create index batch_by_time on submissions.batch (received_at);
create index batch_unfinished on submissions.batch (batch_id) where state in ('received', 'reading');

create table submissions.flagged_row (
  batch_id bigint not null references submissions.batch,
  row_number integer not null,
  rejected boolean not null,
  cells jsonb not null,
  problems jsonb not null,
  document_number text,
  party_name text,
  party_code text,
  decided_on date,
  report_due_on date,
  settled_by bigint,
  primary key (batch_id, row_number)
);
comment on table submissions.flagged_row is 'Rows with problems: rejected ones with their cells as sent, and accepted ones with warnings';
comment on column submissions.flagged_row.settled_by is 'The batch in which the same decision was sent again; until then its reporting time goes on';
create index flagged_row_open on submissions.flagged_row (document_number) where rejected and settled_by is null;

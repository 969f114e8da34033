create schema records;
comment on schema records is 'Credit records (信用记录): facts about subjects, never changed, only followed by others';

create sequence records.record_id;
create sequence records.fact_id;
create sequence records.attachment_id;

create table records.fact (
  subject_id bigint not null,
  fact_id bigint not null,
  record_id bigint not null,
  version integer not null,
  operation text not null check (operation in ('filed', 'corrected', 'withdrawn', 'ended', 'recomputed')),
  kind text not null,
  document_number text not null,
  fields jsonb not null,
  content_digest text not null,
  decided_on date not null,
  received_on date not null,
  recorded_at timestamptz not null,
  department text not null,
  batch_id bigint,
  row_number integer,
  reason text,
  occasion_on date,
  actor text not null,
  policy_hash text not null,
  primary key (subject_id, fact_id)
);
comment on table records.fact is 'Append-only: every version of every record as it was received, corrected or withdrawn';
comment on column records.fact.operation is 'ended: publicity, sharing and use were ended by a decision (repair); recomputed: the report deadline, when the calendar of a year became official';
comment on column records.fact.occasion_on is 'Withdrawal: the day on which the decision was changed, revoked or found invalid, from which the time to withdraw runs';
comment on column records.fact.fields is 'The fields of the national standard by id, in canonical text';
comment on column records.fact.content_digest is 'SHA-256 over the fields in order of their ids: by it a row that is sent again is known to be the same';

create index fact_by_id on records.fact (fact_id);

create table records.document (
  subject_id bigint not null,
  kind text not null,
  document_number text not null,
  record_id bigint not null,
  primary key (subject_id, kind, document_number)
);
comment on table records.document is 'Same document number and subject again is the same record';

create table records.standing (
  subject_id bigint not null,
  record_id bigint not null,
  version integer not null,
  fact_id bigint not null,
  kind text not null,
  document_number text not null,
  document_series text,
  document_year integer,
  document_serial integer,
  department text not null,
  sector text,
  decided_on date not null,
  received_on date not null,
  report_due_on date,
  report_due_provisional boolean not null default false,
  ends_on date,
  class text,
  tags text[] not null default '{}',
  amount_fen bigint,
  grade text,
  public boolean not null,
  public_reason text,
  repairable_on date,
  publicity_ends_on date,
  publicity_end_reason text,
  sharing_ends_on date,
  sharing_end_reason text,
  use_ends_on date,
  use_end_reason text,
  withdrawn boolean not null default false,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  primary key (subject_id, record_id, version)
);
comment on table records.standing is 'Narrow projection of records.fact, one row a version: what lists, clocks and scoring read. Only known_until is ever updated';
comment on column records.standing.document_series is 'With document_year and document_serial: the document number taken apart (琼三海市监罚 / 2026 / 17), for gaps';
comment on column records.standing.received_on is 'Day on which the record was first received: corrections do not make it late';
comment on column records.standing.ends_on is 'First day on which the decision has no more effect by its own terms (valid-to + 1)';
comment on column records.standing.publicity_ends_on is 'First day on which the record is no longer published; likewise sharing_ends_on and use_ends_on';
comment on column records.standing.repairable_on is 'First day on which repair can end publicity: decision day plus the minimum period';
create index standing_now on records.standing (subject_id) include (kind, decided_on, ends_on, use_ends_on, class, tags, department, sector, amount_fen, grade, withdrawn, record_id, fact_id) where known_until = 'infinity';
create index standing_newest on records.standing (received_on, record_id) where known_until = 'infinity';
create index standing_by_department on records.standing (department, received_on, record_id) where known_until = 'infinity';
create index standing_late on records.standing (received_on, record_id) where known_until = 'infinity' and received_on > report_due_on;
create index standing_by_number on records.standing (document_number text_pattern_ops) where known_until = 'infinity';
create index standing_series on records.standing (department, kind, document_series, document_year, document_serial) where known_until = 'infinity' and document_serial is not null;
create index standing_provisional on records.standing (report_due_on) where report_due_provisional and known_until = 'infinity';

create table records.attachment (
  subject_id bigint not null,
  attachment_id bigint not null,
  record_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  attached_at timestamptz not null,
  actor text not null,
  primary key (subject_id, attachment_id)
);
comment on table records.attachment is 'Source documents, kept by content hash';

create schema agents;
comment on schema agents is 'Claims of subjects by those who act for them (认领与代办), with their evidence';

create sequence agents.upload_id;
create table agents.upload (
  upload_id bigint primary key default nextval('agents.upload_id'),
  account_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  uploaded_at timestamptz not null
);
comment on table agents.upload is 'Files that a person uploaded, until they go with a claim or an objection; only that person can name them';
create index upload_by_account on agents.upload (account_id, uploaded_at);

create sequence agents.claim_id;
create table agents.claim (
  subject_id bigint not null,
  claim_id bigint not null,
  account_id bigint not null,
  name text not null,
  capacity text not null check (capacity in ('legal-representative', 'agent')),
  limits text[] not null,
  until_on date not null,
  words text,
  filed_at timestamptz not null,
  filed_by text not null,
  due_on date not null,
  primary key (subject_id, claim_id)
);
comment on table agents.claim is 'Append-only: claims of a subject (认领). due_on is the last day for the answer';
create index claim_by_account on agents.claim (account_id);
create index claim_by_number on agents.claim (claim_id);

create sequence agents.evidence_id;
create table agents.evidence (
  subject_id bigint not null,
  evidence_id bigint not null,
  claim_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  primary key (subject_id, evidence_id)
);
comment on table agents.evidence is 'Append-only: the files that came with a claim, by the SHA-256 of their content';

create table agents.answer (
  subject_id bigint not null,
  claim_id bigint not null,
  outcome text not null check (outcome in ('confirmed', 'refused', 'withdrawn')),
  reason text,
  mandate_id bigint,
  answered_at timestamptz not null,
  answered_by text not null,
  primary key (subject_id, claim_id)
);
comment on table agents.answer is 'Append-only: what became of a claim; one answer a claim, none while it waits';

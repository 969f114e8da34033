create schema subjects;
comment on schema subjects is 'The register of credit subjects (信用主体)';

create sequence subjects.subject_id;
create sequence subjects.registration_id;

create table subjects.subject (
  subject_id bigint primary key,
  type text not null check (type in ('enterprise', 'individual-business', 'cooperative', 'institution', 'social-organisation', 'government', 'other-organisation', 'natural-person')),
  name text not null,
  uscc text,
  code_note text,
  status text not null default 'active' check (status in ('active', 'dormant', 'revoked', 'deregistered', 'moved-out')),
  industry text,
  sectors text[] not null default '{}',
  place text,
  department text,
  founded_on date,
  legal_representative text,
  name_lines text not null,
  name_grams text[] not null,
  registered_at timestamptz not null
);
comment on table subjects.subject is 'Projection of subjects.registration: what is registered now';
comment on column subjects.subject.uscc is 'Unified social credit code; the placeholder of 17 zeros and X is never stored';
comment on column subjects.subject.code_note is 'Why an officer admitted a code that fails its check digit';
comment on column subjects.subject.name_lines is 'Present and former names as they are compared (width, brackets, blanks and case make no difference), one a line';
comment on column subjects.subject.name_grams is 'Pairs of neighbouring characters of the present and former names, for search by part of a name';
create index subject_by_gram on subjects.subject using gin (name_grams);

create table subjects.registration (
  subject_id bigint not null,
  registration_id bigint not null,
  content jsonb not null,
  effective_on date not null,
  recorded_at timestamptz not null,
  batch_id bigint,
  row_number integer,
  actor text not null,
  reason text,
  primary key (subject_id, registration_id)
);
create index registration_by_id on subjects.registration (registration_id);
comment on table subjects.registration is 'Append-only: every registration and change, as received';

create table subjects.name (
  subject_id bigint not null,
  name text not null,
  from_on date,
  until_on date,
  primary key (subject_id, name)
);
comment on table subjects.name is 'Present and former names; until_on is null for the present one';

create table subjects.identifier (
  subject_id bigint not null,
  kind text not null check (kind in ('uscc', 'registration-number', 'organisation-code', 'tax-number', 'institution-number', 'social-organisation-number', 'resident-id', 'other-id')),
  value text not null,
  primary key (subject_id, kind, value)
);
create table subjects.identifier_owner (
  kind text not null,
  value text not null,
  subject_id bigint not null,
  primary key (kind, value)
);
comment on table subjects.identifier_owner is 'Lookup across subjects: a code belongs to one subject';
create index identifier_owner_by_value on subjects.identifier_owner (value text_pattern_ops);
-- The organisation code stands inside the credit code (characters 9-17): old documents that name only that one still find their subject.
create index identifier_owner_by_organisation_part on subjects.identifier_owner (substr(value, 9, 9)) where kind = 'uscc';
create index subject_with_code_note on subjects.subject (subject_id) where code_note is not null;

alter table identity.account alter column officer_id drop not null;
alter table identity.account add column person_name text;
alter table identity.account add column phone text;
alter table identity.account add constraint account_of_one check ((officer_id is null) <> (person_name is null));
comment on table identity.account is 'Accounts (账号): one an officer, or of a person who acts for businesses (person_name); user_name in lower case';
comment on column identity.account.phone is 'As the person gave it; nobody checked it';

alter table identity.sign_in drop constraint sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome in ('begun', 'signed-in', 'wrong', 'wrong-second-factor', 'second-factor-missing', 'password-aged', 'locked', 'unlocked', 'not-linked', 'registered'));

create sequence identity.mandate_id;
create table identity.mandate (
  subject_id bigint not null,
  mandate_id bigint not null,
  account_id bigint not null,
  name text not null,
  capacity text not null check (capacity in ('legal-representative', 'agent')),
  limits text[] not null,
  from_on date not null,
  until_on date not null,
  granted_at timestamptz not null,
  granted_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (subject_id, mandate_id),
  check (until_on >= from_on)
);
comment on table identity.mandate is 'Who may act for which subject (代办授权): capacity, limits (what the person may do), the days from and until, both included. Ended early by ended_at';
comment on column identity.mandate.name is 'The person''s name when it was granted, so that the business sees whom it let act';
create index mandate_by_account on identity.mandate (account_id);
create index mandate_by_number on identity.mandate (mandate_id);

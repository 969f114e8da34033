create schema organisation;
comment on schema organisation is 'Departments, officers, duties, roles and delegations (组织机构)';

create sequence organisation.department_id;
create table organisation.department (
  department_id bigint primary key default nextval('organisation.department_id'),
  key text not null,
  uscc text not null,
  zh text not null,
  en text not null,
  sector text,
  role text not null check (role in ('department', 'credit-office')),
  set_at timestamptz not null
);
comment on table organisation.department is 'Append-only: departments of the district (部门) as they were set; the highest number of a key stands';
create index department_by_key on organisation.department (key, department_id);

create sequence organisation.section_id;
create table organisation.section (
  section_id bigint primary key default nextval('organisation.section_id'),
  department text not null,
  key text not null,
  zh text not null,
  en text not null,
  set_at timestamptz not null,
  unique (department, key)
);
comment on table organisation.section is 'Sections of a department (科室)';

create sequence organisation.officer_id;
create table organisation.officer (
  officer_id bigint primary key default nextval('organisation.officer_id'),
  number text not null unique,
  name text not null,
  department text not null,
  section text,
  post text,
  joined_on date not null,
  left_on date
);
comment on table organisation.officer is 'Officers (工作人员). number is the staff number, known in the district';
comment on column organisation.officer.left_on is 'The first day on which the officer is no longer there: access ends at once';
create index officer_by_department on organisation.officer (department, officer_id);

create sequence organisation.officer_role_id;
create table organisation.officer_role (
  officer_role_id bigint primary key default nextval('organisation.officer_role_id'),
  officer_id bigint not null references organisation.officer,
  role text not null,
  from_on date not null,
  until_on date,
  granted_at timestamptz not null,
  granted_by text not null,
  ended_at timestamptz,
  ended_by text
);
comment on table organisation.officer_role is 'Roles granted to officers (授权); until_on is the last day, ended_at an earlier end';
create index officer_role_by_officer on organisation.officer_role (officer_id);

create sequence organisation.certificate_id;
create table organisation.certificate (
  certificate_id bigint primary key default nextval('organisation.certificate_id'),
  officer_id bigint not null references organisation.officer,
  number text not null unique,
  issued_on date,
  until_on date,
  set_at timestamptz not null
);
comment on table organisation.certificate is 'Enforcement certificates of officers (行政执法证)';

create sequence organisation.delegation_id;
create table organisation.delegation (
  delegation_id bigint primary key default nextval('organisation.delegation_id'),
  officer_id bigint not null references organisation.officer,
  deputy_id bigint not null references organisation.officer,
  from_on date not null,
  until_on date not null,
  reason text not null,
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz,
  ended_by text,
  check (officer_id <> deputy_id),
  check (until_on >= from_on)
);
comment on table organisation.delegation is 'An officer acts for another from day to day (代理): the deputy has the roles of the other in the other''s department';
create index delegation_by_deputy on organisation.delegation (deputy_id);

create sequence organisation.duty_id;
create table organisation.duty (
  duty_id bigint primary key default nextval('organisation.duty_id'),
  clause text not null,
  department text not null,
  sector text,
  part text not null check (part in ('lead', 'support')),
  set_at timestamptz not null
);
comment on table organisation.duty is 'Which department answers for which clause of the plan and which sector (职责分工)';
create unique index duty_once on organisation.duty (clause, department, coalesce(sector, '*'));

create schema identity;
comment on schema identity is 'Accounts, passwords, second factors and sessions (身份鉴别). Passwords, codes and tokens are kept as digests only';

create sequence identity.account_id;
create table identity.account (
  account_id bigint primary key default nextval('identity.account_id'),
  user_name text not null unique,
  officer_id bigint not null unique references organisation.officer,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text
);
comment on table identity.account is 'Accounts (账号), one an officer; user_name in lower case';

create sequence identity.password_id;
create table identity.password (
  password_id bigint primary key default nextval('identity.password_id'),
  account_id bigint not null references identity.account,
  hash text not null,
  set_at timestamptz not null
);
comment on table identity.password is 'Append-only: argon2id digests of passwords; the latest is the one in use, earlier ones keep it from coming back';
create index password_by_account on identity.password (account_id, password_id);

create sequence identity.totp_id;
create table identity.totp (
  totp_id bigint primary key default nextval('identity.totp_id'),
  account_id bigint not null references identity.account,
  secret bytea not null,
  begun_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  last_step bigint
);
comment on table identity.totp is 'Second factors (动态口令); last_step is the last time step that was used, so that no code is good twice';
create index totp_by_account on identity.totp (account_id);

create sequence identity.recovery_code_id;
create table identity.recovery_code (
  recovery_code_id bigint primary key default nextval('identity.recovery_code_id'),
  totp_id bigint not null references identity.totp,
  digest text not null,
  used_at timestamptz
);
comment on table identity.recovery_code is 'Digests of recovery codes (恢复码); each is good once';
create index recovery_code_by_totp on identity.recovery_code (totp_id);

create sequence identity.session_id;
create table identity.session (
  session_id bigint primary key default nextval('identity.session_id'),
  account_id bigint not null references identity.account,
  token_digest text not null unique,
  kind text not null check (kind in ('password', 'one-time-code', 'oidc', 'demo')),
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'revoked', 'password-changed', 'account-closed')),
  address text not null,
  agent text
);
comment on table identity.session is 'Sessions (会话) by the digest of their token; ends_at is the absolute timeout, the idle one counts from last_seen_at';
create index session_by_account on identity.session (account_id, session_id);

create sequence identity.sign_in_id;
create table identity.sign_in (
  sign_in_id bigint primary key default nextval('identity.sign_in_id'),
  at timestamptz not null,
  user_name text,
  account_id bigint,
  outcome text not null check (outcome in ('begun', 'signed-in', 'wrong', 'wrong-second-factor', 'second-factor-missing', 'password-aged', 'locked', 'unlocked')),
  address text not null,
  agent text
);
comment on table identity.sign_in is 'Attempts to sign in (登录情况). One that began and was never answered counts as a failure; user_name is null where it could not be one';
create index sign_in_by_name on identity.sign_in (user_name, sign_in_id);
create index sign_in_by_address on identity.sign_in (address, at);

create sequence identity.one_time_code_id;
create table identity.one_time_code (
  one_time_code_id bigint primary key default nextval('identity.one_time_code_id'),
  digest text not null unique,
  purpose text not null check (purpose in ('first-administrator', 'invitation', 'reset')),
  role text,
  account_id bigint references identity.account,
  issued_at timestamptz not null,
  issued_by text not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  void_at timestamptz
);
comment on table identity.one_time_code is 'Digests of one-time codes with which a first administrator or an invited officer sets the own password';

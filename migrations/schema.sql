-- Made by `node scripts/schema.mjs --write` from the migrations. A test holds it fresh: do not edit.

create schema agents;
comment on schema agents is 'Claims of subjects by those who act for them (认领与代办), with their evidence';

create schema audit;
comment on schema audit is 'Who saw or did what, when, by what right (审计): the trail, its seals in the ledger';

create schema evaluation;
comment on schema evaluation is 'Scores by models (评价): reproducible from facts and models, so only the latest result is kept';

create schema evidence;
comment on schema evidence is 'What audits of the ledger found';

create schema grading;
comment on schema grading is 'Grades that steer supervision (分级分类监管), with their history';

create schema identity;
comment on schema identity is 'Accounts, passwords, second factors and sessions (身份鉴别). Passwords, codes and tokens are kept as digests only';

create schema ledger;
comment on schema ledger is 'The log of acts (存证账本): entries, their order, the Merkle tree over them, signed checkpoints, and who has read how far';

create schema notices;
comment on schema notices is 'What people who act for businesses have read of what happened (消息)';

create schema objections;
comment on schema objections is 'Objections and statements of businesses (异议与说明)';

create schema organisation;
comment on schema organisation is 'Departments, officers, duties, roles and delegations (组织机构)';

create schema platform;

create schema records;
comment on schema records is 'Credit records (信用记录): facts about subjects, never changed, only followed by others';

create schema removals;
comment on schema removals is 'Removal of a person''s data (个人信息删除)';

create schema subjects;
comment on schema subjects is 'The register of credit subjects (信用主体)';

create schema submissions;
comment on schema submissions is 'Files that departments send in (报送批次): each is one act, with its outcome row by row';

create schema worklist;
comment on schema worklist is 'Who is in charge of what waits (待办): the items themselves live with the modules that let them wait';

create table agents.answer (
  subject_id bigint not null,
  claim_id bigint not null,
  outcome text not null,
  reason text,
  mandate_id bigint,
  answered_at timestamp with time zone not null,
  answered_by text not null,
  constraint answer_pkey PRIMARY KEY (subject_id, claim_id),
  constraint answer_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'refused'::text, 'withdrawn'::text])))
);
comment on table agents.answer is 'Append-only: what became of a claim; one answer a claim, none while it waits';

create table agents.claim (
  subject_id bigint not null,
  claim_id bigint not null,
  account_id bigint not null,
  name text not null,
  capacity text not null,
  limits text[] not null,
  until_on date not null,
  words text,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  due_on date not null,
  subject_name text default ''::text not null,
  uscc text,
  constraint claim_pkey PRIMARY KEY (subject_id, claim_id),
  constraint claim_capacity_check CHECK ((capacity = ANY (ARRAY['legal-representative'::text, 'agent'::text])))
);
CREATE INDEX claim_by_account ON agents.claim USING btree (account_id);
CREATE INDEX claim_by_number ON agents.claim USING btree (claim_id);
comment on table agents.claim is 'Append-only: claims of a subject (认领). due_on is the last day for the answer';
comment on column agents.claim.subject_name is 'The business as the register named it when it was claimed: whoever claims reaches no register';

create sequence agents.claim_id;

create table agents.evidence (
  subject_id bigint not null,
  evidence_id bigint not null,
  claim_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  constraint evidence_pkey PRIMARY KEY (subject_id, evidence_id)
);
comment on table agents.evidence is 'Append-only: the files that came with a claim, by the SHA-256 of their content';

create sequence agents.evidence_id;

create table agents.upload (
  upload_id bigint default nextval('agents.upload_id'::regclass) not null,
  account_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  uploaded_at timestamp with time zone not null,
  constraint upload_pkey PRIMARY KEY (upload_id)
);
CREATE INDEX upload_by_account ON agents.upload USING btree (account_id, uploaded_at);
comment on table agents.upload is 'Files that a person uploaded, until they go with a claim or an objection; only that person can name them';

create sequence agents.upload_id;

create table audit.alarm (
  alarm_id bigint default nextval('audit.alarm_id'::regclass) not null,
  kind text not null,
  actor text not null,
  on_day date not null,
  department text,
  subjects integer not null,
  limit_was integer not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  raised_at timestamp with time zone not null,
  constraint alarm_pkey PRIMARY KEY (alarm_id),
  constraint alarm_actor_kind_on_day_key UNIQUE (actor, kind, on_day),
  constraint alarm_kind_check CHECK ((kind = ANY (ARRAY['many'::text, 'hours'::text, 'duties'::text])))
);
comment on table audit.alarm is 'Unusual reading (异常查看), at most one a person, kind and day: many subjects in minutes, outside working hours, of other departments without a purpose';
comment on column audit.alarm.limit_was is 'The figure of policy/…/audit/unusual-reading that was passed';

create sequence audit.alarm_id;

create table audit.archive (
  seal_id bigint not null,
  file text not null,
  size bigint not null,
  rows bigint not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  archived_at timestamp with time zone not null,
  actor text not null,
  constraint archive_pkey PRIMARY KEY (seal_id),
  constraint archive_seal_id_fkey FOREIGN KEY (seal_id) REFERENCES audit.seal(seal_id)
);
comment on table audit.archive is 'Sealed stretches of the trail that are past their time and stand in a file (归档). Only whoever owns the tables removes their lines, and only such lines';
comment on column audit.archive.file is 'SHA-256 of the compressed archive, which is its name among the kept files';

create table audit.seal (
  seal_id bigint not null,
  from_id bigint not null,
  to_id bigint not null,
  rows bigint not null,
  digest text not null,
  leaves bytea not null,
  at timestamp with time zone not null,
  constraint seal_pkey PRIMARY KEY (seal_id)
);
CREATE INDEX seal_by_end ON audit.seal USING btree (to_id);
comment on table audit.seal is 'Stretches of the trail whose digest stands in the ledger (封存): from from_id to to_id, both included';
comment on column audit.seal.leaves is 'Of each row its number (8 bytes) and SHA-256 (32 bytes), in order: so a changed or removed row can be named. digest is the SHA-256 of leaves';

create sequence audit.seal_id;

create table audit.settlement (
  alarm_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  finding text not null,
  reason text not null,
  constraint settlement_pkey PRIMARY KEY (alarm_id),
  constraint settlement_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES audit.alarm(alarm_id),
  constraint settlement_finding_check CHECK ((finding = ANY (ARRAY['explained'::text, 'misuse'::text])))
);
comment on table audit.settlement is 'What became of an alarm (核查处理)';

create table audit.trail (
  trail_id bigint default nextval('audit.trail_id'::regclass) not null,
  ref text not null,
  at timestamp with time zone not null,
  actor text not null,
  department text,
  roles text[] not null,
  permission text not null,
  reach jsonb,
  session_id bigint,
  address text not null,
  method text not null,
  route text not null,
  kind text not null,
  outcome text not null,
  subject_ids bigint[] not null,
  record_ids bigint[] not null,
  asked jsonb not null,
  rows integer,
  purpose text,
  ms integer not null,
  constraint trail_pkey PRIMARY KEY (trail_id),
  constraint trail_ref_key UNIQUE (ref),
  constraint trail_kind_check CHECK ((kind = ANY (ARRAY['view'::text, 'export'::text, 'act'::text, 'sign-in'::text])))
);
CREATE INDEX trail_by_actor ON audit.trail USING btree (actor, trail_id);
CREATE INDEX trail_by_record ON audit.trail USING gin (record_ids);
CREATE INDEX trail_by_subject ON audit.trail USING gin (subject_ids);
CREATE INDEX trail_by_time ON audit.trail USING btree (at, trail_id);
CREATE INDEX trail_refused ON audit.trail USING btree (outcome, trail_id) WHERE (outcome <> 'given'::text);
comment on table audit.trail is 'Append-only: every view of non-public data, act, sign-in, refusal and export (审计日志). Written before the answer leaves';
comment on column audit.trail.ref is 'Chosen before it is written: a line that went by the spool is written once';
comment on column audit.trail.department is 'The actor''s department at that time; roles, permission and reach are the right by which it passed';
comment on column audit.trail.outcome is 'given, the code of the refusal, or fault';
comment on column audit.trail.asked is 'What was asked for: numbers, days and keys as they are; free text as a keyed digest only, for it may name a person';
comment on column audit.trail.rows is 'How many rows the answer gave; null where it is no list';

create sequence audit.trail_id;

create sequence evaluation.adoption_id;

create table evaluation.applied_model (
  model_key text not null,
  model_hash text not null,
  applied_on date not null,
  constraint applied_model_pkey PRIMARY KEY (model_key)
);
comment on table evaluation.applied_model is 'The models by which the whole population stands scored: what is in force but not here must still be run, what is here but not in force must go';

create table evaluation.ended_result (
  subject_id bigint not null,
  run_id bigint not null,
  model_key text not null,
  ended_on date not null,
  constraint ended_result_pkey PRIMARY KEY (subject_id, run_id)
);
CREATE INDEX ended_result_by_run ON evaluation.ended_result USING btree (run_id);
comment on table evaluation.ended_result is 'Results that fell away, because the subject left the sector or the model went out of force';

create table evaluation.model (
  adoption_id bigint not null,
  model_key text not null,
  model_hash text not null,
  definition jsonb not null,
  origin text not null,
  in_force_from date not null,
  in_force_until date,
  adopted_at timestamp with time zone not null,
  adopted_by text not null,
  constraint model_pkey PRIMARY KEY (adoption_id),
  constraint model_origin_check CHECK ((origin = ANY (ARRAY['policy'::text, 'imported'::text])))
);
CREATE INDEX model_by_key ON evaluation.model USING btree (model_key, adoption_id);
comment on table evaluation.model is 'Append-only: models with the days on which they are in force; of several for a key and day the latest adopted one counts. in_force_until is the first day without it';

create table evaluation.population_range (
  population_run_id bigint not null,
  from_id bigint not null,
  below_id bigint not null,
  run_id bigint,
  constraint population_range_pkey PRIMARY KEY (population_run_id, from_id),
  constraint population_range_population_run_id_fkey FOREIGN KEY (population_run_id) REFERENCES evaluation.population_run(population_run_id)
);
comment on column evaluation.population_range.run_id is 'The run that evaluated the range, committed together with its results; null: still to be done';

create table evaluation.population_run (
  population_run_id bigint not null,
  model_key text not null,
  model_hash text not null,
  evaluated_on date not null,
  state text not null,
  actor text not null,
  asked_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  subjects bigint,
  failure text,
  constraint population_run_pkey PRIMARY KEY (population_run_id),
  constraint population_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);
comment on table evaluation.population_run is 'A run over everybody (全量评价), done range by range so that it can tell its progress, be cancelled, and go on after a stop';
comment on column evaluation.population_run.subjects is 'How many subjects there are to evaluate; null until the ranges are drawn';

create sequence evaluation.population_run_id;

create table evaluation.result (
  subject_id bigint not null,
  model_key text not null,
  score numeric not null,
  grade text not null,
  evaluated_on date not null,
  holds_until date,
  model_hash text not null,
  run_id bigint not null,
  constraint result_pkey PRIMARY KEY (subject_id, model_key)
);
CREATE INDEX result_by_model ON evaluation.result USING btree (model_key, grade, score);
comment on column evaluation.result.evaluated_on is 'Day of the run that last changed it; later runs confirmed it';
comment on column evaluation.result.holds_until is 'First day on which the result may differ though no new fact arrives; null: never by itself';

create table evaluation.run (
  run_id bigint not null,
  model_key text not null,
  model_hash text not null,
  policy_hash text not null,
  evaluated_on date not null,
  cause text not null,
  subjects bigint not null,
  changed bigint not null,
  ended bigint not null,
  digest text not null,
  at timestamp with time zone not null,
  changed_subjects bigint[] not null,
  constraint run_pkey PRIMARY KEY (run_id),
  constraint run_cause_check CHECK ((cause = ANY (ARRAY['records'::text, 'subjects'::text, 'model'::text, 'daily'::text])))
);
comment on column evaluation.run.subjects is 'How many subjects were evaluated; changed: how many results came out differently; ended: how many results fell away';
comment on column evaluation.run.digest is 'SHA-256 over the changed results in order of subject; can be recomputed from evaluation.result while all of them still stand';
comment on column evaluation.run.changed_subjects is 'Whose results the run changed, in order; runs from before this column name those that still stood';

create sequence evaluation.run_id;

create table evidence.audit (
  audit_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  entries bigint not null,
  checkpoints bigint not null,
  valid boolean not null,
  first_problem jsonb,
  constraint audit_pkey PRIMARY KEY (audit_id)
);
comment on table evidence.audit is 'Append-only: audits of the ledger and their outcome';

create sequence evidence.audit_id;

create table evidence.signing_key (
  signing_key_id bigint default nextval('evidence.signing_key_id'::regclass) not null,
  former text not null,
  verifier_key text not null,
  note text not null,
  at timestamp with time zone not null,
  actor text not null,
  constraint signing_key_pkey PRIMARY KEY (signing_key_id),
  constraint signing_key_former_key UNIQUE (former),
  constraint signing_key_verifier_key_key UNIQUE (verifier_key)
);
comment on table evidence.signing_key is 'Append-only: changes of the key that signs the ledger (签名密钥轮换); note is the statement that both keys signed, so that whoever trusts one of them learns the other';

create sequence evidence.signing_key_id;

create table grading.grade (
  subject_id bigint not null,
  grade_id bigint not null,
  model_key text not null,
  scale text not null,
  grade text not null,
  score numeric,
  evaluated_grade text,
  origin text not null,
  record_id bigint,
  model_hash text,
  decided_on date,
  from_on date not null,
  until_on date,
  before_id bigint,
  direction text not null,
  because jsonb not null,
  policy_hash text not null,
  recorded_at timestamp with time zone not null,
  constraint grade_pkey PRIMARY KEY (subject_id, grade_id),
  constraint grade_direction_check CHECK ((direction = ANY (ARRAY['first'::text, 'up'::text, 'down'::text, 'same'::text]))),
  constraint grade_origin_check CHECK ((origin = ANY (ARRAY['received'::text, 'local'::text])))
);
CREATE INDEX grade_by_day ON grading.grade USING btree (from_on, grade_id);
CREATE UNIQUE INDEX grade_present ON grading.grade USING btree (subject_id, model_key) WHERE (until_on IS NULL);
comment on table grading.grade is 'Each grade with the days on which it stood. Only until_on is ever written later: null for the present grade, else the first day without it';
comment on column grading.grade.model_key is 'public-credit for the public grade, whether received or, while none was, by the local reference model';
comment on column grading.grade.evaluated_grade is 'What the model gave; differs from grade where the public grade capped it. Null for received grades';
comment on column grading.grade.record_id is 'The record of a received grade; decided_on is the day on which its authority gave it';
comment on column grading.grade.before_id is 'The grade that stood until then';

create sequence grading.grade_id;

create table identity.account (
  account_id bigint default nextval('identity.account_id'::regclass) not null,
  user_name text not null,
  officer_id bigint,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by text,
  person_name text,
  phone text,
  constraint account_pkey PRIMARY KEY (account_id),
  constraint account_officer_id_key UNIQUE (officer_id),
  constraint account_user_name_key UNIQUE (user_name),
  constraint account_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id),
  constraint account_of_one CHECK (((officer_id IS NULL) <> (person_name IS NULL)))
);
comment on table identity.account is 'Accounts (账号): one an officer, or of a person who acts for businesses (person_name); user_name in lower case';
comment on column identity.account.phone is 'As the person gave it, sealed; nobody checked it';

create sequence identity.account_id;

create table identity.logout_token (
  issuer text not null,
  jti text not null,
  ends_at timestamp with time zone not null,
  constraint logout_token_pkey PRIMARY KEY (issuer, jti)
);
comment on table identity.logout_token is 'Logout tokens of identity services that were used, until they are over: each is good once';

create table identity.mandate (
  subject_id bigint not null,
  mandate_id bigint not null,
  account_id bigint not null,
  name text not null,
  capacity text not null,
  limits text[] not null,
  from_on date not null,
  until_on date not null,
  granted_at timestamp with time zone not null,
  granted_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint mandate_pkey PRIMARY KEY (subject_id, mandate_id),
  constraint mandate_capacity_check CHECK ((capacity = ANY (ARRAY['legal-representative'::text, 'agent'::text]))),
  constraint mandate_check CHECK ((until_on >= from_on))
);
CREATE INDEX mandate_by_account ON identity.mandate USING btree (account_id);
CREATE INDEX mandate_by_number ON identity.mandate USING btree (mandate_id);
comment on table identity.mandate is 'Who may act for which subject (代办授权): capacity, limits (what the person may do), the days from and until, both included. Ended early by ended_at';
comment on column identity.mandate.name is 'The person''s name when it was granted, so that the business sees whom it let act';

create sequence identity.mandate_id;

create table identity.one_time_code (
  one_time_code_id bigint default nextval('identity.one_time_code_id'::regclass) not null,
  digest text not null,
  purpose text not null,
  role text,
  account_id bigint,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  void_at timestamp with time zone,
  verified_at timestamp with time zone,
  verified_by text,
  constraint one_time_code_pkey PRIMARY KEY (one_time_code_id),
  constraint one_time_code_digest_key UNIQUE (digest),
  constraint one_time_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id),
  constraint one_time_code_purpose_check CHECK ((purpose = ANY (ARRAY['first-administrator'::text, 'invitation'::text, 'reset'::text])))
);
CREATE INDEX one_time_code_unverified ON identity.one_time_code USING btree (account_id) WHERE ((used_at IS NOT NULL) AND (verified_at IS NULL));
comment on table identity.one_time_code is 'Digests of one-time codes with which a first administrator or an invited officer sets the own password';
comment on column identity.one_time_code.verified_at is 'Since when it is known that the owner used the code (本人核实): at once where the second factor was needed too';
comment on column identity.one_time_code.verified_by is 'The security administrator who made sure; null where the second factor did';

create sequence identity.one_time_code_id;

create table identity.outside_attempt (
  token_digest text not null,
  service text not null,
  return_to text not null,
  begun_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  issuer text,
  subject text,
  number text,
  second_factor boolean,
  finished_at timestamp with time zone,
  account_id bigint,
  name text,
  session text,
  represents jsonb,
  constraint outside_attempt_pkey PRIMARY KEY (token_digest)
);
CREATE INDEX outside_attempt_by_end ON identity.outside_attempt USING btree (ends_at);
comment on table identity.outside_attempt is 'Sign-ins at an outside identity service that a browser began. State, nonce and verifier are made of the token, which only that browser has; issuer, subject and number once they are vouched for';
comment on column identity.outside_attempt.account_id is 'Whose owner, signed in already, began it to link it; null when it is begun to sign in';
comment on column identity.outside_attempt.represents is 'The businesses that the service names for the person, each with code, whether as its legal representative, and the last day; null where it is not set up to name any';

create table identity.outside_link (
  outside_link_id bigint default nextval('identity.outside_link_id'::regclass) not null,
  account_id bigint not null,
  issuer text not null,
  subject text not null,
  standing boolean default true,
  linked_at timestamp with time zone not null,
  linked_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint outside_link_pkey PRIMARY KEY (outside_link_id),
  constraint outside_link_issuer_subject_standing_key UNIQUE (issuer, subject, standing),
  constraint outside_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id),
  constraint outside_link_linked_by_check CHECK ((linked_by = ANY (ARRAY['one-time-code'::text, 'number'::text, 'service'::text, 'owner'::text]))),
  constraint outside_link_standing_check CHECK (standing)
);
CREATE INDEX outside_link_by_account ON identity.outside_link USING btree (account_id);
comment on table identity.outside_link is 'Whom an outside identity service knows as which account (统一身份关联). standing is true until the link ends, then null: one person there is one account here at a time';

create sequence identity.outside_link_id;

create table identity.password (
  password_id bigint default nextval('identity.password_id'::regclass) not null,
  account_id bigint not null,
  hash text not null,
  set_at timestamp with time zone not null,
  constraint password_pkey PRIMARY KEY (password_id),
  constraint password_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id)
);
CREATE INDEX password_by_account ON identity.password USING btree (account_id, password_id);
comment on table identity.password is 'Append-only: argon2id digests of passwords; the latest is the one in use, earlier ones keep it from coming back';

create sequence identity.password_id;

create table identity.recovery_code (
  recovery_code_id bigint default nextval('identity.recovery_code_id'::regclass) not null,
  totp_id bigint not null,
  digest text not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (recovery_code_id),
  constraint recovery_code_totp_id_fkey FOREIGN KEY (totp_id) REFERENCES identity.totp(totp_id)
);
CREATE INDEX recovery_code_by_totp ON identity.recovery_code USING btree (totp_id);
comment on table identity.recovery_code is 'Digests of recovery codes (恢复码); each is good once';

create sequence identity.recovery_code_id;

create table identity.session (
  session_id bigint default nextval('identity.session_id'::regclass) not null,
  account_id bigint not null,
  token_digest text not null,
  kind text not null,
  opened_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  address text not null,
  agent text,
  vouched boolean default false not null,
  outside_issuer text,
  outside_subject text,
  outside_session text,
  confirmed_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (session_id),
  constraint session_token_digest_key UNIQUE (token_digest),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id),
  constraint session_end_reason_check CHECK ((end_reason = ANY (ARRAY['signed-out'::text, 'revoked'::text, 'password-changed'::text, 'account-closed'::text, 'signed-out-there'::text]))),
  constraint session_kind_check CHECK ((kind = ANY (ARRAY['password'::text, 'one-time-code'::text, 'oidc'::text, 'demo'::text])))
);
CREATE INDEX session_by_account ON identity.session USING btree (account_id, session_id);
CREATE INDEX session_by_outside ON identity.session USING btree (outside_subject, outside_issuer) WHERE (outside_subject IS NOT NULL);
CREATE INDEX session_by_outside_session ON identity.session USING btree (outside_session, outside_issuer) WHERE (outside_session IS NOT NULL);
comment on table identity.session is 'Sessions (会话) by the digest of their token; ends_at is the absolute timeout, the idle one counts from last_seen_at';
comment on column identity.session.vouched is 'The identity service checked a second factor';
comment on column identity.session.outside_session is 'The session (sid) of the identity service that this one came from, by which the service ends it';
comment on column identity.session.confirmed_at is 'When its owner last showed again who it is (再次验证身份)';

create sequence identity.session_id;

create table identity.sign_in (
  sign_in_id bigint default nextval('identity.sign_in_id'::regclass) not null,
  at timestamp with time zone not null,
  user_name text,
  account_id bigint,
  outcome text not null,
  address text not null,
  agent text,
  network text,
  constraint sign_in_pkey PRIMARY KEY (sign_in_id),
  constraint sign_in_outcome_check CHECK ((outcome = ANY (ARRAY['begun'::text, 'signed-in'::text, 'wrong'::text, 'wrong-second-factor'::text, 'second-factor-missing'::text, 'password-aged'::text, 'locked'::text, 'unlocked'::text, 'not-linked'::text, 'registered'::text])))
);
CREATE INDEX sign_in_by_name ON identity.sign_in USING btree (user_name, sign_in_id);
CREATE INDEX sign_in_by_network ON identity.sign_in USING btree (network, at);
comment on table identity.sign_in is 'Attempts to sign in (登录情况). One that began and was never answered counts as a failure; user_name is null where it could not be one';

create sequence identity.sign_in_id;

create table identity.totp (
  totp_id bigint default nextval('identity.totp_id'::regclass) not null,
  account_id bigint not null,
  secret bytea not null,
  begun_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  ended_at timestamp with time zone,
  last_step bigint,
  removed_by text,
  identified text,
  constraint totp_pkey PRIMARY KEY (totp_id),
  constraint totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id),
  constraint totp_identified_check CHECK ((identified = ANY (ARRAY['in-person'::text, 'telephone'::text, 'video'::text])))
);
CREATE INDEX totp_by_account ON identity.totp USING btree (account_id);
comment on table identity.totp is 'Second factors (动态口令); last_step is the last time step that was used, so that no code is good twice';
comment on column identity.totp.removed_by is 'The security administrator who removed it (解除动态口令); null where the owner did, or where another took its place';
comment on column identity.totp.identified is 'How the owner was identified before that: in person, by telephone at the number on file, by video; null for removals before this was asked for';

create sequence identity.totp_id;

create table ledger.checkpoint (
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamp with time zone not null,
  constraint checkpoint_pkey PRIMARY KEY (size)
);
comment on table ledger.checkpoint is 'Signed states of the log (C2SP tlog-checkpoint), one a batch';

create table ledger.entry (
  entry_id bigint not null,
  name text not null,
  at timestamp with time zone not null,
  actor text not null,
  subject_id bigint,
  about_id bigint,
  basis text,
  salt bytea not null,
  digest bytea not null,
  constraint entry_pkey PRIMARY KEY (entry_id)
);
CREATE INDEX entry_about ON ledger.entry USING btree (name, about_id);
CREATE INDEX entry_of_subject ON ledger.entry USING btree (subject_id, entry_id) WHERE (subject_id IS NOT NULL);
comment on table ledger.entry is 'One act each (账目), written in the transaction of the act. Never changed';
comment on column ledger.entry.about_id is 'Key of the row that the act made; its witness is rebuilt from there';
comment on column ledger.entry.digest is 'SHA-256(salt, canonical JSON of the entry and its witness): the log says nothing of the content without the salt';

create sequence ledger.entry_id;

create table ledger.follower (
  name text not null,
  seq bigint default 0 not null,
  one_by_one_until bigint default 0 not null,
  attempts integer default 0 not null,
  last_error text,
  failed_at timestamp with time zone,
  retry_at timestamp with time zone,
  constraint follower_pkey PRIMARY KEY (name)
);
comment on table ledger.follower is 'How far each follower has read: every entry below seq is dealt with';
comment on column ledger.follower.one_by_one_until is 'After a failed batch its entries are handled singly, so that only the one at fault waits';

create table ledger.pending (
  entry_id bigint not null,
  constraint pending_pkey PRIMARY KEY (entry_id)
);
comment on table ledger.pending is 'Committed entries that have no place in the log yet';

create table ledger.redaction (
  entry_id bigint not null,
  removal_id bigint not null,
  digest bytea not null,
  redaction_id bigint not null,
  constraint redaction_pkey PRIMARY KEY (entry_id, removal_id)
);
CREATE INDEX redaction_by_removal ON ledger.redaction USING btree (removal_id, entry_id);
comment on table ledger.redaction is 'Entries whose witnessed row was changed lawfully: it lost a person''s data (个人信息删除), or its keyed digests were made anew (检索摘要密钥轮换). What the row says since, by the digest under the entry''s new salt. The leaf in the log stays. Of several for an entry the latest counts';
comment on column ledger.redaction.removal_id is 'The removal; below zero a change of the key of the digests, some rows of it';

create sequence ledger.redaction_id;

create sequence ledger.renewal_id;

create table ledger.sequence (
  seq bigint not null,
  entry_id bigint not null,
  constraint sequence_pkey PRIMARY KEY (seq),
  constraint sequence_entry_id_key UNIQUE (entry_id)
);
comment on table ledger.sequence is 'The order of the log: seq 0, 1, 2 … without gap is the index of the leaf';

create table ledger.tile (
  level smallint not null,
  index bigint not null,
  width smallint not null,
  hashes bytea not null,
  constraint tile_pkey PRIMARY KEY (level, index),
  constraint tile_width_check CHECK (((width >= 1) AND (width <= 256)))
);
comment on table ledger.tile is 'The RFC 6962 tree in tiles of height 8 (C2SP tlog-tiles); only the right-most tile of a level is partial';

create table notices.read (
  actor text not null,
  notice text not null,
  read_at timestamp with time zone not null,
  constraint read_pkey PRIMARY KEY (actor, notice)
);
comment on table notices.read is 'Notices that somebody has read. The notices themselves are not stored: they follow from what happened, and bear its number';

create table objections.objection (
  subject_id bigint not null,
  objection_id bigint not null,
  about text not null,
  record_id bigint,
  model text,
  grounds text not null,
  wish text not null,
  files jsonb not null,
  repeats bigint,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  filed_by_name text not null,
  department text not null,
  state text not null,
  due_on date,
  extended boolean not null,
  subject_name text,
  constraint objection_pkey PRIMARY KEY (subject_id, objection_id),
  constraint objection_about_check CHECK ((about = ANY (ARRAY['record'::text, 'grade'::text, 'registration'::text]))),
  constraint objection_check CHECK (((about = 'record'::text) = (record_id IS NOT NULL))),
  constraint objection_state_check CHECK ((state = ANY (ARRAY['checking'::text, 'answered'::text, 'upheld'::text, 'partly'::text, 'corrected'::text, 'rejected'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX objection_by_number ON objections.objection USING btree (objection_id);
CREATE INDEX objection_by_state ON objections.objection USING btree (state, due_on);
comment on table objections.objection is 'Objections (异议申请). department, state, due_on and extended are projections of the steps';
comment on column objections.objection.files is 'Evidence: digest, fileName, contentType, size';
comment on column objections.objection.repeats is 'An earlier objection to the same thing that was settled';
comment on column objections.objection.subject_name is 'The subject''s name on the day of filing: whoever has to handle the objection may not reach the register''s row';

create sequence objections.objection_id;

create table objections.statement (
  subject_id bigint not null,
  statement_id bigint not null,
  record_id bigint,
  department text not null,
  words text not null,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  constraint statement_pkey PRIMARY KEY (subject_id, statement_id)
);
CREATE INDEX statement_by_number ON objections.statement USING btree (statement_id);
comment on table objections.statement is 'Statements of a business (信用说明) that stand beside a record or all of its records, until it takes them back';

create sequence objections.statement_id;

create table objections.step (
  subject_id bigint not null,
  step_id bigint not null,
  objection_id bigint not null,
  act text not null,
  words text not null,
  remedy text,
  how text,
  department text not null,
  to_department text,
  due_on date,
  at timestamp with time zone not null,
  actor text not null,
  actor_name text not null,
  constraint step_pkey PRIMARY KEY (subject_id, step_id),
  constraint step_act_check CHECK ((act = ANY (ARRAY['forward'::text, 'decline'::text, 'answer'::text, 'extend'::text, 'uphold'::text, 'uphold-partly'::text, 'reject'::text, 'carry-out'::text, 'withdraw'::text]))),
  constraint step_how_check CHECK ((how = ANY (ARRAY['withdrawn'::text, 'ended'::text, 'corrected'::text])))
);
CREATE INDEX step_by_number ON objections.step USING btree (step_id);
comment on table objections.step is 'Append-only but for department, which follows the objection: what was done with it, by whom, in which words';

create sequence objections.step_id;

create table organisation.certificate (
  certificate_id bigint default nextval('organisation.certificate_id'::regclass) not null,
  officer_id bigint not null,
  number text not null,
  issued_on date,
  until_on date,
  set_at timestamp with time zone not null,
  set_by text,
  withdrawn_on date,
  reason text,
  constraint certificate_pkey PRIMARY KEY (certificate_id),
  constraint certificate_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id)
);
CREATE INDEX certificate_by_number ON organisation.certificate USING btree (number, certificate_id);
comment on table organisation.certificate is 'Enforcement certificates of officers (行政执法证)';
comment on column organisation.certificate.withdrawn_on is 'The first day on which it is no good any more (收回); a renewal is another row with the same number';

create sequence organisation.certificate_id;

create table organisation.closing (
  closing_id bigint default nextval('organisation.closing_id'::regclass) not null,
  key text not null,
  merge_into text,
  reason text not null,
  proposed_at timestamp with time zone not null,
  proposed_by text not null,
  decided_at timestamp with time zone,
  decided_by text,
  decision text,
  decision_reason text,
  constraint closing_pkey PRIMARY KEY (closing_id),
  constraint closing_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
);
CREATE UNIQUE INDEX closing_open ON organisation.closing USING btree (key) WHERE (decided_at IS NULL);
comment on table organisation.closing is 'Closings and mergers of departments (部门撤并) that one administrator proposes and another kind of administrator confirms or refuses';

create sequence organisation.closing_id;

create table organisation.delegation (
  delegation_id bigint default nextval('organisation.delegation_id'::regclass) not null,
  officer_id bigint not null,
  deputy_id bigint not null,
  from_on date not null,
  until_on date not null,
  reason text not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint delegation_pkey PRIMARY KEY (delegation_id),
  constraint delegation_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES organisation.officer(officer_id),
  constraint delegation_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id),
  constraint delegation_check CHECK ((officer_id <> deputy_id)),
  constraint delegation_check1 CHECK ((until_on >= from_on))
);
CREATE INDEX delegation_by_deputy ON organisation.delegation USING btree (deputy_id);
comment on table organisation.delegation is 'An officer acts for another from day to day (代理): the deputy has the roles of the other in the other''s department';

create sequence organisation.delegation_id;

create table organisation.department (
  department_id bigint default nextval('organisation.department_id'::regclass) not null,
  key text not null,
  uscc text not null,
  zh text not null,
  en text not null,
  sector text,
  role text not null,
  set_at timestamp with time zone not null,
  kind text,
  parent text,
  closed_on date,
  merged_into text,
  set_by text,
  reason text,
  constraint department_pkey PRIMARY KEY (department_id),
  constraint department_kind_check CHECK ((kind = ANY (ARRAY['government'::text, 'department'::text, 'association'::text, 'credit-agency'::text]))),
  constraint department_role_check CHECK ((role = ANY (ARRAY['department'::text, 'credit-office'::text])))
);
CREATE INDEX department_by_key ON organisation.department USING btree (key, department_id);
comment on table organisation.department is 'Append-only: departments of the district (部门) as they were set; the highest number of a key stands';
comment on column organisation.department.kind is 'null: a department (部门); association is 行业协会商会, credit-agency 信用服务机构: their people do not open the console';
comment on column organisation.department.merged_into is 'The department that answers from closed_on for what this one did; records keep the key of this one';

create sequence organisation.department_id;

create table organisation.duty (
  duty_id bigint default nextval('organisation.duty_id'::regclass) not null,
  clause text not null,
  department text not null,
  sector text,
  part text not null,
  set_at timestamp with time zone not null,
  status text default 'unconfirmed'::text not null,
  note text,
  set_by text,
  constraint duty_pkey PRIMARY KEY (duty_id),
  constraint duty_part_check CHECK ((part = ANY (ARRAY['lead'::text, 'support'::text, 'ended'::text]))),
  constraint duty_status_check CHECK ((status = ANY (ARRAY['confirmed'::text, 'unconfirmed'::text])))
);
CREATE INDEX duty_by_key ON organisation.duty USING btree (clause, department, sector, duty_id);
comment on table organisation.duty is 'Which department answers for which clause of the plan and which sector (职责分工)';

create sequence organisation.duty_id;

create table organisation.import (
  import_id bigint default nextval('organisation.import_id'::regclass) not null,
  file_digest text not null,
  file_name text not null,
  plan_digest text not null,
  added integer not null,
  changed integer not null,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  constraint import_pkey PRIMARY KEY (import_id)
);
comment on table organisation.import is 'Workbooks of an organisation that were imported (组织机构导入), each in one act';

create sequence organisation.import_id;

create table organisation.officer (
  officer_id bigint default nextval('organisation.officer_id'::regclass) not null,
  number text not null,
  name text not null,
  department text not null,
  section text,
  post text,
  joined_on date not null,
  left_on date,
  successor_id bigint,
  constraint officer_pkey PRIMARY KEY (officer_id),
  constraint officer_number_key UNIQUE (number),
  constraint officer_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES organisation.officer(officer_id)
);
CREATE INDEX officer_by_department ON organisation.officer USING btree (department, officer_id);
comment on table organisation.officer is 'Officers (工作人员). number is the staff number, known in the district';
comment on column organisation.officer.left_on is 'The first day on which the officer is no longer there: access ends at once';
comment on column organisation.officer.successor_id is 'Who took over the work of an officer who left; null: the head of the section or department';

create sequence organisation.officer_id;

create table organisation.officer_role (
  officer_role_id bigint default nextval('organisation.officer_role_id'::regclass) not null,
  officer_id bigint not null,
  role text not null,
  from_on date not null,
  until_on date,
  granted_at timestamp with time zone not null,
  granted_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint officer_role_pkey PRIMARY KEY (officer_role_id),
  constraint officer_role_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id)
);
CREATE INDEX officer_role_by_officer ON organisation.officer_role USING btree (officer_id);
comment on table organisation.officer_role is 'Roles granted to officers (授权); until_on is the last day, ended_at an earlier end';

create sequence organisation.officer_role_id;

create table organisation.placement (
  placement_id bigint default nextval('organisation.placement_id'::regclass) not null,
  officer_id bigint not null,
  department text not null,
  section text,
  post text,
  from_on date not null,
  successor_id bigint,
  set_at timestamp with time zone not null,
  set_by text,
  reason text,
  constraint placement_pkey PRIMARY KEY (placement_id),
  constraint placement_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id),
  constraint placement_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES organisation.officer(officer_id)
);
CREATE INDEX placement_by_officer ON organisation.placement USING btree (officer_id, placement_id);
comment on table organisation.placement is 'Append-only: where an officer works from a day on (任职); organisation.officer shows the latest. successor_id takes over what was left behind';

create sequence organisation.placement_id;

create table organisation.post (
  post_id bigint default nextval('organisation.post_id'::regclass) not null,
  department text not null,
  section text,
  zh text not null,
  en text not null,
  leads boolean not null,
  roles text[] not null,
  closed_on date,
  set_at timestamp with time zone not null,
  set_by text,
  reason text,
  constraint post_pkey PRIMARY KEY (post_id)
);
CREATE INDEX post_by_key ON organisation.post USING btree (department, zh, post_id);
comment on table organisation.post is 'Append-only: posts (岗位) of a section or of a whole department; roles are what the post asks for, never a grant by itself';
comment on column organisation.post.leads is 'Whoever has the post leads the section, or the department where there is none (负责人): work of those who leave goes there';

create sequence organisation.post_id;

create table organisation.renaming (
  renaming_id bigint default nextval('organisation.renaming_id'::regclass) not null,
  officer_id bigint not null,
  former text not null,
  name text not null,
  reason text not null,
  set_at timestamp with time zone not null,
  set_by text not null,
  constraint renaming_pkey PRIMARY KEY (renaming_id),
  constraint renaming_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id)
);
CREATE INDEX renaming_by_officer ON organisation.renaming USING btree (officer_id, renaming_id);
comment on table organisation.renaming is 'Append-only: names that officers had before (更名), by marriage or because they were noted wrongly; organisation.officer shows the latest';

create sequence organisation.renaming_id;

create table organisation.role_proposal (
  role_proposal_id bigint default nextval('organisation.role_proposal_id'::regclass) not null,
  officer_id bigint not null,
  role text not null,
  because text not null,
  proposed_at timestamp with time zone not null,
  proposed_by text not null,
  decided_at timestamp with time zone,
  decided_by text,
  decision text,
  reason text,
  officer_role_id bigint,
  constraint role_proposal_pkey PRIMARY KEY (role_proposal_id),
  constraint role_proposal_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id),
  constraint role_proposal_officer_role_id_fkey FOREIGN KEY (officer_role_id) REFERENCES organisation.officer_role(officer_role_id),
  constraint role_proposal_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])))
);
CREATE INDEX role_proposal_open ON organisation.role_proposal USING btree (officer_id) WHERE (decided_at IS NULL);
comment on table organisation.role_proposal is 'Roles that a post asks for (角色待确认): whoever keeps the people proposes, the security administrator confirms';

create sequence organisation.role_proposal_id;

create table organisation.section (
  section_id bigint default nextval('organisation.section_id'::regclass) not null,
  department text not null,
  key text not null,
  zh text not null,
  en text not null,
  set_at timestamp with time zone not null,
  closed_on date,
  set_by text,
  reason text,
  constraint section_pkey PRIMARY KEY (section_id)
);
CREATE INDEX section_by_key ON organisation.section USING btree (department, key, section_id);
comment on table organisation.section is 'Sections of a department (科室)';

create sequence organisation.section_id;

create table platform.daily_run (
  name text not null,
  day date not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint daily_run_pkey PRIMARY KEY (name, day)
);
comment on table platform.daily_run is 'Daily runs by legal day; a missing day is caught up at the next start';

create table platform.migration (
  number integer not null,
  name text not null,
  digest text not null,
  at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table platform.performed_act (
  request_id text not null,
  act text not null,
  actor text not null,
  at timestamp with time zone not null,
  input_digest text not null,
  answer jsonb,
  constraint performed_act_pkey PRIMARY KEY (request_id)
);
comment on table platform.performed_act is 'Answers of acts by request id, so that retries and double clicks do nothing twice';

create table platform.sealing_key (
  key_id text not null,
  secret_check text not null,
  known_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint sealing_key_pkey PRIMARY KEY (key_id)
);
comment on table platform.sealing_key is 'Keys that seal values (加密密钥) by id, with a keyed check that tells the right one; the keys stand in a file beside the database';

create table records.attachment (
  subject_id bigint not null,
  attachment_id bigint not null,
  record_id bigint not null,
  digest text not null,
  file_name text not null,
  content_type text not null,
  size bigint not null,
  attached_at timestamp with time zone not null,
  actor text not null,
  constraint attachment_pkey PRIMARY KEY (subject_id, attachment_id)
);
comment on table records.attachment is 'Source documents, kept by content hash';

create sequence records.attachment_id;

create table records.document (
  subject_id bigint not null,
  kind text not null,
  document_number text not null,
  record_id bigint not null,
  constraint document_pkey PRIMARY KEY (subject_id, kind, document_number)
);
comment on table records.document is 'Same document number and subject again is the same record';

create table records.fact (
  subject_id bigint not null,
  fact_id bigint not null,
  record_id bigint not null,
  version integer not null,
  operation text not null,
  kind text not null,
  document_number text not null,
  fields jsonb not null,
  content_digest text not null,
  decided_on date not null,
  received_on date not null,
  recorded_at timestamp with time zone not null,
  department text not null,
  batch_id bigint,
  row_number integer,
  reason text,
  occasion_on date,
  actor text not null,
  policy_hash text not null,
  constraint fact_pkey PRIMARY KEY (subject_id, fact_id),
  constraint fact_operation_check CHECK ((operation = ANY (ARRAY['filed'::text, 'corrected'::text, 'withdrawn'::text, 'ended'::text, 'recomputed'::text])))
);
CREATE INDEX fact_by_id ON records.fact USING btree (fact_id);
comment on table records.fact is 'Append-only: every version of every record as it was received, corrected or withdrawn';
comment on column records.fact.operation is 'ended: publicity, sharing and use were ended by a decision (repair); recomputed: the report deadline, when the calendar of a year became official';
comment on column records.fact.fields is 'The fields of the national standard by id, in canonical text';
comment on column records.fact.content_digest is 'SHA-256 over the fields in order of their ids: by it a row that is sent again is known to be the same';
comment on column records.fact.occasion_on is 'Withdrawal: the day on which the decision was changed, revoked or found invalid, from which the time to withdraw runs';

create sequence records.fact_id;

create table records.mark (
  subject_id bigint not null,
  record_id bigint not null,
  objection_id bigint not null,
  marked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint mark_pkey PRIMARY KEY (subject_id, record_id, objection_id)
);
comment on table records.mark is 'Records to which an objection is pending (异议标注), from the instant of the objection until it is settled';

create sequence records.record_id;

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
  report_due_provisional boolean default false not null,
  ends_on date,
  class text,
  tags text[] default '{}'::text[] not null,
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
  withdrawn boolean default false not null,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone default 'infinity'::timestamp with time zone not null,
  constraint standing_pkey PRIMARY KEY (subject_id, record_id, version)
);
CREATE INDEX standing_by_department ON records.standing USING btree (department, received_on, record_id) WHERE (known_until = 'infinity'::timestamp with time zone);
CREATE INDEX standing_by_number ON records.standing USING btree (document_number text_pattern_ops) WHERE (known_until = 'infinity'::timestamp with time zone);
CREATE INDEX standing_late ON records.standing USING btree (received_on, record_id) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (received_on > report_due_on));
CREATE INDEX standing_newest ON records.standing USING btree (received_on, record_id) WHERE (known_until = 'infinity'::timestamp with time zone);
CREATE INDEX standing_now ON records.standing USING btree (subject_id, kind) INCLUDE (decided_on, ends_on, use_ends_on, class, tags, department, sector, amount_fen, grade, withdrawn, record_id, fact_id) WHERE (known_until = 'infinity'::timestamp with time zone);
CREATE INDEX standing_provisional ON records.standing USING btree (report_due_on) WHERE (report_due_provisional AND (known_until = 'infinity'::timestamp with time zone));
CREATE INDEX standing_series ON records.standing USING btree (department, kind, document_series, document_year, document_serial) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (document_serial IS NOT NULL));
comment on table records.standing is 'Narrow projection of records.fact, one row a version: what lists, clocks and scoring read. Only known_until is ever updated';
comment on column records.standing.document_series is 'With document_year and document_serial: the document number taken apart (琼三海市监罚 / 2026 / 17), for gaps';
comment on column records.standing.received_on is 'Day on which the record was first received: corrections do not make it late';
comment on column records.standing.ends_on is 'First day on which the decision has no more effect by its own terms (valid-to + 1)';
comment on column records.standing.repairable_on is 'First day on which repair can end publicity: decision day plus the minimum period';
comment on column records.standing.publicity_ends_on is 'First day on which the record is no longer published; likewise sharing_ends_on and use_ends_on';

create table removals.file (
  digest text not null,
  removal_id bigint not null,
  gone_at timestamp with time zone,
  constraint file_pkey PRIMARY KEY (digest),
  constraint file_removal_id_fkey FOREIGN KEY (removal_id) REFERENCES removals.removal(removal_id)
);
comment on table removals.file is 'Kept files that held the person''s data, by the SHA-256 of their content. gone_at: when the bytes were removed; null while that is still to be done';

create table removals.removal (
  removal_id bigint default nextval('removals.removal_id'::regclass) not null,
  id_sealed text,
  account_id bigint,
  asked_by text not null,
  asked_on date not null,
  ground text not null,
  words text not null,
  due_on date not null,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  state text not null,
  constraint removal_pkey PRIMARY KEY (removal_id),
  constraint removal_asked_by_check CHECK ((asked_by = ANY (ARRAY['person'::text, 'office'::text]))),
  constraint removal_check CHECK (((id_sealed IS NOT NULL) OR (account_id IS NOT NULL) OR (state <> ALL (ARRAY['filed'::text, 'approved'::text])))),
  constraint removal_state_check CHECK ((state = ANY (ARRAY['filed'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'removed'::text])))
);
comment on table removals.removal is 'Requests to remove a person''s data. state is a projection of the steps';
comment on column removals.removal.id_sealed is 'The number of the identity document, sealed; gone as soon as nothing more is done with it';

create sequence removals.removal_id;

create table removals.step (
  step_id bigint default nextval('removals.step_id'::regclass) not null,
  removal_id bigint not null,
  act text not null,
  words text not null,
  remedy text,
  found jsonb,
  at timestamp with time zone not null,
  actor text not null,
  actor_name text not null,
  constraint step_pkey PRIMARY KEY (step_id),
  constraint step_removal_id_fkey FOREIGN KEY (removal_id) REFERENCES removals.removal(removal_id),
  constraint step_act_check CHECK ((act = ANY (ARRAY['approve'::text, 'refuse'::text, 'withdraw'::text, 'remove'::text])))
);
CREATE INDEX step_by_removal ON removals.step USING btree (removal_id, step_id);
comment on table removals.step is 'Append-only: what was done with a request, by whom. found: for a removal, how many rows of what lost data, and what stays and why';

create sequence removals.step_id;

create table subjects.identifier (
  subject_id bigint not null,
  kind text not null,
  value text not null,
  sealed text,
  constraint identifier_pkey PRIMARY KEY (subject_id, kind, value),
  constraint identifier_kind_check CHECK ((kind = ANY (ARRAY['uscc'::text, 'registration-number'::text, 'organisation-code'::text, 'tax-number'::text, 'institution-number'::text, 'social-organisation-number'::text, 'resident-id'::text, 'other-id'::text]))),
  constraint identifier_sealed_check CHECK (((sealed IS NULL) OR (kind = ANY (ARRAY['resident-id'::text, 'other-id'::text]))))
);
comment on column subjects.identifier.value is 'The code; of an id of a person its keyed digest, v1:hex';
comment on column subjects.identifier.sealed is 'The id of a person, sealed';

create table subjects.identifier_owner (
  kind text not null,
  value text not null,
  subject_id bigint not null,
  constraint identifier_owner_pkey PRIMARY KEY (kind, value)
);
CREATE INDEX identifier_owner_by_organisation_part ON subjects.identifier_owner USING btree (substr(value, 9, 9)) WHERE (kind = 'uscc'::text);
CREATE INDEX identifier_owner_by_value ON subjects.identifier_owner USING btree (value text_pattern_ops);
comment on table subjects.identifier_owner is 'Lookup across subjects: a code belongs to one subject';
comment on column subjects.identifier_owner.value is 'The code; of an id of a person its keyed digest, v1:hex';

create table subjects.name (
  subject_id bigint not null,
  name text not null,
  from_on date,
  until_on date,
  constraint name_pkey PRIMARY KEY (subject_id, name)
);
comment on table subjects.name is 'Present and former names; until_on is null for the present one';

create table subjects.registration (
  subject_id bigint not null,
  registration_id bigint not null,
  content jsonb not null,
  effective_on date not null,
  recorded_at timestamp with time zone not null,
  batch_id bigint,
  row_number integer,
  actor text not null,
  reason text,
  constraint registration_pkey PRIMARY KEY (subject_id, registration_id)
);
CREATE INDEX registration_by_id ON subjects.registration USING btree (registration_id);
comment on table subjects.registration is 'Append-only: every registration and change, as received';
comment on column subjects.registration.content is 'The subject as it was left; ids of persons among its codes are sealed';

create sequence subjects.registration_id;

create table subjects.subject (
  subject_id bigint not null,
  type text not null,
  name text not null,
  uscc text,
  code_note text,
  status text default 'active'::text not null,
  industry text,
  sectors text[] default '{}'::text[] not null,
  place text,
  department text,
  founded_on date,
  legal_representative text,
  name_lines text not null,
  name_grams text[] not null,
  registered_at timestamp with time zone not null,
  constraint subject_pkey PRIMARY KEY (subject_id),
  constraint subject_status_check CHECK ((status = ANY (ARRAY['active'::text, 'dormant'::text, 'revoked'::text, 'deregistered'::text, 'moved-out'::text]))),
  constraint subject_type_check CHECK ((type = ANY (ARRAY['enterprise'::text, 'individual-business'::text, 'cooperative'::text, 'institution'::text, 'social-organisation'::text, 'government'::text, 'other-organisation'::text, 'natural-person'::text])))
);
CREATE INDEX subject_by_gram ON subjects.subject USING gin (name_grams);
CREATE INDEX subject_with_code_note ON subjects.subject USING btree (subject_id) WHERE (code_note IS NOT NULL);
comment on table subjects.subject is 'Projection of subjects.registration: what is registered now';
comment on column subjects.subject.uscc is 'Unified social credit code; the placeholder of 17 zeros and X is never stored';
comment on column subjects.subject.code_note is 'Why an officer admitted a code that fails its check digit';
comment on column subjects.subject.name_lines is 'Present and former names as they are compared (width, brackets, blanks and case make no difference), one a line';
comment on column subjects.subject.name_grams is 'Pairs of neighbouring characters of the present and former names, for search by part of a name; of a natural person the names whole, for nobody is found by a part of it';

create sequence subjects.subject_id;

create table submissions.batch (
  batch_id bigint default nextval('submissions.batch_id'::regclass) not null,
  kind text not null,
  file_name text not null,
  file_digest text not null,
  file_size bigint not null,
  department text not null,
  received_on date not null,
  received_at timestamp with time zone not null,
  actor text not null,
  state text not null,
  recognised jsonb,
  refusal jsonb,
  rows_read bigint default 0 not null,
  accepted bigint default 0 not null,
  unchanged bigint default 0 not null,
  corrected bigint default 0 not null,
  rejected bigint default 0 not null,
  warned bigint default 0 not null,
  finished_at timestamp with time zone,
  original_gone_at timestamp with time zone,
  constraint batch_pkey PRIMARY KEY (batch_id),
  constraint batch_state_check CHECK ((state = ANY (ARRAY['received'::text, 'reading'::text, 'done'::text, 'refused'::text])))
);
CREATE INDEX batch_by_time ON submissions.batch USING btree (received_at);
CREATE INDEX batch_unfinished ON submissions.batch USING btree (batch_id) WHERE (state = ANY (ARRAY['received'::text, 'reading'::text]));
comment on table submissions.batch is 'One received file. received_on is the day from which timeliness is judged';
comment on column submissions.batch.recognised is 'The layout of the file as it was recognised: which column holds which field of the standard';
comment on column submissions.batch.warned is 'Rows that were taken in with warnings; they are counted among accepted, unchanged or corrected too';
comment on column submissions.batch.original_gone_at is 'When the bytes of the file were removed, because its time of keeping was over; null: they are there, unless a person''s removal took them';

create sequence submissions.batch_id;

create table submissions.flagged_row (
  batch_id bigint not null,
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
  constraint flagged_row_pkey PRIMARY KEY (batch_id, row_number),
  constraint flagged_row_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES submissions.batch(batch_id)
);
CREATE INDEX flagged_row_open ON submissions.flagged_row USING btree (document_number) WHERE (rejected AND (settled_by IS NULL));
comment on table submissions.flagged_row is 'Rows with problems: rejected ones with their cells as sent, and accepted ones with warnings';
comment on column submissions.flagged_row.settled_by is 'The batch in which the same decision was sent again; until then its reporting time goes on';

create table worklist.assignment (
  assignment_id bigint default nextval('worklist.assignment_id'::regclass) not null,
  kind text not null,
  item text not null,
  officer_id bigint not null,
  note text,
  assigned_at timestamp with time zone not null,
  assigned_by text not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint assignment_pkey PRIMARY KEY (assignment_id),
  constraint assignment_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES organisation.officer(officer_id)
);
CREATE UNIQUE INDEX assignment_standing ON worklist.assignment USING btree (kind, item) WHERE (ended_at IS NULL);
comment on table worklist.assignment is 'An officer takes an item, or is given it (认领、指派); of an item the one without an end stands';

create sequence worklist.assignment_id;

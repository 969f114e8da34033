create sequence identity.outside_link_id;
create table identity.outside_link (
  outside_link_id bigint primary key default nextval('identity.outside_link_id'),
  account_id bigint not null references identity.account,
  issuer text not null,
  subject text not null,
  standing boolean default true check (standing),
  linked_at timestamptz not null,
  linked_by text not null check (linked_by in ('one-time-code', 'number')),
  ended_at timestamptz,
  ended_by text,
  unique (issuer, subject, standing)
);
comment on table identity.outside_link is 'Whom an outside identity service knows as which account (统一身份关联). standing is true until the link ends, then null: one person there is one account here at a time';
create index outside_link_by_account on identity.outside_link (account_id);

create table identity.outside_attempt (
  token_digest text primary key,
  service text not null,
  return_to text not null,
  begun_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  issuer text,
  subject text,
  number text,
  second_factor boolean,
  finished_at timestamptz
);
comment on table identity.outside_attempt is 'Sign-ins at an outside identity service that a browser began. State, nonce and verifier are made of the token, which only that browser has; issuer, subject and number once they are vouched for';
create index outside_attempt_by_end on identity.outside_attempt (ends_at);

alter table identity.session add column vouched boolean not null default false;
comment on column identity.session.vouched is 'The identity service checked a second factor';
alter table identity.sign_in drop constraint sign_in_outcome_check;
alter table identity.sign_in add constraint sign_in_outcome_check check (outcome in ('begun', 'signed-in', 'wrong', 'wrong-second-factor', 'second-factor-missing', 'password-aged', 'locked', 'unlocked', 'not-linked'));

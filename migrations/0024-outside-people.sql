alter table identity.outside_link drop constraint outside_link_linked_by_check;
alter table identity.outside_link add constraint outside_link_linked_by_check check (linked_by in ('one-time-code', 'number', 'service', 'owner'));

alter table identity.outside_attempt add column account_id bigint;
alter table identity.outside_attempt add column name text;
alter table identity.outside_attempt add column session text;
alter table identity.outside_attempt add column represents jsonb;
comment on column identity.outside_attempt.account_id is 'Whose owner, signed in already, began it to link it; null when it is begun to sign in';
comment on column identity.outside_attempt.represents is 'The businesses that the service names for the person, each with code, whether as its legal representative, and the last day; null where it is not set up to name any';

alter table identity.session add column outside_issuer text;
alter table identity.session add column outside_subject text;
alter table identity.session add column outside_session text;
comment on column identity.session.outside_session is 'The session (sid) of the identity service that this one came from, by which the service ends it';
create index session_by_outside on identity.session (outside_subject, outside_issuer) where outside_subject is not null;
create index session_by_outside_session on identity.session (outside_session, outside_issuer) where outside_session is not null;
alter table identity.session add column confirmed_at timestamptz;
comment on column identity.session.confirmed_at is 'When its owner last showed again who it is (再次验证身份)';
alter table identity.session drop constraint session_end_reason_check;
alter table identity.session add constraint session_end_reason_check check (end_reason in ('signed-out', 'revoked', 'password-changed', 'account-closed', 'signed-out-there'));

create table identity.logout_token (
  issuer text not null,
  jti text not null,
  ends_at timestamptz not null,
  primary key (issuer, jti)
);
comment on table identity.logout_token is 'Logout tokens of identity services that were used, until they are over: each is good once';

create schema evidence;
comment on schema evidence is 'What audits of the ledger found';

create sequence evidence.audit_id;
create table evidence.audit (
  audit_id bigint primary key,
  at timestamptz not null,
  actor text not null,
  entries bigint not null,
  checkpoints bigint not null,
  valid boolean not null,
  first_problem jsonb
);
comment on table evidence.audit is 'Append-only: audits of the ledger and their outcome';

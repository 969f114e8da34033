create sequence evidence.signing_key_id;
create table evidence.signing_key (
  signing_key_id bigint primary key default nextval('evidence.signing_key_id'),
  former text not null unique,
  verifier_key text not null unique,
  note text not null,
  at timestamptz not null,
  actor text not null
);
comment on table evidence.signing_key is 'Append-only: changes of the key that signs the ledger (签名密钥轮换); note is the statement that both keys signed, so that whoever trusts one of them learns the other';

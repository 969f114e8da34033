create schema ledger;
comment on schema ledger is 'The log of acts (存证账本): entries, their order, the Merkle tree over them, signed checkpoints, and who has read how far';

create sequence ledger.entry_id;

-- No foreign keys here: every act writes here, the sequencer moves rows in bulk, and the audit finds what does not fit.
create table ledger.entry (
  entry_id bigint primary key,
  name text not null,
  at timestamptz not null,
  actor text not null,
  subject_id bigint,
  about_id bigint,
  basis text,
  salt bytea not null,
  digest bytea not null
);
comment on table ledger.entry is 'One act each (账目), written in the transaction of the act. Never changed';
comment on column ledger.entry.about_id is 'Key of the row that the act made; its witness is rebuilt from there';
comment on column ledger.entry.digest is 'SHA-256(salt, canonical JSON of the entry and its witness): the log says nothing of the content without the salt';
create index entry_about on ledger.entry (name, about_id);
create index entry_of_subject on ledger.entry (subject_id, entry_id) where subject_id is not null;

create table ledger.pending (entry_id bigint primary key);
comment on table ledger.pending is 'Committed entries that have no place in the log yet';

create table ledger.sequence (
  seq bigint primary key,
  entry_id bigint not null unique
);
comment on table ledger.sequence is 'The order of the log: seq 0, 1, 2 … without gap is the index of the leaf';

create table ledger.tile (
  level smallint not null,
  index bigint not null,
  width smallint not null check (width between 1 and 256),
  hashes bytea not null,
  primary key (level, index)
);
comment on table ledger.tile is 'The RFC 6962 tree in tiles of height 8 (C2SP tlog-tiles); only the right-most tile of a level is partial';
alter table ledger.tile alter column hashes set storage external;

create table ledger.checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  at timestamptz not null
);
comment on table ledger.checkpoint is 'Signed states of the log (C2SP tlog-checkpoint), one a batch';

create table ledger.follower (
  name text primary key,
  seq bigint not null default 0,
  one_by_one_until bigint not null default 0,
  attempts integer not null default 0,
  last_error text,
  failed_at timestamptz,
  retry_at timestamptz
);
comment on table ledger.follower is 'How far each follower has read: every entry below seq is dealt with';
comment on column ledger.follower.one_by_one_until is 'After a failed batch its entries are handled singly, so that only the one at fault waits';

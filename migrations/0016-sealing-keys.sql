-- Which keys sealed values of this database: their ids and a check of each, nothing of the keys. A start without one of them is refused.
create table platform.sealing_key (
  key_id text primary key,
  secret_check text not null,
  known_at timestamptz not null,
  retired_at timestamptz
);
comment on table platform.sealing_key is 'Keys that seal values (加密密钥) by id, with a keyed check that tells the right one; the keys stand in a file beside the database';

-- Which redaction of an entry counts is told by the order in which they were made: a removal that was asked for earlier may be carried out later.
create sequence ledger.redaction_id;
create sequence ledger.renewal_id;
alter table ledger.redaction add column redaction_id bigint;
update ledger.redaction as r set redaction_id = numbered.n from (select entry_id, removal_id, row_number() over (order by removal_id, entry_id) as n from ledger.redaction) as numbered
  where r.entry_id = numbered.entry_id and r.removal_id = numbered.removal_id;
select setval('ledger.redaction_id', coalesce((select max(redaction_id) from ledger.redaction), 0) + 1);
alter table ledger.redaction alter column redaction_id set not null;
comment on table ledger.redaction is 'Entries whose witnessed row was changed lawfully: it lost a person''s data (个人信息删除), or its keyed digests were made anew (检索摘要密钥轮换). What the row says since, by the digest under the entry''s new salt. The leaf in the log stays. Of several for an entry the latest counts';
comment on column ledger.redaction.removal_id is 'The removal; below zero a change of the key of the digests, some rows of it';

-- Who gives out one-time codes must not get at another's rights with one: until somebody else has made sure of the owner, they rest.
alter table identity.one_time_code add column verified_at timestamptz, add column verified_by text;
comment on column identity.one_time_code.verified_at is 'Since when it is known that the owner used the code (本人核实): at once where the second factor was needed too';
comment on column identity.one_time_code.verified_by is 'The security administrator who made sure; null where the second factor did';
update identity.one_time_code set verified_at = used_at where used_at is not null and account_id is not null;
create index one_time_code_unverified on identity.one_time_code (account_id) where used_at is not null and verified_at is null;

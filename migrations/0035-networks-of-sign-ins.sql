-- A line of IPv6 has as many addresses as it likes: attempts to sign in count by network (the first 64 bits), not by address.
-- Attempts of before have none: they are older than any period over which attempts are counted but the first hours'.
alter table identity.sign_in add column network text;
drop index identity.sign_in_by_address;
create index sign_in_by_network on identity.sign_in (network, at);

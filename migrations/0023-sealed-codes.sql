alter table subjects.identifier add column sealed text;
alter table subjects.identifier add constraint identifier_sealed_check check (sealed is null or kind in ('resident-id', 'other-id'));
comment on column subjects.identifier.value is 'The code; of an id of a person its keyed digest, v1:hex';
comment on column subjects.identifier.sealed is 'The id of a person, sealed';
comment on column subjects.identifier_owner.value is 'The code; of an id of a person its keyed digest, v1:hex';
comment on column subjects.registration.content is 'The subject as it was left; ids of persons among its codes are sealed';

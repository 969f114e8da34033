alter table agents.claim add column subject_name text not null default '';
alter table agents.claim add column uscc text;
comment on column agents.claim.subject_name is 'The business as the register named it when it was claimed: whoever claims reaches no register';

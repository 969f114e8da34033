alter table objections.objection add column subject_name text;
comment on column objections.objection.subject_name is 'The subject''s name on the day of filing: whoever has to handle the objection may not reach the register''s row';

-- A run says itself which results it changed, and what expires is found by one reading a day: results need no index for either, and writing them costs half as much.
alter table evaluation.run add column changed_subjects bigint[] not null default '{}';
update evaluation.run set changed_subjects = standing.subjects
  from (select run_id, array_agg(subject_id order by subject_id) as subjects from evaluation.result group by run_id) as standing where standing.run_id = run.run_id;
alter table evaluation.run alter column changed_subjects drop default;
comment on column evaluation.run.changed_subjects is 'Whose results the run changed, in order; runs from before this column name those that still stood';
drop index evaluation.result_by_run;
drop index evaluation.result_expiring;

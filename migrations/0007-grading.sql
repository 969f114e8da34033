create schema grading;
comment on schema grading is 'Grades that steer supervision (分级分类监管), with their history';

create sequence grading.grade_id;
create table grading.grade (
  subject_id bigint not null,
  grade_id bigint not null,
  model_key text not null,
  scale text not null,
  grade text not null,
  score numeric,
  evaluated_grade text,
  origin text not null check (origin in ('received', 'local')),
  from_on date not null,
  until_on date,
  because jsonb not null,
  recorded_at timestamptz not null,
  primary key (subject_id, grade_id)
);
comment on table grading.grade is 'Each grade with the days it stood; until_on is null for the present one. evaluated_grade differs where the public grade capped it';
create unique index grade_present on grading.grade (subject_id, model_key) where until_on is null;
create index grade_by_day on grading.grade (from_on);

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
  record_id bigint,
  model_hash text,
  decided_on date,
  from_on date not null,
  until_on date,
  before_id bigint,
  direction text not null check (direction in ('first', 'up', 'down', 'same')),
  because jsonb not null,
  policy_hash text not null,
  recorded_at timestamptz not null,
  primary key (subject_id, grade_id)
);
comment on table grading.grade is 'Each grade with the days on which it stood. Only until_on is ever written later: null for the present grade, else the first day without it';
comment on column grading.grade.model_key is 'public-credit for the public grade, whether received or, while none was, by the local reference model';
comment on column grading.grade.evaluated_grade is 'What the model gave; differs from grade where the public grade capped it. Null for received grades';
comment on column grading.grade.record_id is 'The record of a received grade; decided_on is the day on which its authority gave it';
comment on column grading.grade.before_id is 'The grade that stood until then';
create unique index grade_present on grading.grade (subject_id, model_key) where until_on is null;
create index grade_by_day on grading.grade (from_on, grade_id);

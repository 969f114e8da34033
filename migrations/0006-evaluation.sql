create schema evaluation;
comment on schema evaluation is 'Scores by models (评价): reproducible, so only the latest result is kept';

create sequence evaluation.run_id;
create sequence evaluation.adoption_id;

create table evaluation.model (
  adoption_id bigint primary key,
  model_key text not null,
  model_hash text not null,
  definition jsonb not null,
  origin text not null check (origin in ('policy', 'imported')),
  in_force_from date not null,
  in_force_until date,
  adopted_at timestamptz not null,
  adopted_by text not null,
  unique (model_key, model_hash)
);
comment on table evaluation.model is 'Append-only: models with the days on which they are in force; of several for a key the latest adopted one counts. in_force_until is the first day without it';

create table evaluation.run (
  run_id bigint primary key,
  model_key text not null,
  model_hash text not null,
  policy_hash text not null,
  evaluated_on date not null,
  cause text not null check (cause in ('records', 'subjects', 'model', 'daily')),
  subjects bigint not null,
  changed bigint not null,
  at timestamptz not null
);

create table evaluation.result (
  subject_id bigint not null,
  model_key text not null,
  score numeric not null,
  grade text not null,
  evaluated_on date not null,
  holds_until date,
  model_hash text not null,
  run_id bigint not null,
  primary key (subject_id, model_key)
);
comment on column evaluation.result.holds_until is 'First day on which the result may differ though no new fact arrives; null: never by itself';
create index result_expiring on evaluation.result (holds_until);
create index result_by_model on evaluation.result (model_key, grade);
create index result_by_run on evaluation.result (run_id);

create schema evaluation;
comment on schema evaluation is 'Scores by models (评价): reproducible from facts and models, so only the latest result is kept';

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
  adopted_by text not null
);
comment on table evaluation.model is 'Append-only: models with the days on which they are in force; of several for a key and day the latest adopted one counts. in_force_until is the first day without it';
create index model_by_key on evaluation.model (model_key, adoption_id);

create table evaluation.applied_model (
  model_key text primary key,
  model_hash text not null,
  applied_on date not null
);
comment on table evaluation.applied_model is 'The models by which the whole population stands scored: what is in force but not here must still be run, what is here but not in force must go';

create table evaluation.run (
  run_id bigint primary key,
  model_key text not null,
  model_hash text not null,
  policy_hash text not null,
  evaluated_on date not null,
  cause text not null check (cause in ('records', 'subjects', 'model', 'daily')),
  subjects bigint not null,
  changed bigint not null,
  ended bigint not null,
  digest text not null,
  at timestamptz not null
);
comment on column evaluation.run.subjects is 'How many subjects were evaluated; changed: how many results came out differently; ended: how many results fell away';
comment on column evaluation.run.digest is 'SHA-256 over the changed results in order of subject; can be recomputed from evaluation.result while all of them still stand';

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
comment on column evaluation.result.evaluated_on is 'Day of the run that last changed it; later runs confirmed it';
comment on column evaluation.result.holds_until is 'First day on which the result may differ though no new fact arrives; null: never by itself';
create index result_expiring on evaluation.result (model_key, holds_until) where holds_until is not null;
create index result_by_model on evaluation.result (model_key, grade, score);
create index result_by_run on evaluation.result (run_id);

create table evaluation.ended_result (
  subject_id bigint not null,
  run_id bigint not null,
  model_key text not null,
  ended_on date not null,
  primary key (subject_id, run_id)
);
comment on table evaluation.ended_result is 'Results that fell away, because the subject left the sector or the model went out of force';
create index ended_result_by_run on evaluation.ended_result (run_id);

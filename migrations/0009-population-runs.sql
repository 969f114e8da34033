-- Scoring counts each kind of record in a pass of its own: the kind is found in the key of the index instead of behind it.
drop index records.standing_now;
create index standing_now on records.standing (subject_id, kind) include (decided_on, ends_on, use_ends_on, class, tags, department, sector, amount_fen, grade, withdrawn, record_id, fact_id) where known_until = 'infinity';

create sequence evaluation.population_run_id;

create table evaluation.population_run (
  population_run_id bigint primary key,
  model_key text not null,
  model_hash text not null,
  evaluated_on date not null,
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  actor text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  subjects bigint,
  failure text
);
comment on table evaluation.population_run is 'A run over everybody (全量评价), done range by range so that it can tell its progress, be cancelled, and go on after a stop';
comment on column evaluation.population_run.subjects is 'How many subjects there are to evaluate; null until the ranges are drawn';

create table evaluation.population_range (
  population_run_id bigint not null references evaluation.population_run,
  from_id bigint not null,
  below_id bigint not null,
  run_id bigint,
  primary key (population_run_id, from_id)
);
comment on column evaluation.population_range.run_id is 'The run that evaluated the range, committed together with its results; null: still to be done';

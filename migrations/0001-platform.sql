-- What an act answered, by the request id that its caller chose: a repeated request gets the first answer and does nothing twice.
create table platform.performed_act (
  request_id text primary key,
  act text not null,
  actor text not null,
  at timestamptz not null,
  input_digest text not null,
  answer jsonb
);
comment on table platform.performed_act is 'Answers of acts by request id, so that retries and double clicks do nothing twice';

-- Which daily runs are done: one row a run and legal day.
create table platform.daily_run (
  name text not null,
  day date not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (name, day)
);
comment on table platform.daily_run is 'Daily runs by legal day; a missing day is caught up at the next start';

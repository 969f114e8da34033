create sequence audit.alarm_id;
create table audit.alarm (
  alarm_id bigint primary key default nextval('audit.alarm_id'),
  kind text not null check (kind in ('many', 'hours', 'duties')),
  actor text not null,
  on_day date not null,
  department text,
  subjects integer not null,
  limit_was integer not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  raised_at timestamptz not null,
  unique (actor, kind, on_day)
);
comment on table audit.alarm is 'Unusual reading (异常查看), at most one a person, kind and day: many subjects in minutes, outside working hours, of other departments without a purpose';
comment on column audit.alarm.limit_was is 'The figure of policy/…/audit/unusual-reading that was passed';

create table audit.settlement (
  alarm_id bigint primary key references audit.alarm,
  at timestamptz not null,
  actor text not null,
  finding text not null check (finding in ('explained', 'misuse')),
  reason text not null
);
comment on table audit.settlement is 'What became of an alarm (核查处理)';

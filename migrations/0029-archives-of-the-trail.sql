create table audit.archive (
  seal_id bigint primary key references audit.seal,
  file text not null,
  size bigint not null,
  rows bigint not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  archived_at timestamptz not null,
  actor text not null
);
comment on table audit.archive is 'Sealed stretches of the trail that are past their time and stand in a file (归档). Only whoever owns the tables removes their lines, and only such lines';
comment on column audit.archive.file is 'SHA-256 of the compressed archive, which is its name among the kept files';

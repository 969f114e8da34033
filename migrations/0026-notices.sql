create schema notices;
comment on schema notices is 'What people who act for businesses have read of what happened (消息)';

create table notices.read (
  actor text not null,
  notice text not null,
  read_at timestamptz not null,
  primary key (actor, notice)
);
comment on table notices.read is 'Notices that somebody has read. The notices themselves are not stored: they follow from what happened, and bear its number';

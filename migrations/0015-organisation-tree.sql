-- Rows of departments, sections, posts and duties are append-only: the highest number of a key stands. Rows without set_by came from the policy folder.
alter table organisation.department
  add column kind text check (kind in ('government', 'department', 'association', 'credit-agency')),
  add column parent text,
  add column closed_on date,
  add column merged_into text,
  add column set_by text,
  add column reason text;
comment on column organisation.department.kind is 'null: a department (部门); association is 行业协会商会, credit-agency 信用服务机构: their people do not open the console';
comment on column organisation.department.merged_into is 'The department that answers from closed_on for what this one did; records keep the key of this one';

alter table organisation.section drop constraint section_department_key_key;
alter table organisation.section
  add column closed_on date,
  add column set_by text,
  add column reason text;
create index section_by_key on organisation.section (department, key, section_id);

create sequence organisation.post_id;
create table organisation.post (
  post_id bigint primary key default nextval('organisation.post_id'),
  department text not null,
  section text,
  zh text not null,
  en text not null,
  leads boolean not null,
  roles text[] not null,
  closed_on date,
  set_at timestamptz not null,
  set_by text,
  reason text
);
comment on table organisation.post is 'Append-only: posts (岗位) of a section or of a whole department; roles are what the post asks for, never a grant by itself';
comment on column organisation.post.leads is 'Whoever has the post leads the section, or the department where there is none (负责人): work of those who leave goes there';
create index post_by_key on organisation.post (department, zh, post_id);

create sequence organisation.placement_id;
create table organisation.placement (
  placement_id bigint primary key default nextval('organisation.placement_id'),
  officer_id bigint not null references organisation.officer,
  department text not null,
  section text,
  post text,
  from_on date not null,
  successor_id bigint references organisation.officer,
  set_at timestamptz not null,
  set_by text,
  reason text
);
comment on table organisation.placement is 'Append-only: where an officer works from a day on (任职); organisation.officer shows the latest. successor_id takes over what was left behind';
create index placement_by_officer on organisation.placement (officer_id, placement_id);
insert into organisation.placement (officer_id, department, section, post, from_on, set_at)
  select officer_id, department, section, post, joined_on, joined_on::timestamptz from organisation.officer order by officer_id;

alter table organisation.officer add column successor_id bigint references organisation.officer;
comment on column organisation.officer.successor_id is 'Who took over the work of an officer who left; null: the head of the section or department';

alter table organisation.certificate drop constraint certificate_number_key;
alter table organisation.certificate
  add column set_by text,
  add column withdrawn_on date,
  add column reason text;
comment on column organisation.certificate.withdrawn_on is 'The first day on which it is no good any more (收回); a renewal is another row with the same number';
create index certificate_by_number on organisation.certificate (number, certificate_id);

drop index organisation.duty_once;
alter table organisation.duty drop constraint duty_part_check;
alter table organisation.duty
  add constraint duty_part_check check (part in ('lead', 'support', 'ended')),
  add column status text not null default 'unconfirmed' check (status in ('confirmed', 'unconfirmed')),
  add column note text,
  add column set_by text;
create index duty_by_key on organisation.duty (clause, department, sector, duty_id);

create sequence organisation.role_proposal_id;
create table organisation.role_proposal (
  role_proposal_id bigint primary key default nextval('organisation.role_proposal_id'),
  officer_id bigint not null references organisation.officer,
  role text not null,
  because text not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision text check (decision in ('confirmed', 'refused')),
  reason text,
  officer_role_id bigint references organisation.officer_role
);
comment on table organisation.role_proposal is 'Roles that a post asks for (角色待确认): whoever keeps the people proposes, the security administrator confirms';
create index role_proposal_open on organisation.role_proposal (officer_id) where decided_at is null;

create sequence organisation.import_id;
create table organisation.import (
  import_id bigint primary key default nextval('organisation.import_id'),
  file_digest text not null,
  file_name text not null,
  plan_digest text not null,
  added integer not null,
  changed integer not null,
  imported_at timestamptz not null,
  imported_by text not null
);
comment on table organisation.import is 'Workbooks of an organisation that were imported (组织机构导入), each in one act';

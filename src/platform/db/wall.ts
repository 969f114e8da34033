// @clause X.4
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Db, Queryable } from './db.ts'
import { roleName, ROLES } from './dress.ts'

/**
 * By what a part of a table's rows is told: `department` by that column; `register` is the register itself, by department, sectors and number; `subject` by whether the subject is reached there;
 * `either` by department or subject; `batch` with the batch that they belong to; `shown` by the subjects that they showed; `actor` by who made it;
 * `nothing`: the rows are of nobody in particular, so whoever has a grant sees all.
 */
export type Told = 'department' | 'register' | 'subject' | 'either' | 'batch' | 'shown' | 'actor' | 'nothing'
/**
 * What the roles may do with a table, each as letters: S select (`S(column, …)` of these columns only), I insert, U update (or `U(column, …)`), D delete, L lock rows without changing them.
 * `business` stands for both `district` and `part`.
 */
export type TableWall = { readonly table: string; readonly by: Told; readonly worker?: string; readonly keeper?: string; readonly auditor?: string; readonly business?: string }

const list = (name: string, type: 'text' | 'bigint'): string => `(select string_to_array(coalesce(current_setting('xinheng.${name}', true), ''), ',')::${type}[])`
const within = (column: string, name: string, type: 'text' | 'bigint'): string => `${column} = any (${list(name, type)}::${type}[])`
const SETTING_ALL = `(select coalesce(current_setting('xinheng.do_departments', true), '') = '*')`
const SETTING_SOME = `(select coalesce(current_setting('xinheng.do_departments', true), '') <> '' or coalesce(current_setting('xinheng.do_sectors', true), '') <> '')`
const OWN = (column: string): string => `${column} = (select coalesce(current_setting('xinheng.actor', true), ''))`

const BROAD = `(select coalesce(current_setting('xinheng.departments', true), '') <> '' or coalesce(current_setting('xinheng.sectors', true), '') <> '')`

/** Of a subject that the register shows within the same reach: asked there only where a department or sector is reached, for a business's own numbers say it all. */
function ofReachedSubject(table: string): string {
  return `${within('subject_id', 'subjects', 'bigint')} or ${BROAD} and exists (select 1 from subjects.subject as reached where reached.subject_id = ${table.split('.')[1]}.subject_id)`
}

/** Which rows a request with a part sees. */
function seen({ table, by }: TableWall): string {
  const own = table === 'ledger.entry' ? ` or ${OWN('actor')}` : ''
  if (by === 'department') return within('department', 'departments', 'text')
  if (by === 'register') return `${within('subject_id', 'subjects', 'bigint')} or ${within('department', 'departments', 'text')} or sectors && ${list('sectors', 'text')}`
  if (by === 'subject') return `${ofReachedSubject(table)}${own}`
  if (by === 'either') return `${within('department', 'departments', 'text')} or ${ofReachedSubject(table)}`
  if (by === 'shown') return `subject_ids && ${list('subjects', 'bigint')}`
  if (by === 'batch') return `exists (select 1 from submissions.batch where batch.batch_id = ${table.split('.')[1]}.batch_id)`
  return by === 'actor' ? OWN('actor') : 'true'
}

/** Which rows a request may write: those of its departments, or of its subjects; where a table knows no department, an officer's department does not forbid it. */
function written({ by }: TableWall): string {
  if (by === 'department') return `${SETTING_ALL} or ${within('department', 'do_departments', 'text')}`
  if (by === 'subject' || by === 'register') return `${SETTING_SOME} or ${within('subject_id', 'do_subjects', 'bigint')}`
  if (by === 'either') return `${SETTING_ALL} or ${within('department', 'do_departments', 'text')} or ${within('subject_id', 'do_subjects', 'bigint')}`
  return by === 'actor' ? OWN('actor') : 'true'
}

const LETTERS = /([SIUDL])(?:\(([^)]*)\))?/g

function statementsOf(wall: TableWall): string[] {
  const { table } = wall
  const made = [`alter table ${table} enable row level security`]
  for (const role of ROLES) {
    const letters = role === 'district' || role === 'part' ? wall.business : wall[role]
    const isRequest = role === 'district' || role === 'part'
    const using = role === 'part' || (isRequest && wall.by === 'actor') ? seen(wall) : 'true'
    const check = isRequest ? written(wall) : wall.by === 'actor' && role !== 'worker' ? seen(wall) : 'true'
    for (const [, letter, columns] of (letters ?? '').matchAll(LETTERS)) {
      const on = columns === undefined ? '' : ` (${columns})`
      const policy = (command: string, rest: string) => `create policy wall_${role}_${letter!.toLowerCase()} on ${table} for ${command} to ${roleName(role)} ${rest}`
      if (letter === 'S') made.push(`grant select${on} on ${table} to ${roleName(role)}`, policy('select', `using (${using})`))
      if (letter === 'I') made.push(`grant insert on ${table} to ${roleName(role)}`, policy('insert', `with check (${check})`))
      if (letter === 'U') made.push(`grant update${on} on ${table} to ${roleName(role)}`, policy('update', `using (${using}) with check (${check})`))
      if (letter === 'D') made.push(`grant delete on ${table} to ${roleName(role)}`, policy('delete', `using (${using})`))
      // Locking a row needs the right to update; no changed row passes the check.
      if (letter === 'L') made.push(`grant update on ${table} to ${roleName(role)}`, policy('update', `using (${using}) with check (false)`))
    }
  }
  return made
}

/**
 * Raises the wall: roles, grants and row security as the tables say, in one transaction, when they are not so yet. What does not stand in `walls` is granted to nobody.
 * Refuses `database.roles-missing` where the login may neither make the roles nor pass them on: the fix holds the statements for the administrator of the database.
 */
export async function raiseWall(db: Db, walls: readonly TableWall[], login?: string): Promise<boolean> {
  await prepareRoles(db, login)
  const present = await listOurs(db)
  const tables = walls.filter(({ table }) => present.tables.includes(table))
  const statements = [
    ...present.schemas.flatMap((schema) => ROLES.flatMap((role) => [`revoke all on all tables in schema ${schema} from ${roleName(role)}`, `revoke all on all sequences in schema ${schema} from ${roleName(role)}`])),
    ...present.schemas.map((schema) => `grant usage on schema ${schema} to ${ROLES.map(roleName).join(', ')}`),
    ...tables.flatMap(statementsOf), ...sequenceGrants(tables, present.schemas),
  ]
  const mark = `wall_${createHash('sha256').update(statements.join(';')).digest('hex').slice(0, 32)}`
  if (present.policies.some(({ name }) => name === mark)) return false
  await db.transaction().execute(async (tx) => {
    const drops = present.policies.map(({ name, table }) => `drop policy ${name} on ${table}`)
    await sql.raw([...drops, ...statements, `create policy ${mark} on platform.migration for select to ${roleName('part')} using (false)`].join(';\n')).execute(tx)
  })
  return true
}

/** A role that inserts into a schema draws its numbers; one that reads there may see how far they are. */
function sequenceGrants(walls: readonly TableWall[], schemas: readonly string[]): string[] {
  const rolesWith = (schema: string, letter: string) => ROLES.filter((role) => walls.some((wall) => wall.table.startsWith(`${schema}.`) && (role === 'district' || role === 'part' ? wall.business : wall[role])?.includes(letter)))
  return schemas.flatMap((schema) => [
    ...rolesWith(schema, 'I').map((role) => `grant usage on all sequences in schema ${schema} to ${roleName(role)}`),
    ...rolesWith(schema, 'S').map((role) => `grant select on all sequences in schema ${schema} to ${roleName(role)}`),
  ])
}

async function listOurs(db: Queryable): Promise<{ schemas: string[]; tables: string[]; policies: { name: string; table: string }[] }> {
  const ours = sql`n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^(pg_|citus|columnar)'`
  const { rows: schemas } = await sql<{ name: string }>`select quote_ident(nspname) as name from pg_namespace as n where ${ours} order by 1`.execute(db)
  const { rows: tables } = await sql<{ name: string }>`select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace as n on n.oid = relnamespace where relkind in ('r', 'p') and ${ours} order by 1`.execute(db)
  const { rows: policies } = await sql<{ name: string; table: string }>`select quote_ident(polname) as name, format('%I.%I', nspname, relname) as "table" from pg_policy join pg_class on pg_class.oid = polrelid join pg_namespace as n on n.oid = relnamespace where polname like 'wall\_%'`.execute(db)
  return { schemas: schemas.map(({ name }) => name), tables: tables.map(({ name }) => name), policies }
}

/** What the administrator of the database runs when the program's login may not. */
function roleStatements(login: string): string {
  return [...ROLES.map((role) => `create role ${roleName(role)} nologin;`), `grant ${ROLES.map(roleName).join(', ')} to "${login.replaceAll('"', '""')}";`].join('\n')
}

async function prepareRoles(db: Db, login?: string): Promise<void> {
  const { rows: [state] } = await sql<{ me: string; version: number }>`select session_user as me, current_setting('server_version_num')::integer as version`.execute(db)
  const who = login ?? state!.me
  const right = state!.version >= 160_000 ? 'SET' : 'MEMBER'
  try {
    for (const role of ROLES) {
      const name = roleName(role)
      await sql.raw(`do $$ begin
        if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if;
        exception when duplicate_object or unique_violation then null; end $$`).execute(db)
      for (const member of new Set([state!.me, who])) {
        const { rows: [has] } = await sql<{ has: boolean }>`select pg_has_role(${member}::name, ${name}::name, ${right}) as has`.execute(db)
        if (!has!.has) await sql.raw(`grant ${name} to "${member.replaceAll('"', '""')}"`).execute(db)
      }
    }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== '42501' && code !== '42704') throw error
    throw new Refusal({
      code: 'database.roles-missing', status: 409,
      message: text(`数据库登录“${state!.me}”不能建立或授予运行所需的角色`, `The database login "${state!.me}" may neither make nor pass on the roles under which the program works`),
      fix: text(`请数据库管理员执行后重新启动：\n${roleStatements(who)}`, `Let the administrator of the database run this, then start again:\n${roleStatements(who)}`),
    })
  }
}

import type { Day } from '../../../kernel/day.ts'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../../engines/procedure/index.ts'
import type { Json } from '../../../kernel/json.ts'
import { given, sql, type Db, type Queryable } from '../../../platform/db/index.ts'
import { wasOf } from '../../identity/index.ts'
import type { Line, LineKind } from '../line.ts'

/** Whoever writes lines holds this lock shared; whoever asks how far the trail is complete holds it alone for a moment, so that no line with a lower number comes later. */
export const WRITING = 7_143_001

/** Writes lines; one that stands already under its `ref` is passed over. */
export async function insertLines(db: Db, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  await sql`with held as materialized (select pg_advisory_xact_lock_shared(${WRITING}) as held)
    insert into audit.trail (ref, at, actor, department, roles, permission, reach, session_id, address, method, route, kind, outcome, subject_ids, record_ids, asked, rows, purpose, ms)
    select ref, at, actor, department, roles, permission, reach, "sessionId", address, method, route, kind, outcome, "subjectIds", "recordIds", asked, rows, purpose, ms
    from held, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line(ref text, at timestamptz, actor text, department text, roles text[], permission text, reach jsonb, "sessionId" bigint, address text, method text, route text,
      kind text, outcome text, "subjectIds" bigint[], "recordIds" bigint[], asked jsonb, rows integer, purpose text, ms integer)
    on conflict (ref) do nothing`.execute(db)
}

/** A line as it is read back, or an entry of the ledger beside it (`kind` `entry`). */
export type TrailRow = {
  readonly id: number; readonly at: Date; readonly actor: string; readonly department: string | null; readonly roles: readonly string[]; readonly permission: string | null; readonly reach: Scope | null
  readonly sessionId: number | null; readonly address: string | null; readonly method: string | null; readonly what: string; readonly kind: LineKind | 'entry'; readonly outcome: string
  readonly subjectIds: readonly number[]; readonly recordIds: readonly number[]; readonly asked: Readonly<Record<string, Json>>; readonly rows: number | null; readonly purpose: string | null; readonly ms: number | null; readonly basis: string | null
}

/** What of the trail is asked for. `entries`: entries of the ledger that are about the same subject or record. */
export type TrailFilter = {
  /** Any of these; null: anybody. */
  readonly actors: readonly string[] | null; readonly department: string | null; readonly subjectId: number | null; readonly recordId: number | null; readonly from: Date | null; readonly until: Date | null
  readonly kind: LineKind | 'entry' | null; readonly outcome: 'given' | 'refused' | 'fault' | null; readonly purpose: string | null; readonly sought: string | null
  readonly entries: readonly { readonly name: string; readonly ids: readonly number[] }[] | null
}

/** The most lines that a count counts. */
export const COUNTED = 100_000

function byAnyOf(actors: TrailFilter['actors']): RawBuilder<unknown> | null {
  return actors === null ? null : sql`actor = any(${[...actors]}::text[])`
}

function linesWhere({ actors, department, subjectId, recordId, from, until, kind, outcome, purpose, sought }: TrailFilter): RawBuilder<unknown> {
  const parts = [
    byAnyOf(actors),
    department === null ? null : sql`department = ${department}`,
    subjectId === null ? null : sql`subject_ids @> array[${subjectId}::bigint]`,
    recordId === null ? null : sql`record_ids @> array[${recordId}::bigint]`,
    from === null ? null : sql`at >= ${from}`,
    until === null ? null : sql`at < ${until}`,
    kind === null ? null : sql`kind = ${kind}`,
    outcome === null ? null : outcome === 'refused' ? sql`outcome not in ('given', 'fault')` : sql`outcome = ${outcome}`,
    purpose === null ? null : sql`purpose ilike ${`%${purpose.replace(/[\\%_]/g, '\\$&')}%`}`,
    sought === null ? null : sql`jsonb_path_exists(asked, '$.**.digest ? (@ == $sought)', jsonb_build_object('sought', ${sought}::text))`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Entries stand beside the lines only where a subject or a record is asked for, and nothing that entries do not have; their department is that of whoever made them. */
function entriesWhere({ actors, subjectId, recordId, from, until, entries, kind, outcome, purpose, sought, department }: TrailFilter): RawBuilder<unknown> | null {
  if (subjectId === null || (recordId !== null && entries === null) || (kind !== null && kind !== 'entry') || (outcome !== null && outcome !== 'given') || purpose !== null || sought !== null) return null
  const about = entries?.filter(({ ids }) => ids.length > 0).map(({ name, ids }) => sql`(name = ${name} and about_id = any(${[...ids]}::bigint[]))`) ?? null
  const parts = [
    sql`subject_id = ${subjectId}`,
    about === null ? null : about.length === 0 ? sql`false` : sql`(${sql.join(about, sql` or `)})`,
    byAnyOf(actors), department === null ? null : wasOf(department), from === null ? null : sql`at >= ${from}`, until === null ? null : sql`at < ${until}`,
  ].filter((part) => part !== null)
  return sql.join(parts, sql` and `)
}

function both(filter: TrailFilter, columns: { readonly line: RawBuilder<unknown>; readonly entry: RawBuilder<unknown> }): RawBuilder<unknown> {
  const lines = sql`select ${columns.line} from audit.trail where ${linesWhere(filter)}`
  const entries = entriesWhere(filter)
  return entries === null ? lines : sql`${lines} union all select ${columns.entry} from ledger.entry where ${entries}`
}

const LINE = sql`trail_id as id, at, actor, department, to_jsonb(roles) as roles, permission, reach, session_id as "sessionId", address, method, route as what, kind, outcome, to_jsonb(subject_ids) as "subjectIds", to_jsonb(record_ids) as "recordIds", asked, rows, purpose, ms, null::text as basis`
const ENTRY = sql`entry_id, at, actor, null::text, '[]'::jsonb, null::text, null::jsonb, null::bigint, null::text, null::text, name, 'entry', 'given', case when subject_id is null then '[]'::jsonb else jsonb_build_array(subject_id) end, '[]'::jsonb, '{}'::jsonb, null::integer, null::text, null::integer, basis`

/** Lines, and entries beside them where they are about the same; the latest first. */
export async function listTrail(db: Queryable, filter: TrailFilter, { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<TrailRow[]> {
  const { rows } = await sql<TrailRow>`select * from (${both(filter, { line: LINE, entry: ENTRY })}) as both_of order by at desc, id desc offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** How many there are, counted up to {@link COUNTED}. */
export async function countTrail(db: Queryable, filter: TrailFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select 1 from (${both(filter, { line: sql`1 as one`, entry: sql`1` })}) as both_of limit ${COUNTED}) as counted`.execute(db)
  return rows[0]!.count
}

/** Looks of one department on one day for one class of purpose: `purposeClass` is the number of the opening that the purpose begins with, -1 for any other purpose, null where none was said. */
export type Look = { readonly day: Day; readonly department: string; readonly purposeClass: number | null; readonly times: number }

/**
 * Who looked at a subject (查看情况), as the subject is told: by department, day and class of purpose, never by name, nor in the officer's own words. What businesses and the program itself look at is left out.
 * `openings` are the texts with which a purpose of each class begins.
 */
export async function listLooks(db: Queryable, subjectId: number, openings: readonly (readonly string[])[], { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<{ rows: Look[]; total: number }> {
  const classes = given({ class: ['integer', openings.flatMap((texts, at) => texts.map(() => at))], opening: ['text', openings.flat()] })
  const looks = sql`select (at at time zone 'Asia/Shanghai')::date as day, department, case when purpose is not null then coalesce((select min(class) from ${classes} where starts_with(purpose, opening)), -1) end as "purposeClass", count(*) as times
    from audit.trail where subject_ids @> array[${subjectId}::bigint] and kind in ('view', 'export') and outcome = 'given' and department is not null group by 1, 2, 3`
  const { rows } = await sql<Look>`select * from (${looks}) as looks order by day desc, department, "purposeClass" nulls last offset ${offset} limit ${limit}`.execute(db)
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from (${looks}) as looks`.execute(db)
  return { rows, total: count!.total }
}

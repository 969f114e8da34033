import type { Day } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import type { RawBuilder } from 'kysely'
import { given, sql, type Queryable } from '../../platform/db/index.ts'
import { modelTitle, type ObjectionAct } from '../objections/index.ts'

/** A business that somebody acts for, and since when what happens there is told. */
export type Concern = { readonly subjectId: number; readonly since: Date }
/** A version of a record that came in. */
export type Arrival = { readonly notice: string; readonly at: Date; readonly subjectId: number; readonly operation: 'filed' | 'corrected' | 'withdrawn' | 'ended'; readonly kind: string; readonly documentNumber: string; readonly department: string; readonly fields: Readonly<Record<string, string>> }
/** A step of an objection. */
export type Move = { readonly notice: string; readonly at: Date; readonly subjectId: number; readonly act: ObjectionAct; readonly words: string; readonly department: string; readonly about: 'record' | 'grade' | 'registration'; readonly recordId: number | null; readonly model: string | null; readonly documentNumber: string | null; readonly modelTitle: Text | null; readonly dueOn: Day | null }
/** How many there are, and how many of them are unread. */
export type Counted = { readonly total: number; readonly unread: number }

const RECORD = sql`'record:' || f.fact_id`
const STEP = sql`'objection:' || s.step_id`
const told = sql`('filed', 'corrected', 'withdrawn', 'ended')`

function concerned(concerns: readonly Concern[]) {
  return given({ subject_id: ['bigint', concerns.map(({ subjectId }) => subjectId)], since: ['timestamptz', concerns.map(({ since }) => since.toISOString())] })
}
const arrivals = (concerns: readonly Concern[]) => sql`${concerned(concerns)} join records.fact as f using (subject_id) where f.recorded_at > since and f.operation in ${told}`
const moves = (concerns: readonly Concern[], actor: string) => sql`${concerned(concerns)} join objections.step as s using (subject_id) join objections.objection as o using (subject_id, objection_id) where s.at > since and s.actor <> ${actor}`

/** The latest versions of records that came in. */
export async function listArrivals(db: Queryable, concerns: readonly Concern[], limit: number): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`select ${RECORD} as notice, f.recorded_at as at, subject_id as "subjectId", f.operation, f.kind, f.document_number as "documentNumber", f.department, f.fields
    from ${arrivals(concerns)} order by f.recorded_at desc, f.fact_id desc limit ${limit}`.execute(db)
  return rows
}

/** The latest steps of objections, but those that the actor made. */
export async function listMoves(db: Queryable, concerns: readonly Concern[], actor: string, limit: number): Promise<Move[]> {
  const { rows } = await sql<Move>`select ${STEP} as notice, s.at, subject_id as "subjectId", s.act, s.words, s.department, o.about, o.record_id as "recordId", o.model, s.due_on as "dueOn", ${modelTitle} as "modelTitle",
    (select document_number from records.standing as r where r.subject_id = o.subject_id and r.record_id = o.record_id and r.known_until = 'infinity' limit 1) as "documentNumber"
    from ${moves(concerns, actor)} order by s.at desc, s.step_id desc limit ${limit}`.execute(db)
  return rows
}

/** How many records and steps there are. */
export async function countHappened(db: Queryable, concerns: readonly Concern[], actor: string, read: readonly string[]): Promise<Counted> {
  const unread = (key: RawBuilder<unknown>) => sql`count(*) as total, count(*) filter (where ${key} <> all(${[...read]}::text[])) as unread`
  const { rows: [records] } = await sql<Counted>`select ${unread(RECORD)} from ${arrivals(concerns)}`.execute(db)
  const { rows: [steps] } = await sql<Counted>`select ${unread(STEP)} from ${moves(concerns, actor)}`.execute(db)
  return { total: records!.total + steps!.total, unread: records!.unread + steps!.unread }
}

/** The keys of records and steps that were not read. */
export async function listUnread(db: Queryable, concerns: readonly Concern[], actor: string, read: readonly string[]): Promise<string[]> {
  const { rows: records } = await sql<{ notice: string }>`select ${RECORD} as notice from ${arrivals(concerns)}`.execute(db)
  const { rows: steps } = await sql<{ notice: string }>`select ${STEP} as notice from ${moves(concerns, actor)}`.execute(db)
  const known = new Set(read)
  return [...records, ...steps].map(({ notice }) => notice).filter((notice) => !known.has(notice))
}

/** The keys of what somebody has read. */
export async function listRead(db: Queryable, actor: string): Promise<string[]> {
  const { rows } = await sql<{ notice: string }>`select notice from notices.read where actor = ${actor}`.execute(db)
  return rows.map(({ notice }) => notice)
}

/** Says that somebody has read these. */
export async function insertRead(db: Queryable, actor: string, notices: readonly string[], at: Date): Promise<void> {
  await sql`insert into notices.read (actor, notice, read_at) select ${actor}, notice, ${at} from ${given({ notice: ['text', [...new Set(notices)]] })} on conflict do nothing`.execute(db)
}

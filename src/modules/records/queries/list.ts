import type { Reach } from '../../../engines/procedure/index.ts'
import { given, sql, type Queryable } from '../../../platform/db/index.ts'
import { ofSubjectsWithin } from '../../subjects/index.ts'
import type { Operation, StandingRow } from '../fact.ts'

/** Which records are wanted; null is any. `subjectIds` are the subjects that the searched text names. */
export type RecordFilter = {
  readonly subjectId: number | null
  readonly kind: string | null
  readonly department: string | null
  readonly late: boolean | null
  readonly receivedFrom: string | null
  readonly receivedUntil: string | null
  readonly find: string | null
  readonly subjectIds: readonly number[]
  /** Only what a limited permission reaches: filed by its departments, or of subjects that it reaches; null: all. */
  readonly within: Reach | null
}

/** A record as lists show it, before it is put into words. */
export type ListedRecord = StandingRow & {
  readonly record_id: number
  readonly subject_id: number
  /** Null where the register shows the subject to nobody within this reach. */
  readonly subject_name: string | null
  readonly subject_type: string | null
  readonly kind: string
  readonly document_number: string
  readonly fields: Readonly<Record<string, string>>
  readonly versions: number
  readonly attachments: number
  readonly objected: boolean
}

/** Rows are counted up to here; beyond, a list says "more than". */
export const COUNTED = 100_000

/** What counts as a version for a reader: receipts and withdrawals, not the system's own recomputing. */
const readable: readonly Operation[] = ['filed', 'corrected', 'withdrawn']

/** A page of records, the newest received first. Names, fields and counts are looked up for the page only. */
export async function listPage(db: Queryable, filter: RecordFilter, window: { readonly offset: number; readonly limit: number }): Promise<ListedRecord[]> {
  const { rows: keys } = await sql<{ subject_id: number; record_id: number }>`select subject_id, record_id from records.standing as s where ${conditions(filter)}
    order by received_on desc, record_id desc offset ${window.offset} limit ${window.limit}`.execute(db)
  return listRecordsOf(db, keys.map((key) => ({ subjectId: key.subject_id, recordId: key.record_id })))
}

/** How many there are, up to {@link COUNTED}. */
export async function countRecords(db: Queryable, filter: RecordFilter): Promise<number> {
  const { rows: [row] } = await sql<{ total: number }>`select count(*) as total from (select 1 from records.standing as s where ${conditions(filter)} limit ${COUNTED}) as counted`.execute(db)
  return row!.total
}

/** Whether a limited permission reaches the record: filed by one of its departments, or of a subject that it reaches. */
export async function isRecordWithin(db: Queryable, reach: Reach, { subjectId, recordId }: { readonly subjectId: number; readonly recordId: number }): Promise<boolean> {
  const { rows } = await sql`select 1 from records.standing as s where s.subject_id = ${subjectId} and s.record_id = ${recordId} and ${recordWithin(reach)} limit 1`.execute(db)
  return rows.length > 0
}

/** Records by their keys, in the order given; those that are not there are left out. */
export async function listRecordsOf(db: Queryable, keys: readonly { readonly subjectId: number; readonly recordId: number }[]): Promise<ListedRecord[]> {
  if (keys.length === 0) return []
  const wanted = given({ subject_id: ['bigint', keys.map(({ subjectId }) => subjectId)], record_id: ['bigint', keys.map(({ recordId }) => recordId)], nth: ['integer', keys.map((_, at) => at)] })
  const { rows } = await sql<ListedRecord>`select s.subject_id, s.record_id, s.kind, s.document_number, s.document_series, s.document_year, s.document_serial, s.department, s.sector, s.decided_on, s.received_on, s.report_due_on,
      s.report_due_provisional, s.ends_on, s.class, s.tags, s.amount_fen::text as amount_fen, s.grade, s.public, s.public_reason, s.repairable_on, s.publicity_ends_on, s.publicity_end_reason, s.sharing_ends_on,
      s.sharing_end_reason, s.use_ends_on, s.use_end_reason, s.withdrawn, s.known_from, subject.name as subject_name, subject.type as subject_type, f.fields,
      (select count(*) from records.fact one where one.subject_id = s.subject_id and one.record_id = s.record_id and one.operation = any(${[...readable]}::text[])) as versions,
      (select count(*) from records.attachment one where one.subject_id = s.subject_id and one.record_id = s.record_id) as attachments,
      exists (select 1 from records.mark one where one.subject_id = s.subject_id and one.record_id = s.record_id and one.ended_at is null) as objected
    from ${wanted} join records.standing s using (subject_id, record_id) join records.fact f on f.subject_id = s.subject_id and f.fact_id = s.fact_id
    left join subjects.subject on subject.subject_id = s.subject_id where s.known_until = 'infinity' order by nth`.execute(db)
  return rows
}

/** Published on a day: that is all there is to it, nothing has to run at the end of a publicity period. Over `records.standing as s`. */
export function publicOn(on: string) {
  return sql`(s.public and not s.withdrawn and (s.publicity_ends_on is null or s.publicity_ends_on > ${on}::date))`
}

function recordWithin(reach: Reach) {
  return sql`(s.department = any(${[...reach.departments]}::text[]) or ${ofSubjectsWithin(reach, 's.subject_id')})`
}

function conditions({ subjectId, kind, department, late, receivedFrom, receivedUntil, find, subjectIds, within }: RecordFilter) {
  const all = [sql`s.known_until = 'infinity'`]
  if (within !== null) all.push(recordWithin(within))
  if (subjectId !== null) all.push(sql`s.subject_id = ${subjectId}`)
  if (kind !== null) all.push(sql`s.kind = ${kind}`)
  if (department !== null) all.push(sql`s.department = ${department}`)
  if (late === true) all.push(sql`s.received_on > s.report_due_on`)
  if (late === false) all.push(sql`s.received_on <= s.report_due_on`)
  if (receivedFrom !== null) all.push(sql`s.received_on >= ${receivedFrom}::date`)
  if (receivedUntil !== null) all.push(sql`s.received_on <= ${receivedUntil}::date`)
  if (find !== null) all.push(sql`(s.document_number like ${`${find.replace(/[\\%_]/g, '\\$&')}%`} or s.subject_id = any(${[...subjectIds]}::bigint[]))`)
  return sql.join(all, sql` and `)
}

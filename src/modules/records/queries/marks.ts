import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Operation } from '../fact.ts'

/** What an objection is pending to. */
export type Marked = { readonly subjectId: number; readonly recordId: number; readonly objectionId: number }

/** Marks a record. */
export async function insertMark(tx: Tx, { subjectId, recordId, objectionId }: Marked, at: Date): Promise<void> {
  await sql`insert into records.mark (subject_id, record_id, objection_id, marked_at) values (${subjectId}, ${recordId}, ${objectionId}, ${at})`.execute(tx)
}

/** Ends a mark; false when none stands. */
export async function endMark(tx: Tx, { subjectId, recordId, objectionId }: Marked, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update records.mark set ended_at = ${at} where subject_id = ${subjectId} and record_id = ${recordId} and objection_id = ${objectionId} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Who wrote which version of a record, and for which department, the latest first. */
export async function findRecordActs(db: Queryable, subjectId: number, recordId: number): Promise<{ readonly actor: string; readonly operation: Operation; readonly recordedAt: Date; readonly department: string }[]> {
  const { rows } = await sql<{ actor: string; operation: Operation; recordedAt: Date; department: string }>`select f.actor, f.operation, f.recorded_at as "recordedAt", f.department
    from records.fact as f where f.subject_id = ${subjectId} and f.record_id = ${recordId} order by f.version desc`.execute(db)
  return rows
}

// @clause 12.1
import { isReached, type Actor, type Reach } from '../../../engines/procedure/index.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import { subjectMissing } from '../refusals.ts'

/** The condition that a subject is one of those that a limited permission reaches: of the department that looks after it, of a sector, or the subject itself. Over `subjects.subject`. */
export function subjectWithin({ departments, sectors, subjects }: Reach) {
  return sql`(department = any(${[...departments]}::text[]) or sectors && ${[...sectors]}::text[] or subject_id = any(${[...subjects]}::bigint[]))`
}

/** The same of a column that holds the number of a subject, in other tables; `null` (everything) is always true. */
export function ofSubjectsWithin(reach: Reach | null, column: string) {
  return reach === null ? sql`true` : sql`${sql.ref(column)} in (select subject_id from subjects.subject where ${subjectWithin(reach)})`
}

/** Refuses `subject.missing` unless the permission reaches the subject: whoever tries numbers learns nothing. */
export async function mustReachSubject(db: Queryable, actor: Actor, permission: string, subjectId: number): Promise<void> {
  if (isReached(actor, permission, { subjectId })) return
  const { rows: [row] } = await sql<{ department: string | null; sectors: string[] }>`select department, sectors from subjects.subject where subject_id = ${subjectId}`.execute(db)
  if (!row || !isReached(actor, permission, row)) throw subjectMissing()
}

/** Those of some subjects that a department other than this one looks after; who is looked after by nobody is nobody else's. */
export async function listOfOthers(db: Queryable, subjectIds: readonly number[], department: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select subject_id as id from subjects.subject where subject_id = any(${[...subjectIds]}::bigint[]) and department <> ${department}`.execute(db)
  return rows.map(({ id }) => id)
}

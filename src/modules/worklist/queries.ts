import { sql, type Queryable, type Tx } from '../../platform/db/index.ts'

/** That an officer is in charge of an item (认领、指派). */
export type Assignment = { readonly assignmentId: number; readonly kind: string; readonly item: string; readonly officerId: number; readonly note: string | null; readonly assignedBy: string; readonly endedAt: Date | null; readonly endedBy: string | null }

const columns = sql`assignment_id as "assignmentId", kind, item, officer_id as "officerId", note, assigned_by as "assignedBy", ended_at as "endedAt", ended_by as "endedBy"`

/** The assignments that stand. */
export async function listStanding(db: Queryable): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`select ${columns} from worklist.assignment where ended_at is null`.execute(db)
  return rows
}

/** Holds the assignment of an item for this transaction; null when nobody is in charge. */
export async function holdStanding(tx: Tx, kind: string, item: string): Promise<Assignment | null> {
  const { rows } = await sql<Assignment>`select ${columns} from worklist.assignment where kind = ${kind} and item = ${item} and ended_at is null for update`.execute(tx)
  return rows[0] ?? null
}

/** Assignments by number. */
export async function findAssignments(db: Queryable, ids: readonly number[]): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`select ${columns} from worklist.assignment where assignment_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Puts an officer in charge; null when somebody else was put in charge at the same moment. */
export async function insertAssignment(tx: Tx, { kind, item, officerId, note, assignedBy }: Pick<Assignment, 'kind' | 'item' | 'officerId' | 'note' | 'assignedBy'>, at: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into worklist.assignment (kind, item, officer_id, note, assigned_at, assigned_by) values (${kind}, ${item}, ${officerId}, ${note}, ${at}, ${assignedBy})
    on conflict do nothing returning assignment_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Ends an assignment. */
export async function endAssignment(tx: Tx, assignmentId: number, at: Date, by: string): Promise<void> {
  await sql`update worklist.assignment set ended_at = ${at}, ended_by = ${by} where assignment_id = ${assignmentId} and ended_at is null`.execute(tx)
}

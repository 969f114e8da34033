import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A closing or merger of a department (部门撤并) that waits for another administrator, or what was decided about it. */
export type Closing = {
  readonly closingId: number; readonly key: string; readonly into: string | null; readonly reason: string; readonly proposedAt: Date; readonly proposedBy: string
  readonly decidedAt: Date | null; readonly decidedBy: string | null; readonly decision: 'confirmed' | 'refused' | null; readonly decisionReason: string | null
}

const columns = sql`closing_id as "closingId", key, merge_into as "into", reason, proposed_at as "proposedAt", proposed_by as "proposedBy", decided_at as "decidedAt", decided_by as "decidedBy", decision, decision_reason as "decisionReason"`

/** Closings by number. */
export async function findClosings(db: Queryable, ids: readonly number[]): Promise<Closing[]> {
  const { rows } = await sql<Closing>`select ${columns} from organisation.closing where closing_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The closings that wait, the oldest first. */
export async function listOpenClosings(db: Queryable): Promise<Closing[]> {
  const { rows } = await sql<Closing>`select ${columns} from organisation.closing where decided_at is null order by closing_id`.execute(db)
  return rows
}

/** Proposes a closing; null when one of that department waits already. */
export async function insertClosing(tx: Tx, { key, into, reason }: Pick<Closing, 'key' | 'into' | 'reason'>, at: Date, by: string): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into organisation.closing (key, merge_into, reason, proposed_at, proposed_by) values (${key}, ${into}, ${reason}, ${at}, ${by}) on conflict do nothing returning closing_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Holds a closing for this transaction; null when there is none. */
export async function holdClosing(tx: Tx, closingId: number): Promise<Closing | null> {
  const { rows } = await sql<Closing>`select ${columns} from organisation.closing where closing_id = ${closingId} for update`.execute(tx)
  return rows[0] ?? null
}

/** Decides a closing. */
export async function decideClosingRow(tx: Tx, closingId: number, { decision, reason }: { decision: 'confirmed' | 'refused'; reason: string | null }, at: Date, by: string): Promise<void> {
  await sql`update organisation.closing set decision = ${decision}, decision_reason = ${reason}, decided_at = ${at}, decided_by = ${by} where closing_id = ${closingId}`.execute(tx)
}

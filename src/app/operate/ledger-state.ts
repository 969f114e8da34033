import { sql, type Queryable } from '../../platform/db/index.ts'

/** How many committed entries have no place in the log yet. */
export async function countPending(db: Queryable): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.pending`.execute(db)
  return rows[0]!.count
}

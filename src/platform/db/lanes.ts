import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/** A transaction of its own that sees the database as it stood when the lanes were opened. */
export type Lane = <Answer>(work: (tx: Tx) => Promise<Answer>) => Promise<Answer>

/** Whether the database serves several connections at once; the embedded one has a single connection, which a transaction holds. */
export function servesMany(db: Db): boolean {
  return db.getExecutor().adapter.supportsMultipleConnections !== false
}

/**
 * Opens a transaction that `hold` can use for locks, and gives `run` as many lanes as are asked for: each begins transactions on a connection of its own, and all
 * of them see one instant, after `hold` was done (pg_export_snapshot). The embedded database has one connection: it gives one lane, without the shared instant,
 * and `hold` runs at the beginning of each of its transactions.
 */
export async function inLanes<Answer>(db: Db, count: number, hold: (tx: Tx) => Promise<void>, run: (lanes: readonly Lane[]) => Promise<Answer>): Promise<Answer> {
  if (!servesMany(db)) {
    return run([(work) => db.transaction().execute(async (tx) => {
      await hold(tx)
      return work(tx)
    })])
  }
  return db.transaction().execute(async (holder) => {
    await hold(holder)
    const { rows: [exported] } = await sql<{ id: string }>`select pg_export_snapshot() as id`.execute(holder)
    const lane: Lane = (work) => db.transaction().setIsolationLevel('repeatable read').execute(async (tx) => {
      await sql`set transaction snapshot ${sql.lit(exported!.id)}`.execute(tx)
      return work(tx)
    })
    return run(Array.from({ length: count }, () => lane))
  })
}

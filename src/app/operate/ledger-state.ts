import { listFollowers, type FollowerState } from '../../engines/ledger/index.ts'
import { sql, type Queryable } from '../../platform/db/index.ts'

/** What health and metrics want to know of the database, read together. */
export type DatabaseState = {
  readonly migrations: number
  readonly size: number
  readonly pending: number
  /** Batches that wait or run. */
  readonly imports: number
  /** Rows of finished imports by outcome. */
  readonly rows: { readonly accepted: number; readonly unchanged: number; readonly corrected: number; readonly rejected: number }
  readonly followers: readonly FollowerState[]
}

/** Reads {@link DatabaseState}. */
export async function readDatabaseState(db: Queryable): Promise<DatabaseState> {
  const { rows: [found] } = await sql<Omit<DatabaseState, 'followers' | 'rows'> & DatabaseState['rows']>`select (select count(*) from platform.migration) as migrations,
    (select coalesce(max(size), 0) from ledger.checkpoint) as size, (select count(*) from ledger.pending) as pending,
    count(*) filter (where state in ('received', 'reading')) as imports, coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(unchanged), 0)::bigint as unchanged,
    coalesce(sum(corrected), 0)::bigint as corrected, coalesce(sum(rejected), 0)::bigint as rejected from submissions.batch`.execute(db)
  const { migrations, size, pending, imports, ...rows } = found!
  return { migrations, size, pending, imports, rows, followers: await listFollowers(db) }
}

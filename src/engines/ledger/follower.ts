import { sql, type Db, type Queryable, type Tx } from '../../platform/db/index.ts'
import type { Entry } from './entry.ts'

/**
 * A follower (跟随者): code that reacts to entries. It has its own place in the log, and its effect commits together with the step
 * to the next place: it happens exactly once for what it does in `tx`, and in the order of the log.
 */
export type Follower<World> = {
  /** Unique and never changed: the place in the log is kept under it. */
  readonly name: string
  /** Names of the entries it wants; others pass by. */
  readonly entries: readonly string[]
  /** Most entries at a time; 1,000 unless said otherwise. */
  readonly batch?: number
  /** Everything goes through `tx`. Throwing undoes the batch, which is tried again later. */
  handle(context: FollowerContext<World>, entries: readonly Entry[]): Promise<void>
}

/** What a follower works with. */
export type FollowerContext<World> = { readonly tx: Tx; readonly now: Date; readonly world: World }

/** How a follower is doing, for the operator's page. `behind` counts entries of any name. */
export type FollowerState = {
  readonly name: string
  readonly seq: number
  readonly behind: number
  readonly attempts: number
  readonly lastError: string | null
  readonly failedAt: Date | null
  readonly retryAt: Date | null
}

/** How one step ended: nothing to do (or another process is at it, or a retry is not due), a step forward, or a failure that is recorded. */
export type Step = { readonly outcome: 'idle' | 'moved' } | { readonly outcome: 'failed'; readonly error: unknown; readonly retryAt: Date }

// Entries that no one wants are passed over in stretches of this length, so that each transaction stays short.
const STRETCH = 20_000
const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 5 * 60_000

/** Declares a follower, keeping the type of its world. */
export function follower<World>(parts: Follower<World>): Follower<World> {
  return parts
}

/** Lets a follower take one step: one batch and the cursor, in one transaction. */
export async function runFollower<World>(db: Db, one: Follower<World>, world: World, now: Date): Promise<Step> {
  let from = -1
  let to = -1
  try {
    const moved = await db.transaction().execute(async (tx) => {
      const state = await lockState(tx, one.name)
      if (state === null || (state.retry_at !== null && state.retry_at > now)) return false
      from = state.seq
      const alone = state.seq < state.one_by_one_until
      const found = await nextEntries(tx, one.entries, state, alone ? 1 : (one.batch ?? 1_000))
      if (found.to === state.seq) return false
      to = found.to
      if (found.entries.length > 0) await one.handle({ tx, now, world }, found.entries)
      await sql`update ledger.follower set seq = ${to}, attempts = 0, last_error = null, failed_at = null, retry_at = null where name = ${one.name}`.execute(tx)
      return true
    })
    return { outcome: moved ? 'moved' : 'idle' }
  } catch (error) {
    if (to < 0) throw error
    return { outcome: 'failed', error, retryAt: await recordFailure(db, one.name, from, to, error, now) }
  }
}

/** How the followers are doing. */
export async function listFollowers(db: Queryable): Promise<FollowerState[]> {
  const { rows } = await sql<FollowerState>`select name, seq, greatest(coalesce((select max(size) from ledger.checkpoint), 0) - seq, 0) as behind,
    attempts, last_error as "lastError", failed_at as "failedAt", retry_at as "retryAt" from ledger.follower order by name`.execute(db)
  return rows
}

type State = { seq: number; one_by_one_until: number; retry_at: Date | null; head: number }

async function lockState(tx: Tx, name: string): Promise<State | null> {
  // Its commit need not wait for the disk: should a crash lose it, effect and place are lost together, and it is done again; whatever commits after it takes it along.
  const locked = () => sql<State>`select seq, one_by_one_until, retry_at, (select coalesce(max(seq) + 1, 0) from ledger.sequence) as head, set_config('synchronous_commit', 'off', true)
    from ledger.follower where name = ${name} for update skip locked`.execute(tx)
  const { rows: [state] } = await locked()
  if (state !== undefined) return state
  // Absent, or held by another process: inserting does nothing in the second case.
  await sql`insert into ledger.follower (name) values (${name}) on conflict do nothing`.execute(tx)
  return (await locked()).rows[0] ?? null
}

/** The next wanted entries, and the place up to which the log is then dealt with. */
async function nextEntries(tx: Tx, names: readonly string[], { seq: from, head }: State, limit: number): Promise<{ entries: Entry[]; to: number }> {
  const to = Math.min(head, from + STRETCH)
  if (to <= from) return { entries: [], to: from }
  const { rows: entries } = await sql<Entry>`select seq, entry_id as "entryId", name, at, actor, subject_id as "subjectId", about_id as "aboutId", basis
    from ledger.sequence join ledger.entry using (entry_id)
    where seq >= ${from} and seq < ${to} and name = any(${[...names]}::text[]) order by seq limit ${limit}`.execute(tx)
  return { entries, to: entries.length < limit ? to : entries.at(-1)!.seq + 1 }
}

async function recordFailure(db: Db, name: string, from: number, to: number, error: unknown, now: Date): Promise<Date> {
  const { rows: [row] } = await sql<{ attempts: number }>`insert into ledger.follower as f (name, attempts) values (${name}, 1)
    on conflict (name) do update set attempts = f.attempts + 1 returning attempts`.execute(db)
  const retryAt = new Date(now.getTime() + Math.min(FIRST_DELAY_MS * 2 ** (row!.attempts - 1), LONGEST_DELAY_MS))
  await sql`update ledger.follower set last_error = ${describe(error)}, failed_at = ${now}, retry_at = ${retryAt},
    one_by_one_until = greatest(one_by_one_until, ${to}) where name = ${name} and seq = ${from}`.execute(db)
  return retryAt
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\0', '').slice(0, 2_000)
}

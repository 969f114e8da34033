import type { Clock } from '../../platform/clock.ts'
import { sql, type Db } from '../../platform/db/index.ts'
import { runFollower, type Follower } from './follower.ts'
import type { Signer } from './note.ts'
import { sequencePending } from './sequencer.ts'

/** Where the ledger tells what went wrong; it goes on and tries again by itself. */
export type LedgerLog = { error(parts: { readonly error: unknown; readonly follower?: string }, message: string): void }

/** What the ledger needs to run. */
export type LedgerParts<World> = {
  readonly db: Db
  readonly clock: Clock
  readonly signers: readonly Signer[]
  readonly followers: readonly Follower<World>[]
  readonly world: World
  readonly log: LedgerLog
  /** How often it looks by itself, for what other processes committed; 500 ms unless said otherwise. 0: only when woken. */
  readonly everyMs?: number
}

/** A running ledger. */
export type Ledger = {
  /** Call after each commit: sequences and follows at once. Returns at once and never throws. */
  wake(): void
  /**
   * Resolves when all that was committed before the call is sequenced and followed, failing followers excepted,
   * and what another process on the same database has in hand at that moment.
   */
  settled(): Promise<void>
  /** Finishes the transaction under way and stops. */
  stop(): Promise<void>
}

const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 30_000

/**
 * Runs sequencer and followers, never two runs at once: after each wake, and by a timer. Followers that append entries keep it going
 * until nothing is left. Throws RangeError when two followers share a name.
 */
export function startLedger<World>({ db, clock, signers, followers, world, log, everyMs = 500 }: LedgerParts<World>): Ledger {
  const names = new Set(followers.map(({ name }) => name))
  if (names.size < followers.length) throw new RangeError('two followers share a name')
  let stopped = false
  let wanted = false
  let running: Promise<void> | null = null
  let faults = 0
  let restsUntil = 0

  const wake = (): void => {
    wanted = true
    running ??= run().finally(() => {
      running = null
      if (wanted && !stopped) wake()
    })
  }
  const run = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false
      while (!stopped && (await round()));
    }
  }
  /** True when something was done, so that there may be more. */
  const round = async (): Promise<boolean> => {
    try {
      if (!(await hasWork(db, followers, clock.now()))) return false
    } catch (error) {
      if (!isResting()) rest(error, 'the ledger could not look for work')
      return false
    }
    let busy = await sequence()
    for (const one of followers) {
      const moved = await follow(one)
      busy ||= moved
      // What a follower appended is there for the next one in this very round: an effect that passes through several of them is one round away, not one each.
      if (moved && one !== followers.at(-1) && (await anyPending())) await sequence()
    }
    return busy
  }
  const isResting = (): boolean => restsUntil > clock.now().getTime()
  /** True when entries got their place. When that fails, followers go on with what is sequenced already. */
  const sequence = async (): Promise<boolean> => {
    if (isResting() || stopped) return false
    try {
      const count = await sequencePending(db, { now: clock.now(), signers })
      faults = 0
      return count > 0
    } catch (error) {
      rest(error, 'the ledger could not sequence')
      return false
    }
  }
  const anyPending = async (): Promise<boolean> => {
    try {
      const { rows } = await sql<{ any: boolean }>`select exists (select 1 from ledger.pending) as any`.execute(db)
      return rows[0]!.any
    } catch {
      // The next look tells it.
      return false
    }
  }
  /** A log that is broken, or a database that is away, is not told of twice a second. */
  const rest = (error: unknown, message: string): void => {
    faults++
    restsUntil = clock.now().getTime() + Math.min(FIRST_REST_MS * 2 ** (faults - 1), LONGEST_REST_MS)
    if (!stopped) log.error({ error }, `${message}; it tries again at ${new Date(restsUntil).toISOString()}`)
  }
  /** One step only: a follower with much before it holds up neither the sequencer nor the others. */
  const follow = async (one: Follower<World>): Promise<boolean> => {
    if (stopped) return false
    try {
      const step = await runFollower(db, one, world, clock.now())
      if (step.outcome === 'failed') log.error({ error: step.error, follower: one.name }, `the follower failed and tries again at ${step.retryAt.toISOString()}`)
      return step.outcome === 'moved'
    } catch (error) {
      if (!stopped) log.error({ error, follower: one.name }, 'the follower could not run')
      return false
    }
  }

  const timer = everyMs > 0 ? setInterval(wake, everyMs) : null
  timer?.unref()
  return {
    wake,
    async settled() {
      wake()
      while (running !== null) await running
    },
    async stop() {
      stopped = true
      if (timer !== null) clearInterval(timer)
      await running
    },
  }
}

/** One question instead of a transaction for each follower: most looks find nothing. */
async function hasWork(db: Db, followers: readonly { readonly name: string }[], now: Date): Promise<boolean> {
  const { rows } = await sql<{ work: boolean }>`select exists (select 1 from ledger.pending)
    or exists (select 1 from unnest(${followers.map(({ name }) => name)}::text[]) as mine left join ledger.follower f on f.name = mine
      where coalesce(f.seq, 0) < (select coalesce(max(seq) + 1, 0) from ledger.sequence) and (f.retry_at is null or f.retry_at <= ${now})) as work`.execute(db)
  return rows[0]!.work
}

// @clause 4.3
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../../platform/db/index.ts'
import type { Line } from './line.ts'
import { insertLines } from './queries/trail.ts'
import type { Spool } from './spool.ts'

/** Where lines are written. */
export type Trail = {
  /** Resolves when the line is kept, in the database or in the spool, so that no kill loses it; rejects when it cannot be kept. */
  write(line: Line): Promise<void>
  /** Resolves when everything that was spooled stands in the database too. */
  settled(): Promise<void>
}

/** What the trail writes with. */
export type TrailParts = {
  readonly db: Db
  /** Where lines wait while the embedded database is held by a long transaction; null where the database serves many. */
  readonly spool: Spool | null
  /** Called after lines were written, with how many. */
  readonly onWritten?: (count: number) => void
}

const MOST_A_STATEMENT = 500
const PATIENCE_MS = 200
const REST_MS = 1_000

type Waiting = { readonly line: Line; done(): void; fail(error: unknown): void }
type Outcome = 'written' | { readonly error: unknown }

/** Opens the trail: what comes in while a statement is under way goes with the next one. What an earlier process left in the spool is written first. */
export function openTrail({ db, spool, onWritten }: TrailParts): Trail {
  let waiting: Waiting[] = []
  // Kept in the spool, not in the database yet.
  let backlog: Line[] = spool?.read() ?? []
  let running: Promise<void> | null = null
  let arrived: (() => void) | null = null

  const start = (): void => {
    running ??= run().finally(() => {
      running = null
      if (waiting.length > 0) start()
      else if (backlog.length > 0) void wait(REST_MS, null, { ref: false }).then(start)
    })
  }
  const run = async (): Promise<void> => {
    while (waiting.length > 0 || backlog.length > 0) if (!(await flush())) return
  }
  /** False when the database failed: what is spooled is tried again after a rest. */
  const flush = async (): Promise<boolean> => {
    const batch = waiting.splice(0, MOST_A_STATEMENT)
    const spooled = backlog.slice(0, MOST_A_STATEMENT)
    const inserting = insertLines(db, [...spooled, ...batch.map(({ line }) => line)]).then((): Outcome => 'written', (error: unknown): Outcome => ({ error }))
    const kept = spool === null ? null : await keepWhileHeld(spool, inserting, batch)
    const outcome = await inserting
    if (outcome !== 'written') {
      if (kept === null) for (const { fail } of batch) fail(outcome.error)
      else backlog = [...backlog, ...kept]
      return false
    }
    if (kept === null) for (const { done } of batch) done()
    backlog = [...backlog.slice(spooled.length), ...(kept ?? []).slice(batch.length)]
    if (spool !== null && backlog.length === 0) await spool.empty()
    onWritten?.(spooled.length + batch.length)
    return true
  }
  /** While the database does not answer, lines are kept in the spool: the batch's, and what comes meanwhile. Gives them; null when it answered in time. */
  const keepWhileHeld = async (spool: Spool, inserting: Promise<Outcome>, batch: readonly Waiting[]): Promise<Line[] | null> => {
    if ((await Promise.race([inserting, wait(PATIENCE_MS, 'late' as const)])) !== 'late') return null
    const kept: Line[] = []
    let next: readonly Waiting[] = batch
    for (;;) {
      await keep(spool, next)
      kept.push(...next.map(({ line }) => line))
      const arrival = waiting.length > 0 ? Promise.resolve('arrival' as const) : new Promise<'arrival'>((resolve) => void (arrived = () => resolve('arrival')))
      if ((await Promise.race([arrival, inserting])) !== 'arrival') return kept
      next = waiting.splice(0)
    }
  }
  if (backlog.length > 0) start()
  return {
    write: (line) => new Promise<void>((resolve, reject) => {
      waiting.push({ line, done: resolve, fail: reject })
      arrived?.()
      start()
    }),
    async settled() {
      while (running !== null || backlog.length > 0) await (running ?? wait(50))
    },
  }
}

async function keep(spool: Spool, lines: readonly Waiting[]): Promise<void> {
  try {
    await spool.append(lines.map(({ line }) => line))
    for (const { done } of lines) done()
  } catch (error) {
    for (const { fail } of lines) fail(error)
  }
}

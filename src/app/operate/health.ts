// @clause X.5
import type { DatabaseState } from './ledger-state.ts'

/** How one part does. `busy`: the embedded database is held by an import; it will answer when that is stored. */
export type Check = 'ok' | 'busy' | 'failing'
/** Whether the program can do its work now, and what cannot. */
export type Readiness = { readonly ready: boolean; readonly checks: { readonly database: Check; readonly migrations: Check; readonly ledger: Check; readonly followers: Check } }

/** What readiness is judged by. */
export type HealthParts = {
  /** Reads the state of the database. */
  read(): Promise<DatabaseState>
  /** True while an import or the filling of the demo holds the embedded database. */
  isHeld(): boolean
  /** False until sequencer and followers run. */
  isFollowing(): boolean
  readonly migrations: number
  /** Milliseconds of a steady clock. */
  nowMs(): number
  readonly patienceMs?: number
}

const STUCK_MS = 60_000
const FAILING_ATTEMPTS = 3
const FRESH_MS = 1_000

/**
 * Watches readiness. The ledger fails when entries wait and none was placed for a minute; a follower when it failed three times in a row, or is behind and
 * has not moved for a minute. One question at a time, at most one a second: whoever asks often does no harm.
 */
export function watchHealth({ read, isHeld, isFollowing, migrations, nowMs, patienceMs = 2_000 }: HealthParts): { readiness(): Promise<Readiness>; state(): Promise<DatabaseState | null> } {
  const since = new Map<string, { value: number; at: number }>()
  let asked: { at: number; answer: Promise<DatabaseState> } | null = null

  /** How long a value has stood while it should move. */
  const stands = (name: string, value: number, shouldMove: boolean): number => {
    const known = since.get(name)
    if (!shouldMove || known?.value !== value) since.set(name, { value, at: nowMs() })
    return shouldMove && known?.value === value ? nowMs() - known.at : 0
  }
  const ask = async (): Promise<DatabaseState | 'late'> => {
    if (asked === null || nowMs() - asked.at > FRESH_MS) {
      const started = { at: nowMs(), answer: read() }
      asked = { ...started, at: Infinity }
      started.answer.catch(() => undefined).finally(() => (asked = { ...started, at: nowMs() }))
    }
    const { promise, resolve } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => resolve('late'), patienceMs)
    try {
      return await Promise.race([asked.answer, promise])
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async readiness() {
      const state = await ask().catch(() => null)
      if (state === null || state === 'late') {
        const database: Check = state === 'late' && isHeld() ? 'busy' : 'failing'
        return { ready: database === 'busy', checks: { database, migrations: database, ledger: database, followers: database } }
      }
      const following = isFollowing()
      const stuck = stands('ledger', state.size, following && state.pending > 0) >= STUCK_MS
      const failing = state.followers.map(({ name, seq, behind, attempts }) => stands(name, seq, following && behind > 0) >= STUCK_MS || attempts >= FAILING_ATTEMPTS).includes(true)
      const say = (fails: boolean): Check => (fails ? 'failing' : 'ok')
      const checks = { database: 'ok' as const, migrations: say(state.migrations !== migrations), ledger: say(stuck), followers: say(following && failing) }
      return { ready: Object.values(checks).every((check) => check === 'ok'), checks }
    },
    state: () => ask().then((state) => (state === 'late' ? null : state), () => null),
  }
}

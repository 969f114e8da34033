// @clause X.5
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchHealth } from './health.ts'
import type { DatabaseState } from './ledger-state.ts'

const well: DatabaseState = { migrations: 8, size: 100, pending: 0, imports: 0, rows: { accepted: 0, unchanged: 0, corrected: 0, rejected: 0 }, followers: [] }
const follower = (seq: number, attempts = 0) => ({ name: 'grading', seq, behind: 100 - seq, attempts, lastError: null, failedAt: null, retryAt: null })

function watched(parts: { read?: () => Promise<DatabaseState>; isHeld?: () => boolean; isFollowing?: () => boolean } = {}) {
  const world = { state: well, ms: 0 }
  const health = watchHealth({ read: async () => world.state, isHeld: () => false, isFollowing: () => true, migrations: 8, nowMs: () => world.ms, patienceMs: 20, ...parts })
  return {
    health,
    async after(seconds: number, state: Partial<DatabaseState>) {
      world.ms += seconds * 1000
      world.state = { ...world.state, ...state }
      return health.readiness()
    },
  }
}

test('entries that wait are no trouble while the log grows, and trouble when it stands for a minute', async () => {
  const { after } = watched()
  assert.equal((await after(5, { pending: 10 })).ready, true)
  assert.equal((await after(70, { pending: 10, size: 110 })).ready, true, 'it grew')
  assert.equal((await after(30, {})).ready, true)
  const stuck = await after(31, {})
  assert.deepEqual([stuck.ready, stuck.checks.ledger], [false, 'failing'])
  assert.equal((await after(5, { pending: 0 })).ready, true)
  assert.equal((await after(3600, {})).ready, true, 'an idle night')
  assert.equal((await after(5, { pending: 1 })).ready, true, 'the first act of the morning')
})

test('a follower that fails again and again, or stands still behind the log, makes the program not ready', async () => {
  const { after } = watched()
  assert.equal((await after(5, { followers: [follower(50, 1)] })).ready, true)
  assert.equal((await after(5, { followers: [follower(50, 3)] })).checks.followers, 'failing')
  assert.equal((await after(5, { followers: [follower(60)] })).ready, true)
  assert.equal((await after(61, { followers: [follower(60)] })).checks.followers, 'failing')
  assert.equal((await after(61, { followers: [follower(100)] })).ready, true)
})

test('a schema of another version is not ready', async () => {
  assert.equal((await watched().after(5, { migrations: 7 })).checks.migrations, 'failing')
})

test('a database that does not answer is not ready, unless it is the embedded one and an import holds it', async () => {
  const never = () => new Promise<DatabaseState>(() => undefined)
  assert.deepEqual((await watched({ read: never }).health.readiness()).checks.database, 'failing')
  const held = await watched({ read: never, isHeld: () => true }).health.readiness()
  assert.deepEqual([held.ready, held.checks.database], [true, 'busy'])
  assert.equal((await watched({ read: async () => Promise.reject(new Error('away')) }).health.readiness()).ready, false)
})

test('while the demo district is filled nothing follows, and that is no failure', async () => {
  const { after } = watched({ isFollowing: () => false })
  await after(5, { pending: 10 })
  assert.equal((await after(600, {})).ready, true)
})

test('whoever asks a hundred times at once makes the database answer once', async () => {
  let asked = 0
  const { health } = watched({ read: async () => ((asked += 1), well) })
  await Promise.all(Array.from({ length: 100 }, () => health.readiness()))
  assert.equal(asked, 1)
})

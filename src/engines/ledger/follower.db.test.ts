// @clause 4.4
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import { standingClock } from '../../platform/clock.ts'
import { sql, type Db, type Tx } from '../../platform/db/index.ts'
import { append, checkpointNow, follower, listFollowers, runFollower, startLedger, type Entry, type Follower } from './index.ts'
import { createDeeds, doDeeds, NOW, randomness, range, signers } from './testing/deeds.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
await createDeeds(db)
await sql`create table trial.effect (about_id bigint not null)`.execute(db)

beforeEach(async () => {
  await sql`truncate trial.deed, trial.effect, ledger.entry, ledger.pending, ledger.sequence, ledger.tile, ledger.checkpoint, ledger.follower`.execute(db)
})

const act = (ids: number[], name?: string) => db.transaction().execute((tx) => doDeeds(tx, ids, name))
const sequence = () => checkpointNow(db, { now: NOW, signers })
const effects = async () => (await sql<{ about_id: number }>`select about_id from trial.effect order by ctid`.execute(db)).rows.map(({ about_id }) => about_id)
const write = async (tx: Tx, entries: readonly Entry[]) => {
  for (const { aboutId } of entries) await sql`insert into trial.effect values (${aboutId})`.execute(tx)
}
const silent = { error: () => undefined }
async function runAll<W>(on: Db, one: Follower<W>, world: W, now = NOW): Promise<string> {
  for (;;) {
    const { outcome } = await runFollower(on, one, world, now)
    if (outcome !== 'moved') return outcome
  }
}

test('a follower sees every entry that it wants once, in the order of the log, and no other', async () => {
  await act(range(0, 30))
  await act(range(30, 40), 'deed.undone')
  await act(range(40, 50))
  await sequence()
  const one = follower<null>({ name: 'one', entries: ['deed.done'], batch: 7, handle: ({ tx }, entries) => write(tx, entries) })
  assert.equal(await runAll(db, one, null), 'idle')
  assert.deepEqual(await effects(), [...range(0, 30), ...range(40, 50)])
  assert.equal(await runAll(db, one, null), 'idle')
  assert.equal((await effects()).length, 40)
  assert.deepEqual((await listFollowers(db)).map(({ name, seq, behind }) => ({ name, seq, behind })), [{ name: 'one', seq: 50, behind: 0 }])
})

test('a follower that breaks down after its effect leaves no effect, and makes it once when it is back', async () => {
  await act(range(0, 10))
  await sequence()
  let broken = true
  const one = follower<null>({
    name: 'one', entries: ['deed.done'],
    async handle({ tx }, entries) {
      await write(tx, entries)
      if (broken) throw new Error('断电')
    },
  })
  assert.equal(await runAll(db, one, null), 'failed')
  assert.deepEqual(await effects(), [])
  const [state] = await listFollowers(db)
  assert.deepEqual({ ...state }, { name: 'one', seq: 0, behind: 10, attempts: 1, lastError: 'Error: 断电', failedAt: NOW, retryAt: new Date(NOW.getTime() + 1_000) })
  assert.equal(await runAll(db, one, null), 'idle', 'not before the retry is due')
  assert.equal(await runAll(db, one, null, new Date(NOW.getTime() + 1_000)), 'failed')
  assert.equal((await listFollowers(db))[0]!.retryAt!.getTime(), NOW.getTime() + 3_000, 'the delay grows')
  broken = false
  assert.equal(await runAll(db, one, null, new Date(NOW.getTime() + 3_000)), 'idle')
  assert.deepEqual(await effects(), range(0, 10))
  assert.deepEqual((await listFollowers(db)).map(({ attempts, lastError, retryAt }) => ({ attempts, lastError, retryAt })), [{ attempts: 0, lastError: null, retryAt: null }])
})

test('one entry at fault holds up only what comes after it', async () => {
  await act(range(0, 10))
  await sequence()
  const one = follower<null>({
    name: 'one', entries: ['deed.done'],
    async handle({ tx }, entries) {
      await write(tx, entries)
      if (entries.some(({ aboutId }) => aboutId === 6)) throw new Error('6 is bad')
    },
  })
  assert.equal(await runAll(db, one, null), 'failed')
  assert.equal(await runAll(db, one, null, new Date(NOW.getTime() + 5_000)), 'failed')
  assert.deepEqual(await effects(), range(0, 6))
  assert.equal((await listFollowers(db))[0]!.seq, 6)
})

test('the running ledger sequences and follows by itself, also what followers append', async () => {
  const clock = standingClock(NOW)
  const world = { randomness }
  const first = follower<typeof world>({
    name: 'first', entries: ['deed.done'],
    async handle({ tx, now, world }, entries) {
      await append(tx, world.randomness, entries.map(({ subjectId }) => ({ name: 'deed.seen', at: now, actor: 'system:first', subjectId, aboutId: null, basis: null, body: {} })))
    },
  })
  let seen = 0
  const second = follower<typeof world>({ name: 'second', entries: ['deed.seen'], handle: async (_, entries) => void (seen += entries.length) })
  const ledger = startLedger({ db, clock, signers, followers: [second, first], world, log: silent, everyMs: 0 })
  await Promise.all(range(0, 8).map(async (at) => {
    await act(range(at * 5, at * 5 + 5))
    ledger.wake()
  }))
  await ledger.settled()
  assert.equal(seen, 40)
  await act([100])
  await ledger.settled()
  assert.equal(seen, 41)
  await ledger.stop()
  await act([101])
  await ledger.settled()
  assert.equal(seen, 41, 'a stopped ledger does nothing')
})

test('a failing follower is reported and does not stop the others', async () => {
  const reports: string[] = []
  const bad = follower<null>({ name: 'bad', entries: ['deed.done'], handle: () => Promise.reject(new Error('no')) })
  const good = follower<null>({ name: 'good', entries: ['deed.done'], handle: ({ tx }, entries) => write(tx, entries) })
  const ledger = startLedger({ db, clock: standingClock(NOW), signers, followers: [bad, good], world: null, everyMs: 0, log: { error: ({ follower: name }) => reports.push(name!) } })
  await act([1, 2])
  await ledger.settled()
  await ledger.stop()
  assert.deepEqual(await effects(), [1, 2])
  assert.deepEqual(reports, ['bad'])
  assert.throws(() => startLedger({ db, clock: standingClock(NOW), signers, followers: [good, good], world: null, log: silent }), RangeError)
})

test('two processes that follow the same log do everything once', async () => {
  const one = follower<null>({ name: 'one', entries: ['deed.done'], batch: 3, handle: ({ tx }, entries) => write(tx, entries) })
  const start = () => startLedger({ db, clock: standingClock(NOW), signers, followers: [one], world: null, log: { error: ({ error }) => assert.fail(String(error)) }, everyMs: 20 })
  const ledgers = [start(), start()]
  for (const at of range(0, 25)) {
    await act(range(at * 4, at * 4 + 4))
    ledgers[at % 2]!.wake()
  }
  await ledgers[0]!.settled()
  await ledgers[1]!.settled()
  await ledgers[0]!.settled()
  await Promise.all(ledgers.map((ledger) => ledger.stop()))
  assert.deepEqual(await effects(), range(0, 100))
})

test('a broken log is reported once, followers go on, and it continues when it is repaired', async () => {
  const clock = standingClock(NOW)
  const messages: string[] = []
  const one = follower<null>({ name: 'one', entries: ['deed.done'], handle: ({ tx }, entries) => write(tx, entries) })
  await act([1, 2])
  await sequence()
  const flip = () => sql`update ledger.tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0`.execute(db)
  await flip()
  const ledger = startLedger({ db, clock, signers, followers: [one], world: null, everyMs: 0, log: { error: (_, message) => messages.push(message) } })
  await act([3])
  await ledger.settled()
  await ledger.settled()
  assert.deepEqual(await effects(), [1, 2])
  assert.deepEqual(messages, ['the ledger could not sequence; it tries again at 2026-11-22T01:02:04.456Z'])
  await flip()
  clock.set(new Date(NOW.getTime() + 1_000))
  await ledger.settled()
  await ledger.stop()
  assert.deepEqual(await effects(), [1, 2, 3])
})

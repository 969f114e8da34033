// @clause 4.3
import assert from 'node:assert/strict'
import { gunzipSync, gzipSync } from 'node:zlib'
import { after, before, test } from 'node:test'
import { auditLedger } from '../evidence/contract.ts'
import { sql } from '../../platform/db/index.ts'
import { standingClock } from '../../platform/clock.ts'
import { startProgram } from '../../../tests/support/program.ts'
import { archiveTrail, sealTrail } from './acts.ts'
import { archiveOf, readArchive } from './archive.ts'
import * as contract from './contract.ts'
import { listRowTexts } from './queries/seals.ts'

const clock = standingClock(new Date('2019-03-01T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const { world, database } = program.xinheng
const owner = database.db
const count = async () => (await sql<{ count: number }>`select count(*) as count from audit.trail`.execute(owner)).rows[0]!.count
const later = (days: number) => clock.set(new Date(clock.now().getTime() + days * 86_400_000))
const auditor = async () => ({ as: (await program.officer(['auditor'])).cookie })
const audited = async () => {
  await program.xinheng.settled()
  return program.call(auditLedger, {}, await auditor())
}
/** Some lines, sealed. */
async function stretch(): Promise<void> {
  for (let at = 0; at < 5; at += 1) await program.server.inject({ url: '/api/subjects', headers: { cookie: (await program.officer(['window'])).cookie } })
  await sealTrail(world)
}

before(async () => {
  await stretch()
  later(30)
  await stretch()
  await program.xinheng.settled()
})

test('what is younger than the figure, and what is not sealed, stays', async () => {
  later(4 * 365)
  const before = await count()
  assert.deepEqual((({ archived, removed }) => ({ archived, removed }))(await archiveTrail(world, owner)), { archived: 0, removed: 0 })
  assert.equal(await count(), before)
})

let kept: Buffer
test('past the figure a stretch goes into a file and out of the table; the ledger stays clean and says so', async () => {
  later(340)
  const lines = await count()
  const [first] = await listRowTexts(owner, { fromId: 1, toId: 1 })
  assert.deepEqual((({ archived, removed }) => ({ archived, removed }))(await archiveTrail(world, owner)), { archived: 1, removed: 5 }, 'the earlier stretch only')
  assert.equal(await count(), lines - 5)
  const report = await audited()
  assert.equal(report.valid, true, JSON.stringify(report.firstProblem))
  assert.match(report.remarks[0]!.en, /1 stretches of the trail, 5 lines from 2019-03-01 to 2019-03-01/)
  const { rows: [archive], years } = await program.call(contract.listArchives, {}, await auditor())
  assert.deepEqual([years, archive!.rows, archive!.removed], [5, 5, true])
  kept = await program.download(contract.downloadArchive, { sealId: archive!.sealId }, await auditor())
  assert.equal((await readArchive(kept)).digest, archive!.digest, 'from nothing but the file')
  assert.ok(gunzipSync(kept).toString().includes(first!))
  assert.deepEqual((({ archived, removed }) => ({ archived, removed }))(await archiveTrail(world, owner)), { archived: 0, removed: 0 }, 'again does nothing')
})

test('one changed sign in an archive shows, and so does what is no archive', async () => {
  const changed = gzipSync(gunzipSync(kept).toString().replace('window', 'system'))
  const { digest } = await readArchive(kept)
  assert.notEqual((await readArchive(changed)).digest, digest)
  for (const bytes of [kept.subarray(0, 60), Buffer.from('x'), gzipSync('{}\n')]) await assert.rejects(readArchive(bytes), { code: 'archive.unreadable' })
})

test('a kill between file and table leaves the lines where they are, and the next run finishes', async () => {
  later(40)
  const { rows: [seal] } = await sql<{ sealId: number; fromId: number; toId: number }>`select seal_id as "sealId", from_id as "fromId", to_id as "toId" from audit.seal order by seal_id offset 1 limit 1`.execute(owner)
  const before = await count()
  const failing = new Proxy(owner, { get: () => { throw new Error('killed') } })
  await assert.rejects(archiveTrail(world, failing), /killed/)
  assert.equal(await count(), before)
  assert.equal((await audited()).valid, true, 'in the file and in the table')
  // The same stretch gives the same file, so that whoever begins again keeps nothing twice.
  assert.deepEqual(await archiveOf(seal!, await listRowTexts(owner, seal!)), await archiveOf(seal!, await listRowTexts(owner, seal!)))
  assert.deepEqual((({ archived, removed }) => [archived, removed > 0])(await archiveTrail(world, owner)), [0, true])
  assert.equal((await audited()).valid, true)
})

test('lines that are not what was sealed are not archived: they are the evidence', async () => {
  await stretch()
  const { rows: [victim] } = await sql<{ id: number }>`select max(trail_id) as id from audit.trail where outcome = 'given'`.execute(owner)
  await sql`update audit.trail set actor = 'officer:someone-else' where trail_id = ${victim!.id}`.execute(owner)
  later(6 * 365)
  await assert.rejects(archiveTrail(world, owner), { code: 'trail.not-as-sealed' })
  assert.equal((await sql<{ count: number }>`select count(*) as count from audit.trail where trail_id = ${victim!.id}`.execute(owner)).rows[0]!.count, 1)
})

test('no role of the wall takes a line out', async () => {
  for (const role of ['worker', 'auditor', 'keeper'] as const) await assert.rejects(sql`delete from audit.trail`.execute(database.as({ role })), /permission denied/)
})

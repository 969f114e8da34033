// @clause 4.3
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { after, before, test } from 'node:test'
import { auditLedger, ledgerState } from '../evidence/contract.ts'
import { sql } from '../../platform/db/index.ts'
import { standingClock } from '../../platform/clock.ts'
import { startProgram } from '../../../tests/support/program.ts'
import { archiveTrail, sealTrail } from './acts.ts'
import { archiveOf, readArchive } from './archive.ts'
import { verifyArchive } from './archive-proof.ts'
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

test('a stranger with the archive, its proof, a checkpoint and the key needs neither server nor database, and is told what does not fit', async () => {
  const as = await auditor()
  await program.xinheng.settled()
  const { verifierKey, checkpoint } = await program.call(ledgerState, {}, as)
  const { rows: [{ sealId, fromId, toId } = { sealId: 0, fromId: 0, toId: 0 }] } = await program.call(contract.listArchives, {}, as)
  const proof = JSON.stringify((await program.call(contract.proveArchive, { sealId }, as)).proof)
  const verify = async (given: { archive?: Uint8Array; proof?: string; key?: string; held?: string } = {}) =>
    (await verifyArchive(given.archive ?? kept, given.proof ?? proof, [given.key ?? verifierKey], given.held ?? checkpoint!)).problems.map(({ en }) => en)
  assert.deepEqual(await verify(), [])
  assert.deepEqual(await verify({ held: `${checkpoint!}\n核验公钥 verifier key: ${verifierKey}\n` }), [], 'as the command prints it')

  const lines = gunzipSync(kept).toString().trimEnd().split('\n')
  const packed = (changed: readonly string[]) => gzipSync(`${changed.join('\n')}\n`)
  assert.deepEqual(await verify({ archive: packed(lines.map((line, at) => (at === 3 ? line.replace('window', 'system') : line))) }), [`The trail: line ${fromId + 2} was changed`])
  assert.deepEqual(await verify({ archive: packed(lines.toSpliced(2, 1)) }), [`The trail: line ${fromId + 1} was removed`])
  assert.deepEqual(await verify({ archive: packed([...lines, lines[1]!.replace(/^\[\d+/, '[999')]) }), ['The trail: line 999 was added afterwards'])
  assert.deepEqual(await verify({ archive: packed(lines.with(0, lines[0]!.replace(`"toId":${toId}`, '"toId":9000'))) }), [`The archive calls itself stretch ${sealId} (lines ${fromId} to 9000); the proof is of stretch ${sealId} (lines ${fromId} to ${toId})`])
  await assert.rejects(verify({ archive: packed(lines.with(2, lines[2]!.slice(0, 40))) }), /line 3 of what is packed/)

  type Made = { leaves: string; sealed: { index: number; path: string[]; checkpoint: string; disclosed: { content: { body: { digest: string } } } } }
  const changed = (change: (made: Made) => void) => {
    const made = JSON.parse(proof) as Made
    change(made)
    return JSON.stringify(made)
  }
  assert.match((await verify({ proof: changed((made) => { made.leaves = Buffer.from(made.leaves, 'base64').reverse().toString('base64') }) })).join(), /digests of lines in the proof are not those that were sealed/)
  assert.match((await verify({ proof: changed((made) => { made.sealed.index += 1 }) })).join(), /does not lead to the signed root/)
  assert.match((await verify({ proof: changed((made) => { made.sealed.disclosed.content.body.digest = '0'.repeat(64) }) })).join(), /does not give the digest of the entry/)
  assert.match((await verify({ proof: changed((made) => { made.sealed.checkpoint = made.sealed.checkpoint.replace(/^(.*\n)\d+/, '$17') }) })).join(), /The checkpoint bears a wrong signature/)
  assert.deepEqual(await verify({ proof: '{}' }), ['The proof that goes with it is not in the known form'])
  assert.match((await verify({ held: checkpoint!.replace(/^(.*\n)\d+/, '$17') })).join(), /The checkpoint that you gave bears a wrong signature/)
  assert.match((await verify({ key: `${verifierKey.slice(0, -4)}AAA=` })).join(), /verifier key cannot be read/)

  // A later state of the log: the proof that was made before leads to the earlier one only, until it is made anew.
  await program.officer(['window'])
  await program.xinheng.settled()
  const { checkpoint: later } = await program.call(ledgerState, {}, as)
  assert.match((await verify({ held: later! })).join(), /ask for the proof that leads to it/)
  const anew = await program.call(contract.proveArchive, { sealId, size: Number(later!.split('\n')[1]) }, as)
  assert.deepEqual(await verify({ held: later!, proof: JSON.stringify(anew.proof) }), [])
})

test('on the command line archive and proof are fetched together and verified in an empty folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-archives-'))
  const run = async (...words: string[]) => {
    const { DATABASE_URL: _, ...rest } = process.env
    const env = { ...rest, ...(program.databaseUrl === undefined ? {} : { DATABASE_URL: program.databaseUrl }) }
    return new Promise<{ code: number; said: string }>((told) => execFile(process.execPath, ['src/app/cli.ts', 'audit', ...words], { env }, (error, out, err) => told({ code: error === null ? 0 : Number(error.code), said: out + err })))
  }
  try {
    program.xinheng.servesAt(await program.server.listen({ port: 0, host: '127.0.0.1' }))
    const fetched = await run('fetch', 'all', folder, '--data', program.data)
    assert.equal(fetched.code, 0, fetched.said)
    const [archive, proof] = readdirSync(folder).sort().map((name) => join(folder, name))
    assert.equal(proof, `${archive}.proof.json`)
    const { verifierKey } = await program.call(ledgerState, {}, await auditor())
    const empty = ['--data', join(folder, 'nothing'), '--key', verifierKey]
    const good = await run('verify', archive!, ...empty)
    assert.deepEqual([good.code, good.said.startsWith('✔'), existsSync(join(folder, 'nothing'))], [0, true, false], good.said)
    writeFileSync(archive!, gzipSync(gunzipSync(kept).toString().replace('window', 'system')))
    const bad = await run('verify', archive!, ...empty)
    assert.deepEqual([bad.code, /line \d+ was changed/.test(bad.said)], [1, true], bad.said)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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

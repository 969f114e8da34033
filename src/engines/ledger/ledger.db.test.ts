// @clause 4.4
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import { sql } from '../../platform/db/index.ts'
import { append, audit, BrokenLog, checkpointNow, findCheckpoint, loadOrCreateSigner, proveConsistency, proveInclusion, sequencePending, verifyProofText } from './index.ts'
import { createDeeds, deedDone, doDeeds, NOW, randomness, range, signer, signers } from './testing/deeds.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
await createDeeds(db)
const act = (ids: number[]) => db.transaction().execute((tx) => doDeeds(tx, ids))
const count = async (table: string) => (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]!.n
const keys = [signer.verifierKey]

test('an empty ledger has a signed checkpoint of size 0', async () => {
  const checkpoint = await checkpointNow(db, { now: NOW, signers })
  assert.equal(checkpoint.size, 0)
  assert.match(checkpoint.note, /^haitang\.example\/xinheng\n0\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— haitang\.example\/xinheng /)
  assert.deepEqual(await audit(db, [deedDone], { verifierKeys: keys, now: NOW }), { entries: 0, asOf: null, waiting: 0, redacted: 0, checkpointsChecked: 1, valid: true, firstProblem: null, problems: [], problemCount: 0 })
})

test('an act that fails leaves no entry, one that succeeds always does', async () => {
  await assert.rejects(db.transaction().execute(async (tx) => {
    await doDeeds(tx, range(900, 910))
    throw new Error('changed my mind')
  }), /changed my mind/)
  await act(range(0, 5))
  assert.equal(await sequencePending(db, { now: NOW, signers }), 5)
  assert.equal(await sequencePending(db, { now: NOW, signers }), 0)
  assert.deepEqual([await count('ledger.entry'), await count('ledger.sequence'), await count('ledger.pending')], [5, 5, 0])
  const { rows } = await sql`select seq, about_id from ledger.sequence join ledger.entry using (entry_id) order by seq`.execute(db)
  assert.deepEqual(rows, range(0, 5).map((seq) => ({ seq, about_id: seq })))
})

test('acts that run at the same time all get in, each once', async () => {
  await Promise.all(range(0, 20).map(async (one) => {
    await act(range(100 + one * 10, 110 + one * 10))
    await sequencePending(db, { now: NOW, signers, limit: 37 })
  }))
  await checkpointNow(db, { now: NOW, signers, limit: 37 })
  assert.equal(await count('ledger.sequence'), 205)
  assert.equal((await findCheckpoint(db))!.size, 205)
  assert.equal((await audit(db, [deedDone], { verifierKeys: keys, now: NOW })).valid, true)
})

test('an entry whose content could not be rebuilt is refused when it is written', async () => {
  await assert.rejects(db.transaction().execute((tx) => append(tx, randomness, [{ name: 'x.done', at: NOW, actor: 'a', subjectId: null, aboutId: null, basis: null, body: { lost: 1 } }])), RangeError)
})

test('a proof of inclusion convinces whoever has only the verifier key', async () => {
  const proof = await proveInclusion(db, { seq: 123 }, { disclose: [deedDone] })
  const text = JSON.stringify(proof, null, 2)
  assert.deepEqual(verifyProofText(text, keys), { valid: true, problems: [], checkpoint: { origin: 'haitang.example/xinheng', size: 205 } })
  assert.match(text, /办理第/)
  const { rows: [third] } = await sql<{ entryId: number }>`select entry_id as "entryId" from ledger.sequence where seq = 3`.execute(db)
  const closed = JSON.stringify(await proveInclusion(db, third!, { size: 5 }))
  assert.equal(verifyProofText(closed, keys).valid, true)
  assert.doesNotMatch(closed, /办理第|officer/)

  const changes: ((from: typeof proof) => unknown)[] = [
    (from) => ({ ...from, index: 122 }),
    (from) => ({ ...from, size: 206 }),
    (from) => ({ ...from, path: from.path.slice(1) }),
    (from) => ({ ...from, leaf: { ...from.leaf, name: 'deed.undone' } }),
    (from) => ({ ...from, leaf: { ...from.leaf, at: '2026-11-21T01:02:03.456Z' } }),
    (from) => ({ ...from, disclosed: { ...from.disclosed, content: { ...from.disclosed!.content, actor: 'officer:other' } } }),
    (from) => ({ ...from, checkpoint: from.checkpoint.replace('205', '206') }),
    (from) => ({ ...from, more: 1 }),
    () => 'nothing',
  ]
  for (const change of changes) assert.equal(verifyProofText(JSON.stringify(change(proof)), keys).valid, false, change.toString())
  assert.equal(verifyProofText('{', keys).valid, false)
  assert.equal(verifyProofText(text, ['nonsense']).valid, false)
})

test('a proof made after a tile was tampered with convinces nobody, though the right one was made before', async () => {
  const prove = async () => verifyProofText(JSON.stringify(await proveInclusion(db, { seq: 123 })), keys).valid
  const flip = () => sql`update ledger.tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and index = 0`.execute(db)
  assert.equal(await prove(), true)
  await flip()
  assert.equal(await prove(), false)
  await flip()
  assert.equal(await prove(), true)
})

test('a proof of consistency ties an old checkpoint to the newest', async () => {
  const proof = await proveConsistency(db, 5)
  assert.equal(verifyProofText(JSON.stringify(proof), keys).valid, true)
  assert.equal(verifyProofText(JSON.stringify({ ...proof, path: proof.path.toReversed() }), keys).valid, false)
  await assert.rejects(proveConsistency(db, 6), { code: 'ledger.checkpoint-not-found' })
  await assert.rejects(proveInclusion(db, { seq: 9_999 }), { code: 'ledger.entry-not-found' })
  await act([999])
  await assert.rejects(proveInclusion(db, { entryId: (await sql<{ id: number }>`select max(entry_id) as id from ledger.entry`.execute(db)).rows[0]!.id }), { code: 'ledger.entry-not-covered' })
})

test('the log does not grow on a tree that contradicts its last checkpoint', async () => {
  await sql`update ledger.tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and index = 0`.execute(db)
  await assert.rejects(sequencePending(db, { now: NOW, signers }), BrokenLog)
  await sql`update ledger.tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and index = 0`.execute(db)
  assert.equal(await sequencePending(db, { now: NOW, signers }), 1)
})

test('the key of the log is made once, readable by its owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-ledger-'))
  after(() => rmSync(folder, { recursive: true }))
  const made = loadOrCreateSigner(join(folder, 'data'), 'haitang.example/xinheng', randomness)
  assert.equal(statSync(join(folder, 'data', 'ledger-key.pem')).mode & 0o777, 0o600)
  assert.equal(loadOrCreateSigner(join(folder, 'data'), 'haitang.example/xinheng', randomness).verifierKey, made.verifierKey)
  assert.match(made.verifierKey, /^haitang\.example\/xinheng\+[0-9a-f]{8}\+A/)
})

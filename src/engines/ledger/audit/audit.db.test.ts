// @clause 4.4
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../../tests/support/database.ts'
import { sql, type Tx } from '../../../platform/db/index.ts'
import { append, audit, checkpointNow, sequencePending, type AuditReport, type EntryType } from '../index.ts'
import { createDeeds, deedDone, doDeeds, NOW, randomness, range, signer, signers } from '../testing/deeds.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
await createDeeds(db)
const keys = [signer.verifierKey]
const mentioned: EntryType = { name: 'deed.mentioned', witness: async () => new Map() }

// 1,250 entries: four full tiles, one partial, a tile above them, checkpoints at odd sizes.
for (const [from, to] of [[0, 3], [3, 600], [600, 601], [601, 1_240]] as const) {
  await db.transaction().execute((tx) => doDeeds(tx, range(from, to)))
  await checkpointNow(db, { now: NOW, signers })
}
await db.transaction().execute((tx) => append(tx, randomness, range(0, 10).map((subjectId) => ({ name: 'deed.mentioned', at: NOW, actor: 'a', subjectId, aboutId: null, basis: null, body: {} }))))
await checkpointNow(db, { now: NOW, signers })

class Undo extends Error {}

/** The audit after someone changed the database behind the program's back; everything is put back afterwards. */
async function auditAfter(change: (tx: Tx) => Promise<unknown>, types: EntryType[] = [deedDone, mentioned], now = NOW): Promise<AuditReport> {
  let report: AuditReport | undefined
  await assert.rejects(db.transaction().execute(async (tx) => {
    await change(tx)
    report = await audit(tx, types, { verifierKeys: keys, now, watchMs: 0 })
    throw new Undo()
  }), Undo)
  return report!
}
const first = ({ valid, firstProblem, problemCount }: AuditReport) => ({ valid, code: firstProblem?.code, seq: firstProblem?.seq, name: firstProblem?.name, about: firstProblem?.about?.id, problemCount })
const entryAt = (seq: number) => sql`(select entry_id from ledger.sequence where seq = ${seq})`

test('an untouched ledger is clean, and progress is told', async () => {
  const progress: number[] = []
  const report = await audit(db, [deedDone, mentioned], { verifierKeys: keys, now: NOW, onProgress: (done, of) => progress.push(done, of) })
  assert.deepEqual(report, { entries: 1_250, asOf: { seq: 1_249, entryId: 1_250, at: NOW }, waiting: 0, redacted: 0, checkpointsChecked: 5, valid: true, firstProblem: null, problems: [], problemCount: 0 })
  assert.deepEqual(progress, [1_250, 1_250])
})

test('a row that was changed is named', async () => {
  const report = await auditAfter((tx) => sql`update trial.deed set says = '办理第7件。' where deed_id in (700, 701)`.execute(tx))
  assert.deepEqual(first(report), { valid: false, code: 'content-changed', seq: 700, name: 'deed.done', about: 700, problemCount: 2 })
  assert.deepEqual(report.firstProblem!.about, { relation: 'trial.deed', id: 700, subjectId: 0 })
})

test('a row that was deleted is named', async () => {
  assert.deepEqual(first(await auditAfter((tx) => sql`delete from trial.deed where deed_id = 5`.execute(tx))), { valid: false, code: 'row-missing', seq: 5, name: 'deed.done', about: 5, problemCount: 1 })
})

test('an entry whose actor was changed is named', async () => {
  const report = await auditAfter((tx) => sql`update ledger.entry set actor = 'officer:other' where entry_id = ${entryAt(42)}`.execute(tx))
  assert.deepEqual(first(report), { valid: false, code: 'content-changed', seq: 42, name: 'deed.done', about: 42, problemCount: 1 })
})

test('an entry whose digest or instant was changed is named', async () => {
  for (const change of [sql`digest = sha256(digest)`, sql`at = at - interval '1 day'`]) {
    const report = await auditAfter((tx) => sql`update ledger.entry set ${change} where entry_id = ${entryAt(599)}`.execute(tx))
    assert.deepEqual(first(report), { valid: false, code: 'entry-changed', seq: 599, name: 'deed.done', about: 599, problemCount: 1 })
  }
})

test('an entry that was deleted is named, and so is its row', async () => {
  const report = await auditAfter((tx) => sql`delete from ledger.entry where entry_id = ${entryAt(1_000)}`.execute(tx))
  assert.deepEqual(first(report), { valid: false, code: 'entry-missing', seq: 1_000, name: null, about: undefined, problemCount: 2 })
  assert.deepEqual(report.problems[1]!.about, { relation: 'trial.deed', id: 1_000, subjectId: null })
})

test('a place that was deleted is named', async () => {
  const report = await auditAfter((tx) => sql`delete from ledger.sequence where seq = 300`.execute(tx))
  assert.deepEqual(report.problems.map(({ code, seq }) => ({ code, seq })), [{ code: 'place-missing', seq: 300 }, { code: 'never-placed', seq: null }])
})

test('the end of the log cut off with all its traces but the checkpoint is noticed', async () => {
  const report = await auditAfter(async (tx) => {
    await sql`delete from ledger.entry where entry_id in (select entry_id from ledger.sequence where seq >= 1248)`.execute(tx)
    await sql`delete from ledger.sequence where seq >= 1248`.execute(tx)
  })
  assert.deepEqual(first(report), { valid: false, code: 'place-missing', seq: 1_248, name: null, about: undefined, problemCount: 2 })
})

test('a tile that was changed, cut or deleted is named', async () => {
  const flip = (level: number, at: number) => (tx: Tx) => sql`update ledger.tile set hashes = set_byte(hashes, ${at * 32}, get_byte(hashes, ${at * 32}) # 1) where level = ${level} and index = 0`.execute(tx)
  assert.deepEqual(first(await auditAfter(flip(0, 9))), { valid: false, code: 'tile-changed', seq: 9, name: 'deed.done', about: 9, problemCount: 1 })
  assert.deepEqual(first(await auditAfter(flip(1, 2))), { valid: false, code: 'upper-tile-differs', seq: 512, name: 'tile 1/0', about: undefined, problemCount: 1 })
  assert.deepEqual(first(await auditAfter((tx) => sql`delete from ledger.tile where level = 0 and index = 4`.execute(tx))), { valid: false, code: 'tile-missing', seq: 1_024, name: 'tile 0/4', about: undefined, problemCount: 1 })
})

test('an entry that was rewritten together with its row, digest and tile is caught by the signed roots', async () => {
  const report = await auditAfter(async (tx) => {
    // A forger with the whole database, but without the key.
    const { leafHash } = await import('../tree.ts')
    const { contentText, digestOf, leafText } = await import('../entry.ts')
    const says = '什么也没有发生'
    await sql`update trial.deed set says = ${says} where deed_id = 700`.execute(tx)
    const { rows: [entry] } = await sql<{ salt: Uint8Array; basis: string }>`select salt, basis from ledger.entry where entry_id = ${entryAt(700)}`.execute(tx)
    const digest = digestOf(entry!.salt, contentText({ name: 'deed.done', at: NOW, actor: 'officer:test', subjectId: 0, aboutId: 700, basis: entry!.basis, body: { says } }))
    await sql`update ledger.entry set digest = decode(${Buffer.from(digest).toString('hex')}, 'hex') where entry_id = ${entryAt(700)}`.execute(tx)
    const leaf = Buffer.from(leafHash(leafText('deed.done', NOW, digest))).toString('hex')
    await sql`update ledger.tile set hashes = overlay(hashes placing decode(${leaf}, 'hex') from ${(700 - 512) * 32 + 1} for 32) where level = 0 and index = 2`.execute(tx)
  })
  assert.deepEqual(report.problems.map(({ code, seq, name }) => ({ code, seq, name })), [
    { code: 'upper-tile-differs', seq: 512, name: 'tile 1/0' },
    { code: 'root-differs', seq: 601, name: 'checkpoint 1240' },
  ])
})

test('a checkpoint that was changed is named, and one that was deleted leaves its entries uncovered', async () => {
  assert.deepEqual(first(await auditAfter((tx) => sql`update ledger.checkpoint set root = sha256(root) where size = 600`.execute(tx))), { valid: false, code: 'checkpoint-changed', seq: 599, name: 'checkpoint 600', about: undefined, problemCount: 1 })
  assert.equal(first(await auditAfter((tx) => sql`update ledger.checkpoint set note = replace(note, '600', '599') where size = 600`.execute(tx))).code, 'checkpoint-signature')
  assert.deepEqual(first(await auditAfter((tx) => sql`delete from ledger.checkpoint where size > 601`.execute(tx))), { valid: false, code: 'not-covered', seq: 601, name: null, about: undefined, problemCount: 1 })
})

test('rows without entry, entries without place and entries of unknown kind are named', async () => {
  assert.deepEqual(first(await auditAfter((tx) => sql`insert into trial.deed values (5000, '无痕')`.execute(tx))), { valid: false, code: 'row-without-entry', seq: null, name: null, about: 5_000, problemCount: 1 })
  assert.deepEqual(first(await auditAfter(async () => undefined, [deedDone])), { valid: false, code: 'unknown-type', seq: 1_240, name: 'deed.mentioned', about: undefined, problemCount: 10 })
  const waiting = (tx: Tx) => doDeeds(tx, [6_000])
  assert.equal((await auditAfter(waiting)).valid, true)
  assert.equal(first(await auditAfter(waiting, undefined, new Date(NOW.getTime() + 61_000))).code, 'waits-too-long')
})

test('an audit while entries come in says for those that had their place; what waits is counted and no misfit while places are given', async () => {
  const late = new Date(NOW.getTime() + 3_600_000)
  // Old when they are committed: an act of an hour, or a clock of its own.
  await db.transaction().execute((tx) => doDeeds(tx, range(2_000, 2_010)))
  const asked = audit(db, [deedDone, mentioned], { verifierKeys: keys, now: late })
  const sequencer = (async () => {
    await new Promise((go) => { setTimeout(go, 400) })
    assert.equal(await sequencePending(db, { now: late, signers, limit: 4 }), 4)
  })()
  const { valid, entries, asOf, waiting, problemCount } = await asked
  await sequencer
  assert.deepEqual({ valid, entries, seq: asOf?.seq, waiting, problemCount }, { valid: true, entries: 1_250, seq: 1_249, waiting: 6, problemCount: 0 })
  const stuck = await audit(db, [deedDone, mentioned], { verifierKeys: keys, now: late, watchMs: 300 })
  assert.deepEqual([stuck.valid, stuck.firstProblem?.code, stuck.asOf?.seq, stuck.waiting], [false, 'waits-too-long', 1_253, 6], 'a sequencer that gives nothing a place is told of')
})

// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyProofText } from './proof.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { sql, type Db, type Tx } from '../../platform/db/index.ts'
import { freshDatabase } from '../../../tests/support/database.ts'
import { append, audit, checkpointNow, entriesThatFit, nextRenewal, proveInclusion, redact, redactionDigests, sequencePending, type EntryType } from './index.ts'
import { createDeeds, deedDone, doDeeds, NOW, randomness, range, signer, signers } from './testing/deeds.ts'

const database = await freshDatabase()
const { db } = database
after(() => database.close())

const removed: EntryType = {
  name: 'person.removed', redacts: true, table: { relation: 'ledger.redaction', key: 'removal_id' },
  witness: async (over, ids) => new Map([...(await redactionDigests(over, ids))].map(([id, redactions]): [number, JsonObject] => [id, { redactions }])),
}
const types = [deedDone, removed]
const auditNow = (over: Db = db) => audit(over, types, { verifierKeys: [signer.verifierKey], now: NOW })

/** Empties deeds as a removal does: rows, entries, and the entry that says so, in one transaction. */
async function remove(tx: Tx, removalId: number, ids: readonly number[], says = '已依法删除'): Promise<number> {
  await sql`update trial.deed set says = ${says} where deed_id = any(${[...ids]}::bigint[])`.execute(tx)
  const touched = await redact(tx, randomness, types, removalId, [{ relation: 'trial.deed', ids }])
  const redactions = (await redactionDigests(tx, [removalId])).get(removalId)!
  await append(tx, randomness, [{ name: 'person.removed', at: NOW, actor: 'officer:test', subjectId: null, aboutId: removalId, basis: null, body: { redactions } }])
  return touched
}

before(async () => {
  await createDeeds(db)
  await db.transaction().execute((tx) => doDeeds(tx, range(0, 300)))
  await sequencePending(db, { signers, now: NOW })
  await checkpointNow(db, { signers, now: NOW })
})

/** What an audit says after somebody tampered; the tampering is undone. */
async function auditAfter(tamper: (tx: Tx) => Promise<unknown>) {
  let found: Awaited<ReturnType<typeof auditNow>> | null = null
  await db.transaction().execute(async (tx) => {
    await tamper(tx)
    found = await auditNow(tx)
    throw new Undo()
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return found!.problems.map(({ code, about }) => `${code} ${about?.relation} ${about?.id}`)
}
class Undo extends Error {}

test('after a removal the log still fits, its earlier proofs hold, and what the entry said can be tried out no more', async () => {
  const before = await proveInclusion(db, { seq: 7 }, { disclose: types })
  const { rows: [kept] } = await sql<{ salt: Uint8Array }>`select salt from ledger.entry join ledger.sequence using (entry_id) where seq = 7`.execute(db)
  assert.equal(await db.transaction().execute((tx) => remove(tx, 1, [7, 8])), 2)
  await sequencePending(db, { signers, now: NOW })
  await checkpointNow(db, { signers, now: NOW })
  const report = await auditNow()
  assert.deepEqual({ valid: report.valid, redacted: report.redacted }, { valid: true, redacted: 2 })
  const proof = await proveInclusion(db, { seq: 7 }, { disclose: types })
  assert.equal(proof.disclosed, undefined)
  assert.equal(proof.leaf.digest, before.leaf.digest)
  for (const one of [before, proof]) assert.ok(verifyProofText(JSON.stringify(one), [signer.verifierKey]).valid)
  const { rows: [now] } = await sql<{ salt: Uint8Array }>`select salt from ledger.entry join ledger.sequence using (entry_id) where seq = 7`.execute(db)
  assert.notDeepEqual(now!.salt, kept!.salt)
})

test('a row that lost a person’s data twice goes on with the later one, and the earlier removal still fits', async () => {
  assert.equal(await db.transaction().execute((tx) => remove(tx, 2, [8, 9], '再次删除')), 2)
  await sequencePending(db, { signers, now: NOW })
  await checkpointNow(db, { signers, now: NOW })
  assert.deepEqual((await auditNow()).problems, [])
})

test('a removal that was asked for earlier and carried out later counts as the later one', async () => {
  for (const [removalId, says] of [[20, '已依法删除'], [19, '后执行']] as const) assert.equal(await db.transaction().execute((tx) => remove(tx, removalId, [40], says)), 1)
  await sequencePending(db, { signers, now: NOW })
  await checkpointNow(db, { signers, now: NOW })
  assert.deepEqual((await auditNow()).problems, [])
})

test('who commits anew only for what fitted before does not hide what was changed on the sly', async () => {
  assert.deepEqual(await auditAfter(async (tx) => {
    await sql`update trial.deed set says = '暗改' where deed_id = 50`.execute(tx)
    const changed = [{ relation: 'trial.deed', ids: [50, 51] }]
    const fitting = await entriesThatFit(tx, types, changed)
    await sql`update trial.deed set says = says || '，新摘要' where deed_id in (50, 51)`.execute(tx)
    const renewal = await nextRenewal(tx)
    assert.equal(await redact(tx, randomness, types, renewal, changed, fitting), 1)
    const redactions = (await redactionDigests(tx, [renewal])).get(renewal)!
    await append(tx, randomness, [{ name: 'person.removed', at: NOW, actor: 'officer:test', subjectId: null, aboutId: renewal, basis: null, body: { redactions } }])
  }), ['content-changed trial.deed 50'])
})

test('what is changed after a removal, or under the pretext of one, is found', async () => {
  assert.deepEqual(await auditAfter((tx) => sql`update trial.deed set says = '别的' where deed_id = 7`.execute(tx)), ['content-changed trial.deed 7'])
  assert.deepEqual(await auditAfter(async (tx) => {
    await sql`update trial.deed set says = '别的' where deed_id = 20`.execute(tx)
    await redact(tx, randomness, types, 2, [{ relation: 'trial.deed', ids: [20] }])
  }), ['content-changed ledger.redaction 2'])
  assert.deepEqual(await auditAfter(async (tx) => {
    await sql`update trial.deed set says = '别的' where deed_id = 20`.execute(tx)
    await redact(tx, randomness, types, 99, [{ relation: 'trial.deed', ids: [20] }])
  }), ['row-without-entry ledger.redaction 99'])
  assert.deepEqual(await auditAfter((tx) => sql`delete from ledger.redaction where removal_id = 2 and entry_id = (select entry_id from ledger.entry where about_id = 9 and name = 'deed.done')`.execute(tx)), ['content-changed trial.deed 9', 'content-changed ledger.redaction 2'])
  assert.deepEqual(await auditAfter((tx) => sql`insert into ledger.redaction select entry_id, 2, digest, nextval('ledger.redaction_id') from ledger.entry where name = 'person.removed' and about_id = 1`.execute(tx)), ['content-changed ledger.redaction 2'])
})

test('a removal empties rows and deletes none', async () => {
  await assert.rejects(db.transaction().execute(async (tx) => {
    await sql`delete from trial.deed where deed_id = 30`.execute(tx)
    await redact(tx, randomness, types, 3, [{ relation: 'trial.deed', ids: [30] }])
  }), /the row is gone/)
})

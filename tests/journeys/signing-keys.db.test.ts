// @clause 4.4
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { boot } from '../../src/app/boot.ts'
import { rotateSigningKey } from '../../src/app/operate/contract.ts'
import { keysAfter, keysBefore, makeNextSigner, verifyProofText } from '../../src/engines/ledger/index.ts'
import { auditLedger, ledgerState, listEntries, listSigningKeys, proveEntry } from '../../src/modules/evidence/contract.ts'
import { sql } from '../../src/platform/db/index.ts'
import { systemRandomness } from '../../src/platform/randomness.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const data = mkdtempSync(join(tmpdir(), 'xinheng-signing-'))
const program = await startProgram({ data })
let open = true
after(async () => {
  if (open) await program.close()
  rmSync(data, { recursive: true, force: true })
})
const key = join(data, 'keys', 'ledger-key.pem')
const auditor = async () => ({ as: (await program.officer(['auditor'])).cookie })
const anEntry = async () => {
  await program.xinheng.settled()
  return (await program.call(listEntries, { limit: 1 })).rows[0]!.entryId
}
const prove = async () => JSON.stringify((await program.call(proveEntry, { entryId: await anEntry() })).proof)

test('after a rotation another key signs, what was signed before stays good by its key, and the audit knows both', async () => {
  const before = await program.call(ledgerState, {})
  const earlier = await prove()
  const security = await program.officer(['security-administrator'])
  await assert.rejects(program.call(rotateSigningKey, {}, { as: (await program.officer(['system-administrator'])).cookie }), (error: unknown) => error instanceof HttpRefusal && error.status === 403)
  const rotation = await program.call(rotateSigningKey, {}, { as: security.cookie })
  assert.equal(rotation.former, before.verifierKey)
  const later = await prove()
  const { verifierKey, rotations } = await program.call(ledgerState, {})
  assert.equal(verifierKey, rotation.verifierKey)
  assert.deepEqual([verifyProofText(earlier, [before.verifierKey]).valid, verifyProofText(later, [before.verifierKey]).valid, verifyProofText(later, [verifierKey]).valid], [true, false, true])
  assert.ok(verifyProofText(later, keysAfter(before.verifierKey, rotations)).valid, 'whoever kept the former key comes to the new one by the statement')
  assert.ok(verifyProofText(earlier, keysBefore(verifierKey, rotations)).valid)
  const { valid, checkpoints } = await program.call(auditLedger, {}, await auditor())
  assert.equal(valid, true)
  assert.ok(checkpoints > 1)
  assert.equal((await program.call(listEntries, { name: 'ledger.key-rotated' })).total, 1)
  const { rows: [now, then, ...more] } = await program.call(listSigningKeys, {})
  assert.deepEqual([now!.verifierKey, now!.untilAt, now!.fromAt, now!.note], [verifierKey, null, rotations[0]!.at, rotations[0]!.note])
  assert.deepEqual([then!.verifierKey, then!.fromAt, then!.untilAt, then!.note, more], [before.verifierKey, null, rotations[0]!.at, null, []])
  assert.ok(then!.signed!.lastSize < now!.signed!.firstSize && now!.signed!.lastSize >= before.size, 'each signed its stretch of the log')
  assert.equal(then!.signed!.count + now!.signed!.count, (await sql<{ count: number }>`select count(*) as count from ledger.checkpoint`.execute(program.xinheng.database.db)).rows[0]!.count)
  assert.ok((await program.call(ledgerState, {})).checkpoint!.includes(Buffer.from(now!.keyId, 'hex').toString('base64').slice(0, 5)), 'the id stands in the signature')
})

test('a second rotation goes on from there, and a statement that was changed in the table shows', async () => {
  const security = await program.officer(['security-administrator'])
  await program.call(rotateSigningKey, {}, { as: security.cookie })
  const { verifierKey, rotations } = await program.call(ledgerState, {})
  assert.equal(keysBefore(verifierKey, rotations).length, 3)
  assert.deepEqual((await program.call(listSigningKeys, {})).rows.map((one) => one.untilAt), [null, rotations[1]!.at, rotations[0]!.at])
  assert.equal((await program.call(auditLedger, {}, await auditor())).valid, true)
  await program.xinheng.settled()
  await sql`update evidence.signing_key set note = note || ' ' where signing_key_id = 1`.execute(program.xinheng.database.db)
  assert.equal((await program.call(auditLedger, {}, await auditor())).valid, false)
  await sql`update evidence.signing_key set note = trim(trailing ' ' from note) where signing_key_id = 1`.execute(program.xinheng.database.db)
})

test('a rotation that a kill cut off is ended or forgotten at the next start, and a key of before is not taken for the one that signs', { skip: process.env.XINHENG_TEST_DATABASE_URL !== undefined }, async () => {
  const { verifierKey } = await program.call(ledgerState, {})
  const [present, next] = [readFileSync(key), join(data, 'keys', 'ledger-key.next.pem')]
  const start = async (): Promise<string> => {
    const xinheng = await boot({ data })
    await xinheng.close()
    return xinheng.signer.verifierKey
  }
  const { name } = program.xinheng.signer
  open = false
  await program.server.close()
  await program.xinheng.close()
  makeNextSigner(join(data, 'keys'), name, systemRandomness)
  const unheard = readFileSync(next)
  assert.equal(await start(), verifierKey)
  assert.ok(!existsSync(next), 'a key that the ledger never heard of goes')

  writeFileSync(next, present)
  writeFileSync(key, unheard)
  assert.equal(await start(), verifierKey, 'the new key still lay beside the old one when the kill came')
  writeFileSync(key, unheard)
  await assert.rejects(start(), { code: 'signing-key.other' })
  writeFileSync(key, present)
  assert.equal(await start(), verifierKey)
})

// @clause 4.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signerOfSeed } from './keys.ts'
import { checkNote, parseVerifierKey, signNote } from './note.ts'
import { isGoodRotation, keysAfter, keysBefore, signRotation } from './rotation.ts'

const ORIGIN = 'xinheng.cn/460202/ledger'
const [first, second, third, stranger] = [1, 2, 3, 9].map((byte) => signerOfSeed(ORIGIN, new Uint8Array(32).fill(byte))) as [ReturnType<typeof signerOfSeed>, ReturnType<typeof signerOfSeed>, ReturnType<typeof signerOfSeed>, ReturnType<typeof signerOfSeed>]
const AT = new Date('2026-11-25T08:00:00Z')
const [one, two] = [await signRotation(first, second, AT), await signRotation(second, third, AT)]

test('a rotation is good when both keys signed that very change', async () => {
  assert.ok(isGoodRotation(one))
  for (const key of [first, second]) assert.ok('text' in checkNote(one.note, [parseVerifierKey(key.verifierKey)!]))
  assert.ok(!isGoodRotation({ ...one, verifierKey: stranger.verifierKey }))
  assert.ok(!isGoodRotation({ ...one, former: stranger.verifierKey }))
  assert.ok(!isGoodRotation({ ...two, note: one.note }))
  const text = one.note.slice(0, one.note.lastIndexOf('\n\n') + 1)
  assert.ok(!isGoodRotation({ ...one, note: await signNote(text, [second]) }), 'the new key alone says nothing')
  assert.ok(!isGoodRotation({ ...one, note: await signNote(text, [first]) }), 'nor does the former alone')
  assert.ok(!isGoodRotation({ ...one, note: one.note.replace('2026', '2027') }))
})

test('keys are followed from one that is trusted, and a key that somebody wrote into the table is none', async () => {
  assert.deepEqual(keysBefore(third.verifierKey, [two, one]), [third, second, first].map(({ verifierKey }) => verifierKey))
  assert.deepEqual(keysAfter(first.verifierKey, [two, one]), [first, second, third].map(({ verifierKey }) => verifierKey))
  const forged = { former: stranger.verifierKey, verifierKey: first.verifierKey, note: (await signRotation(stranger, stranger, AT)).note }
  assert.deepEqual(keysBefore(first.verifierKey, [forged]), [first.verifierKey])
  const around = await signRotation(third, first, AT)
  assert.equal(keysBefore(third.verifierKey, [one, two, around]).length, 3, 'a circle ends')
})

// @clause 4.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { signerOfSeed } from './keys.ts'
import { checkNote, parseNote, parseVerifierKey, signNote } from './note.ts'
import { leafHash } from './tree.ts'

// The published example of golang.org/x/mod/sumdb/note: key, signature and text.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`
const peter = parseVerifierKey(PETER)!

test('the published signed note is made and believed, to the byte', async () => {
  const signer = signerOfSeed('PeterNeumann', PETER_SEED)
  assert.equal(signer.verifierKey, PETER)
  assert.equal(await signNote(TEXT, [signer]), NOTE)
  assert.deepEqual(checkNote(NOTE, [peter]), { text: TEXT })
})

test('a note with any character changed is not believed', () => {
  for (let at = 0; at < NOTE.length; at++) {
    const changed = `${NOTE.slice(0, at)}${NOTE[at] === 'x' ? 'y' : 'x'}${NOTE.slice(at + 1)}`
    assert.ok('problem' in checkNote(changed, [peter]), `character ${at}`)
  }
})

test('a note signed by several keys is believed by whoever knows one of them', async () => {
  const one = signerOfSeed('haitang.example/xinheng', Buffer.alloc(32, 1))
  const two = signerOfSeed('witness.example', Buffer.alloc(32, 2))
  const note = await signNote('您好\n', [one, two])
  assert.deepEqual(checkNote(note, [parseVerifierKey(two.verifierKey)!]), { text: '您好\n' })
  assert.deepEqual(checkNote(note, [peter]), { problem: 'unsigned' })
  assert.deepEqual(checkNote(note.replace('您好', '你好'), [parseVerifierKey(one.verifierKey)!]), { problem: 'forged' })
  assert.equal(parseNote(note)!.signatures.length, 2)
})

test('verifier keys whose id, length or name is wrong are not taken', () => {
  for (const bad of [PETER.replace('c74f20a3', 'c74f20a4'), PETER.slice(0, -4), `a ${PETER}`, `+${PETER}`, '', PETER.replace('Peter', 'peter'), 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==']) {
    assert.equal(parseVerifierKey(bad), null, bad)
  }
})

test('a checkpoint is read as it was written, and other spellings of it are refused', () => {
  const checkpoint = { origin: 'haitang.example/xinheng', size: 20_852_163, root: leafHash('root'), extensions: ['more'] }
  const text = checkpointText(checkpoint)
  assert.deepEqual(parseCheckpoint(text), checkpoint)
  for (const bad of [text.slice(0, -1), text.replace('20852163', '020852163'), text.replace('20852163', '-1'), text.replace('=', ''), '\n1\nAA==\n', 'origin\n1\n']) assert.equal(parseCheckpoint(bad), null, bad)
})

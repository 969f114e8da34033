// @clause X.4
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { systemRandomness } from '../randomness.ts'
import { HEAD_BYTES, isSealed, openSealing, sameness } from './index.ts'
import { sealingForTests } from './testing/sealing.ts'

const ID = '460200199003078538'
const now = new Date('2026-11-22T02:00:00Z')
const database = await freshDatabase()
after(() => database.close())
const path = join(mkdtempSync(join(tmpdir(), 'xinheng-keys-')), 'keys', 'sealing-keys.json')
const open = () => openSealing({ db: database.db, path, randomness: systemRandomness, now })

test('what is sealed opens again, whatever it is, and shows nothing of itself', () => {
  const sealing = sealingForTests(systemRandomness)
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (value) => {
    const sealed = sealing.seal(value, 'place')
    assert.ok(isSealed(sealed))
    assert.equal(sealing.open(sealed, 'place'), value.toWellFormed())
  }))
  assert.ok(!sealing.seal(ID, 'place').includes(ID))
})

test('a sealed value that is altered, or put in the place of another, does not open', () => {
  const sealing = sealingForTests(systemRandomness)
  const sealed = sealing.seal(ID, 'records.fact/1')
  assert.throws(() => sealing.open(sealed, 'records.fact/2'))
  const parts = sealed.split(':')
  parts[4] = `${parts[4]!.startsWith('A') ? 'B' : 'A'}${parts[4]!.slice(1)}`
  assert.throws(() => sealing.open(parts.join(':'), 'records.fact/1'))
})

test('equal values are found by their digest, sealed at different times or by different keys, and only with the key', () => {
  const [one, other] = [sealingForTests(systemRandomness), sealingForTests(systemRandomness)]
  assert.notEqual(one.seal(ID, 'a'), one.seal(ID, 'a'))
  assert.equal(sameness(one.seal(ID, 'a')), sameness(one.seal(ID, 'b')))
  assert.notEqual(one.digestOf(ID), other.digestOf(ID))
})

test('the key file is readable by its owner only; a new key seals from then on, the earlier ones still open', async () => {
  const keys = await open()
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const earlier = keys.sealing.seal(ID, 'a')
  const id = await keys.addKey(now)
  assert.equal(keys.sealing.open(earlier, 'a'), ID)
  const later = keys.sealing.reseal(earlier, 'a')!
  assert.ok(later.startsWith(`v1:${id}:`))
  assert.equal(sameness(later), sameness(earlier))
  assert.equal(keys.sealing.reseal(later, 'a'), null)
  assert.equal((await open()).sealing.open(later, 'a'), ID, 'a later start has both')
})

test('a rotation may change the cipher to SM4 and back; later ones keep it, values and streams of each open, and an altered one does not', async () => {
  const keys = await open()
  const earlier = keys.sealing.seal(ID, 'a')
  await keys.addKey(now, { algorithm: 'sm4-gcm' })
  const sealed = keys.sealing.reseal(earlier, 'a')!
  assert.equal(keys.keys().at(-1)!.algorithm, 'sm4-gcm')
  assert.deepEqual([keys.sealing.open(sealed, 'a'), keys.sealing.open(earlier, 'a'), sameness(sealed)], [ID, ID, sameness(earlier)])
  assert.throws(() => keys.sealing.open(sealed, 'b'))
  const clear = Buffer.alloc(600_000, ID)
  const stream = Buffer.concat(await Array.fromAsync(keys.sealing.sealStream(Readable.from([clear]))))
  const opened = (from: Buffer) => Array.fromAsync(keys.sealing.openStream(from.subarray(0, HEAD_BYTES), Readable.from([from.subarray(HEAD_BYTES)])))
  assert.deepEqual(Buffer.concat(await opened(stream)), clear)
  stream[300_000]! ^= 1
  await assert.rejects(opened(stream))
  await keys.addKey(now)
  assert.equal(keys.keys().at(-1)!.algorithm, 'sm4-gcm')
  await keys.addKey(now, { algorithm: 'aes-256-gcm' })
  assert.equal((await open()).sealing.open(sealed, 'a'), ID)
})

test('with another key of the digests both are tried until the earlier one is forgotten, and a second change waits for that', async () => {
  const keys = await open()
  const [earlier, first] = [keys.sealing.seal(ID, 'a'), keys.sealing.digestOf(ID)]
  const before = keys.keys().at(-1)!.id
  await keys.addKey(now, { digest: true })
  const [present, former] = keys.sealing.digestsOf(ID)
  assert.deepEqual([present === first, former, keys.sealing.digestOf(ID)], [false, first, present])
  assert.equal(sameness(keys.sealing.reseal(earlier, 'a')!), keys.sealing.lookUp(ID))
  assert.deepEqual(keys.sealing.lookUpsOf(ID), [present, former].map((digest) => `v1:${digest}`))
  assert.notEqual(keys.keys().find(({ id }) => id === before)!.digest, keys.keys().at(-1)!.digest)
  assert.deepEqual((await open()).sealing.digestsOf(ID), [present, former], 'a later start tries both')
  await assert.rejects(keys.addKey(now, { digest: true }), (refusal: Refusal) => refusal.code === 'sealing.digest-under-way')
  await keys.forget([], now, { former: true })
  assert.deepEqual([keys.sealing.digestsOf(ID), keys.digests().former], [[present], null])
  assert.deepEqual((await open()).sealing.digestsOf(ID), [present])
})

test('a process that runs beside the rotation opens what the new key sealed', async () => {
  const [server, command] = [await open(), await open()]
  await command.addKey(now)
  assert.equal(server.sealing.open(command.sealing.seal(ID, 'a'), 'a'), ID)
})

test('a start without the keys that sealed is refused, and makes no new file in their place', async () => {
  await open()
  renameSync(path, `${path}.away`)
  await assert.rejects(open(), (refusal: Refusal) => refusal.code === 'sealing.keys-missing')
  assert.ok(!existsSync(path))
  renameSync(`${path}.away`, path)
  const content = readFileSync(path, 'utf8')
  writeFileSync(path, '{ "keys": 1 }')
  await assert.rejects(open(), (refusal: Refusal) => refusal.code === 'sealing.keys-unreadable')
  writeFileSync(path, content)
  await open()
})

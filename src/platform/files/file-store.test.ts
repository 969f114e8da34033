// @clause X.4
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../kernel/refusal.ts'
import { systemRandomness } from '../randomness.ts'
import { newRing, withNewKey } from '../sealing/ring.ts'
import { sealingOf } from '../sealing/sealing.ts'
import { openFileStore } from './file-store.ts'

const FRAME = 262_144
const now = new Date('2026-11-25T02:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'xinheng-files-'))
after(() => rmSync(folder, { recursive: true }))
let ring = newRing(systemRandomness, now)
const sealing = sealingOf(ring, systemRandomness)
const store = openFileStore(folder, systemRandomness, sealing)
const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const content = async (digest: string) => text(await store.read(digest))
const keep = (bytes: string | Buffer) => store.keep(Readable.from([Buffer.from(bytes)]), 10_000_000)
const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest)
const scratch = () => readdirSync(join(folder, 'partial'))
const rotate = () => sealing.use((ring = withNewKey(ring, systemRandomness, now)))

test('a file that is too large, empty or meets a full disk is refused, and nothing of it stays', async () => {
  const full = Readable.from((async function* () {
    yield Buffer.from('the beginning')
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })())
  await assert.rejects(store.keep(full, 1000), refuses('file.no-room'))
  await assert.rejects(store.keep(Readable.from([Buffer.alloc(1001)]), 1000), refuses('file.too-large'))
  await assert.rejects(store.keep(Readable.from([]), 1000), refuses('file.empty'))
  assert.deepEqual(scratch(), [])
  assert.deepEqual(readdirSync(folder), ['partial'])
})

test('only what is addressed by a digest is read: no name leads out of the store', async () => {
  const { digest } = await keep('x')
  assert.equal(await content(digest), 'x')
  for (const name of ['../../../etc/passwd', `${digest}/..`, digest.toUpperCase(), '']) await assert.rejects(store.read(name), refuses('file.missing'))
})

test('a removed file is gone, and removing it again does nothing', async () => {
  const [{ digest }, { digest: other }] = [await keep('to be removed'), await keep('to be kept')]
  await store.remove(digest)
  await store.remove(digest)
  await assert.rejects(store.read(digest), refuses('file.missing'))
  assert.equal(await content(other), 'to be kept')
  await assert.rejects(store.remove('../../../etc/passwd'), refuses('file.missing'))
})

test('whatever is kept is read again, byte by byte, and stands nowhere readable on the disk', async () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 17))
  await fc.assert(fc.asyncProperty(sizes, fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 255 }), async (size, piece, byte) => {
    const bytes = Buffer.concat([Buffer.from('460200199003078538'), Buffer.alloc(size, byte)])
    const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) => bytes.subarray(at * piece, (at + 1) * piece))
    const { digest } = await store.keep(Readable.from(pieces), 10_000_000)
    assert.equal(digest, createHash('sha256').update(bytes).digest('hex'))
    assert.deepEqual(await store.find(digest), { digest, size: bytes.length })
    assert.deepEqual(await buffer(await store.read(digest)), bytes)
    assert.ok(!readFileSync(pathOf(digest)).includes('460200199003078538'))
    assert.equal(statSync(pathOf(digest)).mode & 0o077, 0)
  }), { numRuns: 40 })
})

test('a file that is altered anywhere, cut off at a frame, or put in the place of another is damaged, not other', async () => {
  const { digest } = await keep(Buffer.alloc(3 * FRAME, 7))
  const { digest: other } = await keep(Buffer.alloc(3 * FRAME, 8))
  const whole = readFileSync(pathOf(digest))
  const damaged = async () => assert.rejects(buffer(await store.read(digest)), refuses('file.damaged'))
  for (const at of [20, 60, FRAME + 100, whole.length - 1]) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 1
    writeFileSync(pathOf(digest), bytes)
    await damaged()
  }
  for (const length of [whole.length - 1, whole.length - (FRAME + 16), 49]) {
    writeFileSync(pathOf(digest), whole)
    truncateSync(pathOf(digest), length)
    await damaged()
  }
  copyFileSync(pathOf(other), pathOf(digest))
  await damaged()
  await store.remove(digest)
})

test('a copy for random access is readable while the work lasts, and gone after it, also when it fails', async () => {
  const { digest } = await keep('a workbook')
  assert.equal(await store.withCopy(digest, async (path) => readFileSync(path, 'utf8')), 'a workbook')
  await assert.rejects(store.withCopy(digest, async () => Promise.reject(new Error('unreadable'))), /unreadable/)
  await assert.rejects(store.withCopy('0'.repeat(64), async () => assert.fail('there is nothing to work on')), refuses('file.missing'))
  assert.deepEqual(scratch(), [])
})

test('what a killed process left in the clear goes at the next start; what a living one or another machine works on stays', async () => {
  const { digest } = await keep('a workbook at work')
  const left = spawnSync(process.execPath, ['-e', `
    Promise.all(['files/file-store', 'randomness', 'sealing/testing/sealing'].map((name) => import('${new URL('..', import.meta.url).href}' + name + '.ts'))).then(([files, { systemRandomness }, { sealingForTests }]) => {
      const store = files.openFileStore(${JSON.stringify(folder)}, systemRandomness, sealingForTests(systemRandomness))
      return store.keep(require('stream').Readable.from([Buffer.from('left behind')]), 1000).then(({ digest }) => store.withCopy(digest, () => process.kill(process.pid, 'SIGKILL')))
    })`], { stdio: 'inherit' })
  assert.equal(left.signal, 'SIGKILL')
  assert.equal(scratch().length, 1)
  writeFileSync(join(folder, 'partial', 'ffffffff-1-abc-00'), 'of another machine')
  await store.withCopy(digest, async (path) => {
    openFileStore(folder, systemRandomness, sealing)
    assert.deepEqual(scratch().sort(), [path.slice(path.lastIndexOf('/') + 1), 'ffffffff-1-abc-00'].sort())
  })
  rmSync(join(folder, 'partial', 'ffffffff-1-abc-00'))
  await store.remove(createHash('sha256').update('left behind').digest('hex'))
})

test('after a rotation earlier files are read, and all are sealed by the new key, clear ones too; one that cannot be read is named and stays', async () => {
  const clear = Buffer.from('a file from before files were sealed')
  const digest = createHash('sha256').update(clear).digest('hex')
  mkdirSync(dirname(pathOf(digest)), { recursive: true })
  writeFileSync(pathOf(digest), clear)
  const { digest: broken } = await keep('to be damaged')
  truncateSync(pathOf(broken), 60)
  const count = [...(await store.countSealed()).values()].reduce((sum, one) => sum + one, 0)
  assert.equal((await store.countSealed()).get('clear'), 1)
  assert.deepEqual(await store.find(digest), { digest, size: clear.length })
  assert.equal(await content(digest), clear.toString())
  rotate()
  assert.equal(await content(digest), clear.toString())
  assert.deepEqual(await store.resealAll(), { resealed: count - 1, unreadable: [broken] })
  assert.equal((await store.countSealed()).get(sealing.keyIds().present), count - 1)
  assert.equal(await content(digest), clear.toString())
  assert.deepEqual(await store.resealAll(), { resealed: 0, unreadable: [broken] })
  assert.deepEqual(scratch(), [])
})

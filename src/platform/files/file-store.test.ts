import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { Refusal } from '../../kernel/refusal.ts'
import { systemRandomness } from '../randomness.ts'
import { openFileStore } from './file-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-files-'))
after(() => rmSync(folder, { recursive: true }))
const store = openFileStore(folder, systemRandomness)
const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const content = async (digest: string) => text(await store.read(digest))

test('a file that is too large, empty or meets a full disk is refused, and nothing of it stays', async () => {
  const full = Readable.from((async function* () {
    yield Buffer.from('the beginning')
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })())
  await assert.rejects(store.keep(full, 1000), refuses('file.no-room'))
  await assert.rejects(store.keep(Readable.from([Buffer.alloc(1001)]), 1000), refuses('file.too-large'))
  await assert.rejects(store.keep(Readable.from([]), 1000), refuses('file.empty'))
  assert.deepEqual(readdirSync(join(folder, 'partial')), [])
  assert.deepEqual(readdirSync(folder), ['partial'])
})

test('only what is addressed by a digest is read: no name leads out of the store', async () => {
  const { digest } = await store.keep(Readable.from([Buffer.from('x')]), 1000)
  assert.equal(await content(digest), 'x')
  for (const name of ['../../../etc/passwd', `${digest}/..`, digest.toUpperCase(), '']) await assert.rejects(store.read(name), refuses('file.missing'))
})

test('a removed file is gone, and removing it again does nothing', async () => {
  const [{ digest }, { digest: other }] = [await store.keep(Readable.from([Buffer.from('to be removed')]), 1000), await store.keep(Readable.from([Buffer.from('to be kept')]), 1000)]
  await store.remove(digest)
  await store.remove(digest)
  await assert.rejects(store.read(digest), refuses('file.missing'))
  assert.equal(await content(other), 'to be kept')
  await assert.rejects(store.remove('../../../etc/passwd'), refuses('file.missing'))
})

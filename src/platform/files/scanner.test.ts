// @clause X.4
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { Refusal } from '../../kernel/refusal.ts'
import { systemRandomness } from '../randomness.ts'
import { newRing } from '../sealing/ring.ts'
import { sealingOf } from '../sealing/sealing.ts'
import { openFileStore } from './file-store.ts'
import { openScanner, tryScanner, type Scanner } from './scanner.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-scanner-'))
after(() => rmSync(folder, { recursive: true }))
console.error = () => undefined

/** A scanner as operators name one, a process with its own program. */
function scanner(program: string, wordWithinMs?: number): Scanner {
  const path = join(folder, `${Buffer.from(systemRandomness.bytes(4)).toString('hex')}.mjs`)
  writeFileSync(path, program)
  return openScanner(`${process.execPath} ${path}`, wordWithinMs)
}
const READ = "let all = ''; for await (const chunk of process.stdin) all += chunk.toString('latin1');"
const FINDS = `${READ} if (all.includes('EICAR' + '-STANDARD')) { console.log('stream: Eicar-Signature FOUND'); process.exit(1) } console.log('stream: OK')`
// As in the program: in pieces, so that no scanner of this machine takes the test for what it tests.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')

const sealing = sealingOf(newRing(systemRandomness, new Date('2026-11-25T02:00:00Z')), systemRandomness)
const storeWith = (one: Scanner) => {
  const place = mkdtempSync(join(folder, 'files-'))
  const store = openFileStore(place, systemRandomness, sealing, one)
  const kept = () => readdirSync(place).filter((name) => name !== 'partial')
  return { store, kept, keep: (bytes: string | Buffer, from?: 'outside' | 'here') => store.keep(Readable.from([Buffer.from(bytes)]), 50_000_000, from), scratch: () => readdirSync(join(place, 'partial')) }
}
const refuses = (code: string, words?: RegExp) => (error: unknown) => error instanceof Refusal && error.code === code && (words === undefined || (words.test(error.parts.message.zh) && words.test(error.parts.message.en)))

test('a file in which the scanner finds something is refused by name, and nothing of it stays; a clean one is kept as it was', async () => {
  const { store, keep, kept, scratch } = storeWith(scanner(FINDS))
  await assert.rejects(keep(`%PDF-1.7 ${EICAR}`), refuses('file.infected', /Eicar-Signature/))
  assert.deepEqual([kept(), scratch()], [[], []])
  const { digest } = await keep('名称,代码\n')
  assert.equal(await text(await store.read(digest)), '名称,代码\n')
  const large = Buffer.alloc(9_000_000, 'x')
  assert.equal((await keep(large)).size, large.length)
  await keep(EICAR, 'here')
})

test('without a word of the scanner nothing is kept: it fails, is not there, never ends, never reads, or says clean before it saw all', async () => {
  const large = Buffer.alloc(3_000_000, 'x')
  const cases: [Scanner, string | Buffer][] = [
    [scanner(`${READ} process.exit(2)`), 'a'], [openScanner('/nowhere/clamdscan -'), 'a'], [scanner(`${READ} setInterval(() => {}, 1000)`, 600), 'a'],
    [scanner('setInterval(() => {}, 1000)', 600), large], [scanner('process.exit(0)'), large],
  ]
  for (const [one, bytes] of cases) {
    const { keep, kept, scratch } = storeWith(one)
    await assert.rejects(keep(bytes), refuses('scanner.failed'))
    assert.deepEqual([kept(), scratch()], [[], []])
  }
})

test('a scanner that has seen enough may say so before the end of the file', async () => {
  const { keep } = storeWith(scanner("console.log('stream: Early FOUND'); process.exit(1)"))
  await assert.rejects(keep(Buffer.alloc(3_000_000, 'x')), refuses('file.infected', /Early/))
})

test('the start learns whether the scanner finds the test text', async () => {
  assert.deepEqual([await tryScanner(scanner(FINDS)), await tryScanner(scanner(READ)), await tryScanner(openScanner('/nowhere/scan'))], ['finds', 'overlooks', 'fails'])
})

// @clause X.4
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { openBreachedPasswords } from './breached-passwords.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-breached-'))
after(() => rmSync(folder, { recursive: true }))
const digestOf = (password: string) => hash('sha1', password).toUpperCase()

test('in a list of any length and either form every password that stands in it is found with its count, and no other', async () => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 60, minLength: 1 }), fc.string(), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (passwords, other, end, lastEnds) => {
    const counted = passwords.map((password, at) => ({ password, digest: digestOf(password), count: at % 5 === 0 ? 3_861_493 : at + 1 })).sort((one, next) => (one.digest < next.digest ? -1 : 1))
    const place = mkdtempSync(join(folder, 'list-'))
    const [file, ranges] = [join(place, 'ordered.txt'), join(place, 'ranges')]
    writeFileSync(file, counted.map(({ digest, count }) => `${digest}:${count}`).join(end) + (lastEnds ? end : ''))
    mkdirSync(ranges)
    for (const [prefix, list] of Map.groupBy(counted, ({ digest }) => digest.slice(0, 5))) writeFileSync(join(ranges, `${prefix}.txt`), list.map(({ digest, count }) => `${digest.slice(5)}:${count}`).join(end))
    for (const list of [await openBreachedPasswords(file), await openBreachedPasswords(ranges)]) {
      for (const { password, count } of counted) assert.equal(await list.timesSeen(password), count)
      if (!passwords.includes(other)) assert.equal(await list.timesSeen(other), 0)
    }
  }), { numRuns: 40 })
})

test('what is no such list is refused when it is opened, not when somebody sets a password', async () => {
  const wrong = join(folder, 'words.txt')
  writeFileSync(wrong, 'password\n123456\n')
  writeFileSync(join(folder, 'empty.txt'), '')
  mkdirSync(join(folder, 'nothing'))
  for (const path of [wrong, join(folder, 'empty.txt'), join(folder, 'nothing'), join(folder, 'missing')]) await assert.rejects(openBreachedPasswords(path), { code: 'passwords.list-unreadable' })
})

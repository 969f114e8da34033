import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fileNameOf } from './file-name.ts'

test('folders fall away, in the way of every system, and what nobody sees falls away too', () => {
  for (const [given, kept] of [
    ['处罚决定书.pdf', '处罚决定书.pdf'], ['../../../etc/passwd', 'passwd'], ['C:\\Users\\x\\名录.xlsx', '名录.xlsx'], ['a\u202efdp.exe', 'afdp.exe'], ['a\0.pdf', 'a.pdf'], ['..', 'file'], ['', 'file'], ['a/', 'file'], ['=cmd|x.csv', '=cmd|x.csv'], ['\r\nSet-Cookie: a=b.pdf', 'Set-Cookie: a=b.pdf'],
  ] as const) assert.equal(fileNameOf(given), kept)
  assert.equal(fileNameOf(`${'长'.repeat(300)}.xlsx`), `${'长'.repeat(195)}.xlsx`)
})

test('whatever is given: a name without folders, the same when it is read again', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constantFrom('', '/', '\\', '..\\', '\u202e'), (one, other) => {
    const name = fileNameOf(one + other + one)
    assert.ok(name !== '' && !/[\\/\0\r\n\u202e]/.test(name) && [...name].length <= 200)
    assert.equal(fileNameOf(name), name)
  }))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WORDS_HEADER, wordsApart, wordsIn } from './words.ts'

test('words leave the address, everything else stays, and they come back as they were', () => {
  assert.deepEqual(wordsApart('/api/subjects?limit=20&find=%E7%8E%8B%E8%8A%B3'), { address: '/api/subjects?limit=20', headers: { [WORDS_HEADER]: 'find=%E7%8E%8B%E8%8A%B3' } })
  assert.deepEqual(wordsApart('/api/subjects?limit=20'), { address: '/api/subjects?limit=20', headers: {} })
  assert.deepEqual(wordsIn('find=x&limit=500&__proto__=y'), { find: 'x' })
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (find, kind) => {
    const { address, headers } = wordsApart(`/api/x?${new URLSearchParams({ kind, find })}`)
    assert.equal(new URLSearchParams(address.split('?')[1]).get('kind'), kind.toWellFormed())
    assert.deepEqual(wordsIn(headers[WORDS_HEADER]), { find: find.toWellFormed() })
    assert.match(headers[WORDS_HEADER]!, /^[\x21-\x7e]*$/)
  }))
})

// @clause X.5
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson, type Json } from './json.ts'

/** The rule in its plainest words. */
function byTheRule(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(byTheRule).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, one]) => `${JSON.stringify(key)}:${byTheRule(one)}`).join(',')}}`
}

const keys = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.constantFrom('10', '9', 'a', 'b', '文', '__proto_'))
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(keys, tie('value'), { maxKeys: 5, noNullPrototype: true })),
}))

test('equal values give equal bytes, in whatever order their keys were written', () => {
  const turned = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(turned)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, one]) => [key, turned(one)])) : value
  }
  fc.assert(fc.property(values, (value) => {
    assert.equal(canonicalJson(value), byTheRule(value))
    assert.equal(canonicalJson(turned(value)), byTheRule(value))
    assert.equal(canonicalJson(JSON.parse(canonicalJson(value)) as Json), byTheRule(value))
  }), { numRuns: 2_000 })
})

test('numbers that JSON cannot hold are refused wherever they stand', () => {
  for (const value of [Number.NaN, [1, Number.POSITIVE_INFINITY], { a: { b: Number.NaN } }]) assert.throws(() => canonicalJson(value), RangeError)
})

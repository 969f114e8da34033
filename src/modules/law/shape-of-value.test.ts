import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPolicy } from '../../engines/policy/index.ts'
import type { Json } from '../../kernel/json.ts'
import { shapeOf } from './ui/shape-of-value.ts'

test('periods by class are a table with one row a class', () => {
  const shape = shapeOf({ minor: { published: false, max_months: 3 }, serious: { published: true, max_months: 36 } })
  assert.equal(shape.kind, 'table')
  assert.deepEqual(shape.kind === 'table' && [shape.columns, shape.rows.map(({ name }) => name)], [['published', 'max_months'], ['minor', 'serious']])
})

test('a decision table is read as conditions, not as a table of fields', () => {
  assert.equal(shapeOf({ each: 'kinds', rows: [{ when: { procedure: 'simple' }, then: 'minor' }], otherwise: 'general' }).kind, 'decisions')
})

test('no value of the policy folder falls back to raw JSON', () => {
  for (const { key, values } of loadPolicy('policy').list()) {
    for (const { value } of values) walk(key, value)
  }
})

function walk(key: string, value: Json): void {
  const shape = shapeOf(value)
  if (shape.kind === 'list') assert.ok(shape.items.every((item) => typeof item !== 'string' || !/^[{[]/.test(item)), key)
  if (shape.kind === 'parts') for (const part of shape.parts) walk(key, part.value)
}

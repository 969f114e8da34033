// @clause 12.1
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../kernel/refusal.ts'
import { isReached, mustBeUnderstood, mustReach, reachOf, type Actor, type Reach } from './index.ts'

const actorWith = (scope: 'all' | Reach): Actor => ({ id: 'officer:x', name: 'x', department: 'water', may: (permission) => permission === 'records.read', scope: () => scope })
const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code
const some = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c'), { maxLength: 3 })
const reach = fc.record({ departments: some, sectors: some, subjects: fc.uniqueArray(fc.constantFrom<number>(1, 2, 3), { maxLength: 3 }) })
const belonging = fc.record({ department: fc.option(fc.constantFrom('a', 'b', 'd')), sectors: some, subjectId: fc.option(fc.constantFrom(1, 4)) }, { requiredKeys: [] })

test('a thing is reached by its department, by one of its sectors or by its subject, and by nothing else', () => {
  fc.assert(fc.property(reach, belonging, (scope, of) => {
    const expected = scope.departments.includes(of.department ?? '') || (of.sectors ?? []).some((one) => scope.sectors.includes(one)) || scope.subjects.includes(of.subjectId ?? -1)
    assert.equal(isReached(actorWith(scope), 'records.read', of), expected)
  }))
})

test('what belongs to nothing is reached only by whoever reaches everything', () => {
  fc.assert(fc.property(reach, (scope) => assert.equal(isReached(actorWith(scope), 'records.read', {}), false)))
  assert.equal(isReached(actorWith('all'), 'records.read', {}), true)
  assert.equal(reachOf(actorWith('all'), 'records.read'), null)
})

test('out of reach is refused, or answered as if there were none; without the permission nothing is asked at all', () => {
  const nothing: Reach = { departments: [], sectors: [], subjects: [] }
  assert.throws(() => mustReach(actorWith(nothing), 'records.read', { department: 'a' }), refuses('act.out-of-reach'))
  const missing = new Refusal({ code: 'record.missing', message: { zh: '无', en: 'none' }, fix: { zh: '无', en: 'none' } })
  assert.throws(() => mustReach(actorWith(nothing), 'records.read', { department: 'a' }, () => missing), refuses('record.missing'))
  assert.throws(() => mustReach(actorWith('all'), 'records.withdraw', {}), refuses('act.not-allowed'))
})

test('a route refuses a limited permission that it does not know how to limit by', () => {
  const bySector = actorWith({ departments: [], sectors: ['a'], subjects: [] })
  assert.throws(() => mustBeUnderstood(bySector, { permission: 'records.read' }), refuses('act.out-of-reach'))
  assert.throws(() => mustBeUnderstood(bySector, { permission: 'records.read', reach: ['department', 'subject'] }), refuses('act.out-of-reach'))
  mustBeUnderstood(bySector, { permission: 'records.read', reach: ['department', 'sector'] })
  mustBeUnderstood(actorWith('all'), { permission: 'records.read' })
})

// @clause 12.1
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, day } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { byUrgency, countsOf, isInView, urgencyOf, type Looker, type Waiting } from './worklist.ts'

const today = day('2026-11-23')
const soonUntil = day('2026-11-25')
const item = (given: Partial<Waiting>): Waiting => ({ kind: 'a.b', kindTitle: text('甲', 'A'), key: '1', title: text('甲', 'A'), subject: null, department: 'water', officerId: null, since: new Date('2026-11-01T00:00:00Z'), dueOn: null, provisional: false, rule: null, next: { to: '/', title: text('办', 'Do') }, ...given })

test('the last day in time is not late yet; the day after is', () => {
  assert.equal(urgencyOf({ dueOn: today }, today, soonUntil), 'due-soon')
  assert.equal(urgencyOf({ dueOn: addDays(today, -1) }, today, soonUntil), 'late')
  assert.equal(urgencyOf({ dueOn: addDays(soonUntil, 1) }, today, soonUntil), 'open')
  assert.equal(urgencyOf({ dueOn: null }, today, soonUntil), 'open')
})

const arbitrary = fc.record({ days: fc.option(fc.integer({ min: -30, max: 30 }), { nil: null }), age: fc.integer({ min: 0, max: 5 }), key: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 1 }), department: fc.constantFrom('water', 'housing', null), officerId: fc.constantFrom(1, 2, 3, null) })
  .map(({ days, age, key, department, officerId }) => item({ key: String(key[0]), dueOn: days === null ? null : addDays(today, days), since: new Date(Date.UTC(2026, 9, 1 + age)), department, officerId }))

test('whatever order items come in, the list is the same, no later deadline stands before an earlier one, and what has no limit is last', () => {
  fc.assert(fc.property(fc.uniqueArray(arbitrary, { selector: ({ key }) => key, maxLength: 30 }), (items) => {
    const sorted = items.toSorted(byUrgency)
    assert.deepEqual(items.toReversed().toSorted(byUrgency).map(({ key }) => key), sorted.map(({ key }) => key))
    for (let at = 1; at < sorted.length; at++) assert.ok((sorted[at - 1]!.dueOn ?? '9999') <= (sorted[at]!.dueOn ?? '9999'))
  }))
})

test('mine lies within all, counts add up, and another department\'s item is never in my department\'s view', () => {
  const looker: Looker = { own: new Set([1]), section: new Set([1, 2]), departments: new Set(['water']) }
  fc.assert(fc.property(fc.array(arbitrary, { maxLength: 30 }), (items) => {
    const { total, late, dueSoon } = countsOf(items, today, soonUntil)
    assert.equal(total, items.length)
    assert.ok(late + dueSoon <= total)
    for (const one of items) {
      assert.equal(isInView(one, 'all', looker), true)
      if (isInView(one, 'mine', looker)) assert.equal(one.officerId, 1)
      if (isInView(one, 'department', looker)) assert.notEqual(one.department, 'housing')
    }
  }))
})

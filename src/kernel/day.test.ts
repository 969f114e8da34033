import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, day, dayNumbered, isDay, numberOf } from './day.ts'

test('the number of a day is the count of days that a calendar gives, from the year 1000 on', () => {
  assert.deepEqual(['1970-01-01', '1969-12-31', '2000-02-29', '2024-12-31', '1000-01-01', '9999-12-31'].map((on) => numberOf(day(on))), [0, -1, 11_016, 20_088, -354_285, 2_932_896])
  fc.assert(fc.property(fc.integer({ min: -354_285, max: 2_932_896 }), (number) => {
    const on = dayNumbered(number)
    assert.ok(isDay(on))
    assert.equal(numberOf(on), Date.parse(`${on}T00:00:00Z`) / 86_400_000)
  }), { numRuns: 2_000 })
})

test('a leap day lies between the end of February and March, and only in its years', () => {
  assert.deepEqual(['2024-02-28', '2026-02-28', '2100-02-28', '2000-02-28'].map((on) => addDays(day(on), 1)), ['2024-02-29', '2026-03-01', '2100-03-01', '2000-02-29'])
})

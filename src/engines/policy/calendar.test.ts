// @clause 4.5, X.1
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day, dayNumbered, numberOf } from '../../kernel/day.ts'
import { type Deadline, loadPolicy, makeCalendar, recomputeDeadline } from './index.ts'
import type { CalendarNotice } from './types.ts'

const book = loadPolicy(join(import.meta.dirname, '../../../policy'))
const { calendar } = book
const add = (start: string, count: number, knownOn?: string) => calendar.addWorkingDays(day(start), count, knownOn === undefined ? {} : { knownOn: day(knownOn) })

const counts = [3, 5, 7, 10, 15, 20]
for (const [start, ...expected] of [
  ['2024-09-30', '2024-10-10', '2024-10-12', '2024-10-15', '2024-10-18', '2024-10-25', '2024-11-01'],
  ['2025-09-26', '2025-09-30', '2025-10-10', '2025-10-13', '2025-10-16', '2025-10-23', '2025-10-30'],
  ['2026-02-13', '2026-02-25', '2026-02-27', '2026-03-02', '2026-03-05', '2026-03-12', '2026-03-19'],
  ['2026-09-30', '2026-10-10', '2026-10-13', '2026-10-15', '2026-10-20', '2026-10-27', '2026-11-03'],
  ['2026-11-20', '2026-11-25', '2026-11-27', '2026-12-01', '2026-12-04', '2026-12-11', '2026-12-18'],
] as const) {
  test(`working days after ${start} skip holidays and count make-up days`, () => {
    assert.deepEqual(counts.map((count) => add(start, count).day), expected)
    assert.ok(counts.every((count) => !add(start, count).provisional))
  })
}

test('the working days of each year are those that the State Council left', () => {
  const years = { 2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248 }
  for (const [year, count] of Object.entries(years)) {
    assert.equal(calendar.workingDaysBetween(day(`${Number(year) - 1}-12-31`), day(`${year}-12-31`)), count, year)
  }
})

test('a deadline in a year without an official notice is provisional, counts by weekdays and says why', () => {
  const into2027 = add('2026-12-28', 5)
  assert.equal(into2027.day, '2027-01-04')
  assert.equal(into2027.provisional, true)
  assert.match(into2027.reason!.zh, /2027/)
  assert.match(into2027.reason!.en, /2027/)
  assert.equal(add('2026-12-28', 3).provisional, false)
  assert.equal(add('2026-12-31', 1).provisional, true)
})

test('a decision on the last day before the first official year counts only official days', () => {
  assert.equal(add('2016-12-31', 1).provisional, false)
})

test('the 2026 calendar, as known in June 2025, was provisional, and official from the day of its notice', () => {
  const before = add('2026-09-30', 7, '2025-06-01')
  assert.deepEqual([before.day, before.provisional], ['2026-10-09', true])
  assert.equal(add('2026-09-30', 7, '2025-11-03').provisional, true)
  assert.deepEqual([add('2026-09-30', 7, '2025-11-04').day, add('2026-09-30', 7, '2025-11-04').provisional], ['2026-10-15', false])
})

test('a holiday that was changed in its own year is known only from the day of the change', () => {
  assert.equal(calendar.isWorkingDay(day('2019-05-02'), { knownOn: day('2019-03-21') }), true)
  assert.equal(calendar.isWorkingDay(day('2019-05-02'), { knownOn: day('2019-03-22') }), false)
  assert.equal(calendar.isWorkingDay(day('2020-02-01'), { knownOn: day('2020-01-26') }), true)
  assert.equal(calendar.isWorkingDay(day('2020-02-01'), { knownOn: day('2020-01-27') }), false)
})

test('the special days of a year say what they are, by which notice and since when it is known', () => {
  const days2026 = calendar.specialDays(2026)
  assert.deepEqual(days2026.filter(({ working }) => working).map(({ day: on }) => on), ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])
  assert.equal(days2026.filter(({ working }) => !working).length, 33)
  assert.deepEqual([days2026[0]!.name, days2026[0]!.knownFrom], ['元旦', '2025-11-04'])
  assert.deepEqual(calendar.specialDays(2026, { knownOn: day('2025-06-01') }), [])
})

test('a local day off stops the clock only where it is told to', () => {
  const localDay = day('2012-03-23')
  assert.equal(calendar.isWorkingDay(localDay), true)
  assert.equal(calendar.isWorkingDay(localDay, { countLocal: true }), false)
  assert.equal(calendar.isWorkingDay(localDay, { countLocal: true, knownOn: day('2012-03-22') }), true)
})

test('a closure is a layer of its own', () => {
  const typhoon: CalendarNotice = { layer: 'closure', file: '', year: null, title: '台风停工', number: null, announcedOn: day('2026-09-08'), status: 'confirmed', source: '', place: '460202', off: [{ name: '台风', days: [day('2026-09-09')] }], makeUp: [] }
  const stormy = makeCalendar([...book.notices, typhoon])
  const start = day('2026-09-07')
  assert.equal(stormy.addWorkingDays(start, 3).day, '2026-09-10')
  assert.equal(stormy.addWorkingDays(start, 3, { countLocal: true }).day, '2026-09-10')
  assert.equal(stormy.addWorkingDays(start, 3, { countClosures: true }).day, '2026-09-11')
})

test('the hash of a deadline changes with the calendar of its own years only', () => {
  const notice2027: CalendarNotice = { layer: 'national', file: '', year: 2027, title: '2027', number: null, announcedOn: day('2026-11-30'), status: 'confirmed', source: '', place: null, off: [{ name: '元旦', days: [day('2027-01-01')] }], makeUp: [] }
  const later = makeCalendar([...book.notices, notice2027])
  assert.equal(later.addWorkingDays(day('2026-11-20'), 7).calendarHash, add('2026-11-20', 7).calendarHash)
  assert.notEqual(later.addWorkingDays(day('2026-12-28'), 5).calendarHash, add('2026-12-28', 5).calendarHash)
  const recomputed = later.addWorkingDays(day('2026-12-28'), 5)
  assert.deepEqual([recomputed.day, recomputed.provisional], ['2027-01-05', false])
  assert.equal(recomputeDeadline(add('2026-12-28', 5), recomputed).day, '2027-01-05')
})

test('recomputing never brings a deadline forward, but makes it final', () => {
  const provisional: Deadline = { day: day('2027-02-10'), provisional: true, calendarHash: 'before' }
  const final: Deadline = { day: day('2027-02-08'), provisional: false, calendarHash: 'after' }
  assert.deepEqual(recomputeDeadline(provisional, final), { day: '2027-02-10', provisional: false, calendarHash: 'after' })
})

const anyDay = fc.integer({ min: numberOf(day('2017-01-01')), max: numberOf(day('2026-12-31')) }).map(dayNumbered)
const anyView = fc.record({ knownOn: anyDay, countLocal: fc.boolean() }, { requiredKeys: [] })

test('adding n working days and counting them gives n', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: -300, max: 300 }), anyView, (start, count, view) => {
    assert.equal(calendar.workingDaysBetween(start, calendar.addWorkingDays(start, count, view).day, view), count)
  }))
})

test('a deadline is always a working day, and a later start or a longer period never ends earlier', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 30 }), anyView, (start, count, later, view) => {
    const end = calendar.addWorkingDays(start, count, view).day
    assert.ok(calendar.isWorkingDay(end, view))
    assert.ok(calendar.addWorkingDays(addDays(start, later), count, view).day >= end)
    assert.ok(calendar.addWorkingDays(start, count + 1, view).day > end)
  }))
})

test('adding a and then b working days is adding a + b', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), anyView, (start, a, b, view) => {
    const inTwo = calendar.addWorkingDays(calendar.addWorkingDays(start, a, view).day, b, view).day
    assert.equal(inTwo, calendar.addWorkingDays(start, a + b, view).day)
  }))
})

test('the fast count agrees with walking day by day', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 60 }), anyView, (start, count, view) => {
    let on: Day = start
    for (let left = count; left > 0;) if (calendar.isWorkingDay((on = addDays(on, 1)), view)) left--
    assert.equal(calendar.addWorkingDays(start, count, view).day, on)
  }), { numRuns: 50 })
})

test('a day outside the calendar is an error, not a guess', () => {
  assert.throws(() => calendar.isWorkingDay(day('1900-01-01')), RangeError)
  assert.throws(() => add('2089-12-30', 400), RangeError)
  assert.throws(() => add('1990-01-05', -20), RangeError)
})

// @clause 4.7
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, day, dayNumbered, numberOf, type Day } from '../../kernel/day.ts'
import { standingAfter, standingEnded, standingOf } from './fact.ts'
import { bookWith2027, favourableBook, instant, realBook } from './testing/fixture.ts'
import { classOfPenalty, effectOfLicence, effectOfPenalty, lateBy, publicityPeriod, reportDue, withdrawalDue, type PenaltyParts } from './records.ts'

const today = day('2026-11-22')
const parts = (given: Partial<PenaltyParts> = {}): PenaltyParts => ({ decidedOn: day('2026-11-10'), validUntil: day('2027-11-10'), kinds: ['fine'], fine: 200_000n, procedure: null, sector: null, field: null, naturalPerson: false, series: null, ...given })
const kinds = ['warning', 'criticism', 'fine', 'confiscate-gains', 'confiscate-goods', 'suspend-licence', 'lower-qualification', 'revoke-licence', 'restrict-activity', 'suspend-business', 'close', 'restrict-employment', 'detention', 'other']
const anyDecisionDay = fc.integer({ min: numberOf(day('2023-05-01')), max: numberOf(day('2026-11-22')) }).map(dayNumbered)
const anyPenalty = fc.record({
  decidedOn: anyDecisionDay, kinds: fc.subarray(kinds, { minLength: 1 }), procedure: fc.constantFrom<PenaltyParts['procedure']>('simple', 'ordinary', null), naturalPerson: fc.boolean(),
  sector: fc.constantFrom(null, 'emergency', 'tourism'), field: fc.constantFrom(null, 'food', 'fire'), fine: fc.option(fc.bigInt({ min: 1n, max: 10n ** 12n })),
}).map(parts)
const weight = { minor: 0, general: 1, serious: 2 }

test('a fine is general: published one year, repairable after three months', () => {
  const effect = effectOfPenalty(parts({ decidedOn: day('2026-05-06') }), realBook, today)
  assert.deepEqual([effect.class, effect.public, effect.repairableOn, effect.publicity], ['general', true, '2026-08-06', { endsOn: '2027-05-06', reason: 'maximum' }])
})

test('a revoked licence is serious: published three years, repairable after one', () => {
  const effect = effectOfPenalty(parts({ decidedOn: day('2026-05-06'), kinds: ['fine', 'revoke-licence'] }), realBook, today)
  assert.deepEqual([effect.class, effect.repairableOn, effect.publicity?.endsOn], ['serious', '2027-05-06', '2029-05-06'])
})

test('a warning is minor: kept and used for three months, not published', () => {
  const effect = effectOfPenalty(parts({ decidedOn: day('2026-05-06'), kinds: ['warning'], fine: null }), realBook, today)
  assert.deepEqual([effect.class, effect.public, effect.withheldReason, effect.use?.endsOn, effect.repairableOn], ['minor', false, 'minor', '2026-08-06', '2026-05-06'])
})

test('the day before Order 36 the old rule holds: a fine is published up to three years', () => {
  assert.equal(effectOfPenalty(parts({ decidedOn: day('2026-03-31') }), realBook, today).publicity?.endsOn, '2029-03-31')
  assert.equal(effectOfPenalty(parts({ decidedOn: day('2026-04-01') }), realBook, today).publicity?.endsOn, '2027-04-01')
})

test('under the old rule a fine in the field of food stays at least a year; under the new one three months', () => {
  assert.equal(effectOfPenalty(parts({ decidedOn: day('2025-06-01'), field: 'food' }), realBook, today).repairableOn, '2026-06-01')
  assert.equal(effectOfPenalty(parts({ decidedOn: day('2026-06-01'), field: 'food' }), realBook, today).repairableOn, '2026-09-01')
})

test('with the more favourable transition an old record ends by the new rule, but never before that rule began', () => {
  const end = (on: string) => publicityPeriod(day(on), 'general', favourableBook, today).endsOn
  assert.equal(end('2025-06-01'), '2026-06-01')
  assert.equal(end('2024-01-10'), '2026-04-01', 'a year after the decision lies before Order 36')
  assert.equal(end('2023-05-01'), '2026-04-01')
  assert.equal(end('2026-06-01'), '2027-06-01', 'the new rule needs no transition')
})

test('simple procedure is kept but not published, whatever the penalty', () => {
  const effect = effectOfPenalty(parts({ procedure: 'simple' }), realBook, today)
  assert.deepEqual([effect.public, effect.withheldReason, effect.class], [false, 'simple-procedure', 'minor'])
})

test('a natural person is not published like a business', () => {
  assert.deepEqual([effectOfPenalty(parts({ naturalPerson: true }), realBook, today).withheldReason, effectOfLicence({ ...parts(), kinds: ['ordinary'], naturalPerson: true, invalid: false }, realBook).public], ['natural-person', false])
})

test('a licence is no dishonesty: no class, no end of publicity; without end of validity it has effect for ever', () => {
  const effect = effectOfLicence({ ...parts({ validUntil: null }), kinds: ['ordinary'], invalid: false }, realBook)
  assert.deepEqual([effect.class, effect.publicity, effect.endsOn, effect.public], [null, null, null, true])
})

test('seven working days, make-up workdays counted: a decision of 30 September 2026 is due on 15 October', () => {
  assert.equal(reportDue(day('2026-09-30'), realBook).day, '2026-10-15')
  assert.equal(lateBy(day('2026-10-15'), day('2026-10-15'), realBook.calendar), 0)
  assert.equal(lateBy(day('2026-10-15'), day('2026-10-17'), realBook.calendar), 1, 'a receipt on the rest day after is late by one')
  assert.equal(lateBy(day('2026-10-15'), day('2026-10-20'), realBook.calendar), 3)
  assert.equal(lateBy(day('2026-10-09'), day('2026-10-10'), realBook.calendar), 1, '10 October is a Saturday that is worked')
})

test('a deadline that crosses into 2027 is provisional until the notice comes, and then leaves out the days off', () => {
  assert.deepEqual([reportDue(day('2026-12-28'), realBook).day, reportDue(day('2026-12-28'), realBook).provisional], ['2027-01-06', true])
  const official = reportDue(day('2026-12-28'), bookWith2027(['2027-01-01', '2027-01-02', '2027-01-03']))
  assert.deepEqual([official.day, official.provisional], ['2027-01-07', false])
})

test('a revoked decision is withdrawn within three working days', () => {
  assert.equal(withdrawalDue(day('2026-09-30'), realBook).day, '2026-10-10')
})

test('several kinds of penalty: the class is that of the heaviest, in any order, and never lighter with one more', () => {
  fc.assert(fc.property(anyPenalty, fc.constantFrom(...kinds), (one, more) => {
    const of = (list: readonly string[]) => weight[classOfPenalty({ ...one, kinds: list }, realBook)]
    assert.equal(of(one.kinds), Math.max(...one.kinds.map((kind) => of([kind]))))
    assert.equal(of([...one.kinds].reverse()), of(one.kinds))
    assert.ok(of([...one.kinds, more]) >= of(one.kinds))
  }))
})

test('of every penalty: repair lies between decision and end, all three switches end, and whatever is withheld says why', () => {
  fc.assert(fc.property(anyPenalty, fc.constantFrom(realBook, favourableBook), (one, book) => {
    const effect = effectOfPenalty(one, book, today)
    assert.ok(one.decidedOn <= effect.repairableOn! && effect.repairableOn! <= effect.publicity!.endsOn)
    assert.deepEqual([effect.sharing, effect.use], [effect.publicity, effect.publicity])
    assert.equal(effect.public, effect.withheldReason === null)
    assert.ok(effect.reportDueOn! > one.decidedOn)
  }))
})

test('the more favourable transition never lengthens and never shortens what is over before the new rule', () => {
  fc.assert(fc.property(anyDecisionDay, fc.constantFrom('minor' as const, 'general' as const, 'serious' as const), (on, severity) => {
    const [own, kinder] = [publicityPeriod(on, severity, realBook, today), publicityPeriod(on, severity, favourableBook, today)]
    assert.ok(kinder.endsOn <= own.endsOn && kinder.repairableOn <= own.repairableOn)
    assert.ok(kinder.endsOn === own.endsOn || kinder.endsOn >= '2026-04-01')
  }))
})

test('a receipt is late exactly after the last day, and by more working days the later it comes', () => {
  fc.assert(fc.property(anyDecisionDay, fc.integer({ min: 0, max: 60 }), (on, later) => {
    const due = reportDue(on, realBook).day
    const received = addDays(on, later)
    const late = lateBy(due, received, realBook.calendar)!
    assert.equal(late > 0, received > due)
    assert.ok(late <= lateBy(due, addDays(received, 1), realBook.calendar)!)
  }))
})

test('a correction keeps the day of first receipt and the deadline, and does not open what repair has ended', () => {
  const first = standingOf(effectOfPenalty(parts(), realBook, today), { department: 'market-regulation', receivedOn: day('2026-11-18'), knownFrom: instant('2026-11-18') })
  const repaired = standingEnded(first, day('2027-03-01'), 'repaired', instant('2027-03-01'))
  const corrected = standingAfter(repaired, effectOfPenalty(parts({ fine: 100_000n }), realBook, today), { department: 'market-regulation', knownFrom: instant('2027-04-01') })
  assert.deepEqual([corrected.received_on, corrected.report_due_on, corrected.amount_fen], ['2026-11-18', first.report_due_on, '100000'])
  assert.deepEqual([corrected.publicity_ends_on, corrected.publicity_end_reason, corrected.use_ends_on], ['2027-03-01', 'repaired', '2027-03-01'])
})

test('an end that comes after the period is over changes nothing', () => {
  const first = standingOf(effectOfPenalty(parts({ decidedOn: day('2026-05-06') }), realBook, today), { department: 'x', receivedOn: day('2026-05-07'), knownFrom: instant('2026-05-07') })
  const late = standingEnded(first, addMonths('2026-05-06' as Day, 13), 'repaired', instant('2027-06-06'))
  assert.deepEqual([late.publicity_ends_on, late.publicity_end_reason], ['2027-05-06', 'maximum'])
})

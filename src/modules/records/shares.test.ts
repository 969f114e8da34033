import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastDayOf, monthsBetween, percent, runsOfNumbers } from './ui/shares.ts'

test('a share is never rounded up to a clean 100% nor down to 0%', () => {
  assert.equal(percent(1), '100.0%')
  assert.equal(percent(0.99999), '99.9%')
  assert.equal(percent(0.00001), '0.1%')
  assert.equal(percent(0), '0.0%')
  assert.equal(percent(null), '—')
})

test('the months of a span run over the turn of the year, and the rows behind them end on the last day of the last month', () => {
  assert.deepEqual(monthsBetween('2025-11', '2026-02'), ['2025-11', '2025-12', '2026-01', '2026-02'])
  assert.equal(lastDayOf('2028-02'), '2028-02-29')
})

test('missing numbers that follow one another are written as one run', () => {
  assert.equal(runsOfNumbers([3, 7, 8, 9, 12, 13], '、'), '3、7–9、12、13')
  assert.equal(runsOfNumbers([], '、'), '')
})

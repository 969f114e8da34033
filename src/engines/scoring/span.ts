import { sql } from 'kysely'
import { addDays, addMonths, numberOf, type Day } from '../../kernel/day.ts'
import { dayWritten, rememberingDays } from './dated.ts'
import type { Sql } from './exact.ts'

/** A stretch of time (期限): whole days or whole months. */
export type Span = { readonly count: number; readonly unit: 'days' | 'months' }

const SPAN = /^(\d{1,4}) (days?|months?|years?)$/

/** Reads `36 months`, `30 days`, `2 years` (kept as months); null when it is no such text or nothing long. */
export function parseSpan(text: string): Span | null {
  const match = SPAN.exec(text.trim())
  const count = Number(match?.[1] ?? 0)
  if (!match || count === 0) return null
  if (match[2]!.startsWith('day')) return { count, unit: 'days' }
  return { count: match[2]!.startsWith('year') ? count * 12 : count, unit: 'months' }
}

/** The span as a model writes it. */
export function spanText(span: Span): string {
  return `${span.count} ${span.unit}`
}

/** The first day on which something of day `from` is no longer within the span. */
export function endOf(from: Day, span: Span): Day {
  return span.unit === 'days' ? addDays(from, span.count) : addMonths(from, span.count)
}

// Few spans are used, by many characteristics of all models.
const ends = new Map<string, (from: number) => number>()

/** {@link endOf} for days as numbers. */
export function endOfNumber(span: Span): (from: number) => number {
  const known = ends.get(spanText(span))
  if (known) return known
  const made = rememberingDays((from) => numberOf(endOf(dayWritten(from), span)))
  ends.set(spanText(span), made)
  return made
}

/** {@link endOf} in SQL. */
export function endOfSql(from: Sql, span: Span): Sql {
  return span.unit === 'days' ? sql`(${from} + ${sql.raw(String(span.count))})` : sql`(${from} + interval '${sql.raw(String(span.count))} months')::date`
}

/**
 * The earliest day that is still within the span on day `on`: the least day with `endOf(day, span) > on`. Comparing with it is the same
 * as computing `endOf` for each record, because `endOf` never decreases.
 */
export function cutoff(on: Day, span: Span): Day {
  if (span.unit === 'days') return addDays(on, 1 - span.count)
  let least = addDays(addMonths(on, -span.count), -3)
  while (endOf(least, span) <= on) least = addDays(least, 1)
  return least
}

import { sql } from 'kysely'
import { remembering, type DatedFact } from './dated.ts'
import { exact, VALUE_PLACES, whole, type Decimal, type Sql } from './exact.ts'
import type { Span } from './span.ts'
import type { Subject } from './source.ts'

/**
 * What an operator found: a number `above / below` (held with VALUE_PLACES), or a word. `below` is 1 but for ratios, which are
 * compared by cross-multiplication and so stay exact. No measure at all means that there is nothing to measure.
 */
export type Measure = { readonly above: bigint; readonly below: bigint; readonly word: string | null }

/** A whole number as a measure. */
export function number(value: bigint): Measure {
  return { above: value, below: 1n, word: null }
}

/** {@link number} for whole numbers that come again and again: equal ones are one object. */
export function numbers(scale: bigint): (value: number) => Measure {
  return remembering((value: number) => number(BigInt(value) * scale))
}

/** Whether the measured number reaches an edge. */
export function reaches(measure: Measure, edge: bigint): boolean {
  return measure.below === 1n ? measure.above >= edge : measure.above >= edge * measure.below
}

/** The same measure in SQL, over the columns that the operator counted. */
export type SqlMeasure = {
  /** Null when there always is a value. */
  readonly present: Sql | null
  /** The number with VALUE_PLACES; null where only comparisons are possible. */
  readonly value: Sql | null
  reaches(edge: bigint): Sql
  isWord(words: readonly string[]): Sql
}

/** Some span after which a record of some kinds leaves or counts for less: the result may change then. */
export type Turn = { readonly span: Span; readonly kinds: readonly string[] }

/** What an operator measures in the process. */
export type Prepared = {
  /** The measure on a day, from the records that may ever count and how much each counts on that day, in hundredths. Equal measures are one object. */
  read(records: readonly DatedFact[], shares: readonly number[], on: number, subject: Subject): Measure | null
  /** The next day on which the measure passes one of the edges by mere lapse of time; left out where time does not move it. */
  next?(measure: Measure | null, subject: Subject, on: number): number
}

/** The SQL of one operator: aggregates over the records `r` of a subject, and the measure over their columns. */
export type SqlPlan = {
  readonly aggregates: readonly Sql[]
  measure(columns: readonly Sql[]): SqlMeasure
  /** {@link Prepared.next} in SQL. */
  next?(columns: readonly Sql[]): Sql
}

/** What the rest of the model asks of a characteristic: edges of bins and conditions, words, and the unit of `per`. */
export type Asked = { readonly edges: readonly bigint[]; readonly words: readonly string[]; readonly every: bigint | null }

/** An SQL measure of a number that is simply there. */
export function numberSql(value: Sql): SqlMeasure {
  return { present: null, value, reaches: (edge) => sql`${value} >= ${whole(edge)}`, isWord: () => sql`false` }
}

/** An edge of a model as a whole number. */
export function edge(text: Decimal): bigint {
  return exact(text, VALUE_PLACES)
}

import type { Day } from '../../../kernel/day.ts'
import type { Text } from '../../../kernel/text.ts'
import type { Asked, Measure, Prepared, SqlPlan } from '../measure.ts'
import type { Part } from '../part.ts'
import type { Selection } from '../selection.ts'

/** What every operator has in common: which records it takes. Operators on the subject itself have none. */
export type Selecting = { readonly selection: Selection | null }

/**
 * An operator (运算) of the model language: one way to measure something about a subject. One file holds all of it: how it is read, in
 * SQL, in the process, and in words.
 */
export type Operator<Spec extends { readonly operator: string }> = {
  readonly name: Spec['operator']
  /** The fields that it takes beside those of every characteristic. */
  readonly fields: readonly string[]
  /** `number`: bins, per; `comparison`: bins only; `word`: map. */
  gives(spec: Spec): 'number' | 'comparison' | 'word'
  /** Whether there can be nothing to measure, so that `none` is needed. */
  maybeAbsent(spec: Spec): boolean
  /** Edges must be whole numbers (days, months). */
  wholeEdges(spec: Spec): boolean
  parse(part: Part): Omit<Spec, 'operator'>
  /** The records that it takes; null when it looks at the subject only. */
  selection(spec: Spec): Selection | null
  prepare(spec: Spec, asked: Asked): Prepared
  plan(spec: Spec, on: Day, asked: Asked): SqlPlan
  /** The value in a short form, as it is kept in a line. */
  value(measure: Measure): string
  /** A sentence that says what was measured and how it came out. */
  words(spec: Spec, measure: Measure | null, records: number): Text
}

import { sql } from 'kysely'
import type { Day } from '../../kernel/day.ts'
import type { Sql } from './exact.ts'

/** Where the engine finds subjects and records: names of relations with the columns of {@link Subject} and {@link Fact}. */
export type Source = { readonly subjects: string; readonly records: string }

/** The relations of the modules `subjects` and `records`. */
export const defaultSource: Source = { subjects: 'subjects.subject', records: 'records.standing' }

/** A subject (信用主体) as far as models look at it; one row of the subjects' relation. */
export type Subject = {
  readonly subject_id: number
  readonly type: string
  readonly status: string
  readonly industry: string | null
  readonly sectors: readonly string[]
  readonly founded_on: Day | null
}

/** One version of a record (信用记录) as far as models look at it; one row of the records' relation. */
export type Fact = {
  readonly subject_id: number
  readonly record_id: number
  readonly fact_id: number
  /** `licence`, `penalty`, `public-grade`, `commitment`, `inspection`, `listing`, `honour`, `complaint` … */
  readonly kind: string
  readonly decided_on: Day
  /** From this day on it is no longer in effect by its own terms (licence: the day after valid-to). */
  readonly ends_on: Day | null
  /** From this day on it may not be used for evaluation. */
  readonly use_ends_on: Day | null
  readonly class: string | null
  readonly tags: readonly string[]
  readonly department: string | null
  readonly sector: string | null
  readonly amount_fen: bigint | number | string | null
  readonly grade: string | null
  readonly known_from: Date
  /** Null or Infinity: still held true. */
  readonly known_until: Date | number | null
  readonly withdrawn: boolean
}

const RELATION = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/

/** A relation's name in SQL; a fault when it is not a plain name. */
export function relation(name: string): Sql {
  if (!RELATION.test(name)) throw new RangeError(`not a relation: ${name}`)
  return sql.raw(name.split('.').map((part) => `"${part}"`).join('.'))
}

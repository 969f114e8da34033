import { dayNumbered, numberOf, type Day } from '../../kernel/day.ts'
import type { Fact } from './source.ts'

/**
 * A record with its days as numbers (days since 1970-01-01): in the process they are compared far more often than they are written. A day that is
 * missing lies after all others.
 */
export type DatedFact = { readonly fact: Fact; readonly decided: number; readonly ends: number; readonly useEnds: number }

/** Later than every day. */
export const NEVER = 1_000_000_000

const MOST_KEPT = 10_000

/** What is asked for again and again is worked out once; when too much has gathered, it begins anew. */
export function remembering<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= MOST_KEPT) kept.clear()
    const value = work(key)
    kept.set(key, value)
    return value
  }
}

// Days up to the year 2106.
const DAYS = 50_000

/** {@link remembering} for small whole numbers, which are places in a list; `size`: how many there may be. */
export function rememberingNumbers<Value>(size: number, work: (key: number) => Value): (key: number) => Value {
  // Room for all from the beginning: a list that is filled far from its end becomes a slow one.
  const kept = Array.from<Value | undefined>({ length: size })
  return (key) => {
    if (key < 0 || key >= size) return work(key)
    const known = kept[key]
    if (known !== undefined) return known
    return (kept[key] = work(key))
  }
}

/** {@link rememberingNumbers} for days. */
export function rememberingDays<Value>(work: (on: number) => Value): (on: number) => Value {
  return rememberingNumbers(DAYS, work)
}

/** The day of a number. */
export const dayWritten = rememberingDays(dayNumbered)

/** The record with its days as numbers. */
export function dated(fact: Fact): DatedFact {
  const or = (on: Day | null) => (on === null ? NEVER : numberOf(on))
  return { fact, decided: numberOf(fact.decided_on), ends: or(fact.ends_on), useEnds: or(fact.use_ends_on) }
}

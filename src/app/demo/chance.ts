import { seededFraction } from '../../platform/randomness.ts'

/** Repeatable chance for the demo district: the same seed gives the same district. */
export type Chance = {
  /** A fraction in [0, 1). */
  next(): number
  /** True with this probability. */
  with(probability: number): boolean
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** One of the keys, by weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
}

/** Chance from a seed. */
export function chanceOf(seed: number): Chance {
  const next = seededFraction(seed)
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    with: (probability) => next() < probability,
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) if ((left -= weight) < 0) return key
      return entries.at(-1)![0]
    },
  }
}

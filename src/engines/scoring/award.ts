import { sql } from 'kysely'
import { text } from '../../kernel/text.ts'
import { clamp, clampSql, exact, MOST_POINTS, MOST_UNITS, POINTS_PLACES, VALUE_PLACES, whole, wholes, type Decimal, type Sql } from './exact.ts'
import { edge, reaches, type Measure, type SqlMeasure } from './measure.ts'
import type { Part } from './part.ts'

/** A half-open interval of values, and its points. */
export type Bin = { readonly from: Decimal | null; readonly below: Decimal | null; readonly points: Decimal }

/** What a value is worth (计分方式): points by interval, points per unit, or points by word. `none`: points when there is no value. */
export type Award =
  | { readonly by: 'bins'; readonly bins: readonly Bin[]; readonly none: Decimal | null }
  | {
      readonly by: 'per'
      readonly points: Decimal
      /** The unit: only whole units count. Null: each 1, and decimals of a decayed count are kept. */
      readonly every: Decimal | null
      readonly min: Decimal | null
      readonly max: Decimal | null
      readonly none: Decimal | null
    }
  | { readonly by: 'map'; readonly words: Readonly<Record<string, Decimal>>; readonly other: Decimal; readonly none: Decimal | null }

const MOST_EDGE = 1_000_000_000n

/** The fields of an award in a characteristic. `present`/`absent` are a short form of two bins. */
export const AWARD_FIELDS = ['bins', 'per', 'map', 'other', 'none', 'present', 'absent', 'award']

/** Reads the award of a characteristic; null when none is written. */
export function parseAward(part: Part): Award | null {
  const stored = part.at('award')
  if (stored.given) return parseStored(stored)
  const points = (name: string) => part.at(name).decimal(POINTS_PLACES, MOST_POINTS)
  const none = part.at('none').given ? points('none') : null
  const given = ['bins', 'per', 'map', 'present'].filter((name) => part.at(name).given)
  if (given.length === 0) return null
  if (given.length > 1) part.problem('two-awards', `${given.join('、')} 只能选一种`, `only one of ${given.join(', ')} can be given`, text('只留一种计分方式', 'Keep one of them'))
  if (given[0] === 'present') {
    return { by: 'bins', bins: [{ from: null, below: '1', points: part.at('absent').given ? points('absent') : '0' }, { from: '1', below: null, points: points('present') }], none }
  }
  if (given[0] === 'bins') return { by: 'bins', bins: parseBins(part.at('bins')), none }
  if (given[0] === 'per') return { ...parsePer(part.at('per'), ['points', 'every', 'min', 'max']), none }
  return { by: 'map', words: parseWords(part.at('map')), other: part.at('other').given ? points('other') : '0', none }
}

function parseStored(part: Part): Award {
  const by = part.at('by').oneOf(['bins', 'per', 'map'] as const)
  const none = part.at('none').decimalOrNull(POINTS_PLACES, MOST_POINTS)
  if (by === 'bins') return { by, bins: parseBins(part.at('bins')), none }
  if (by === 'per') return { ...parsePer(part, ['by', 'none', 'points', 'every', 'min', 'max']), none }
  return { by, words: parseWords(part.at('words')), other: part.at('other').decimal(POINTS_PLACES, MOST_POINTS), none }
}

function parseBins(part: Part): Bin[] {
  return part.list().map((bin) => {
    bin.only(['from', 'below', 'points'])
    return { from: bin.at('from').decimalOrNull(VALUE_PLACES, MOST_EDGE), below: bin.at('below').decimalOrNull(VALUE_PLACES, MOST_EDGE), points: bin.at('points').decimal(POINTS_PLACES, MOST_POINTS) }
  })
}

function parsePer(part: Part, fields: readonly string[]): Omit<Extract<Award, { by: 'per' }>, 'none'> {
  part.only(fields)
  const limit = 1_000_000n
  return {
    by: 'per',
    points: part.at('points').decimal(POINTS_PLACES, MOST_POINTS),
    every: part.at('every').decimalOrNull(VALUE_PLACES, MOST_EDGE),
    min: part.at('min').decimalOrNull(POINTS_PLACES, limit),
    max: part.at('max').decimalOrNull(POINTS_PLACES, limit),
  }
}

function parseWords(part: Part): Record<string, Decimal> {
  if (!part.isObject) {
    part.only([])
    return {}
  }
  return Object.fromEntries(Object.keys(part.value as object).map((word) => [word, part.at(word).decimal(POINTS_PLACES, MOST_POINTS)]))
}

/** Edges of intervals must meet: the first is open below, the last open above, and each begins where the one before ends. */
export function isComplete(intervals: readonly { readonly from: Decimal | null; readonly below: Decimal | null }[]): boolean {
  const value = (text: Decimal | null) => (text === null ? null : exact(text, VALUE_PLACES))
  if (intervals.length === 0 || intervals[0]!.from !== null || intervals.at(-1)!.below !== null) return false
  return intervals.every((interval, index) => {
    const [from, below] = [value(interval.from), value(interval.below)]
    if (index > 0 && (from === null || from !== value(intervals[index - 1]!.below))) return false
    return from === null || below === null || from < below
  })
}

const points = (text: Decimal) => exact(text, POINTS_PLACES) * 10n ** BigInt(VALUE_PLACES)
const bound = (text: Decimal | null) => (text === null ? null : points(text))

/** The award as a function: the points of a measure, held with AWARD_PLACES. */
export function awarding(award: Award): (measure: Measure | null) => bigint {
  const none = award.none === null ? 0n : points(award.none)
  if (award.by === 'map') {
    const words = new Map(Object.entries(award.words).map(([word, worth]) => [word, points(worth)]))
    const other = points(award.other)
    return (measure) => (measure === null ? none : words.get(measure.word ?? '') ?? other)
  }
  if (award.by === 'bins') {
    const edges = award.bins.slice(1).map((bin) => edge(bin.from!))
    const worth = award.bins.map((bin) => points(bin.points))
    return (measure) => {
      if (measure === null) return none
      let place = 0
      while (place < edges.length && reaches(measure, edges[place]!)) place += 1
      return worth[place]!
    }
  }
  const each = exact(award.points, POINTS_PLACES)
  const every = award.every === null ? null : edge(award.every)
  const [min, max] = [bound(award.min), bound(award.max)]
  const scale = 10n ** BigInt(VALUE_PLACES)
  return (measure) => {
    if (measure === null) return none
    const units = every === null ? clamp(measure.above, -MOST_UNITS * scale, MOST_UNITS * scale) : clamp(measure.above / every, -MOST_UNITS, MOST_UNITS) * scale
    return clamp(units * each, min, max)
  }
}

/** The same in SQL, as a bigint. */
export function awardSql(award: Award, measure: SqlMeasure): Sql {
  const worth = worthSql(award, measure)
  if (measure.present === null) return worth
  return sql`case when ${measure.present} then ${worth} else ${whole(award.none === null ? 0n : points(award.none))} end`
}

function worthSql(award: Award, measure: SqlMeasure): Sql {
  if (award.by === 'map') {
    const cases = Object.entries(award.words).map(([word, worth]) => sql`when ${measure.isWord([word])} then ${whole(points(worth))}`)
    return cases.length === 0 ? whole(points(award.other)) : sql`case ${sql.join(cases, sql` `)} else ${whole(points(award.other))} end`
  }
  if (award.by === 'bins') {
    const edges = award.bins.slice(1).map((bin) => edge(bin.from!))
    const worth = award.bins.map((bin) => points(bin.points))
    if (edges.length === 0) return whole(worth[0]!)
    if (measure.value !== null && edges.length > 1) return sql`(${wholes(worth)})[width_bucket((${measure.value})::bigint, ${wholes(edges)}) + 1]`
    const cases = edges.map((_, back) => edges.length - 1 - back).map((place) => sql`when ${measure.reaches(edges[place]!)} then ${whole(worth[place + 1]!)}`)
    return sql`case ${sql.join(cases, sql` `)} else ${whole(worth[0]!)} end`
  }
  const scale = 10n ** BigInt(VALUE_PLACES)
  const units =
    award.every === null
      ? clampSql(measure.value!, -MOST_UNITS * scale, MOST_UNITS * scale)
      : sql`${clampSql(sql`div((${measure.value!})::numeric, ${whole(edge(award.every))})`, -MOST_UNITS, MOST_UNITS)} * ${whole(scale)}`
  return clampSql(sql`(${units} * ${whole(exact(award.points, POINTS_PLACES))})::bigint`, bound(award.min), bound(award.max))
}


import { sql, type RawBuilder } from 'kysely'
import { isDay, type Day } from '../../kernel/day.ts'
import { scaled } from '../../kernel/money.ts'

/** A decimal number as text, e.g. `"12.5"`; never a floating-point number. */
export type Decimal = string

/** A piece of SQL. */
export type Sql = RawBuilder<unknown>

/** Decimal places of a measured value (count, amount in yuan, days, per cent). */
export const VALUE_PLACES = 4
/** Decimal places of points as a model writes them. */
export const POINTS_PLACES = 2
/** Decimal places of a decay factor. */
export const FACTOR_PLACES = 2
/** Decimal places of a weight in per cent. */
export const WEIGHT_PLACES = 2
/** Points of one characteristic are held with this scale: value × points. */
export const AWARD_PLACES = VALUE_PLACES + POINTS_PLACES
/** The score is held with this scale: value × points × weight / 100. Nothing is ever rounded. */
export const SCORE_PLACES = AWARD_PLACES + WEIGHT_PLACES + 2
/** `per` counts at most so many units, and points have at most this magnitude: with these a population's sums stay inside a bigint. */
export const MOST_UNITS = 10_000n
/** The largest magnitude of points of one bin, unit or word. */
export const MOST_POINTS = 1_000n
/** The largest number of characteristics in a model. */
export const MOST_CHARACTERISTICS = 60

/** A decimal of the model as a whole number of the given scale. The model was checked when parsed, so anything else is a fault. */
export function exact(text: Decimal, places: number): bigint {
  const value = scaled(text, places)
  if (value === null) throw new RangeError(`not a decimal with ${places} places: ${text}`)
  return value
}

/** The value kept between two bounds; null means no bound. */
export function clamp(value: bigint, min: bigint | null, max: bigint | null): bigint {
  const raised = min !== null && value < min ? min : value
  return max !== null && raised > max ? max : raised
}

/** A whole number as an SQL literal. It comes from a checked model, not from data, and reads better than a parameter. */
export function whole(value: bigint | number): Sql {
  return sql.raw(`${value < 0 ? `(${BigInt(value)})` : BigInt(value)}::bigint`)
}

/** A day as an SQL literal; a fault if it is none. */
export function dayLiteral(on: Day): Sql {
  if (!isDay(on)) throw new RangeError(`not a day: ${on}`)
  return sql.raw(`date '${on}'`)
}

/** An SQL array of whole numbers. */
export function wholes(values: readonly bigint[]): Sql {
  return sql.raw(`array[${values.map(String).join(',')}]::bigint[]`)
}

/** An SQL expression kept between two bounds. */
export function clampSql(value: Sql, min: bigint | null, max: bigint | null): Sql {
  const raised = min === null ? value : sql`greatest(${value}, ${whole(min)})`
  return max === null ? raised : sql`least(${raised}, ${whole(max)})`
}

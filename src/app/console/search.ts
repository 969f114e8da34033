import { isDay } from '../../kernel/day.ts'
import type { TableSearch } from '../../ui/query-table/columns.ts'

/** Search parameters as they stand in a URL that anyone may have typed. What cannot be read is left out, never an error. */
export type Given = Record<string, unknown>

/** A text; empty is absent. The router reads `7` and `true` as values where they would be written the same again: they are taken back as texts. */
export function text(value: unknown): string | undefined {
  const written = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  return typeof written === 'string' && written.trim() !== '' ? written : undefined
}

/** One of some words. */
export function choice<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value)
}

/** True or absent. */
export function flag(value: unknown): boolean | undefined {
  return value === 'true' || value === true ? true : undefined
}

/** A day `YYYY-MM-DD`. */
export function day(value: unknown): string | undefined {
  return typeof value === 'string' && isDay(value) ? value : undefined
}

/** A month `YYYY-MM`. */
export function month(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : undefined
}

/** What a table keeps: page from 1, rows a page, order. */
export function table(given: Given): TableSearch {
  return { page: whole(given.page, 1_000_000), size: whole(given.size, 500), sort: text(given.sort) }
}

/** A number from 0. */
export function count(value: unknown): number | undefined {
  return value === 0 || value === '0' ? 0 : whole(value, Number.MAX_SAFE_INTEGER)
}

function whole(value: unknown, most: number): number | undefined {
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined
}

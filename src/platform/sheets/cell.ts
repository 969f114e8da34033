import type { Day } from '../../kernel/day.ts'

/**
 * The content of one cell (单元格), as the file holds it; nothing is guessed.
 * - text, a truth value, or null for an empty cell;
 * - `number` with the digits as they stand in the file, so that a code which lost digits (`9.14403E+17`) can be told from one that did not;
 * - `date` for a cell formatted as a date (both date systems of Excel are resolved);
 * - `broken` for an error value (`#N/A`) or a formula whose result was never saved.
 */
export type Cell = string | boolean | null | { readonly number: number; readonly text: string } | { readonly date: Day } | { readonly broken: 'error' | 'formula'; readonly text: string }

/** A row of a sheet with its number as a spreadsheet shows it, from 1. Empty cells at the end are left out. */
export type SheetRow = { readonly number: number; readonly cells: readonly Cell[] }

/** What a file may hold before it is refused. */
export type SheetLimits = {
  /** Columns in any row. */
  readonly columns: number
  readonly rows: number
  /** Bytes after decompression, for each part of a workbook. */
  readonly inflatedBytes: number
  /** Bytes of the table of shared texts of a workbook, the one part that must be held in memory. */
  readonly sharedBytes: number
  /** A part that grows more than this many times is refused, once it is larger than 32 MB. */
  readonly ratio: number
}

/** Far above what any department sends, low enough to answer within seconds. */
export const SHEET_LIMITS: SheetLimits = { columns: 500, rows: 1_048_576, inflatedBytes: 1_500_000_000, sharedBytes: 256_000_000, ratio: 400 }

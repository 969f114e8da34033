import { SHEET_LIMITS } from './cell.ts'
import type { SheetLimits, SheetRow } from './cell.ts'
import { csvLayout, readCsv } from './csv.ts'
import type { Encoding } from './csv.ts'
import { kindOfFile } from './kind-of-file.ts'
import { unreadable } from './refusals.ts'
import { readRows } from './xlsx/rows.ts'
import { readWorkbook } from './xlsx/workbook.ts'
import type { Workbook } from './xlsx/workbook.ts'
import { openArchive } from './xlsx/zip.ts'

/** A sheet opened for reading. `rows` can be read once, in chunks; damage found on the way is thrown as a Refusal while reading. */
export type OpenedSheet = {
  readonly format: 'xlsx' | 'csv'
  readonly encoding?: Encoding
  readonly delimiter?: string
  readonly sheetName?: string
  /** The visible sheets of the workbook, in their order. */
  readonly sheetNames?: readonly string[]
  readonly rows: AsyncIterable<SheetRow[]>
}

/** How to open a file: `name` is what the sender called it (for messages); `sheet` a sheet by its name, else the first visible one whose first rows `prefer` accepts (many workbooks begin with a sheet of instructions), else the first with rows; `onShare` hears how much of it is read, from 0 to 1. */
export type SheetOptions = { readonly name: string; readonly sheet?: string; readonly prefer?: (first: readonly SheetRow[]) => boolean; readonly limits?: Partial<SheetLimits>; readonly chunk?: number; readonly onShare?: (share: number) => void }

/**
 * Opens an Excel workbook (.xlsx) or a CSV file (UTF-8, GB18030 or UTF-16; `,` `;` tab or `|`), told by its content and not by its name.
 * Memory stays flat whatever the size. Refuses, within seconds, with a code `sheet.…`, cause and fix: empty files, old .xls, passwords,
 * other kinds of file, damaged archives, files that inflate beyond the limits, too many columns or rows, and sheets without rows.
 */
export async function openSheet(path: string, options: SheetOptions): Promise<OpenedSheet> {
  const limits = { ...SHEET_LIMITS, ...options.limits }
  const size = options.chunk ?? 500
  if ((await kindOfFile(path, options.name)) === 'text') {
    const layout = await csvLayout(path, options.name)
    const rows = await started(inChunks(readCsv(path, options.name, layout, limits, options.onShare), size))
    if (rows === null) throw unreadable('sheet.no-rows', options.name)
    return { format: 'csv', ...layout, rows: rows.all }
  }
  const archive = await openArchive(path, options.name, limits)
  const workbook = await readWorkbook(archive, options.name, limits)
  const visible = workbook.sheets.filter((sheet) => !sheet.hidden)
  const sheetNames = visible.map((sheet) => sheet.name)
  const asked = options.sheet === undefined ? visible : workbook.sheets.filter((sheet) => sheet.name === options.sheet)
  if (options.sheet !== undefined && asked.length === 0) throw unreadable('sheet.no-such-sheet', options.name, { zh: options.sheet, en: options.sheet })
  const open = (sheet: Workbook['sheets'][number]) => started(inChunks(readRows(archive, sheet.part, workbook, options.name, limits, options.onShare), size))
  let fallback: Workbook['sheets'][number] | null = null
  for (const sheet of asked) {
    const rows = await open(sheet)
    if (rows === null) continue
    if (options.prefer === undefined || asked.length === 1 || options.prefer(rows.first)) return { format: 'xlsx', sheetName: sheet.name, sheetNames, rows: rows.all }
    await rows.close()
    fallback ??= sheet
  }
  const rows = fallback === null ? null : await open(fallback)
  if (rows === null) throw unreadable('sheet.no-rows', options.name)
  return { format: 'xlsx', sheetName: fallback!.name, sheetNames, rows: rows.all }
}

async function* inChunks(pieces: AsyncIterable<SheetRow[]>, size: number): AsyncGenerator<SheetRow[], void, undefined> {
  let chunk: SheetRow[] = []
  for await (const piece of pieces) {
    for (const row of piece) {
      chunk.push(row)
      if (chunk.length < size) continue
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}

/** Reads the first chunk at once, so that most damage is found on opening; null when there is none. */
async function started<T>(source: AsyncGenerator<T, void, undefined>): Promise<{ first: T; all: AsyncGenerator<T, void, undefined>; close(): Promise<unknown> } | null> {
  const first = await source.next()
  if (first.done) return null
  const value = first.value
  async function* all(): AsyncGenerator<T, void, undefined> {
    try {
      yield value
      yield* source
    } finally {
      await source.return()
    }
  }
  // A generator that was never begun does not run its `finally`: the source is closed by itself then.
  return { first: value, all: all(), close: () => source.return() }
}

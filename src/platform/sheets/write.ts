import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { writeXlsx, writeXlsxStream } from 'hucre/xlsx'
import type { ColumnDef } from 'hucre/xlsx'

/** One column to be written. `text` keeps codes and numbers as they are, also when a person edits them; `mark` is coloured, for what needs attention. */
export type SheetColumn = { readonly heading: string; readonly width?: number; readonly kind?: 'text' | 'number' | 'mark' }
/** A value to be written; days are written as text. */
export type SheetValue = string | number | boolean | null | undefined
/** Rows in the order of the columns. */
export type SheetValues = AsyncIterable<readonly SheetValue[]> | Iterable<readonly SheetValue[]>

const CELL_LIMIT = 32_767
const TEXT = '@'
const MARKED = { numFmt: TEXT, fill: { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: 'FFF1CC' } }, alignment: { wrapText: true, vertical: 'top' as const } }

/** An Excel workbook of one sheet as a stream of bytes: heading row frozen, codes as text, memory flat. Titles of several rows can stand above the headings. */
export function writeSheet(columns: readonly SheetColumn[], rows: SheetValues, options: { readonly sheetName: string }): Readable {
  const definitions: ColumnDef[] = columns.map((column) => ({
    header: column.heading,
    width: column.width ?? Math.min(60, Math.max(12, column.heading.length * 2.2)),
    ...(column.kind === 'number' ? {} : { style: column.kind === 'mark' ? MARKED : { numFmt: TEXT } }),
  }))
  const name = options.sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1'
  const stream = writeXlsxStream(written(rows), { name, columns: definitions, freezePane: { rows: 1 } })
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>)
}

async function* written(rows: SheetValues): AsyncGenerator<(string | number | boolean | null)[], void, undefined> {
  for await (const row of rows) yield row.map((value) => (typeof value === 'string' ? clean(value) : (value ?? null)))
}

/** XML has no control characters, and Excel no longer texts. What looks like Excel's way of writing a character is kept as it stands. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const kept = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  const short = kept.length > CELL_LIMIT ? `${kept.slice(0, CELL_LIMIT - 1)}…` : kept
  return short.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** A CSV file in UTF-8 with byte order mark (so that Excel shows Chinese) as a stream. Texts that a spreadsheet would run as a formula get an apostrophe, and so do those that begin with one before such a text: the reader takes one away. */
export function writeCsv(columns: readonly SheetColumn[], rows: SheetValues): Readable {
  async function* lines(): AsyncGenerator<string, void, undefined> {
    yield `\ufeff${columns.map((column) => csvCell(column.heading)).join(',')}\r\n`
    for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`
  }
  return Readable.from(lines(), { objectMode: false })
}

function csvCell(value: SheetValue): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' && /^('*[=+\-@\t\r\n]|'+\d)/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : String(value)
  // Whatever could be taken for the delimiter stands in quotes, so that a reader that looks for it is not misled.
  return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** An Excel workbook of several sheets in one piece, for what fits into memory; headings frozen, everything as text. */
export async function writeWorkbook(sheets: readonly { readonly name: string; readonly columns: readonly SheetColumn[]; readonly rows: readonly (readonly SheetValue[])[] }[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, columns, rows }) => ({
      name, freezePane: { rows: 1 }, columns: columns.map(({ heading, width }) => ({ width: width ?? Math.min(60, Math.max(12, heading.length * 2.2)), style: { numFmt: TEXT } })),
      rows: [columns.map(({ heading }) => heading), ...rows.map((row) => row.map((value) => (typeof value === 'string' ? clean(value) : (value ?? null))))],
    })),
  })
}

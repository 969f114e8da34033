import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import type { Cell, SheetLimits, SheetRow } from './cell.ts'
import { unreadable } from './refusals.ts'

/** The encodings in which departments send text files. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** How a text file is to be read: its encoding, by its byte order mark or by trying the whole file, and its delimiter, by its first lines. */
export async function csvLayout(path: string, name: string): Promise<{ encoding: Encoding; delimiter: string }> {
  const head = await firstBytes(path)
  const encoding: Encoding | undefined = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined
  for (const tried of encoding ? [encoding] : (['utf-8', 'gb18030'] as const)) {
    const start = await beginningIfValid(path, tried)
    if (start !== null) return { encoding: tried, delimiter: delimiterOf(start) }
  }
  throw unreadable('sheet.encoding', name)
}

/** The rows of a CSV file, some at a time; blank lines are left out but counted. Refuses unmatched quotes, too many columns or rows, and control characters. */
export async function* readCsv(path: string, name: string, layout: { encoding: Encoding; delimiter: string }, limits: SheetLimits, onShare?: (share: number) => void): AsyncGenerator<SheetRow[], void, undefined> {
  let number = 0
  try {
    for await (const records of recordsOf(decoded(path, layout.encoding, onShare), layout.delimiter)) {
      const ready: SheetRow[] = []
      for (const record of records) {
        number++
        if (record.length > limits.columns) throw unreadable('sheet.too-many-columns', name, { zh: `第 ${number} 行超过 ${limits.columns} 列`, en: `row ${number} has more than ${limits.columns}` })
        if (number > limits.rows) throw unreadable('sheet.too-many-rows', name, { zh: `超过 ${limits.rows} 行`, en: `more than ${limits.rows}` })
        const cells: Cell[] = record.map(cellOf)
        while (cells.length > 0 && cells.at(-1) === null) cells.pop()
        if (cells.length > 0) ready.push({ number, cells })
      }
      if (ready.length > 0) yield ready
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = number + Number(error['records'] ?? 0) + 1
    throw unreadable('sheet.csv-quotes', name, { zh: `第 ${row} 行附近`, en: `near row ${row}` })
  }
}

const BLOCK = 16_384
const LONGEST_RECORD = 1_000_000

/**
 * The records of a text that comes in pieces, a block of whole lines at a time. Lines without any quote need no parser: each is cut at its delimiters. A block
 * with a quote in it goes through csv-parse; where a quote is still open at its end, the record goes on, and a longer block is taken. Throws CsvError.
 */
export async function* recordsOf(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<string[][], void, undefined> {
  let rest = ''
  let wanted = BLOCK
  for await (const piece of pieces) {
    rest += piece
    while (rest.length >= wanted) {
      const end = endOfLines(rest)
      const records = end === 0 ? null : recordsIn(rest.slice(0, end), delimiter, rest.length > LONGEST_RECORD)
      if (records === null) {
        if (end === 0 && rest.length > LONGEST_RECORD) recordsIn(rest, delimiter, true)
        wanted = rest.length * 2
      } else {
        yield records
        rest = rest.slice(end)
        wanted = BLOCK
      }
    }
  }
  if (rest !== '') yield recordsIn(rest, delimiter, true)!
}

/** The place after the last line of a text that is surely at its end: after a carriage return at the very end a line feed may follow. */
function endOfLines(text: string): number {
  const known = text.endsWith('\r') ? text.length - 2 : text.length
  return Math.max(text.lastIndexOf('\n', known), text.lastIndexOf('\r', known)) + 1
}

/** The records of whole lines; null when a quote is open at their end, and more may come. */
function recordsIn(lines: string, delimiter: string, last: boolean): string[][] | null {
  if (!lines.includes('"') && lines.length <= LONGEST_RECORD) {
    const records = lines.split(/\r\n|\n|\r/)
    if (records.at(-1) === '') records.pop()
    return records.map((line) => line.split(delimiter))
  }
  try {
    return parse(lines, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, max_record_size: LONGEST_RECORD, record_delimiter: ['\r\n', '\n', '\r'] })
  } catch (error) {
    if (!last && error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return null
    throw error
  }
}

/** `="0123"` and a leading apostrophe are how text is kept from becoming a number or a formula. */
function cellOf(text: string): Cell {
  const kept = /^="([^"]*)"$/.exec(text)?.[1] ?? (/^'+[=+\-@\d\t\r\n]/.test(text) ? text.slice(1) : text)
  return kept.trim() === '' ? null : kept
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 3 })) return chunk as Buffer
  return Buffer.alloc(0)
}

async function* decoded(path: string, encoding: Encoding, onShare?: (share: number) => void): AsyncGenerator<string, void, undefined> {
  const size = onShare ? (await stat(path)).size : 0
  let bytes = 0
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of createReadStream(path, { highWaterMark: 65_536 })) {
    onShare?.((bytes += (chunk as Buffer).length) / size)
    const piece = decoder.decode(chunk as Buffer, { stream: true })
    if (piece !== '') yield piece
  }
  const last = decoder.decode()
  if (last !== '') yield last
}

/** The first characters of a file, when all of it is text of the encoding; else null. */
async function beginningIfValid(path: string, encoding: Encoding): Promise<string | null> {
  let start = ''
  try {
    for await (const piece of decoded(path, encoding)) {
      // oxlint-disable-next-line no-control-regex
      if (/[\u0000-\u0008\u000e-\u001a]/.test(piece)) return null
      if (start.length < 20_000) start += piece
    }
    return start
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** The delimiter that stands in the first lines outside quotes in the most lines, then the most often. */
function delimiterOf(start: string): string {
  const lines = start.replace(/"[^"]*"/g, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, 30)
  const counts = DELIMITERS.map((delimiter) => {
    const found = lines.map((line) => line.split(delimiter).length - 1)
    return { delimiter, lines: found.filter((count) => count > 0).length, most: Math.max(0, ...found) }
  })
  return counts.sort((one, other) => other.most * other.lines - one.most * one.lines)[0]!.delimiter
}

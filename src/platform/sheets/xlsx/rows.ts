import { dayNumbered } from '../../../kernel/day.ts'
import { unreadable } from '../refusals.ts'
import type { Cell, SheetLimits, SheetRow } from '../cell.ts'
import { decodeEscapes, readXml } from './workbook.ts'
import type { Workbook } from './workbook.ts'
import { attribute } from './xml.ts'
import type { XmlSink } from './xml.ts'
import type { Archive, Part } from './zip.ts'

const DAYS_TO_1900 = -25_569
const DAYS_TO_1904 = -24_107
const LAST_ROW = 1_048_576
const LAST_SERIAL = 2_958_465

/** The rows of one sheet of a workbook, piece by piece: the reader goes on only when the rows read so far were taken. Rows without any content are left out. */
export async function* readRows(archive: Archive, part: Part, workbook: Workbook, name: string, limits: SheetLimits, onShare?: (share: number) => void): AsyncGenerator<SheetRow[], void, undefined> {
  const collected = rowCollector(workbook, name, limits)
  for await (const _ of readXml(archive, part, name, collected.sink, undefined, onShare)) {
    const rows = collected.take()
    if (rows.length > 0) yield rows
  }
  const rows = collected.take()
  if (rows.length > 0) yield rows
}

function rowCollector(workbook: Workbook, name: string, limits: SheetLimits): { sink: XmlSink; take(): SheetRow[] } {
  let ready: SheetRow[] = []
  let number = 0
  let count = 0
  let cells: Cell[] = []
  let column = -1
  let type = ''
  let style = -1
  let value = ''
  let formula = false
  let listening = false
  let inRow = false
  let phonetic = false

  function openCell(attributes: string): void {
    const written = columnOf(attribute(attributes, 'r') ?? '')
    column = written ?? column + 1
    if (column >= limits.columns) throw unreadable('sheet.too-many-columns', name, { zh: `第 ${number} 行超过 ${limits.columns} 列`, en: `row ${number} has more than ${limits.columns}` })
    type = attribute(attributes, 't') ?? 'n'
    style = Number(attribute(attributes, 's') ?? -1)
    value = ''
    formula = false
  }

  function closeRow(): void {
    inRow = false
    while (cells.length > 0 && isBlank(cells.at(-1)!)) cells.pop()
    if (cells.length > 0) ready.push({ number, cells })
    cells = []
  }

  const sink: XmlSink = {
    open(tag, attributes) {
      if (tag === 'row') {
        const written = Number(attribute(attributes, 'r') ?? 0)
        number = Number.isInteger(written) && written > number && written <= LAST_ROW ? written : number + 1
        column = -1
        inRow = true
        if (++count > limits.rows) throw unreadable('sheet.too-many-rows', name, { zh: `超过 ${limits.rows} 行`, en: `more than ${limits.rows}` })
      } else if (tag === 'c' && inRow) openCell(attributes)
      else if (tag === 'f') formula = true
      else if (tag === 'rPh') phonetic = true
      else if (tag === 'v' || (tag === 't' && !phonetic)) listening = inRow
    },
    text(piece) {
      if (listening) value += piece
    },
    close(tag) {
      if (tag === 'v' || tag === 't') listening = false
      else if (tag === 'rPh') phonetic = false
      else if (tag === 'c' && inRow) {
        const cell = cellOf(type, value, formula, workbook, style)
        if (cell === null) return
        while (cells.length < column) cells.push(null)
        cells[column] = cell
      } else if (tag === 'row') closeRow()
    },
  }
  return {
    sink,
    take() {
      const rows = ready
      ready = []
      return rows
    },
  }
}

function cellOf(type: string, value: string, formula: boolean, workbook: Workbook, style: number): Cell {
  switch (type) {
    case 's': return value === '' ? null : (workbook.shared[Number(value)] ?? null)
    case 'inlineStr': return decodeEscapes(value)
    case 'str': return value === '' && formula ? null : decodeEscapes(value)
    case 'b': return value === '1' || value === 'true'
    case 'e': return { broken: 'error', text: value }
    case 'd': return value
    default: return numberCell(value, formula, workbook, style)
  }
}

function numberCell(text: string, formula: boolean, workbook: Workbook, style: number): Cell {
  if (text === '') return formula ? { broken: 'formula', text: '' } : null
  const number = Number(text)
  if (Number.isNaN(number)) return text
  if (!workbook.dateStyles.has(style) || number < 1 || number > LAST_SERIAL) return { number, text }
  return { date: workbook.since1904 ? dayNumbered(Math.floor(number) + DAYS_TO_1904) : dayOfSerial(number) }
}

/** The day of a serial number of Excel's 1900 system, which holds a 29 February 1900 that never was; the time of day is dropped. */
export function dayOfSerial(serial: number) {
  const whole = Math.floor(serial)
  return dayNumbered(whole + DAYS_TO_1900 + (whole < 60 ? 1 : 0))
}

function columnOf(reference: string): number | null {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at)
    if (letter < 65 || letter > 90) return at === 0 ? null : column - 1
    column = column * 26 + letter - 64
  }
  return null
}

function isBlank(cell: Cell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '')
}

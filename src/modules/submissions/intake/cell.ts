import { tidyCode } from '../../../kernel/codes/index.ts'
import { wanYuanFromFen } from '../../../kernel/money.ts'
import type { Fen } from '../../../kernel/money.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Problem } from '../../../kernel/refusal.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import { readAmount } from './amounts.ts'
import type { AmountUnit } from './amounts.ts'
import { choiceOf, readKinds } from './choices.ts'
import { meansWithoutEnd, readDate, WITHOUT_END } from './dates.ts'
import { canonicalNumber } from './document-number.ts'
import { problem } from './problems.ts'
import type { Field, KindTable, Standard } from './standard.ts'
import { cellText, isBlank, isScientific, oneLine, tidy } from './text.ts'

/** One cell made canonical: its text (empty when there is none), what the text means, and what is wrong. With an error the text is what was sent. */
export type CellRead = { readonly text: string; readonly day?: Day; readonly fen?: Fen; readonly keys?: readonly string[]; readonly problems: readonly Problem[] }

/** The code tables and spellings by which cells of choices are read. */
export type CellTables = { readonly standard: Standard; readonly kinds: Readonly<Record<string, KindTable>> }

/** A cell that holds something readable. */
type Filled = Exclude<Cell, null | { readonly broken: unknown }>

const NOTHING = /^([-—–/\\]+|无|N\/A|null|暂无)$/i

/**
 * Makes one cell canonical by the type of its field: dates `YYYY-MM-DD`, amounts in 万元 without needless zeros, codes half-width and
 * without blanks, kinds as the code table writes them. Nothing is guessed: what cannot be read for certain is a problem with its fix.
 */
export function normaliseCell(cell: Cell | undefined, field: Field, tables: CellTables, unit: AmountUnit = 'wan-yuan'): CellRead {
  if (cell === undefined || cell === null || isBlank(cell)) return { text: '', problems: [] }
  if (typeof cell === 'object' && 'broken' in cell) {
    return { text: cell.text, problems: [cell.broken === 'formula' ? problem('cell.formula', field) : problem('cell.error', field, { value: cell.text })] }
  }
  if (field.required !== 'M' && typeof cell === 'string' && NOTHING.test(tidy(cell))) return { text: '', problems: [] }
  const read = byType(cell, field, tables, unit)
  const length = [...read.text].length
  if (field.length === undefined || length <= field.length || read.problems.some(({ severity }) => severity === 'error') || LENGTHLESS.has(field.type)) return read
  return { ...read, problems: [...read.problems, problem('field.too-long', field, { zh: `最长${field.length}字，实为${length}字`, en: `at most ${field.length} characters, there are ${length}` })] }
}

/** Types whose own check says what is wrong with the length, and says it better. */
const LENGTHLESS = new Set<Field['type']>(['uscc', 'organisation-code', 'choice', 'date', 'open-date', 'amount'])

function byType(cell: Filled, field: Field, tables: CellTables, unit: AmountUnit): CellRead {
  switch (field.type) {
    case 'date': return dateCell(cell, field)
    case 'open-date': return meansWithoutEnd(cell) ? { text: WITHOUT_END, day: WITHOUT_END, problems: [] } : dateCell(cell, field)
    case 'amount': return amountCell(cell, field, unit)
    case 'choice': return choiceCell(cell, field, tables)
    case 'choices': return kindsCell(cell, field, tables)
    case 'uscc': case 'registration-number': case 'organisation-code': case 'personal-id': case 'code': case 'industry':
      return identifierCell(cell, field, (text) => tidyCode(text.replace(/^['’‘`]/, '').replace(/^(\d{9,15})\.0+$/, '$1')))
    case 'document-number': return identifierCell(cell, field, (text) => canonicalNumber(oneLine(text)))
    case 'name': return textCell(cell, field, oneLine)
    case 'text': return textCell(cell, field, (text) => oneLine(text))
    case 'long-text': return textCell(cell, field, tidy)
  }
}

/** Text of a person: an ID number is not repeated in messages. */
function shown(text: string, field: Field): string {
  return field.type === 'personal-id' ? '******' : text
}

function identifierCell(cell: Filled, field: Field, canonical: (text: string) => string): CellRead {
  if (typeof cell === 'object' && 'date' in cell) return { text: cell.date, problems: [problem('cell.became-date', field, { value: cell.date })] }
  const text = cellText(cell)
  if (text === null || isScientific(text)) {
    const sent = typeof cell === 'object' && 'number' in cell ? cell.text : String(cell)
    return { text: sent, problems: [problem('cell.lost-digits', field, { value: shown(sent, field) })] }
  }
  return { text: canonical(text), problems: [] }
}

function textCell(cell: Filled, field: Field, canonical: (text: string) => string): CellRead {
  const text = cellText(cell)
  if (text === null) {
    const sent = typeof cell === 'object' && 'number' in cell ? cell.text : ''
    return { text: sent, problems: [problem('cell.lost-digits', field, { value: sent })] }
  }
  return { text: canonical(text), problems: [] }
}

function dateCell(cell: Filled, field: Field): CellRead {
  const read = readDate(cell)
  if ('day' in read) return { text: read.day, day: read.day, problems: [] }
  const text = oneLine(cellText(cell) ?? '')
  return { text, problems: [problem(read.wrong, field, { value: text })] }
}

function amountCell(cell: Filled, field: Field, unit: AmountUnit): CellRead {
  const read = readAmount(cell, unit)
  if ('fen' in read) return { text: wanYuanFromFen(read.fen), fen: read.fen, problems: [] }
  const text = typeof cell === 'object' && 'number' in cell ? cell.text : oneLine(cellText(cell) ?? '')
  return { text, problems: [problem(read.wrong, field, { value: text })] }
}

function choiceCell(cell: Filled, field: Field, { standard }: CellTables): CellRead {
  const text = oneLine(cellText(cell) ?? '')
  const choices = standard.tables[field.table ?? ''] ?? []
  const choice = choiceOf(text, choices)
  if (choice) return { text: field.length === 1 ? choice.key : choice.zh, keys: [choice.key], problems: [] }
  return { text, problems: [problem('field.not-in-table', field, { value: text, zh: choices.map(({ zh }) => zh).join('、') })] }
}

function kindsCell(cell: Filled, field: Field, { standard, kinds }: CellTables): CellRead {
  const text = tidy(cellText(cell) ?? '')
  const read = readKinds(text, kinds[field.table ?? ''] ?? { kinds: [], combined: [] }, field, standard.spellings[field.table ?? ''])
  return { text: read.problems.length > 0 ? text : read.text, keys: read.keys, problems: read.problems }
}

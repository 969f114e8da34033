import type { Problem } from '../../../kernel/refusal.ts'
import type { Cell, SheetColumn, SheetValue } from '../../../platform/sheets/index.ts'
import type { Column, Columns } from './headings.ts'
import type { Field, Standard } from './standard.ts'
import { cellOf, cellText } from './text.ts'

/** The columns of an empty workbook in the layout of a standard (模板). */
export function templateColumns(standard: Standard): SheetColumn[] {
  return standard.fields.filter((field) => !field.extra).map(columnOf)
}

function columnOf(field: Field): SheetColumn {
  const width = field.type === 'long-text' ? 40 : field.type === 'name' ? 28 : field.type === 'uscc' ? 24 : Math.min(30, Math.max(14, field.zh.length * 2))
  return { heading: field.zh, kind: 'text', width }
}

/** The fields of the workbook of failed rows: the standard, and the extra ones that the sheet had (they too decide whether a row is taken). */
function fieldsOf(standard: Standard, columns: Columns): Field[] {
  return standard.fields.filter((field) => !field.extra || columns.has(field.id))
}

/** The columns of the workbook of failed rows (失败行): the layout of the standard, then the row's number, the causes and how to correct them. It can be corrected and imported as it is. */
export function failedRowsColumns(standard: Standard, columns: Columns): SheetColumn[] {
  return [...fieldsOf(standard, columns).map(columnOf), { heading: '行号', width: 8 }, { heading: '原因', width: 60, kind: 'mark' }, { heading: '怎样改正', width: 60, kind: 'mark' }]
}

/** The cells of a row as they were sent, by field, in the very form in which that workbook gives them back; empty ones left out. */
export function sentCells(cells: readonly Cell[], problems: readonly Problem[], columns: Columns, standard: Standard): Record<string, string> {
  const sent: Record<string, string> = {}
  const dropped = droppedBy(problems)
  for (const field of standard.fields) {
    const column = columns.get(field.id)
    const text = column === undefined || dropped.has(field.id) ? '' : sentText(cells, column, field)
    if (text !== '') sent[field.id] = text
  }
  return sent
}

/** What must not be kept is not given back either. */
function droppedBy(problems: readonly Problem[]): ReadonlySet<string | undefined> {
  return problems.length === 0 ? NOTHING : new Set(problems.filter(({ code }) => code === 'party.id-of-representative').map(({ field }) => field))
}

const NOTHING: ReadonlySet<string> = new Set()

/** A row of that workbook: the cells as they were sent (never what a rule made of them), its number, causes and fixes, one line for each problem. */
export function failedRow(cells: readonly Cell[], rowNumber: number, problems: readonly Problem[], columns: Columns, standard: Standard): SheetValue[] {
  const dropped = droppedBy(problems)
  const ordered = [...problems].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'))
  const lines = (text: (one: Problem) => string) => ordered.map((one, at) => `${ordered.length > 1 ? `${at + 1}. ` : ''}${one.severity === 'warning' ? '（提示）' : ''}${text(one)}`).join('\n')
  const cause = ({ field, message }: Problem) => {
    const title = standard.fields.find(({ id }) => id === field)?.zh
    return title === undefined || message.zh.includes(title) ? message.zh : `${title}：${message.zh}`
  }
  return [...fieldsOf(standard, columns).map((field) => (dropped.has(field.id) ? '' : sentText(cells, columns.get(field.id), field))), rowNumber, lines(cause), lines(({ fix }) => fix.zh)]
}

function sentText(cells: readonly Cell[], column: Column | undefined, field: Field): string {
  const cell = column ? cellOf(cells, column.columns, field) : null
  if (cell === null) return ''
  const text = typeof cell === 'object' && 'number' in cell ? cell.text : (cellText(cell) ?? '')
  // The layout is in 万元: an amount from a column in 元 must carry its unit along.
  return column!.unit === 'yuan' && /^[\d.,]+$/.test(text) ? `${text}元` : text
}

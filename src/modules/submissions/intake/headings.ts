import type { Problem } from '../../../kernel/refusal.ts'
import type { Cell, SheetRow } from '../../../platform/sheets/index.ts'
import type { AmountUnit } from './amounts.ts'
import { problem } from './problems.ts'
import type { Field, IntakeKind, Standard } from './standard.ts'
import { cellText, comparable, isBlank, oneLine, withoutBrackets } from './text.ts'

/** Where a field stands: its columns from 0 (old layouts split one field over several), and the unit that the heading names. */
export type Column = { readonly columns: readonly number[]; readonly unit: AmountUnit }
/** The columns of a sheet by field id. */
export type Columns = ReadonlyMap<string, Column>

/** What a sheet was recognised to be. */
export type Recognition = {
  /** Null when no headings were found; then `problems` says so. */
  readonly kind: IntakeKind | null
  readonly standard: Standard | null
  /** Number of the last heading row; data begins below it. */
  readonly headingRow: number | null
  /** Every heading as it stands, by column from 0, with the field it holds. */
  readonly headings: readonly { readonly column: number; readonly heading: string; readonly field: Field | null }[]
  readonly columns: Columns
  /** Headings that are not known and not among those to be ignored. */
  readonly unmatched: readonly string[]
  /** Fields of the standard that the sheet lacks. */
  readonly missing: readonly Field[]
  readonly problems: readonly Problem[]
}

const SEARCHED_ROWS = 20
const FEWEST = 3
const LONGEST_HEADING = 60

/**
 * Finds the headings among the first rows of a sheet and tells which kind of data it holds. Headings are Chinese names, field ids or
 * names from before 2018, in any order, with any width, blanks, line breaks, asterisks, brackets; below titles; in one row or two
 * (a merged group above its parts). Never throws: what is wrong stands in `problems`.
 */
export function recogniseHeadings(rows: readonly SheetRow[], standards: readonly Standard[]): Recognition {
  let best: { standard: Standard; row: SheetRow; cells: readonly string[]; matched: Matched; score: number } | null = null
  for (const standard of standards) {
    const index = indexOf(standard)
    for (const [at, row] of rows.slice(0, SEARCHED_ROWS).entries()) {
      const above = at > 0 ? textsOf(rows[at - 1]!) : []
      for (const cells of candidates(textsOf(row), above)) {
        const matched = match(cells, index)
        // A later row must say more than an earlier one: rows of ids or formats below the headings do not.
        const score = scoreOf(matched, standard)
        if (matched.fields.size >= FEWEST && score > (best?.score ?? -Infinity)) best = { standard, row, cells, matched, score }
      }
    }
  }
  if (best === null) return { kind: null, standard: null, headingRow: null, headings: [], columns: new Map(), unmatched: [], missing: [], problems: [problem('heading.none', null)] }
  return described(best.standard, best.row.number, best.cells, best.matched)
}

/** The more fields the better; among equals, the standard of which fewer mandatory ones are missing. */
function scoreOf(matched: Matched, standard: Standard): number {
  const missing = standard.fields.filter((field) => field.required === 'M' && !matched.fields.has(field.id)).length
  return matched.fields.size - missing / 1000
}

/** The row itself, and the row under a group of merged headings: an empty part takes the name of its group, others both. */
function candidates(row: string[], above: string[]): string[][] {
  if (above.length === 0) return [row]
  const width = Math.max(row.length, above.length)
  return [row, Array.from({ length: width }, (_, column) => row[column] || above[column] || '')]
}

function textsOf(row: SheetRow): string[] {
  return row.cells.map((cell) => oneLine(cellText(cell) ?? ''))
}

type Index = ReadonlyMap<string, Field>
type Matched = { readonly fields: ReadonlyMap<string, { field: Field; columns: number[]; unit: AmountUnit }>; readonly byColumn: ReadonlyMap<number, Field> }

const indices = new WeakMap<Standard, Index>()

/** Every way to write a heading of the standard. Exact names win over names without their brackets. */
function indexOf(standard: Standard): Index {
  const known = indices.get(standard)
  if (known) return known
  const index = new Map<string, Field>()
  const add = (name: string, field: Field) => {
    if (name !== '' && !index.has(name)) index.set(name, field)
  }
  for (const field of standard.fields) for (const name of [field.id, field.zh, field.en]) add(comparable(name), field)
  for (const field of standard.fields) for (const name of [...field.old, ...field.also]) add(comparable(name), field)
  for (const field of standard.fields) for (const name of [field.zh, ...field.also]) add(comparable(withoutBrackets(name)), field)
  indices.set(standard, index)
  return index
}

function fieldOf(heading: string, index: Index): Field | undefined {
  if (heading === '' || heading.length > LONGEST_HEADING) return undefined
  const known = index.get(comparable(heading))
  if (known) return known
  if (!/[（(【[]|^\d{1,2}[.、．]/.test(heading)) return undefined
  const bare = heading.replace(/[（(【[]\s*(必填|选填|可选|非必填)\s*[)）】\]]|^[\d]{1,2}[.、．]\s*/g, '')
  const inner = /^(.*?)[（(【[]\s*([A-Z_0-9]{4,})\s*[)）】\]]$/i.exec(bare)
  return index.get(comparable(bare)) ?? index.get(comparable(withoutBrackets(bare))) ?? (inner ? index.get(comparable(inner[2]!)) : undefined)
}

function match(cells: readonly string[], index: Index): Matched {
  const fields = new Map<string, { field: Field; columns: number[]; unit: AmountUnit }>()
  const byColumn = new Map<number, Field>()
  cells.forEach((heading, column) => {
    const field = fieldOf(heading, index)
    if (!field) return
    byColumn.set(column, field)
    const known = fields.get(field.id)
    if (known) known.columns.push(column)
    else fields.set(field.id, { field, columns: [column], unit: field.type === 'amount' && /[（([【:：/]\s*元\s*[）)\]】]?$/.test(heading) ? 'yuan' : 'wan-yuan' })
  })
  return { fields, byColumn }
}

function described(standard: Standard, headingRow: number, cells: readonly string[], matched: Matched): Recognition {
  const problems: Problem[] = []
  const ignored = new Set(standard.ignore.map(comparable))
  const headings = cells.map((heading, column) => ({ column, heading, field: matched.byColumn.get(column) ?? null })).filter(({ heading }) => heading !== '')
  const unmatched = headings.filter(({ heading, field }) => field === null && !ignored.has(comparable(heading))).map(({ heading }) => heading)
  const missing = standard.fields.filter((field) => !field.extra && !matched.fields.has(field.id))
  for (const field of missing) if (field.required === 'M') problems.push(problem('heading.missing', field))
  for (const { field, columns, unit } of matched.fields.values()) {
    if (columns.length > 1 && field.type !== 'choices') problems.push(problem('heading.twice', field))
    if (unit === 'yuan') problems.push(problem('heading.yuan', field, { value: cells[columns[0]!]! }))
  }
  for (const heading of unmatched) problems.push(problem('heading.unknown', null, { value: heading }))
  const columns = new Map([...matched.fields].map(([id, { columns, unit }]) => [id, { columns, unit }]))
  return { kind: standard.kind, standard, headingRow, headings, columns, unmatched, missing, problems }
}

const OPENS_NUMBERING = /^\d{1,2}[.、．]/

/**
 * Whether a text can be a heading of a field, by its first character alone (`firsts`: those of all its spellings): most cells are told from headings by
 * that. Texts that begin with a sign or a numbering, or end with a bracket, are looked at in full.
 */
function mayBeHeading(text: string, firsts: ReadonlySet<string>): boolean {
  if (text.length > LONGEST_HEADING) return false
  const first = text.charCodeAt(0)
  const letter = (first >= 0x4e00 && first <= 0x9fff) || (first >= 65 && first <= 90) || (first >= 97 && first <= 122)
  const digit = first >= 48 && first <= 57 && !OPENS_NUMBERING.test(text)
  if (!(letter || digit) || /[)）】\]]$/.test(text)) return true
  return firsts.has(text[0]!.toUpperCase())
}

type Watched = readonly { readonly id: string; readonly column: number; readonly firsts: ReadonlySet<string> }[]
const watched = new WeakMap<Columns, Watched>()

function watchedOf(columns: Columns, index: Index): Watched {
  const before = watched.get(columns)
  if (before) return before
  const firsts = Map.groupBy([...index], ([, field]) => field.id)
  const made = [...columns].map(([id, { columns: [column] }]) => ({ id, column: column!, firsts: new Set((firsts.get(id) ?? []).map(([spelling]) => spelling[0]!)) }))
  watched.set(columns, made)
  return made
}

/** Why a row below the headings is no data: blank; the headings again; a line of totals; a note or a signature line. Null for data. */
export function whySkipped(cells: readonly Cell[], columns: Columns, standard: Standard): 'blank' | 'headings' | 'total' | 'note' | null {
  const shown = cells.find((cell) => !isBlank(cell))
  if (shown === undefined) return 'blank'
  const index = indexOf(standard)
  let filled = 0
  let repeated = 0
  for (const { id, column, firsts } of watchedOf(columns, index)) {
    const cell = cells[column] ?? null
    if (isBlank(cell)) continue
    filled++
    if (typeof cell === 'string' && mayBeHeading(cell, firsts) && fieldOf(oneLine(cell), index)?.id === id) repeated++
  }
  const first = filled <= 6 ? oneLine(cellText(shown) ?? '') : ''
  if (filled <= 6 && /^(合计|总计|小计|共计|累计)/.test(first)) return 'total'
  if (filled === 0) return cells.filter((cell) => !isBlank(cell)).length <= 1 ? 'blank' : 'note'
  if (filled <= 4 && /^(填表|制表|填报|审核|报送|联系|备注|说明|注|单位负责人)[人日单时电话位间]{0,3}[:：]/.test(first)) return 'note'
  if (repeated >= FEWEST || repeated === filled) return 'headings'
  const formats = cells.filter((cell) => typeof cell === 'string' && /^\s*[（(]?(必填|选填|非必填|可选|示例|样例)/.test(cell)).length
  return formats >= FEWEST ? 'note' : null
}

// @clause 12.1
import type { Day } from '../../../kernel/day.ts'
import type { Json } from '../../../kernel/json.ts'
import { text, type Text } from '../../../kernel/text.ts'
import type { Department, Duty, Post, Section } from '../organisation.ts'
import type { Certificate, Officer } from '../queries/officers.ts'
import type { Role } from '../roles.ts'
import { layoutOf, type SheetKey } from './layout.ts'
import type { RowProblem, WorkbookRow } from './read.ts'

/** The organisation as it stands, to compare with. */
export type Standing = { readonly departments: readonly Department[]; readonly sections: readonly Section[]; readonly posts: readonly Post[]; readonly officers: readonly Officer[]; readonly certificates: readonly Certificate[]; readonly duties: readonly Duty[]; readonly today: Day }
/** One thing to do: an act by its name, with what it is given. Officers are named by their staff number, because new ones have no other yet. */
export type Step = { readonly do: 'department' | 'section' | 'post' | 'appoint' | 'transfer' | 'depart' | 'certificate' | 'duty'; readonly number?: string; readonly input: Readonly<Record<string, Json>> }
/** What would become of a row. */
export type PlannedRow = { readonly sheet: SheetKey; readonly row: number; readonly key: string; readonly title: string; readonly what: 'new' | 'changed' | 'same'; readonly changes: readonly { readonly field: Text; readonly from: string | null; readonly to: string | null }[] }
/** What the parts of a plan are made with, and what they add to. */
export type Draft = {
  readonly standing: Standing
  readonly sectors: ReadonlyMap<string, string>
  readonly roles: ReadonlyMap<string, Role>
  /** What will stand when the steps so far are done. */
  readonly departments: Map<string, Department>
  readonly sections: Section[]
  readonly posts: Post[]
  readonly steps: Step[]
  readonly rows: PlannedRow[]
  readonly problems: RowProblem[]
  roleCount: number
}

/** Notes what is wrong with a row. */
export function wrongRow({ problems }: Draft, { sheet, row }: WorkbookRow, field: string | null, message: Text, fix: Text): null {
  problems.push({ sheet, row, field, message, fix })
  return null
}

/** Notes what becomes of a row: the values that it gives beside those that stand; null: nothing stood. Gives whether anything has to be done. */
export function compare({ rows }: Draft, { sheet, row }: WorkbookRow, key: string, title: string, before: Readonly<Record<string, string | null>> | null, after: Readonly<Record<string, string | null>>): boolean {
  const titles = new Map(layoutOf(sheet).columns.map((column) => [column.field, column.title]))
  const changes = Object.entries(after).filter(([field, to]) => (before?.[field] ?? null) !== to).map(([field, to]) => ({ field: titles.get(field)!, from: before?.[field] ?? null, to }))
  const what = before === null ? 'new' : changes.length > 0 ? 'changed' : 'same'
  rows.push({ sheet, row, key, title, what, changes: before === null ? [] : changes })
  return what !== 'same'
}

/** Rows whose key stands twice in a sheet: the first one counts, the others are told. */
export function once(draft: Draft, rows: readonly WorkbookRow[], keyOf: (row: WorkbookRow) => string): WorkbookRow[] {
  const seen = new Map<string, number>()
  return rows.filter((one) => {
    const first = seen.get(keyOf(one))
    if (first === undefined) return seen.set(keyOf(one), one.row)
    wrongRow(draft, one, null, text(`与第 ${first} 行重复`, `The same as row ${first}`), text('请删除其中一行', 'Remove one of the two'))
    return false
  })
}

/** A cell that says yes or no; an empty one says no. */
export function yes(draft: Draft, row: WorkbookRow, field: string): boolean | null {
  const given = row.cells[field] ?? '否'
  if (['是', 'yes', '1', '√', '✓'].includes(given.toLowerCase())) return true
  if (['否', 'no', '0'].includes(given.toLowerCase())) return false
  return wrongRow(draft, row, field, text(`“${given}”应为是或否`, `"${given}" should be 是 or 否`), text('请填“是”或“否”', 'Write 是 (yes) or 否 (no)'))
}

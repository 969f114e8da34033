// @clause 12.1
import { Refusal } from '../../../kernel/refusal.ts'
import { text, type Text } from '../../../kernel/text.ts'
import { openSheet, type Cell, type SheetRow } from '../../../platform/sheets/index.ts'
import { LAYOUTS, type Layout, type SheetKey } from './layout.ts'

/** A row of the workbook: its number as a spreadsheet shows it, and its cells by field; empty cells are left out. */
export type WorkbookRow = { readonly sheet: SheetKey; readonly row: number; readonly cells: Readonly<Record<string, string>> }
/** What is wrong with a row, and how to mend it. */
export type RowProblem = { readonly sheet: SheetKey; readonly row: number; readonly field: string | null; readonly message: Text; readonly fix: Text }
/** The workbook as it was read; sheets that are not there say nothing about what they would hold. */
export type ReadWorkbook = { readonly rows: readonly WorkbookRow[]; readonly problems: readonly RowProblem[] }

const MOST_ROWS = 20_000

/** Reads a workbook of an organisation. Refuses what is no workbook (`sheet.…`), `organisation-import.no-sheet` where no sheet of the layout is in it, and `organisation-import.headings`. */
export async function readWorkbook(path: string, name: string): Promise<ReadWorkbook> {
  const { sheetNames = [] } = await openSheet(path, { name, limits: { columns: 100, rows: MOST_ROWS } })
  const present = LAYOUTS.filter((layout) => sheetNames.includes(layout.name))
  if (present.length === 0) throw noSheet()
  const rows: WorkbookRow[] = []
  const problems: RowProblem[] = []
  for (const layout of present) await readSheet(path, name, layout, rows, problems)
  return { rows, problems }
}

async function readSheet(path: string, name: string, layout: Layout, rows: WorkbookRow[], problems: RowProblem[]): Promise<void> {
  const opened = await openSheet(path, { name, sheet: layout.name, limits: { columns: 100, rows: MOST_ROWS } }).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'sheet.no-rows') return null
    throw error
  })
  if (opened === null) return
  let places: ReadonlyMap<string, number> | null = null
  for await (const chunk of opened.rows) {
    for (const row of chunk) {
      if (places === null) places = placesOf(row, layout)
      else readRow(row, layout, places, rows, problems)
    }
  }
}

function placesOf({ cells }: SheetRow, layout: Layout): ReadonlyMap<string, number> {
  const headings = cells.map((cell) => (typeof cell === 'string' ? cell.trim().replace(/[*＊]$/, '') : ''))
  const missing = layout.columns.filter(({ heading, required }) => required && !headings.includes(heading))
  if (missing.length > 0) throw headingsMissing(layout, missing.map(({ heading }) => heading))
  return new Map(layout.columns.flatMap(({ field, heading }) => (headings.includes(heading) ? [[field, headings.indexOf(heading)]] : [])))
}

function readRow({ number, cells }: SheetRow, layout: Layout, places: ReadonlyMap<string, number>, rows: WorkbookRow[], problems: RowProblem[]): void {
  const read: Record<string, string> = {}
  const problem = (field: string, message: Text, fix: Text): void => void problems.push({ sheet: layout.key, row: number, field, message, fix })
  for (const [field, at] of places) {
    const value = wordOf(cells[at] ?? null)
    if (value === null) problem(field, text('单元格的公式没有结果', 'The cell has a formula without a result'), text('请改为填写文字', 'Write the text itself'))
    else if (value !== '') read[field] = value
  }
  if (Object.keys(read).length === 0) return
  for (const { field, title, required } of layout.columns) {
    if (required && !(field in read)) problem(field, text(`缺少${title.zh}`, `${title.en} is missing`), text(`请填写${title.zh}`, `Fill in: ${title.en}`))
  }
  rows.push({ sheet: layout.key, row: number, cells: read })
}

/** The cell as a word; null where it holds nothing that can be read. */
function wordOf(cell: Cell): string | null {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell.trim()
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if ('date' in cell) return cell.date
  return 'number' in cell ? cell.text : null
}

function noSheet(): Refusal {
  const names = LAYOUTS.map(({ name }) => name).join('、')
  return new Refusal({ code: 'organisation-import.no-sheet', field: 'file', message: text('工作簿中没有可识别的工作表', 'The workbook has none of the known sheets'), fix: text(`工作表须命名为：${names}；可先下载模板`, `Name the sheets ${names}, or download the template first`) })
}

function headingsMissing({ name }: Layout, missing: readonly string[]): Refusal {
  return new Refusal({ code: 'organisation-import.headings', field: 'file', message: text(`工作表“${name}”第一行缺少列：${missing.join('、')}`, `The first row of sheet "${name}" lacks the columns ${missing.join(', ')}`), fix: text('请按模板保留表头', 'Keep the headings of the template') })
}

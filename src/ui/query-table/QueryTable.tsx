import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Pagination } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import type { Text } from '../../kernel/text.ts'
import { problemOf, type Problem } from '../client.ts'
import { t, tt } from '../language.ts'
import { Loading } from '../ProgressBar.tsx'
import { ProblemPanel } from '../ProblemPanel.tsx'
import { useSurroundings } from '../surroundings.tsx'
import { csvOf, PAGE_SIZE, saveText, sortRows, type Column, type TableSearch } from './columns.ts'
import { ColumnChoice, ExportButton, useShownColumns, type TableFiles } from './tools.tsx'

/** The answer a table shows: TanStack's result of an endpoint that gives rows. */
export type TableAnswer<Row> = { readonly data: { readonly rows: readonly Row[]; readonly total?: number } | undefined; readonly error: Problem | null; readonly isPlaceholderData?: boolean; refetch(): unknown }

/** What the rows are counted in; `one` is the English of a single one, where it is not `en` without its s. */
export type Counted = Text & { readonly one?: string }

/** All that a table is given. */
export type QueryTableParts<Row> = {
  /** Under which the choice of columns is kept, and the name of exported files. */
  readonly name: string
  readonly caption: Text
  readonly columns: readonly Column<Row>[]
  readonly answer: TableAnswer<Row>
  keyOf(row: Row): string | number
  /** What stands in the URL, and how to change it. Leave both out for short lists that need neither. */
  readonly search?: TableSearch
  onSearch?(next: TableSearch): void
  /** Filters, shown left of the count. */
  readonly filters?: ReactNode
  readonly empty: { readonly title: string; readonly how: ReactNode; readonly action?: ReactNode }
  /** Enter or double click on a row. */
  onOpen?(row: Row): void
  /** Reads a further window for the export of more rows than are shown. */
  loadAll?(offset: number, limit: number): Promise<{ readonly rows: readonly Row[]; readonly total: number }>
  /** The list as the server writes it whole, so that the export is known as one; without, the browser makes a CSV of what it reads. */
  readonly files?: TableFiles
  /** Longest height before the table scrolls inside itself, with its head in sight. */
  readonly height?: string
  readonly unit?: Counted
  rowClass?(row: Row): string | undefined
}

const EXPORT_AT_MOST = 50_000
const ROWS: Counted = { zh: '条', en: 'rows' }

/**
 * A dense table over a list endpoint: count, filters, column choice and export above; sticky head and first column; sort and page in
 * the URL; arrow keys move between rows, Enter opens one; an empty list says what will appear and how.
 */
export function QueryTable<Row>(parts: QueryTableParts<Row>) {
  const { name, caption, columns, answer, keyOf, search = {}, onSearch, filters, empty, onOpen, files, height = 'calc(100vh - 260px)', unit = ROWS } = parts
  const { shown, chosen, choose } = useShownColumns(name, columns)
  const { exported } = useSurroundings()
  const [exporting, setExporting] = useState<number | null>(null)
  const [exportProblem, setExportProblem] = useState<Problem | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const { data, error } = answer
  const total = data?.total ?? data?.rows.length ?? 0
  const complete = data !== undefined && data.rows.length >= total
  const rows = data ? (complete ? sortRows(data.rows, columns, search.sort) : data.rows) : []
  const size = search.size ?? PAGE_SIZE

  async function saveCsv() {
    setExporting(0)
    setExportProblem(null)
    try {
      const all = [...(complete || !parts.loadAll ? rows : [])]
      while (!complete && parts.loadAll && all.length < Math.min(total, EXPORT_AT_MOST)) {
        const next = await parts.loadAll(all.length, 500)
        if (next.rows.length === 0) break
        all.push(...next.rows)
        setExporting(all.length / total)
      }
      await exported({ table: name, rows: all.length, filter: Object.fromEntries(new URLSearchParams(location.search)) })
      saveText(`${name}.csv`, csvOf(all, shown, tt))
    } catch (thrown) {
      setExportProblem(problemOf(thrown))
    } finally {
      setExporting(null)
    }
  }
  function onKey(event: KeyboardEvent, row: Row) {
    if (event.target !== event.currentTarget) return
    const list = body.current!.rows
    const at = (event.currentTarget as HTMLTableRowElement).sectionRowIndex
    const next = event.key === 'ArrowDown' ? list[at + 1] : event.key === 'ArrowUp' ? list[at - 1] : event.key === 'Home' ? list[0] : event.key === 'End' ? list[list.length - 1] : undefined
    if (next) {
      event.preventDefault()
      next.focus()
    } else if (event.key === 'Enter' && onOpen) onOpen(row)
  }

  return (
    <div>
      <div className="x-table-bar">
        {filters}
        <div className="x-after">
          {data && <span className="x-quiet x-num" aria-live="polite">{t(`共 ${total.toLocaleString('en')} ${unit.zh}`, `${total.toLocaleString('en')} ${countedIn(unit, total)}`)}</span>}
          {total > 0 && <ExportButton fraction={exporting} files={files} onCsv={() => void saveCsv()} onProblem={setExportProblem} />}
          <ColumnChoice columns={columns} chosen={chosen} choose={choose} />
        </div>
      </div>
      {(error ?? exportProblem) && <div style={{ padding: '0 16px 12px' }}><ProblemPanel problem={error ?? exportProblem} onRetry={() => void answer.refetch()} /></div>}
      {!data && !error && <Loading what={t('正在读取列表…', 'Reading the list…')} />}
      {data && rows.length === 0 && <div className="x-table-wrap"><EmptyRows {...empty} /></div>}
      {rows.length > 0 && (
        <div className="x-table-wrap" style={{ '--x-table-height': height } as never} tabIndex={0} role="region" aria-label={tt(caption)}>
          <table className={`x-table x-sticky-first ${answer.isPlaceholderData ? 'x-stale' : ''}`}>
            <caption className="x-hidden">{tt(caption)}</caption>
            <thead><tr>{shown.map((column) => <Heading key={column.id} column={column} sort={search.sort} onSort={complete && onSearch ? (sort) => onSearch({ ...search, sort }) : undefined} />)}</tr></thead>
            <tbody ref={body}>
              {rows.map((row, index) => (
                <tr key={keyOf(row)} className={parts.rowClass?.(row)} tabIndex={index === 0 ? 0 : -1} onKeyDown={(event) => onKey(event, row)} onDoubleClick={() => onOpen?.(row)}>
                  {shown.map((column) => <td key={column.id} className={column.align === 'right' ? 'x-right' : undefined}>{column.render(row)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {onSearch && total > Math.min(size, 20) && (
        <div className="x-table-foot">
          <Pagination size="small" current={search.page ?? 1} pageSize={size} total={total} showSizeChanger pageSizeOptions={[20, 50, 100, 200]} responsive
            onChange={(page, nextSize) => onSearch({ ...search, page: nextSize !== size || page === 1 ? undefined : page, size: nextSize === PAGE_SIZE ? undefined : nextSize })} />
        </div>
      )}
    </div>
  )
}

function Heading<Row>({ column, sort, onSort }: { readonly column: Column<Row>; readonly sort: string | undefined; readonly onSort: ((sort: string | undefined) => void) | undefined }) {
  const direction = sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : undefined
  const next = direction === undefined ? column.id : direction === 'ascending' ? `-${column.id}` : undefined
  return (
    <th scope="col" className={column.align === 'right' ? 'x-right' : undefined} aria-sort={direction}>
      {column.sortBy && onSort ? <button type="button" className="x-sort" onClick={() => onSort(next)}>{tt(column.title)}{direction && (direction === 'ascending' ? <ArrowUpOutlined /> : <ArrowDownOutlined />)}</button> : tt(column.title)}
    </th>
  )
}

/** One claim, two claims. */
function countedIn({ en, one }: Counted, count: number): string {
  return count === 1 ? one ?? en.replace(/s$/, '') : en
}

function EmptyRows({ title, how, action }: { readonly title: string; readonly how: ReactNode; readonly action?: ReactNode }) {
  return <div className="x-empty"><strong>{title}</strong><p>{how}</p>{action && <div style={{ marginTop: 10 }}>{action}</div>}</div>
}

import { getRouteApi } from '@tanstack/react-router'
import { Pagination, Segmented } from 'antd'
import type { Text } from '../../../kernel/text.ts'
import type { RowOf } from '../../../ui/client.ts'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { windowOf } from '../../../ui/query-table/columns.ts'
import { useInFull } from '../../privacy/ui/FullView.tsx'
import { listFlaggedRows } from '../contract.ts'
import { ProblemLine } from './ProblemLine.tsx'

const route = getRouteApi('/imports/$batchId')
type Flagged = RowOf<typeof listFlaggedRows>

/** The rows that were sent back (or accepted with a warning), as they were sent: each wrong cell marked, cause and fix beneath the row. */
export function FlaggedRows({ batchId, rejected, warned }: { readonly batchId: number; readonly rejected: number; readonly warned: number }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const warnings = search.warnings || rejected === 0
  const window = windowOf({ size: 20, ...search })
  const { answer, shown, bar } = useInFull(listFlaggedRows, { batchId, ...window, rejected: warnings ? 'false' : 'true' }, `batch/${batchId}`, { keep: true })
  const titles = shown?.titles ?? {}
  return (
    <Section flush title={t('问题行', 'Rows with problems')} after={<Segmented size="small" value={warnings ? 'warnings' : 'rejected'} onChange={(value) => void navigate({ search: { warnings: value === 'warnings' || undefined }, resetScroll: false })}
      options={[{ value: 'rejected', label: t(`退回 ${rejected}`, `Rejected ${rejected}`), disabled: rejected === 0 }, { value: 'warnings', label: t(`提醒 ${warned}`, `Warnings ${warned}`), disabled: warned === 0 }]} />}>
      <div style={{ paddingInline: 16 }}><ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} />{bar && <div style={{ paddingTop: 12 }}>{bar}</div>}</div>
      {!answer.data && !answer.error && <Loading what={t('正在读取问题行…', 'Reading the rows…')} />}
      {shown && !shown.withheld && shown.rows.length === 0 && <EmptyState title={t('没有这样的行', 'No such rows')} how={t('这一批没有需要看的行。', 'Nothing to look at here.')} />}
      {shown && shown.rows.length > 0 && <Rows rows={shown.rows} titles={titles} />}
      {answer.data && answer.data.total > 20 && <div className="x-table-foot"><Pagination size="small" current={search.page ?? 1} pageSize={search.size ?? 20} total={answer.data.total} showSizeChanger={false} onChange={(page) => void navigate({ search: { ...search, page: page === 1 ? undefined : page }, resetScroll: false })} /></div>}
    </Section>
  )
}

function Rows({ rows, titles }: { readonly rows: Flagged[]; readonly titles: Readonly<Record<string, Text>> }) {
  // the fields that are wrong on this page come first, so that nobody has to scroll to the one that matters
  const wrong = new Set(rows.flatMap(({ problems }) => problems.map(({ field }) => field)))
  const order = Object.keys(titles)
  const fields = [...new Set(rows.flatMap(({ cells, problems }) => [...Object.keys(cells), ...problems.flatMap(({ field }) => (field && field in titles ? [field] : []))]))]
    .toSorted((a, b) => Number(wrong.has(b)) - Number(wrong.has(a)) || order.indexOf(a) - order.indexOf(b))
  const titleOf = (field: string | undefined) => (field === undefined ? undefined : (titles[field] ? tt(titles[field]) : field))
  return (
    <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('问题行', 'Rows with problems')}>
      <table className="x-table x-sticky-first s-flagged">
        <caption className="x-hidden">{t('问题行，原样，出错的单元格有标记', 'Rows with problems as sent; wrong cells are marked')}</caption>
        <thead><tr><th scope="col">{t('行', 'Row')}</th>{fields.map((field) => <th key={field} scope="col">{titleOf(field)}</th>)}</tr></thead>
        {rows.map((row) => (
          <tbody key={row.rowNumber}>
            <tr>
              <th scope="row" className="x-num">{row.rowNumber}</th>
              {fields.map((field) => {
                const problem = row.problems.find((each) => each.field === field)
                const value = row.cells[field] ?? ''
                return <td key={field} className={problem ? (problem.severity === 'error' ? 's-wrong' : 's-doubtful') : undefined}><span className="x-cut" title={value}>{value === '' && problem ? t('（空）', '(empty)') : value}</span></td>
              })}
            </tr>
            <tr className="s-says"><td colSpan={fields.length + 1}><div>{row.problems.map((problem, index) => <ProblemLine key={index} problem={problem} where={titleOf(problem.field)} />)}</div></td></tr>
          </tbody>
        ))}
      </table>
    </div>
  )
}

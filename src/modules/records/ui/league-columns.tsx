import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf, RowOf } from '../../../ui/client.ts'
import type { Column } from '../../../ui/query-table/columns.ts'
import { leagueTable } from '../contract.ts'
import { MonthLine } from './MonthLine.tsx'
import { lastDayOf, monthsBetween, percent } from './shares.ts'

type Row = RowOf<typeof leagueTable>
type Kind = 'licence' | 'penalty' | 'public-grade'

// What a department is ranked by when the table is sorted by that column; the greater the better
const MERITS: Readonly<Record<string, (row: Row) => number>> = {
  timeliness: (row) => row.timeliness ?? -1, compliance: (row) => row.compliance ?? -1, gaps: (row) => -row.gaps, late: (row) => -row.late, reported: (row) => row.reported, openRejections: (row) => -row.openRejections,
}

/** The columns of the league table. Places follow the column it is sorted by; numbers lead to the rows behind them. */
export function leagueColumns(data: AnswerOf<typeof leagueTable> | undefined, { nameOf, search }: { nameOf(key: string): string; readonly search: { readonly sort?: string | undefined; readonly kind?: Kind | undefined } }): Column<Row>[] {
  const rows = data?.rows ?? []
  const merit = MERITS[(search.sort ?? 'timeliness').replace(/^-/, '')] ?? MERITS.timeliness!
  const placeOf = (row: Row) => (row.reported === 0 && row.rowsSent === 0 ? '–' : 1 + rows.filter((other) => (other.reported > 0 || other.rowsSent > 0) && merit(other) > merit(row)).length)
  const months = data ? monthsBetween(data.from, data.until) : []
  const low = Math.floor(Math.min(0.9, ...rows.flatMap((row) => row.months.map(({ timeliness }) => timeliness ?? 1))) * 10) / 10
  const span = data && { from: `${data.from}-01`, until: lastDayOf(data.until), kind: search.kind }
  const toRecords = (row: Row, number: number, late?: true): ReactNode => (number === 0 ? <span className="x-quiet">0</span> : <Link to="/records" search={{ ...span, department: row.department, late }}>{count(number)}</Link>)
  return [
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => nameOf(row.department), sortBy: true, render: (row) => <span className="x-cut" title={nameOf(row.department)}><span className="l-place x-num">{placeOf(row)}</span> {nameOf(row.department)}</span> },
    { id: 'timeliness', title: { zh: '及时率', en: 'Timeliness' }, align: 'right', text: (row) => percent(row.timeliness), sortBy: (row) => row.timeliness ?? -1, render: (row) => <Share of={row.timeliness} /> },
    { id: 'months', title: { zh: '逐月及时率', en: 'Timeliness by month' }, text: (row) => row.months.map(({ month, timeliness }) => `${month} ${percent(timeliness)}`).join('; '), render: (row) => <MonthLine low={low} months={months.map((month) => ({ month, share: row.months.find((one) => one.month === month)?.timeliness ?? null }))} /> },
    { id: 'reported', title: { zh: '归集', en: 'Reported' }, align: 'right', text: (row) => String(row.reported), sortBy: (row) => row.reported, render: (row) => toRecords(row, row.reported) },
    { id: 'late', title: { zh: '迟报', en: 'Late' }, align: 'right', text: (row) => String(row.late), sortBy: (row) => row.late, render: (row) => toRecords(row, row.late, true) },
    { id: 'compliance', title: { zh: '合规率', en: 'Compliance' }, align: 'right', text: (row) => percent(row.compliance), sortBy: (row) => row.compliance ?? -1, render: (row) => <Share of={row.compliance} /> },
    { id: 'rows', title: { zh: '入库行 / 报送行', en: 'Rows accepted / sent' }, align: 'right', text: (row) => `${row.rowsAccepted}/${row.rowsSent}`, sortBy: (row) => row.rowsSent, render: (row) => (row.rowsSent === 0 ? <span className="x-quiet">—</span> : <Link to="/imports" search={{ department: row.department }}>{count(row.rowsAccepted)} / {count(row.rowsSent)}</Link>) },
    { id: 'gaps', title: { zh: '文号缺口', en: 'Gaps' }, align: 'right', text: (row) => String(row.gaps), sortBy: (row) => row.gaps, render: (row) => (row.gaps === 0 ? <span className="x-quiet">0</span> : <Link from="/league" to="/league" search={(now) => ({ ...now, department: row.department })} hash="gaps">{count(row.gaps)}</Link>) },
    { id: 'openRejections', title: { zh: '待改正', en: 'To correct' }, align: 'right', text: (row) => String(row.openRejections), sortBy: (row) => row.openRejections, render: (row) => (row.openRejections === 0 ? <span className="x-quiet">0</span> : <Link to="/imports" search={{ department: row.department }}>{count(row.openRejections)}</Link>) },
  ]
}

function Share({ of }: { readonly of: number | null }) {
  if (of === null) return <span className="x-quiet">—</span>
  return <span className="l-share x-num"><span aria-hidden><span style={{ width: `${of * 100}%` }} /></span>{percent(of)}</span>
}

function count(number: number): string {
  return number.toLocaleString('en')
}

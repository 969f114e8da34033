import { addMonths, type Day } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import type { leagueTable } from './contract.ts'
import type { Gap, MonthOfDepartment } from './queries/clocks.ts'

type LeagueRow = OutputOf<typeof leagueTable>['rows'][number]

/** The months of a league table when nobody chose: the present one and the eleven before it. */
export function spanOf(today: Day, from?: string, until?: string): { from: string; until: string } {
  const last = until ?? (from !== undefined && from > today.slice(0, 7) ? from : today.slice(0, 7))
  const first = from ?? addMonths(`${last}-01` as Day, -11).slice(0, 7)
  return first <= last ? { from: first, until: last } : { from: last, until: first }
}

/**
 * The league table (归集排名): 迟报率 = late ÷ reported, 及时率 = 1 − 迟报率, 合规率 = rows accepted ÷ rows sent; null where nothing came.
 * Every department of the district is there, the punctual first; among equals the one that reported more.
 */
export function leagueOf(departments: readonly string[], months: readonly MonthOfDepartment[], gaps: readonly Gap[], openRejections: ReadonlyMap<string, number>): LeagueRow[] {
  const share = (part: number, all: number) => (all === 0 ? null : part / all)
  const timelinessOf = (late: number, reported: number) => (reported === 0 ? null : (reported - late) / reported)
  const all = [...new Set([...departments, ...months.map(({ department }) => department)])]
  const rows = all.map((department): LeagueRow => {
    const own = months.filter((one) => one.department === department)
    const sum = (of: (one: MonthOfDepartment) => number) => own.reduce((total, one) => total + of(one), 0)
    const [reported, late, rowsSent, rowsAccepted] = [sum((one) => one.reported), sum((one) => one.late), sum((one) => one.sent), sum((one) => one.accepted)]
    return {
      department, reported, late, timeliness: timelinessOf(late, reported), lateRate: share(late, reported), rowsSent, rowsAccepted, compliance: share(rowsAccepted, rowsSent),
      gaps: gaps.filter((one) => one.department === department).reduce((total, { missingCount }) => total + missingCount, 0), openRejections: openRejections.get(department) ?? 0,
      months: own.map((one) => ({ month: one.month, reported: one.reported, timeliness: timelinessOf(one.late, one.reported), compliance: share(one.accepted, one.sent) })),
    }
  })
  return rows.sort((a, b) => (b.timeliness ?? -1) - (a.timeliness ?? -1) || b.reported - a.reported || (a.department < b.department ? -1 : 1))
}

// @clause 4.5
import { addMonths, type Day } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import type { SubmissionTotal } from '../submissions/index.ts'
import type { leagueTable } from './contract.ts'
import type { Gap, ReportedMonth } from './queries/clocks.ts'

type LeagueRow = OutputOf<typeof leagueTable>['rows'][number]

/** What a league table is made of: records reported, rows of files, missing numbers, decisions that were rejected and have not come again. */
export type LeagueParts = {
  readonly departments: readonly string[]
  readonly reported: readonly ReportedMonth[]
  readonly sent: readonly SubmissionTotal[]
  readonly gaps: readonly Gap[]
  readonly openRejections: readonly { readonly department: string; readonly count: number }[]
}

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
export function leagueOf(parts: LeagueParts): LeagueRow[] {
  const all = [...new Set([...parts.departments, ...parts.reported.map(({ department }) => department), ...parts.sent.map(({ department }) => department)])]
  return all.map((department) => rowOf(department, parts)).sort((a, b) => (b.timeliness ?? -1) - (a.timeliness ?? -1) || b.reported - a.reported || (a.department < b.department ? -1 : 1))
}

function rowOf(department: string, { reported, sent, gaps, openRejections }: LeagueParts): LeagueRow {
  const of = <Part extends { readonly department: string }>(list: readonly Part[]) => list.filter((one) => one.department === department)
  const [months, files] = [of(reported), of(sent)]
  const monthOf = (month: string) => ({ records: months.filter((one) => one.month === month), files: files.filter((one) => one.month === month) })
  const [all, late] = [sum(months, (one) => one.reported), sum(months, (one) => one.late)]
  const [rowsSent, rowsAccepted] = [sum(files, (one) => one.rowsSent), sum(files, (one) => one.rowsAccepted)]
  return {
    department, reported: all, late, timeliness: share(all - late, all), lateRate: share(late, all), rowsSent, rowsAccepted, compliance: share(rowsAccepted, rowsSent),
    gaps: sum(of(gaps), (one) => one.missingCount), openRejections: sum(of(openRejections), (one) => one.count),
    months: [...new Set([...months, ...files].map(({ month }) => month))].sort().map((month) => {
      const own = monthOf(month)
      const count = sum(own.records, (one) => one.reported)
      return {
        month, reported: count, timeliness: share(count - sum(own.records, (one) => one.late), count),
        compliance: share(sum(own.files, (one) => one.rowsAccepted), sum(own.files, (one) => one.rowsSent)),
      }
    }),
  }
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all
}

function sum<Part>(list: readonly Part[], of: (one: Part) => number): number {
  return list.reduce((total, one) => total + of(one), 0)
}

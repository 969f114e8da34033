import type { AnswerOf } from '../../../ui/client.ts'
import { t } from '../../../ui/language.ts'
import type { leagueTable } from '../contract.ts'
import { monthsBetween, percent } from './shares.ts'

/** The table behind the month lines: every department and month, with timeliness and how many records came in. */
export function MonthsTable({ data, nameOf }: { readonly data: AnswerOf<typeof leagueTable>; nameOf(key: string): string }) {
  const months = monthsBetween(data.from, data.until)
  return (
    <details className="l-months">
      <summary>{t('逐月数字（及时率，归集条数）', 'The months in figures (timeliness, records)')}</summary>
      <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('逐月数字', 'The months in figures')}>
        <table className="x-table x-sticky-first">
          <thead><tr><th scope="col">{t('部门', 'Department')}</th>{months.map((month) => <th key={month} scope="col" className="x-right">{month}</th>)}</tr></thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.department}>
                <th scope="row"><span className="x-cut" title={nameOf(row.department)}>{nameOf(row.department)}</span></th>
                {months.map((month) => {
                  const one = row.months.find((each) => each.month === month)
                  return <td key={month} className="x-right">{one && one.reported > 0 ? <>{percent(one.timeliness)} <span className="x-quiet">{one.reported.toLocaleString('en')}</span></> : <span className="x-quiet">—</span>}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

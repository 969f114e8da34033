// @clause 12.1
import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import { dayWithWeekday, InstantText } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listWork } from '../contract.ts'
import { groupsOf } from './groups.ts'
import { InCharge } from './InCharge.tsx'
import './worklist.css'

/** An item as the list gives it. */
export type WorkRow = RowOf<typeof listWork>

/** What waits, grouped by day due: what, who, since when, by which rule, who is in charge, and the one next act. */
export function WorkRows({ rows, brief = false }: { readonly rows: readonly WorkRow[]; readonly brief?: boolean }) {
  return (
    <div className="w-list">
      {groupsOf(rows).map(({ key, title, day, tone, items }) => (
        <section key={key} aria-label={`${tt(title)} ${day ?? ''}`}>
          <h3 className={tone ? `x-${tone}` : ''}>{tt(title)}{day && <> <span className="x-num">{dayWithWeekday(day)}</span></>} <span className="x-quiet x-small">{t(`${items.length} 项`, `${items.length}`)}</span></h3>
          <ul>{items.map((row) => <Row key={`${row.kind}/${row.key}`} row={row} brief={brief} />)}</ul>
        </section>
      ))}
    </div>
  )
}

function Row({ row, brief }: { readonly row: WorkRow; readonly brief: boolean }) {
  const departmentName = useDepartmentName()
  const to = row.next.to as '/'
  return (
    <li className="w-row">
      <div className="w-what">
        <Link to={to} className="w-title" lang="zh-CN">{tt(row.title)}</Link>
        <span className="x-small x-quiet">
          {tt(row.kindTitle)}{row.department && <> · {departmentName(row.department)}</>}
          {row.subject && <> · <Link to="/subjects/$subjectId" params={{ subjectId: String(row.subject.subjectId) }} lang="zh-CN">{row.subject.name}</Link></>}
          {!brief && <> · {t('自', 'since')} <InstantText at={row.since} /></>}
        </span>
      </div>
      <div className="w-due">{row.dueOn ? <DeadlineTag on={row.dueOn} provisional={row.provisional} basis={row.rule} /> : row.rule && <BasisPopover basis={row.rule} />}</div>
      {!brief && <div className="w-who"><InCharge row={row} /></div>}
      <Link to={to} className="w-next">{tt(row.next.title)}<span className="x-hidden" lang="zh-CN">{tt(row.title)}</span></Link>
    </li>
  )
}

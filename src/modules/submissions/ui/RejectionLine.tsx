import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listOpenRejections } from '../contract.ts'
import './submissions.css'

/** One rejected decision in two lines: which, by when, why, and the way to its batch. */
export function RejectionLine({ row }: { readonly row: RowOf<typeof listOpenRejections> }) {
  const departmentName = useDepartmentName()
  const what = row.documentNumber ?? row.partyName ?? t(`第 ${row.rowNumber} 行`, `row ${row.rowNumber}`)
  return (
    <li>
      <span className="s-file"><Link className="x-cut" title={what} to="/imports/$batchId" params={{ batchId: String(row.batchId) }}>{what}</Link><DeadlineTag on={row.dueOn} rule={t('从决定之日起计算的归集时限；被退回不停止计时。', 'The time limit for reporting runs from the day of the decision; being sent back does not stop it.')} /></span>
      <span className="x-small x-quiet">{departmentName(row.department)} · {tt(row.firstProblem)}</span>
    </li>
  )
}

import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf, RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { EmptyState } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listOpenRejections } from '../contract.ts'
import { OpenRejections } from './OpenRejections.tsx'
import './submissions.css'

type Answer = AnswerOf<typeof listOpenRejections>

/** What was sent back and not sent again: first what can still be in time, one line each; then the late ones by department, one act for each batch. */
export function LateAndDue({ answer }: { readonly answer: Answer }) {
  if (answer.total === 0) return <EmptyState title={t('没有逾期或将到期的退回行', 'Nothing late or due')} how={t('导入时被退回、还没有改正再报的决定会列在这里，时限照常计算。', 'Decisions that an import sent back and that were not sent again would stand here; their time limit goes on.')} />
  const inTime = answer.rows.filter(({ state, dueOn }) => state !== 'late' && dueOn !== null)
  const departments = [...Map.groupBy(answer.lateBatches, ({ department }) => department)].map(([department, batches]) => ({ department, batches, late: batches.reduce((sum, { late }) => sum + late, 0) })).toSorted((a, b) => b.late - a.late)
  return (
    <div className="x-stack" style={{ gap: 12 }}>
      {inTime.length > 0 && <div><h3 className="x-due">{t(`还来得及的 ${inTime.length} 项`, `Still in time: ${inTime.length}`)}</h3><ul className="s-last">{inTime.slice(0, 12).map((row) => <RejectionLine key={`${row.batchId} ${row.rowNumber}`} row={row} />)}</ul></div>}
      {departments.length > 0 && (
        <div><h3 className="x-late">{t(`已逾期的 ${answer.late} 项，按部门`, `Late: ${answer.late}, by department`)}</h3>
          {departments.map((each, index) => <Department key={each.department} {...each} open={index === 0} />)}
        </div>
      )}
      <AllOfThem total={answer.total} />
    </div>
  )
}

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

const FEW = 5

function Department({ department, batches, late, open }: { readonly department: string; readonly batches: Answer['lateBatches']; readonly late: number; readonly open: boolean }) {
  const departmentName = useDepartmentName()
  const [all, setAll] = useState(false)
  return (
    <details className="s-late" open={open}>
      <summary><span>{departmentName(department)}</span><span className="x-num">{t(`${late} 项 · ${batches.length} 批`, `${late} in ${batches.length} ${batches.length === 1 ? 'batch' : 'batches'}`)}</span></summary>
      <ul>
        {(all ? batches : batches.slice(0, FEW)).map(({ batchId, fileName, late: rows, dueOn }) => (
          <li key={batchId}>
            <span className="x-cut" title={fileName}>{fileName}</span>
            <span className="x-small x-quiet x-num">{t(`${rows} 项，最早应于`, `${rows}, the first due on`)} <DayText on={dueOn} /></span>
            <Link to="/imports/$batchId" params={{ batchId: String(batchId) }} aria-label={t(`去改正 ${fileName}`, `Correct ${fileName}`)}>{t('去改正', 'Correct')}</Link>
          </li>
        ))}
      </ul>
      {!all && batches.length > FEW && <button type="button" className="x-bare x-small s-more" onClick={() => setAll(true)}>{t(`另有更早的 ${batches.length - FEW} 批`, `${batches.length - FEW} earlier batches`)}</button>}
    </details>
  )
}

function AllOfThem({ total }: { readonly total: number }) {
  const [open, setOpen] = useState(false)
  return (
    <details className="s-late" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><span>{t('逐条列出，可导出', 'One by one, to export')}</span><span className="x-num">{t(`共 ${total} 项`, `${total}`)}</span></summary>
      {open && <Whole />}
    </details>
  )
}

function Whole() {
  return <OpenRejections answer={useEndpoint(listOpenRejections, { limit: 500 })} />
}

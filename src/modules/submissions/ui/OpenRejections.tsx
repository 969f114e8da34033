import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable, type TableAnswer } from '../../../ui/query-table/QueryTable.tsx'
import type { Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listOpenRejections } from '../contract.ts'
import { kindTitles } from './words.ts'

type Rejection = RowOf<typeof listOpenRejections>

/** Decisions that were sent back and not sent in again: who, by when, what is wrong, and the way to the row. The most urgent first. */
export function OpenRejections({ answer }: { readonly answer: TableAnswer<Rejection> }) {
  const departmentName = useDepartmentName()
  const columns: Column<Rejection>[] = [
    { id: 'what', title: { zh: '决定', en: 'Decision' }, text: (row) => row.documentNumber ?? row.partyName ?? '', render: (row) => <Link to="/imports/$batchId" params={{ batchId: String(row.batchId) }} className="x-cut" title={`${row.documentNumber ?? ''} ${row.partyName ?? ''}`}>{row.documentNumber ?? row.partyName ?? t(`第 ${row.rowNumber} 行`, `row ${row.rowNumber}`)}</Link> },
    { id: 'due', title: { zh: '应报送', en: 'Due' }, text: (row) => row.dueOn ?? '', render: (row) => <DeadlineTag on={row.dueOn} rule={t('从决定之日起计算的归集时限；被退回不停止计时。', 'The time limit for reporting runs from the day of the decision; being sent back does not stop it.')} /> },
    { id: 'problem', title: { zh: '退回原因', en: 'Why it was sent back' }, text: (row) => tt(row.firstProblem), render: (row) => <span className="x-cut" style={{ maxWidth: '15.5em' }} title={tt(row.firstProblem)}>{tt(row.firstProblem)}</span> },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => departmentName(row.department), render: (row) => departmentName(row.department) },
    { id: 'party', title: { zh: '行政相对人', en: 'Party' }, text: (row) => row.partyName ?? '', render: (row) => <span className="x-cut" title={row.partyName ?? ''}>{row.partyName ?? '—'}</span> },
    { id: 'kind', title: { zh: '类型', en: 'Kind' }, text: (row) => tt(kindTitles[row.kind]!), render: (row) => tt(kindTitles[row.kind]!), hidden: true },
    { id: 'decidedOn', title: { zh: '决定日', en: 'Decided' }, text: (row) => row.decidedOn ?? '', render: (row) => <DayText on={row.decidedOn} />, hidden: true },
  ]
  return <QueryTable name="open-rejections" caption={{ zh: '待改正的退回行', en: 'Rejected rows not yet corrected' }} columns={columns} answer={answer} keyOf={(row) => `${row.batchId}-${row.rowNumber}`} height="460px"
    empty={{ title: t('没有逾期或将到期的退回行', 'Nothing late or due'), how: t('导入时被退回、还没有改正再报的决定会列在这里，时限照常计算。', 'Decisions that an import sent back and that were not sent again would stand here; their time limit goes on.') }} />
}

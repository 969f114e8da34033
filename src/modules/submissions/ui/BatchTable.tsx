import type { ReactNode } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { DayText, instantInChina, InstantText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable, type TableAnswer } from '../../../ui/query-table/QueryTable.tsx'
import type { Column, TableSearch } from '../../../ui/query-table/columns.ts'
import { ActorName, useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listBatches } from '../contract.ts'
import { count, kindTitles, stateTitles } from './words.ts'

type Batch = RowOf<typeof listBatches>

/** Batches (报送批次) with what became of their rows. */
export function BatchTable({ name, answer, search, onSearch, filters, loadAll }: { readonly name: string; readonly answer: TableAnswer<Batch>; readonly search?: TableSearch; onSearch?(next: TableSearch): void; readonly filters?: ReactNode; loadAll?(offset: number, limit: number): Promise<{ rows: Batch[]; total: number }> }) {
  const departmentName = useDepartmentName()
  const navigate = useNavigate()
  const figure = (id: 'read' | 'accepted' | 'unchanged' | 'corrected' | 'rejected', zh: string, en: string, tone?: string): Column<Batch> =>
    ({ id, title: { zh, en }, align: 'right', sortBy: (row) => row[id], text: (row) => String(row[id]), render: (row) => <span className={row[id] > 0 ? tone : 'x-quiet'}>{count(row[id])}</span> })
  const columns: Column<Batch>[] = [
    { id: 'file', title: { zh: '文件', en: 'File' }, text: (row) => row.fileName, sortBy: true, render: (row) => <Link to="/imports/$batchId" params={{ batchId: String(row.batchId) }} className="x-cut" title={row.fileName}>{row.fileName}</Link> },
    { id: 'state', title: { zh: '状态', en: 'State' }, text: (row) => tt(stateTitles[row.state]!), render: (row) => <BatchState batch={row} /> },
    { id: 'kind', title: { zh: '类型', en: 'Kind' }, text: (row) => tt(kindTitles[row.kind]!), sortBy: true, render: (row) => tt(kindTitles[row.kind]!) },
    { id: 'department', title: { zh: '报送部门', en: 'Department' }, text: (row) => departmentName(row.department), sortBy: true, render: (row) => departmentName(row.department) },
    { id: 'receivedOn', title: { zh: '接收日', en: 'Received' }, text: (row) => row.receivedOn, sortBy: true, render: (row) => <DayText on={row.receivedOn} /> },
    figure('read', '行数', 'Rows'), figure('accepted', '新增', 'Accepted'), figure('unchanged', '未变', 'Unchanged'), figure('corrected', '更正', 'Corrected'), figure('rejected', '退回', 'Rejected', 'x-late'),
    { id: 'actor', title: { zh: '经办人', en: 'By' }, text: (row) => row.actor, render: (row) => <ActorName id={row.actor} />, hidden: true },
    { id: 'receivedAt', title: { zh: '导入时间', en: 'At' }, text: (row) => instantInChina(row.receivedAt), render: (row) => <InstantText at={row.receivedAt} />, hidden: true },
  ]
  return (
    <QueryTable name={name} caption={{ zh: '报送批次', en: 'Batches' }} unit={{ zh: '批', en: 'batches', one: 'batch' }} columns={columns} answer={answer} keyOf={(row) => row.batchId} search={search} onSearch={onSearch} filters={filters} loadAll={loadAll}
      onOpen={(row) => void navigate({ to: '/imports/$batchId', params: { batchId: String(row.batchId) } })}
      empty={{ title: t('还没有导入', 'Nothing imported yet'), how: t('导入的每一份文件都会列在这里，带着结果和失败行。先在上面放一个文件。', 'Each imported file stays listed here with its result and failed rows. Drop one above.') }} />
  )
}

/** The state of a batch as a tag; how far it is while it runs. */
export function BatchState({ batch }: { readonly batch: Pick<Batch, 'state' | 'progress' | 'rejected'> }) {
  const state = stateTitles[batch.state]!
  const fraction = batch.progress?.fraction
  if (batch.state === 'done' && batch.rejected > 0) return <span className="x-tag x-tag-due">{t('有退回行', 'rows rejected')}</span>
  return <span className={`x-tag x-tag-${state.tone}`}>{tt(state)}{fraction !== null && fraction !== undefined && ` ${Math.round(fraction * 100)}%`}</span>
}

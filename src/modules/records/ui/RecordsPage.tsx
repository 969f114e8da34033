// @clause 4.3
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Checkbox, Input, Select } from 'antd'
import { call } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { DayText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Money, moneyText } from '../../../ui/Money.tsx'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listRecords, recordKindSchema } from '../contract.ts'
import { ObjectedTag } from '../../subjects/ui/ObjectedTag.tsx'
import { ClassTag, Switches, Timeliness, type RecordRow } from './parts.tsx'
import { classTitles, recordKinds } from './words.ts'

const route = getRouteApi('/records')

/** All records, by kind, department, lateness, day of receipt and words. */
export function RecordsPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const navigate = useNavigate()
  const { departments } = useSurroundings()
  const departmentName = useDepartmentName()
  const filter = { find: search.find, kind: search.kind, department: search.department, late: search.late ? 'true' : undefined, receivedFrom: search.from, receivedUntil: search.until }
  const answer = useEndpoint(listRecords, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const columns: Column<RecordRow>[] = [
    { id: 'subject', title: { zh: '主体', en: 'Subject' }, text: (row) => row.subjectName, sortBy: true, render: (row) => <Link className="x-cut" title={row.subjectName} to="/subjects/$subjectId" params={{ subjectId: String(row.subjectId) }}>{row.subjectName}</Link> },
    { id: 'kind', title: { zh: '类型', en: 'Kind' }, text: (row) => tt(recordKinds[row.kind]!), render: (row) => tt(recordKinds[row.kind]!) },
    { id: 'number', title: { zh: '文号', en: 'Document number' }, text: (row) => row.documentNumber, render: (row) => <Link className={`x-cut ${row.withdrawn ? 'x-quiet' : ''}`} title={row.title} to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(row.subjectId), recordId: String(row.recordId) }}>{row.documentNumber}{row.withdrawn && ` · ${t('已撤回', 'withdrawn')}`}</Link> },
    { id: 'class', title: { zh: '程度', en: 'Class' }, text: (row) => (row.class ? tt(classTitles[row.class]!) : ''), render: (row) => <><ClassTag record={row} />{row.objected && <ObjectedTag />}</> },
    { id: 'amount', title: { zh: '金额', en: 'Amount' }, align: 'right', text: (row) => (row.amountFen ? moneyText(row.amountFen) : ''), sortBy: (row) => Number(row.amountFen ?? -1), render: (row) => <Money fen={row.amountFen} /> },
    { id: 'decided', title: { zh: '决定日', en: 'Decided' }, text: (row) => row.decidedOn, sortBy: true, render: (row) => <DayText on={row.decidedOn} /> },
    { id: 'received', title: { zh: '报送日', en: 'Reported' }, text: (row) => row.receivedOn, sortBy: true, render: (row) => <DayText on={row.receivedOn} /> },
    { id: 'late', title: { zh: '时限', en: 'In time' }, text: (row) => (row.lateBy === null ? '' : String(row.lateBy)), sortBy: (row) => row.lateBy ?? -1, render: (row) => <Timeliness record={row} /> },
    { id: 'publicUntil', title: { zh: '公示至', en: 'Public until' }, text: (row) => row.publicity.endsOn ?? '', render: (row) => <DayText on={row.publicity.endsOn} /> },
    { id: 'department', title: { zh: '来源部门', en: 'Department' }, text: (row) => departmentName(row.department), render: (row) => departmentName(row.department) },
    { id: 'switches', title: { zh: '公示·共享·使用', en: 'Switches' }, text: () => '', render: (row) => <Switches record={row} />, hidden: true },
    { id: 'versions', title: { zh: '版本', en: 'Versions' }, align: 'right', text: (row) => String(row.versions), render: (row) => row.versions, hidden: true },
  ]
  return (
    <>
      <PageHead title={t('信用记录', 'Records')} under={t('部门报送的每一条许可、处罚和等级；只增不改，更正和撤回都留痕。', 'Every licence, penalty and grade reported; never changed, only followed by corrections and withdrawals.')} />
      <Section flush>
        <QueryTable name="records" caption={{ zh: '信用记录', en: 'Records' }} columns={columns} answer={answer} keyOf={(row) => row.recordId} search={search} onSearch={(next) => set({ page: undefined, ...next })} loadAll={(offset, limit) => call(listRecords, { offset, limit, ...filter })}
          onOpen={(row) => void navigate({ to: '/subjects/$subjectId/records/$recordId', params: { subjectId: String(row.subjectId), recordId: String(row.recordId) } })}
          filters={<>
            <Input.Search size="small" allowClear style={{ width: 220 }} defaultValue={search.find} key={search.find} placeholder={t('文号、主体或事由', 'Number, subject or matter')} aria-label={t('查找', 'Find')} onSearch={(find) => set({ find: find || undefined })} />
            <Select size="small" allowClear style={{ width: 130 }} placeholder={t('全部类型', 'All kinds')} aria-label={t('类型', 'Kind')} value={search.kind} options={recordKindSchema.options.map((kind) => ({ value: kind, label: tt(recordKinds[kind]!) }))} onChange={(kind) => set({ kind })} />
            <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 180 }} placeholder={t('全部部门', 'All departments')} aria-label={t('部门', 'Department')} value={search.department} options={departments.map((each) => ({ value: each.key, label: tt(each) }))} onChange={(department) => set({ department })} />
            <Checkbox checked={search.late ?? false} onChange={(event) => set({ late: event.target.checked || undefined })}>{t('只看迟报', 'Late only')}</Checkbox>
            <span className="x-row" style={{ gap: 4, flexWrap: 'nowrap' }}><span className="x-quiet x-nowrap">{t('报送日', 'Reported')}</span><DayInput size="small" value={search.from ?? ''} label={t('报送日自', 'Reported from')} onChange={(from) => set({ from: from || undefined })} /><span>–</span><DayInput size="small" value={search.until ?? ''} label={t('报送日至', 'Reported until')} onChange={(until) => set({ until: until || undefined })} /></span>
          </>}
          empty={{ title: t('没有符合条件的记录', 'No such record'), how: t('放宽筛选条件，或在“导入”页导入部门的许可和处罚。', 'Loosen the filters, or import licences and penalties on the imports page.'), action: <Link to="/imports">{t('去导入', 'To the imports')}</Link> }} />
      </Section>
    </>
  )
}

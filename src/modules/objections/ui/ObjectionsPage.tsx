// @clause 4.8
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Checkbox, Select } from 'antd'
import { urlOf, type RowOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { InstantText, instantInChina } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { Words } from '../../../ui/query-table/tools.tsx'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { aboutWords, exportObjections, listObjections, objectionAboutSchema, stateWords } from '../contract.ts'

const route = getRouteApi('/objections')
type Row = RowOf<typeof listObjections>
type State = Row['state']

/** Objections (异议): the open ones first, by day due; late ones can be asked for alone. */
export function ObjectionsPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const navigate = useNavigate()
  const { departments } = useSurroundings()
  const department = useDepartmentName()
  const filter = { find: search.find, state: search.state, about: search.about, department: search.department, open: search.open ? 'true' : undefined, late: search.late ? 'true' : undefined, dueFrom: search.from, dueUntil: search.until }
  const answer = useEndpoint(listObjections, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const columns: Column<Row>[] = [
    { id: 'subject', title: { zh: '主体', en: 'Subject' }, text: (row) => row.subjectName, sortBy: true, render: (row) => <Link className="x-cut" title={row.subjectName} to="/objections/$objectionId" params={{ objectionId: String(row.objectionId) }}>{row.subjectName}</Link> },
    { id: 'state', title: { zh: '状态', en: 'State' }, text: (row) => tt(stateWords[row.state]), sortBy: true, render: (row) => <span className={`x-tag ${row.dueOn ? 'x-tag-info' : ''}`}>{tt(stateWords[row.state])}</span> },
    { id: 'due', title: { zh: '期限', en: 'Due' }, text: (row) => row.dueOn ?? '', sortBy: true, render: (row) => (row.dueOn ? <DeadlineTag on={row.dueOn} rule={row.extended ? t('已延长一次。', 'Extended once.') : ''} /> : <span className="x-quiet">—</span>) },
    { id: 'about', title: { zh: '异议事项', en: 'About' }, text: (row) => tt(row.what), render: (row) => <span className="x-cut" title={tt(row.what)}>{tt(row.what)}</span> },
    { id: 'department', title: { zh: '办理部门', en: 'Department' }, text: (row) => department(row.department), sortBy: true, render: (row) => <span className="x-cut" title={department(row.department)}>{department(row.department)}</span> },
    { id: 'filed', title: { zh: '提出时间', en: 'Filed' }, text: (row) => instantInChina(row.filedAt), sortBy: (row) => row.filedAt, render: (row) => <InstantText at={row.filedAt} /> },
    { id: 'by', title: { zh: '提出人', en: 'Filed by' }, text: (row) => row.filedBy, sortBy: true, render: (row) => row.filedBy, hidden: true },
    { id: 'wish', title: { zh: '请求', en: 'Wish' }, text: (row) => row.wish, render: (row) => <span className="x-cut" title={row.wish}>{row.wish}</span> },
  ]
  const none = Object.values(filter).every((value) => value === undefined)
  return (
    <>
      <PageHead title={t('异议', 'Objections')} under={t('企业对记录、等级、登记信息提出的异议；未办结的排在前面。', 'Of businesses to records, grades and registrations; the open ones stand first.')} />
      <Section flush>
        <QueryTable name="objections" caption={{ zh: '异议', en: 'Objections' }} unit={{ zh: '项', en: 'objections' }} columns={columns} answer={answer} keyOf={(row) => row.objectionId} search={search} onSearch={(next) => void change({ search: { ...search, ...next } })}
          onOpen={(row) => void navigate({ to: '/objections/$objectionId', params: { objectionId: String(row.objectionId) } })} files={{ xlsx: urlOf(exportObjections, filter), csv: urlOf(exportObjections, { ...filter, form: 'csv' }) }}
          filters={<>
            <Words label={t('主体名称', 'Name of the business')} value={search.find} onWords={(find) => set({ find })} />
            <Select size="small" allowClear style={{ minWidth: 130 }} placeholder={t('状态', 'State')} aria-label={t('状态', 'State')} value={search.state} onChange={(state) => set({ state })} options={(Object.keys(stateWords) as State[]).map((value) => ({ value, label: tt(stateWords[value]) }))} />
            <Select size="small" allowClear style={{ minWidth: 110 }} placeholder={t('异议事项', 'About')} aria-label={t('异议事项', 'About')} value={search.about} onChange={(about) => set({ about })} options={objectionAboutSchema.options.map((value) => ({ value, label: tt(aboutWords[value]) }))} />
            <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ minWidth: 160 }} placeholder={t('办理部门', 'Department')} aria-label={t('办理部门', 'Department')} value={search.department} onChange={(key) => set({ department: key })} options={departments.map((one) => ({ value: one.key, label: tt(one) }))} />
            <span className="x-row" style={{ gap: 4, flexWrap: 'nowrap' }}><span className="x-quiet">{t('期限', 'Due')}</span><DayInput size="small" label={t('期限自', 'Due from')} value={search.from ?? ''} onChange={(from) => set({ from: from || undefined })} /><span className="x-quiet" aria-hidden>–</span><DayInput size="small" label={t('期限至', 'Due until')} value={search.until ?? ''} onChange={(until) => set({ until: until || undefined })} /></span>
            <Checkbox checked={search.open === true} onChange={(event) => set({ open: event.target.checked || undefined })}>{t('未办结', 'Open')}</Checkbox>
            <Checkbox checked={search.late === true} onChange={(event) => set({ late: event.target.checked || undefined })}>{t('已逾期', 'Late')}</Checkbox>
          </>}
          empty={none ? { title: t('还没有异议', 'No objection yet'), how: t('企业在“/my”提出异议后，会出现在这里；只列出由本部门办理的。', 'They appear when a business objects in the space /my; only those that your department handles are listed.') } : { title: t('没有符合条件的异议', 'No objection fits'), how: t('放宽条件再看。', 'Widen the filters.') }} />
      </Section>
    </>
  )
}

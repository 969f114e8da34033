// @clause 4.1
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { call, type RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName, useSectorName, useSurroundings } from '../../../ui/surroundings.tsx'
import { Uscc } from '../../../ui/Uscc.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listSubjects, subjectStatusSchema, subjectTypeSchema } from '../contract.ts'
import { Admission } from './Admission.tsx'
import { objectedColumn } from './ObjectedTag.tsx'
import { StatusTag } from './StatusTag.tsx'
import { statusTitles, typeTitles } from './words.ts'

const route = getRouteApi('/subjects')
type Subject = RowOf<typeof listSubjects>

/** The register of subjects (信用主体): found by part of a name (two characters), a former name, or any code. */
export function SubjectsPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const navigate = useNavigate()
  const { sectors } = useSurroundings()
  const departmentName = useDepartmentName()
  const sectorName = useSectorName()
  const filter = { find: search.find, type: search.type, sector: search.sector, status: search.status }
  const answer = useEndpoint(listSubjects, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const columns: Column<Subject>[] = [
    { id: 'name', title: { zh: '名称', en: 'Name' }, text: (row) => row.name, sortBy: true, render: (row) => <span className="x-row" style={{ gap: 6, flexWrap: 'nowrap' }}><Link className="x-cut" title={row.name} to="/subjects/$subjectId" params={{ subjectId: String(row.subjectId) }}>{row.name}</Link>{row.foundBy && <span className="x-tag" title={row.foundBy}>{t('曾用名', 'formerly')} {row.foundBy}</span>}</span> },
    { id: 'uscc', title: { zh: '统一社会信用代码', en: 'Unified code' }, text: (row) => row.uscc ?? '', sortBy: true, render: (row) => <Uscc code={row.uscc} /> },
    { id: 'type', title: { zh: '类型', en: 'Type' }, text: (row) => tt(typeTitles[row.type]!), sortBy: true, render: (row) => tt(typeTitles[row.type]!) },
    { id: 'status', title: { zh: '状态', en: 'Status' }, text: (row) => tt(statusTitles[row.status]!), sortBy: true, render: (row) => <StatusTag status={row.status} /> },
    objectedColumn(),
    { id: 'sectors', title: { zh: '监管领域', en: 'Sectors' }, text: (row) => row.sectors.map(sectorName).join(' '), render: (row) => <span className="x-cut" title={row.sectors.map(sectorName).join(t('、', ', '))}>{row.sectors.map(sectorName).join(t('、', ', ')) || '—'}</span> },
    { id: 'place', title: { zh: '所在地', en: 'Place' }, text: (row) => row.placeTitle ?? '', sortBy: true, render: (row) => row.placeTitle ?? row.place ?? '—' },
    { id: 'department', title: { zh: '主管部门', en: 'Department' }, text: (row) => (row.department ? departmentName(row.department) : ''), render: (row) => departmentName(row.department) },
    { id: 'founded', title: { zh: '成立日', en: 'Founded' }, text: (row) => row.foundedOn ?? '', sortBy: true, render: (row) => <DayText on={row.foundedOn} /> },
    { id: 'industry', title: { zh: '行业', en: 'Industry' }, text: (row) => row.industryTitle ?? '', render: (row) => row.industryTitle ?? '—', hidden: true },
    { id: 'legal', title: { zh: '法定代表人', en: 'Legal representative' }, text: (row) => row.legalRepresentative ?? '', render: (row) => row.legalRepresentative ?? '—', hidden: true },
  ]
  return (
    <>
      <PageHead title={t('信用主体', 'Subjects')} after={<Admission />} />
      <Section flush>
        <QueryTable name="subjects" caption={{ zh: '信用主体', en: 'Subjects' }} unit={{ zh: '户', en: 'subjects' }} columns={columns} answer={answer} keyOf={(row) => row.subjectId} search={search} onSearch={(next) => set({ page: undefined, ...next })} loadAll={(offset, limit) => call(listSubjects, { offset, limit, ...filter })}
          onOpen={(row) => void navigate({ to: '/subjects/$subjectId', params: { subjectId: String(row.subjectId) } })}
          filters={<>
            <Input.Search size="small" allowClear style={{ width: 260 }} defaultValue={search.find} key={search.find} placeholder={t('名称中的两个字、曾用名或任意代码', 'Two characters of a name, a former name or any code')} aria-label={t('查找主体', 'Find subjects')} onSearch={(find) => set({ find: find || undefined })} />
            <Select size="small" allowClear style={{ width: 140 }} placeholder={t('全部领域', 'All sectors')} aria-label={t('监管领域', 'Sector')} value={search.sector} options={sectors.map((each) => ({ value: each.key, label: tt(each) }))} onChange={(sector) => set({ sector })} />
            <Select size="small" allowClear style={{ width: 140 }} placeholder={t('全部类型', 'All types')} aria-label={t('类型', 'Type')} value={search.type} options={subjectTypeSchema.options.map((type) => ({ value: type, label: tt(typeTitles[type]!) }))} onChange={(type) => set({ type })} />
            <Select size="small" allowClear style={{ width: 120 }} placeholder={t('全部状态', 'All statuses')} aria-label={t('状态', 'Status')} value={search.status} options={subjectStatusSchema.options.map((status) => ({ value: status, label: tt(statusTitles[status]!) }))} onChange={(status) => set({ status })} />
          </>}
          empty={search.find ? { title: t(`没有找到“${search.find}”`, `Nothing found for “${search.find}”`), how: t('只输名称中的两个字，或核对代码的每一位；仅凭名称相同不会合并主体。', 'Try two characters of the name, or check each digit of the code; subjects are never joined by name alone.') } : { title: t('还没有主体', 'No subjects yet'), how: t('导入主体名录（XLSX 或 CSV）后，这里列出辖区全部信用主体。', 'Import a register (XLSX or CSV) and all subjects of the district stand here.'), action: <Link to="/imports">{t('去导入', 'To the imports')}</Link> }} />
      </Section>
    </>
  )
}

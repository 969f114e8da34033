// @clause 12.1
import { Link } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import type { AnswerOf, RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { windowOf, type Column, type TableSearch } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useDepartmentName, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { appointOfficer, getOrganisation, listOfficers, listProposals } from '../contract.ts'
import { ActDialog, given } from './ActDialog.tsx'
import { certificateWords } from './words.ts'

type Row = RowOf<typeof listOfficers>
/** What the list of officers keeps in the URL. */
export type OfficersSearch = TableSearch & { readonly department?: string | undefined; readonly find?: string | undefined }

/** Officers with post, roles and certificate; a line opens the page of the officer. */
export function Officers({ of, search, onSearch }: { readonly of: AnswerOf<typeof getOrganisation>; readonly search: OfficersSearch; onSearch(next: OfficersSearch): void }) {
  const officers = useEndpoint(listOfficers, { ...windowOf(search), department: search.department, find: search.find }, { keep: true })
  const departmentName = useDepartmentName()
  const whyNot = useWhyNot('organisation.edit')
  const open = of.departments.filter(({ closedOn }) => closedOn === null).map((one) => ({ value: one.key, label: tt(one) }))
  const roleName = (key: string) => tt(of.roles.find((role) => role.key === key) ?? { zh: key, en: key })
  const sectionName = (row: Row) => { const found = of.sections.find((one) => one.department === row.department && one.key === row.section); return found ? tt(found) : (row.section ?? '') }
  const rolesOf = (row: Row) => [...row.grants.map(({ role }) => roleName(role)), ...row.delegations.filter(({ deputyId }) => deputyId === row.officerId).map(({ untilOn }) => t(`代理至 ${untilOn}`, `deputy until ${untilOn}`))].join(t('、', ', '))
  const columns: Column<Row>[] = [
    { id: 'name', title: { zh: '姓名', en: 'Name' }, text: ({ name }) => name, render: (row) => <Link to="/people/$officerId" params={{ officerId: String(row.officerId) }}><span lang="zh-CN">{row.name}</span></Link> },
    { id: 'number', title: { zh: '工号', en: 'Number' }, text: ({ number }) => number, render: ({ number }) => <span className="x-mono">{number}</span> },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: ({ department }) => departmentName(department), render: ({ department }) => departmentName(department) },
    { id: 'section', title: { zh: '科室、岗位', en: 'Section, post' }, text: (row) => `${sectionName(row)} ${row.post ?? ''}`, render: (row) => [sectionName(row), row.post].filter(Boolean).join(' · ') || <span className="x-quiet">—</span> },
    { id: 'roles', title: { zh: '角色', en: 'Roles' }, text: rolesOf, render: (row) => rolesOf(row) || <span className="x-quiet">—</span> },
    { id: 'certificate', title: { zh: '执法证', en: 'Certificate' }, text: ({ certificates }) => certificates.map(({ number, untilOn }) => `${number} ${untilOn ?? ''}`).join('; '),
      render: ({ certificates }) => certificates.length === 0 ? <span className="x-quiet">—</span> : <span className="x-row">{certificates.map((one) => <span key={one.certificateId} title={one.untilOn ?? undefined}><span className="x-mono">{one.number}</span> <span className={`x-tag ${certificateWords[one.state]!.tag}`}>{tt(certificateWords[one.state]!)}</span></span>)}</span> },
    { id: 'since', title: { zh: '任职', en: 'Since' }, text: ({ joinedOn, leftOn }) => `${joinedOn}${leftOn ? `–${leftOn}` : ''}`, render: ({ joinedOn, leftOn }) => (leftOn ? <span className="x-quiet">{t('已离任', 'left')} <DayText on={leftOn} /></span> : <DayText on={joinedOn} />) },
  ]
  return (
    <Section flush>
      <QueryTable name="officers" caption={{ zh: '工作人员', en: 'Officers' }} unit={{ zh: '人', en: 'officers' }} columns={columns} answer={officers} keyOf={({ officerId }) => String(officerId)} search={search} onSearch={(next) => onSearch({ ...search, ...next })}
        filters={<>
          <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 190 }} placeholder={t('全部部门', 'All departments')} aria-label={t('部门', 'Department')} value={search.department} options={open} onChange={(department) => onSearch({ ...search, department, page: undefined })} />
          <Input.Search size="small" allowClear style={{ width: 170 }} placeholder={t('姓名或工号', 'Name or number')} aria-label={t('姓名或工号', 'Name or number')} defaultValue={search.find} onSearch={(find) => onSearch({ ...search, find: find.trim() || undefined, page: undefined })} />
          <ActDialog endpoint={appointOfficer} button={t('登记人员', 'Appoint')} title={t('登记人员', 'Appoint an officer')} stale={[listOfficers, listProposals]} whyNot={whyNot} explain={t('岗位需要的角色会提请安全管理员确认；账号另行开立。', 'Roles of the post wait for the security administrator; the account is opened apart.')}
            fields={[{ name: 'number', label: t('工号', 'Staff number'), required: true }, { name: 'name', label: t('姓名', 'Name'), required: true }, { name: 'department', label: t('部门', 'Department'), kind: 'choice', options: open, required: true }, { name: 'section', label: t('科室', 'Section'), hint: t('代号或名称', 'Key or name') }, { name: 'post', label: t('岗位', 'Post') },
              { name: 'joinedOn', label: t('到岗日期', 'Since'), kind: 'day' }, { name: 'certificate', label: t('执法证号', 'Certificate') }, { name: 'untilOn', label: t('执法证有效期至', 'Good until'), kind: 'day' }]}
            initial={search.department ? { department: search.department } : {}}
            toInput={(values) => ({ number: String(values.number), name: String(values.name), department: String(values.department), ...given(values, 'section', 'post', 'joinedOn'), ...(values.certificate ? { certificate: { number: String(values.certificate), ...given(values, 'untilOn') } } : {}) })} />
        </>}
        empty={{ title: t('没有这样的人员', 'Nobody fits'), how: t('系统管理员可以逐一登记，或用工作簿整批导入。', 'The system administrator appoints them one by one, or imports a workbook.') }} />
    </Section>
  )
}

// @clause 12.1
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useDepartmentName, useSectorName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { getOrganisation, listOfficers } from '../contract.ts'

const REACH = { all: { zh: '全部', en: 'all' }, 'own-department': { zh: '本部门', en: 'own department' }, 'own-sector': { zh: '本行业', en: 'own sector' }, 'own-subject': { zh: '本主体', en: 'own subject' } }

/** 组织机构: departments with their officers, and the table of roles by which the server decides. */
export function OrganisationPage() {
  const organisation = useEndpoint(getOrganisation, {})
  const officers = useEndpoint(listOfficers, { limit: 500 })
  const departmentName = useDepartmentName()
  const sectorName = useSectorName()
  const problem = organisation.error ?? officers.error
  if (!organisation.data || !officers.data) return problem ? <ProblemPanel problem={problem} /> : <Loading />
  const { departments, roles, permissions } = organisation.data
  const granted = roles.filter(({ key }) => key !== 'visitor')
  const roleName = (key: string) => { const role = roles.find((one) => one.key === key); return role ? tt(role) : key }
  return (
    <>
      <PageHead title={t('组织机构', 'Organisation')} under={t('部门、人员、角色；谁能做什么、到哪里为止。', 'Departments, officers, roles; who may do what, and how far.')} />
      <div className="x-stack">
        {departments.map((department) => {
          const people = officers.data.rows.filter((one) => one.department === department.key)
          return (
            <Section key={department.key} flush={people.length > 0} title={tt(department)} note={<><span className="x-mono">{department.uscc}</span>{department.sector && <> · {sectorName(department.sector)}</>}</>}>
              {people.length === 0 ? <span className="x-quiet">{t('尚未登记人员', 'No officers yet')}</span> : (
                <div className="x-table-wrap" tabIndex={0} role="region" aria-label={tt(department)}><table className="x-table">
                  <thead><tr><th>{t('姓名', 'Name')}</th><th>{t('工号', 'Number')}</th><th>{t('职务', 'Post')}</th><th>{t('角色', 'Roles')}</th><th>{t('执法证', 'Certificate')}</th><th>{t('任职', 'Since')}</th></tr></thead>
                  <tbody>{people.map((one) => (
                    <tr key={one.officerId} className={one.leftOn ? 'x-quiet' : ''}>
                      <td>{one.name}</td><td className="x-mono">{one.number}</td><td>{one.post ?? '—'}</td>
                      <td>{[...one.grants.map(({ role }) => roleName(role)), ...one.delegations.filter(({ deputyId }) => deputyId === one.officerId).map(({ officerId, untilOn }) => t(`代理 ${nameOf(officerId)} 至 ${untilOn}`, `for ${nameOf(officerId)} until ${untilOn}`))].join(t('、', ', ')) || '—'}</td>
                      <td>{one.certificates.map(({ number, untilOn }) => `${number}${untilOn ? ` (${untilOn})` : ''}`).join(t('、', ', ')) || '—'}</td>
                      <td className="x-num">{one.leftOn ? t(`已离任 ${one.leftOn}`, `left ${one.leftOn}`) : one.joinedOn}</td>
                    </tr>))}</tbody>
                </table></div>
              )}
            </Section>
          )
        })}
        <Section flush title={t('角色与权限', 'Roles and permissions')} note={t('没有列出的一律不允许；服务器、页面和命令行用的是同一张表', 'what is not listed is forbidden; server, pages and command line go by this one table')}>
          <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('角色与权限', 'Roles and permissions')}><table className="x-table x-sticky-first">
            <thead><tr><th>{t('权限', 'Permission')}</th>{granted.map((role) => <th key={role.key}>{tt(role)}</th>)}</tr></thead>
            <tbody>{permissions.filter(({ area }) => area !== 'program').map((permission) => (
              <tr key={permission.key}>
                <td title={permission.key}>{tt(permission)}</td>
                {granted.map((role) => { const reach = role.permissions[permission.key]; return <td key={role.key}>{reach ? tt(REACH[reach]) : <span className="x-quiet" aria-label={t('不允许', 'forbidden')}>·</span>}</td> })}
              </tr>))}</tbody>
          </table></div>
        </Section>
      </div>
    </>
  )

  function nameOf(officerId: number): string {
    const officer = officers.data?.rows.find((one) => one.officerId === officerId)
    return officer ? `${officer.name}（${departmentName(officer.department)}）` : String(officerId)
  }
}

// @clause 12.1
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input, Tabs } from 'antd'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { EmptyState, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { ActorName, useDepartmentName, useMay, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { decideClosing, decideProposal, endRole, getOfficer, getOrganisation, listClosings, listHolders, listOfficers, listProposals } from '../contract.ts'
import { ActDialog, given } from './ActDialog.tsx'
import { reachWords } from './words.ts'

const route = getRouteApi('/rights')
const STALE = [listProposals, listHolders, listOfficers, getOfficer]
type Organisation = AnswerOf<typeof getOrganisation>

/** 角色与权限: who may do what and how far, who holds which role by which grant, and roles that wait for confirmation. */
export function RightsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const organisation = useEndpoint(getOrganisation, {})
  const may = useMay()
  if (!organisation.data) return organisation.error ? <ProblemPanel problem={organisation.error} /> : <Loading />
  const first = may('organisation.grant') ? 'proposals' : 'table'
  return (
    <>
      <PageHead title={t('角色与权限', 'Rights')} under={t('没有列出的一律不允许；服务器、页面和命令行用的是同一张表。', 'What is not listed is forbidden; server, pages and command line go by this one table.')} />
      <Tabs activeKey={search.tab ?? first} onChange={(tab) => void navigate({ search: { tab: tab as NonNullable<typeof search.tab> }, resetScroll: false })} destroyOnHidden items={[
        { key: 'proposals', label: t('待确认', 'To be confirmed'), children: <Proposals of={organisation.data} /> },
        { key: 'holders', label: t('持有人', 'Who holds what'), children: <Holders of={organisation.data} /> },
        { key: 'table', label: t('权限表', 'Table'), children: <Table of={organisation.data} /> },
      ]} />
    </>
  )
}

function Proposals({ of }: { readonly of: Organisation }) {
  const whyNot = useWhyNot('organisation.grant')
  const departmentName = useDepartmentName()
  const open = useEndpoint(listProposals, { limit: 500 }, { enabled: whyNot === null })
  const decided = useEndpoint(listProposals, { open: 'false', limit: 20 }, { enabled: whyNot === null })
  const roleName = (key: string) => tt(of.roles.find((role) => role.key === key) ?? { zh: key, en: key })
  if (whyNot) return <Section title={t('待确认的角色', 'Roles to be confirmed')}><p>{whyNot}{t('。岗位需要的角色由安全管理员确认。', '. The security administrator confirms what posts ask for.')}</p></Section>
  return (
    <div className="x-stack">
      <ProblemPanel problem={open.error ?? decided.error} />
      <Closings />
      <Section flush={(open.data?.rows.length ?? 0) > 0} title={t('待确认的角色', 'Roles to be confirmed')} note={t('系统管理员登记人员和岗位，安全管理员确认角色，提请人不能自己确认', 'who keeps the people proposes, another confirms')}>
        {open.data?.rows.length === 0 && <EmptyState title={t('没有待确认的角色', 'Nothing waits')} how={t('导入或登记人员后，岗位需要的角色会出现在这里。', 'When officers are imported or appointed, the roles of their posts appear here.')} />}
        {open.data && open.data.rows.length > 0 && (
          <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('待确认的角色', 'Roles to be confirmed')}><table className="x-table">
            <thead><tr><th>{t('人员', 'Officer')}</th><th>{t('部门', 'Department')}</th><th>{t('角色', 'Role')}</th><th>{t('因', 'Because of')}</th><th>{t('提请', 'Proposed')}</th><th><span className="x-hidden">{t('操作', 'Actions')}</span></th></tr></thead>
            <tbody>{open.data.rows.map((row) => (
              <tr key={row.proposalId}><td><Link to="/people/$officerId" params={{ officerId: String(row.officerId) }}><span lang="zh-CN">{row.name}</span></Link> <span className="x-mono x-quiet">{row.number}</span></td><td>{departmentName(row.department)}</td><td>{roleName(row.role)}</td><td>{row.because || '—'}</td><td><InstantText at={row.proposedAt} /> <ActorName id={row.proposedBy} /></td>
                <td><span className="x-row"><ActDialog endpoint={decideProposal} button={t('确认', 'Confirm')} title={t(`确认授予${row.name}“${roleName(row.role)}”`, `Grant ${row.name} "${roleName(row.role)}"`)} stale={STALE} fields={[]} explain={t('自下一次请求起生效。', 'It counts from the next request on.')} toInput={() => ({ proposalId: row.proposalId, decision: 'confirmed' as const })} />
                  <ActDialog endpoint={decideProposal} danger button={t('不予', 'Refuse')} title={t(`不予授予${row.name}“${roleName(row.role)}”`, `Refuse ${row.name} "${roleName(row.role)}"`)} stale={STALE} fields={[{ name: 'reason', label: t('理由', 'Reason'), required: true }]} toInput={(values) => ({ proposalId: row.proposalId, decision: 'refused' as const, ...given(values, 'reason') })} /></span></td></tr>))}</tbody>
          </table></div>
        )}
      </Section>
      {decided.data && decided.data.rows.length > 0 && (
        <Section title={t('最近处理', 'Decided lately')}><ul className="x-small">{decided.data.rows.map((row) => <li key={row.proposalId}><InstantText at={row.decidedAt} /> <span lang="zh-CN">{row.name}</span> · {roleName(row.role)} · {row.decision === 'confirmed' ? t('已确认', 'confirmed') : t('不予', 'refused')}{row.reason && t(`（${row.reason}）`, ` (${row.reason})`)} <ActorName id={row.decidedBy!} /></li>)}</ul></Section>
      )}
    </div>
  )
}

/** 部门撤并待确认: nothing where none waits. */
function Closings() {
  const closings = useEndpoint(listClosings, {})
  const departmentName = useDepartmentName()
  if (!closings.data || closings.data.rows.length === 0) return <ProblemPanel problem={closings.error} />
  return (
    <Section flush title={t('待确认的部门撤并', 'Closings of departments to be confirmed')} note={t('系统管理员提请，安全管理员确认；确认前一切照旧', 'the system administrator proposes, the security administrator confirms; until then nothing changes')}>
      <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('待确认的部门撤并', 'Closings of departments to be confirmed')}><table className="x-table">
        <thead><tr><th>{t('部门', 'Department')}</th><th>{t('并入', 'Into')}</th><th className="x-number">{t('在职人员', 'People')}</th><th>{t('依据', 'Reason')}</th><th>{t('提请', 'Proposed')}</th><th><span className="x-hidden">{t('操作', 'Actions')}</span></th></tr></thead>
        <tbody>{closings.data.rows.map((row) => {
          const what = row.into ? t(`${departmentName(row.key)}并入${departmentName(row.into)}`, `Merge ${departmentName(row.key)} into ${departmentName(row.into)}`) : t(`撤销${departmentName(row.key)}`, `Close ${departmentName(row.key)}`)
          return (
            <tr key={row.closingId}><td>{departmentName(row.key)}</td><td>{row.into ? departmentName(row.into) : '—'}</td><td className="x-number">{row.people}</td><td lang="zh-CN">{row.reason}</td><td><InstantText at={row.proposedAt} /> <ActorName id={row.proposedBy} /></td>
              <td><span className="x-row"><ActDialog endpoint={decideClosing} danger button={t('确认', 'Confirm')} title={what} fields={[]} explain={t(`今日起该部门不再存在；${row.people} 名在职人员调动，原角色终止，新角色提请确认。`, `From today on it is no more; its ${row.people} people move, their roles end, and new ones are proposed.`)} toInput={() => ({ closingId: row.closingId, decision: 'confirmed' as const })} />
                <ActDialog endpoint={decideClosing} button={t('不予', 'Refuse')} title={t(`不予确认：${what}`, `Refuse: ${what}`)} stale={[listClosings]} fields={[{ name: 'reason', label: t('理由', 'Reason'), required: true }]} toInput={(values) => ({ closingId: row.closingId, decision: 'refused' as const, ...given(values, 'reason') })} /></span></td></tr>)
        })}</tbody>
      </table></div>
    </Section>
  )
}

function Holders({ of }: { readonly of: Organisation }) {
  const holders = useEndpoint(listHolders, {})
  const whyNot = useWhyNot('organisation.grant')
  const departmentName = useDepartmentName()
  if (!holders.data) return holders.error ? <ProblemPanel problem={holders.error} /> : <Loading />
  return (
    <div className="x-stack">{of.roles.filter(({ kind }) => kind !== 'base').map((role) => {
      const rows = holders.data.rows.filter((row) => row.role === role.key)
      return (
        <Section key={role.key} title={tt(role)} note={t(`${rows.length} 人`, `${rows.length}`)}>
          {rows.length === 0 ? <span className="x-quiet">{t('无人持有', 'Nobody')}</span> : <ul>{rows.map((row) => (
            <li key={`${row.grantId}/${row.officerId}`}><Link to="/people/$officerId" params={{ officerId: String(row.officerId) }}><span lang="zh-CN">{row.name}</span></Link> · {departmentName(row.department)} · {t('自', 'since')} <DayText on={row.fromOn} />{row.untilOn && <> – <DayText on={row.untilOn} /></>} · {row.deputyFor ? t(`代理${row.deputyFor}`, `for ${row.deputyFor}`) : <>{t('授予人', 'by')} <ActorName id={row.grantedBy} /> <ActDialog endpoint={endRole} danger button={t('收回', 'End')} title={t(`收回${row.name}的“${role.zh}”`, `End "${role.en}" of ${row.name}`)} stale={STALE} whyNot={whyNot} fields={[]} toInput={() => ({ grantId: row.grantId })} /></>}</li>))}</ul>}
        </Section>)
    })}</div>
  )
}

function Table({ of: { roles, permissions } }: { readonly of: Organisation }) {
  const [find, setFind] = useState('')
  const words = find.trim().toLowerCase()
  const has = (one: { readonly key: string; readonly zh: string; readonly en: string }) => `${one.key} ${one.zh} ${one.en}`.toLowerCase().includes(words)
  const shownRoles = roles.filter(({ key }) => key !== 'visitor')
  const byRole = shownRoles.filter(has)
  const columns = words !== '' && byRole.length > 0 ? byRole : shownRoles
  const lines = permissions.filter(({ area }) => area !== 'program').filter((one) => words === '' || has(one) || byRole.some((role) => one.key in role.permissions))
  return (
    <Section flush title={t('角色 × 权限 × 范围', 'Role × permission × scope')} after={<Input.Search size="small" allowClear style={{ width: 220 }} placeholder={t('角色或权限', 'Role or permission')} aria-label={t('查找角色或权限', 'Find a role or permission')} value={find} onChange={(event) => setFind(event.target.value)} />}>
      {lines.length === 0 ? <EmptyState title={t('没有这样的角色或权限', 'Nothing fits')} how={t('换一个词试试。', 'Try another word.')} /> : (
        <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('角色与权限', 'Roles and permissions')}><table className="x-table x-sticky-first">
          <thead><tr><th>{t('权限', 'Permission')}</th>{columns.map((role) => <th key={role.key}>{tt(role)}</th>)}</tr></thead>
          <tbody>{lines.map((permission) => (
            <tr key={permission.key}><td title={permission.key}>{tt(permission)}</td>
              {columns.map((role) => { const reach = role.permissions[permission.key]; return <td key={role.key}>{reach ? tt(reachWords[reach]!) : <span className="x-quiet" aria-label={t('不允许', 'forbidden')}>·</span>}</td> })}</tr>))}</tbody>
        </table></div>
      )}
    </Section>
  )
}

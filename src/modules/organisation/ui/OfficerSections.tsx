// @clause 12.1
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { Facts, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ActorName, useDepartmentName, useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { delegate, delegateOwn, departOfficer, endDelegation, endRole, getOfficer, getOrganisation, grantRole, listHolders, listOfficers, listProposals, noteCertificate, renameOfficer, transferOfficer, withdrawCertificate } from '../contract.ts'
import { ActDialog, given } from './ActDialog.tsx'
import { certificateWords } from './words.ts'

type Officer = AnswerOf<typeof getOfficer>
type Organisation = AnswerOf<typeof getOrganisation>
const STALE = [getOfficer, listOfficers, listHolders, listProposals]

/** Where the officer works, with transfer and departure. */
export function OfficerFacts({ one, of }: { readonly one: Officer; readonly of: Organisation }) {
  const departmentName = useDepartmentName()
  const edit = useWhyNot('organisation.edit')
  const { today } = useSurroundings()
  const gone = one.leftOn !== null && one.leftOn <= today
  const whyNot = edit ?? (gone ? t('已离任', 'The officer has left') : null)
  const colleagues = useEndpoint(listOfficers, { department: one.department, limit: 500 })
  const successors = colleagues.data?.rows.filter((other) => other.leftOn === null && other.officerId !== one.officerId).map((other) => ({ value: String(other.officerId), label: other.name })) ?? []
  const successor = { name: 'successorId', label: t('接手人', 'Who takes over'), kind: 'choice' as const, options: successors, hint: t('不选则由科室或部门负责人接手', 'None: the head of the section or department') }
  const section = of.sections.find((other) => other.department === one.department && other.key === one.section)
  return (
    <Section title={t('任职', 'Position')} after={<span className="x-row">
      <ActDialog endpoint={transferOfficer} button={t('调动', 'Transfer')} title={t(`调动${one.name}`, `Transfer ${one.name}`)} stale={STALE} whyNot={whyNot} explain={t('换部门时，原有角色和代理当即终止，新岗位的角色提请安全管理员确认。', 'With the department all roles and delegations end at once; those of the new post wait for the security administrator.')}
        fields={[{ name: 'department', label: t('部门', 'Department'), kind: 'choice', options: of.departments.filter(({ closedOn }) => closedOn === null).map((other) => ({ value: other.key, label: tt(other) })), required: true }, { name: 'section', label: t('科室', 'Section'), hint: t('代号或名称，空为不属科室', 'Key or name; empty: none') }, { name: 'post', label: t('岗位', 'Post') }, successor, { name: 'reason', label: t('依据或原因', 'Reason'), required: true }]}
        initial={{ department: one.department, section: section?.zh ?? one.section ?? '', post: one.post ?? '' }}
        toInput={(values) => ({ officerId: one.officerId, department: String(values.department), section: String(values.section ?? ''), post: String(values.post ?? ''), ...(values.successorId ? { successorId: Number(values.successorId) } : {}), reason: String(values.reason) })} />
      <ActDialog endpoint={renameOfficer} button={t('更名', 'Rename')} title={t(`${one.name}更名`, `Another name of ${one.name}`)} stale={STALE} whyNot={whyNot} explain={t('原姓名留在履历中；已办事项不变。', 'The earlier name stays in the history; what was done keeps it.')}
        fields={[{ name: 'name', label: t('新的姓名', 'New name'), required: true }, { name: 'reason', label: t('依据或原因', 'Reason'), required: true }]} toInput={(values) => ({ officerId: one.officerId, name: String(values.name), reason: String(values.reason) })} />
      <ActDialog endpoint={departOfficer} danger button={t('离任', 'Leave')} title={t(`${one.name}离任`, `${one.name} leaves`)} stale={STALE} whyNot={whyNot} explain={t('自今日起：会话、角色、代理立即失效，在办事项转给接手人。', 'From today on: sessions, roles and delegations end at once; work goes to whoever takes over.')} fields={[successor]}
        toInput={(values) => ({ officerId: one.officerId, ...(values.successorId ? { successorId: Number(values.successorId) } : {}) })} />
    </span>}>
      <Facts of={[
        [t('部门', 'Department'), departmentName(one.department)], [t('科室', 'Section'), section ? tt(section) : one.section], [t('岗位', 'Post'), one.post], [t('工号', 'Number'), <span key="n" className="x-mono">{one.number}</span>],
        [t('到岗', 'Since'), <DayText key="j" on={one.joinedOn} />], one.leftOn !== null && [t('离任', 'Left'), <DayText key="l" on={one.leftOn} />], gone && [t('接手人', 'Work goes to'), one.inCharge ? <Link key="s" to="/people/$officerId" params={{ officerId: String(one.inCharge.officerId) }}>{one.inCharge.name}</Link> : t('部门（待认领）', 'the department, until somebody takes it')],
      ]} />
      {one.formerNames.length > 0 && <p className="x-small">{t('曾用名：', 'Earlier names: ')}{one.formerNames.map(({ former, reason, setAt }, at) => <span key={at}>{at > 0 && t('、', ', ')}<span lang="zh-CN">{former}</span>{t(`（${reason}，`, ` (${reason}, `)}<InstantText at={setAt} />{t('）', ')')}</span>)}</p>}
      {one.placements.length > 1 && <ul className="x-small">{one.placements.toReversed().map((placement, at) => <li key={at}><DayText on={placement.fromOn} /> {departmentName(placement.department)}{placement.post && ` · ${placement.post}`}{placement.reason && t(`（${placement.reason}）`, ` (${placement.reason})`)}</li>)}</ul>}
    </Section>
  )
}

/** Roles with who gave them, since when; granting and ending. */
export function OfficerRoles({ one, of }: { readonly one: Officer; readonly of: Organisation }) {
  const whyNot = useWhyNot('organisation.grant')
  const roleName = (key: string) => tt(of.roles.find((role) => role.key === key) ?? { zh: key, en: key })
  const { today } = useSurroundings()
  return (
    <Section title={t('角色', 'Roles')} note={t('由安全管理员授予和收回，下一次请求即生效', 'granted and ended by the security administrator; the next request counts')} after={
      <ActDialog endpoint={grantRole} button={t('授权', 'Grant')} title={t(`授予${one.name}角色`, `Grant ${one.name} a role`)} stale={STALE} whyNot={whyNot}
        fields={[{ name: 'role', label: t('角色', 'Role'), kind: 'choice', required: true, options: of.roles.filter(({ kind }) => kind !== 'base').map((role) => ({ value: role.key, label: tt(role) })) }, { name: 'fromOn', label: t('自', 'From'), kind: 'day' }, { name: 'untilOn', label: t('至', 'Until'), kind: 'day', hint: t('不填为长期', 'Empty: until it is ended') }]}
        toInput={(values) => ({ officerId: one.officerId, role: String(values.role), ...given(values, 'fromOn', 'untilOn') })} />}>
      {one.grants.length + one.proposals.length === 0 && <span className="x-quiet">{t('没有角色：只能查看公共内容和本人信息', 'None: only what is common, and own matters')}</span>}
      {one.proposals.length > 0 && <p className="x-prose">{one.proposals.map(({ proposalId, role, because }) => <span key={proposalId} className="x-tag x-tag-due">{t(`待确认：${roleName(role)}（${because}）`, `to be confirmed: ${roleName(role)} (${because})`)}</span>)} <Link to="/rights">{t('去确认', 'Confirm')}</Link></p>}
      {one.grants.length > 0 && (
        <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('角色', 'Roles')}><table className="x-table">
          <thead><tr><th>{t('角色', 'Role')}</th><th>{t('自', 'From')}</th><th>{t('至', 'Until')}</th><th>{t('授予人', 'Granted by')}</th><th><span className="x-hidden">{t('操作', 'Actions')}</span></th></tr></thead>
          <tbody>{one.grants.map((grant) => {
            const over = grant.endedAt !== null || (grant.untilOn !== null && grant.untilOn < today)
            return (
              <tr key={grant.grantId} className={over ? 'x-quiet' : ''}><td>{roleName(grant.role)}</td><td><DayText on={grant.fromOn} /></td><td>{grant.endedAt ? <>{t('已收回', 'ended')} <InstantText at={grant.endedAt} /></> : grant.untilOn ? <DayText on={grant.untilOn} /> : '—'}</td><td><ActorName id={grant.grantedBy} /></td>
                <td>{!over && <ActDialog endpoint={endRole} danger button={t('收回', 'End')} title={t(`收回“${roleName(grant.role)}”`, `End "${roleName(grant.role)}"`)} stale={STALE} whyNot={whyNot} fields={[]} explain={t('自下一次请求起失效。', 'It counts from the next request on.')} toInput={() => ({ grantId: grant.grantId })} />}</td></tr>)
          })}</tbody>
        </table></div>
      )}
    </Section>
  )
}

/** Delegations from and to the officer. */
export function OfficerDelegations({ one }: { readonly one: Officer }) {
  const whyNot = useWhyNot('organisation.grant')
  const people = useEndpoint(listOfficers, { limit: 500 })
  const nameOf = (officerId: number) => people.data?.rows.find((other) => other.officerId === officerId)?.name ?? String(officerId)
  const others = people.data?.rows.filter((other) => other.leftOn === null && other.officerId !== one.officerId) ?? []
  const { today } = useSurroundings()
  const whyNotOwn = useWhyNot('organisation.delegate-own')
  const days = [{ name: 'fromOn', label: t('自', 'From'), kind: 'day' as const, required: true }, { name: 'untilOn', label: t('至', 'Until'), kind: 'day' as const, required: true }, { name: 'reason', label: t('原因', 'Reason'), required: true }]
  const deputy = (rows: typeof others) => ({ name: 'deputyId', label: t('代理人', 'Deputy'), kind: 'choice' as const, required: true, options: rows.map((other) => ({ value: String(other.officerId), label: other.name })) })
  return (
    <Section title={t('代理', 'Delegations')} note={t('期限内代理人以被代理人的角色办理', 'for those days the deputy acts with the roles of the other')} after={<span className="x-row">
      {whyNotOwn === null && <ActDialog endpoint={delegateOwn} button={t('委托本人职责', 'Hand over my duties')} title={t('把本人职责委托给本部门人员', 'Hand over your own duties')} stale={STALE} fields={[deputy(others.filter(({ department }) => department === one.department)), ...days]} initial={{ fromOn: today }}
        toInput={(values) => ({ deputyId: Number(values.deputyId), fromOn: String(values.fromOn), untilOn: String(values.untilOn), reason: String(values.reason) })} />}
      <ActDialog endpoint={delegate} button={t('设代理', 'Delegate')} title={t(`${one.name}由他人代理`, `Somebody acts for ${one.name}`)} stale={STALE} whyNot={whyNot} fields={[deputy(others), ...days]} initial={{ fromOn: today }}
        toInput={(values) => ({ officerId: one.officerId, deputyId: Number(values.deputyId), fromOn: String(values.fromOn), untilOn: String(values.untilOn), reason: String(values.reason) })} />
    </span>}>
      {one.delegations.length === 0 ? <span className="x-quiet">{t('没有代理', 'None')}</span> : <ul>{one.delegations.map((made) => (
        <li key={made.delegationId}>{nameOf(made.officerId)} → {nameOf(made.deputyId)} <DayText on={made.fromOn} /> – <DayText on={made.untilOn} />{t(`（${made.reason}）`, ` (${made.reason})`)} <ActDialog endpoint={endDelegation} danger button={t('终止', 'End')} title={t('终止代理', 'End the delegation')} stale={STALE} whyNot={whyNot} fields={[]} toInput={() => ({ delegationId: made.delegationId })} /></li>))}</ul>}
    </Section>
  )
}

/** Enforcement certificates, with renewal and withdrawal. */
export function OfficerCertificates({ one }: { readonly one: Officer }) {
  const whyNot = useWhyNot('organisation.edit')
  const first = one.certificates[0]
  return (
    <Section title={t('行政执法证', 'Enforcement certificates')} after={
      <ActDialog endpoint={noteCertificate} button={t('登记、换发', 'Note or renew')} title={t('登记或换发执法证', 'Note a certificate or its renewal')} stale={STALE} whyNot={whyNot} initial={first ? { number: first.number } : {}}
        fields={[{ name: 'number', label: t('证号', 'Number'), required: true, hint: t('同一证号即换发', 'The same number is a renewal') }, { name: 'issuedOn', label: t('发证日期', 'Issued on'), kind: 'day' }, { name: 'untilOn', label: t('有效期至', 'Good until'), kind: 'day' }]}
        toInput={(values) => ({ officerId: one.officerId, number: String(values.number), ...given(values, 'issuedOn', 'untilOn') })} />}>
      {one.certificates.length === 0 ? <span className="x-quiet">{t('没有执法证：不能被抽为检查人员', 'None: cannot be drawn for inspections')}</span> : <ul>{one.certificates.map((certificate) => (
        <li key={certificate.certificateId}><span className="x-mono">{certificate.number}</span> <span className={`x-tag ${certificateWords[certificate.state]!.tag}`}>{tt(certificateWords[certificate.state]!)}</span> <DayText on={certificate.issuedOn} /> – {certificate.untilOn ? <DayText on={certificate.untilOn} /> : t('长期', 'open')}{' '}
          {certificate.state !== 'withdrawn' && <ActDialog endpoint={withdrawCertificate} danger button={t('收回', 'Withdraw')} title={t('收回执法证', 'Withdraw the certificate')} stale={STALE} whyNot={whyNot} fields={[{ name: 'reason', label: t('原因', 'Reason'), required: true }]} toInput={(values) => ({ certificateId: certificate.certificateId, reason: String(values.reason) })} />}</li>))}</ul>}
    </Section>
  )
}

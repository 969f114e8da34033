// @clause 12.1
import type { WorkSource } from '../../engines/procedure/index.ts'
import { addDays } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { listOpenClosings } from './queries/closings.ts'
import { listDepartments } from './queries/departments.ts'
import { listStandingCertificates } from './queries/officers.ts'
import { listProposals } from './queries/proposals.ts'
import { rolesOf } from './roles.ts'

/** 角色待确认: roles that posts ask for wait for the security administrator. */
export const proposalSource: WorkSource = {
  kind: 'organisation.role-proposal', title: text('角色待确认', 'Roles to be confirmed'), permission: 'organisation.grant',
  async list({ db, policy }, { officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const { rows, total } = await listProposals(db, { open: true, offset: 0, limit })
    const titles = new Map(rolesOf(policy).roles.map((role) => [role.key, role]))
    return {
      total, late: 0, dueSoon: 0,
      items: rows.map(({ proposalId, name, role, proposedAt }) => ({
        key: String(proposalId), subject: null, department: null, officerId: null, since: proposedAt, dueOn: null, provisional: false, rule: null,
        title: text(`${name}：${titles.get(role)?.zh ?? role}`, `${name}: ${titles.get(role)?.en ?? role}`), next: { to: '/rights', title: text('确认或不予授权', 'Confirm or refuse') },
      })),
    }
  },
}

/** 部门撤并待确认: closings and mergers that one administrator proposed wait for the security administrator. */
export const closingSource: WorkSource = {
  kind: 'organisation.closing', title: text('部门撤并待确认', 'Closings of departments to be confirmed'), permission: 'organisation.grant',
  async list({ db }, { officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const [open, departments] = [await listOpenClosings(db), await listDepartments(db)]
    const named = (key: string, language: 'zh' | 'en') => departments.find((one) => one.key === key)?.[language] ?? key
    return {
      total: open.length, late: 0, dueSoon: 0,
      items: open.slice(0, limit).map(({ closingId, key, into, proposedAt }) => ({
        key: String(closingId), subject: null, department: null, officerId: null, since: proposedAt, dueOn: null, provisional: false, rule: null,
        title: into === null ? text(`撤销${named(key, 'zh')}`, `Close ${named(key, 'en')}`) : text(`${named(key, 'zh')}并入${named(into, 'zh')}`, `Merge ${named(key, 'en')} into ${named(into, 'en')}`), next: { to: '/rights', title: text('确认或不予撤并', 'Confirm or refuse') },
      })),
    }
  },
}

/** 执法证到期: certificates that end soon, or ended, of officers who are present. */
export const certificateSource: WorkSource = {
  kind: 'organisation.certificate', title: text('执法证到期', 'Certificates that end'), permission: 'organisation.edit',
  async list({ db, policy }, { today, soonUntil, officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const warnUntil = addDays(today, policy.on(today).value<number>('organisation/certificate-warning'))
    const ending = (await listStandingCertificates(db, today)).filter(({ untilOn }) => untilOn !== null && untilOn <= warnUntil)
    return {
      total: ending.length, late: ending.filter(({ untilOn }) => untilOn! < today).length, dueSoon: ending.filter(({ untilOn }) => untilOn! >= today && untilOn! <= soonUntil).length,
      items: ending.slice(0, limit).map((one) => ({
        key: String(one.certificateId), subject: null, department: null, officerId: null, since: one.setAt, dueOn: one.untilOn, provisional: false, rule: policy.basisOf('organisation/certificate-warning', today),
        title: text(`${one.name}的执法证 ${one.number}`, `Certificate ${one.number} of ${one.name}`), next: { to: `/people/${one.officerId}`, title: text('登记换发', 'Note the renewal') },
      })),
    }
  },
}

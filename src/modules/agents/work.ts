// @clause 12.1, X.4
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { countWaiting, listClaims } from './queries/claims.ts'
import { claimsSeen } from './shown.ts'

/** 企业认领待核对: claims that wait for an answer. */
export const claimSource: WorkSource = {
  kind: 'agents.claim', title: text('企业认领待核对', 'Claims to be confirmed'), permission: 'agents.confirm',
  async list(world, { today, soonUntil, officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const rows = await claimsSeen(world, await listClaims(world.db, { state: 'waiting' }, { offset: 0, limit }), 'internal')
    return {
      ...(await countWaiting(world.db, today, soonUntil)),
      items: rows.map(({ claimId, subjectId, subjectName, name, filedAt, dueOn }) => ({
        key: String(claimId), title: text(`${name}申请认领“${subjectName}”`, `${name} claims "${subjectName}"`), subject: { subjectId, name: subjectName }, department: null, officerId: null,
        since: filedAt, dueOn, provisional: !world.policy.calendar.officialYears().includes(Number(dueOn.slice(0, 4))), rule: world.policy.basisOf('agents/answer-within', today),
        next: { to: `/claims/${claimId}`, title: text('核对材料', 'Check the evidence') },
      })),
    }
  },
}

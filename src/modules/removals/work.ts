// @clause X.4, 12.1
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { countRemovals, listRemovals } from './queries/removals.ts'

/** 个人信息删除待办: requests that wait for a decision or to be carried out. */
export const removalSource: WorkSource = {
  kind: 'removals.open', title: text('个人信息删除', 'Removals of persons’ data'), permission: 'removals.read',
  async list(world, { today, soonUntil, departments, officerId }, limit) {
    if (officerId !== undefined || departments !== null) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const { rows } = await listRemovals(world.db, { open: true }, { offset: 0, limit })
    return {
      ...(await countRemovals(world.db, today, soonUntil)),
      items: rows.map(({ removalId, askedBy, state, filedAt, dueOn }) => ({
        key: String(removalId), title: askedBy === 'person' ? text(`第 ${removalId} 号删除申请（本人提出）`, `Removal no. ${removalId}, asked for by the person`) : text(`第 ${removalId} 号删除申请`, `Removal no. ${removalId}`),
        subject: null, department: null, officerId: null, since: filedAt, dueOn, provisional: false, rule: world.policy.basisOf('privacy/removal-within', today),
        next: { to: `/removals/${removalId}`, title: state === 'filed' ? text('去办理', 'Look into it') : text('去执行', 'To be removed') },
      })),
    }
  },
}

// @clause 4.8, 12.1
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { ObjectionState } from './procedure.ts'
import { countOpen, listObjections } from './queries/objections.ts'
import { objectionsSeen } from './shown.ts'

const NEXT: Partial<Record<ObjectionState, Text>> = { checking: text('核查并答复', 'Check and answer'), answered: text('作出决定', 'Decide'), upheld: text('落实更正', 'Carry out'), partly: text('落实更正', 'Carry out') }

/** 异议待办: open objections, with the department that has them; the credit office sees all, late ones first. */
export const objectionSource: WorkSource = {
  kind: 'objections.open', title: text('异议待办', 'Objections'), permission: 'objections.read',
  async list(world, { today, soonUntil, departments, officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const rows = await objectionsSeen(world, await listObjections(world.db, { open: true, departments }, { offset: 0, limit }))
    return {
      ...(await countOpen(world.db, departments, today, soonUntil)),
      items: rows.map(({ objectionId, subjectId, subjectName, department, state, filedAt, dueOn }) => ({
        key: String(objectionId), title: text(`“${subjectName}”提出的异议`, `Objection of "${subjectName}"`), subject: { subjectId, name: subjectName }, department, officerId: null, since: filedAt, dueOn,
        provisional: dueOn !== null && !world.policy.calendar.officialYears().includes(Number(dueOn.slice(0, 4))), rule: world.policy.basisOf('objections/time-limits', today),
        next: { to: `/objections/${objectionId}`, title: NEXT[state] ?? text('查看', 'Look') },
      })),
    }
  },
}

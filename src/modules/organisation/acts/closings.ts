// @clause 12.1
import { act, mustBeAnother, type ActContext } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import { closeDepartment as closeShape, decideClosing as decideShape } from '../contract.ts'
import { witnessOfClosing, witnessOfClosingDecision, witnessOfDepartment } from '../entries.ts'
import type { Department } from '../organisation.ts'
import { decideClosingRow, holdClosing, insertClosing, type Closing } from '../queries/closings.ts'
import { insertDepartments } from '../queries/departments.ts'
import { listAllOfficers, type Officer } from '../queries/officers.ts'
import { closingDecided, closingWaits, departmentInUse, intoItself, reasonMissing } from '../refusals.ts'
import { move } from './officers.ts'
import { openDepartment } from './present.ts'

const ground = planBasis('organisation')

/**
 * 提请撤销、合并部门. Nothing changes until the security administrator confirms it: with a department its officers lose their roles. With `into` its people will move there, and that department
 * answers for what it filed. Refuses `department.in-use` while people are there and nothing takes them, `department.closing-waits`, `department.unknown`, `department.closed`.
 */
export const proposeClosing = act({
  name: 'organisation.propose-closing', permission: 'organisation.edit', basis: ground, input: closeShape.input,
  async run(context, { key, into = null, reason }) {
    const { tx, now, actor, enter } = context
    await mayClose(context, { key, into })
    const closingId = await insertClosing(tx, { key, into, reason }, now, actor.id)
    if (closingId === null) throw closingWaits()
    await enter([{ name: 'department.closing-proposed', subjectId: null, aboutId: closingId, body: witnessOfClosing({ key, into, reason }) }])
    return { closingId }
  },
})

/** 确认或不予撤并. From that day on the department is no more; records keep its key. Whoever proposed it cannot. Refuses `closing.decided`, and what {@link proposeClosing} refuses. */
export const decideClosing = act({
  name: 'organisation.decide-closing', permission: 'organisation.grant', basis: ground, input: decideShape.input,
  async run(context, { closingId, decision, reason = null }) {
    const { tx, now, actor, enter } = context
    const closing = await holdClosing(tx, closingId)
    if (!closing || closing.decision !== null) throw closingDecided()
    mustBeAnother(actor, [closing.proposedBy])
    if (decision === 'refused' && reason === null) throw reasonMissing()
    // What is proposed by it is proposed by whoever proposed the closing: whoever confirms it may confirm the new roles of its people, too.
    if (decision === 'confirmed') await close({ ...context, actor: { ...actor, id: closing.proposedBy } }, closing)
    await decideClosingRow(tx, closingId, { decision, reason }, now, actor.id)
    await enter([{ name: 'department.closing-decided', subjectId: null, aboutId: closingId, body: witnessOfClosingDecision({ decision, decisionReason: reason, decidedBy: actor.id }) }])
    return { closingId }
  },
})

async function close(context: ActContext, { key, into, reason }: Closing): Promise<void> {
  const { tx, now, today, actor, enter } = context
  const { standing, people } = await mayClose(context, { key, into })
  for (const { officerId } of people) await move(context, { officerId, department: into!, section: '', reason })
  const made: Department = { ...standing, closedOn: today, mergedInto: into }
  const [departmentId] = await insertDepartments(tx, [made], now, actor.id, reason)
  await enter([{ name: 'department.set', subjectId: null, aboutId: departmentId!, body: witnessOfDepartment(made) }])
}

async function mayClose(context: ActContext, { key, into }: Pick<Closing, 'key' | 'into'>): Promise<{ standing: Department; people: Officer[] }> {
  const standing = await openDepartment(context, key)
  if (into === key) throw intoItself()
  if (into !== null) await openDepartment(context, into)
  const people = (await listAllOfficers(context.tx)).filter((one) => one.department === key && (one.leftOn === null || one.leftOn > context.today))
  if (into === null && people.length > 0) throw departmentInUse(people.length)
  return { standing, people }
}

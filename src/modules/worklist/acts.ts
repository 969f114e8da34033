// @clause 12.1
import { z } from 'zod'
import { act, mustBeWithin, type ActContext } from '../../engines/procedure/index.ts'
import { planBasis } from '../../kernel/basis.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { findOfficers, officerMissing } from '../organisation/index.ts'
import { witnessOfAssignment, witnessOfRelease } from './entries.ts'
import { endAssignment, findAssignments, holdStanding, insertAssignment, type Assignment } from './queries.ts'

const ground = planBasis('organisation')
/** `department`: of the item, as its source says. `own`: the officers whose work is the actor's own. */
const itemInput = { kind: z.string(), key: z.string(), department: z.string().nullable() }

/** 认领待办. Puts the officer who asks in charge. Refuses `work.taken` when another present officer is. */
export const takeItem = act({
  name: 'work.take', permission: 'work.read', basis: ground, input: z.object(itemInput),
  async run(context, { kind, key }) {
    const { actor } = context
    if (actor.officerId === undefined) throw officersOnly()
    const held = await holdStanding(context.tx, kind, key)
    if (held && held.officerId !== actor.officerId && (await isPresent(context, held.officerId))) throw taken()
    return putInCharge(context, held, { kind, item: key, officerId: actor.officerId, note: null })
  },
})

/** 指派待办. Puts an officer of the item's department in charge, in whosever hands it was. Refuses `work.other-department`, `officer.missing`. */
export const assignItem = act({
  name: 'work.assign', permission: 'work.assign', basis: ground, input: z.object({ ...itemInput, officerId: z.number(), note: z.string().nullable() }),
  async run(context, { kind, key, department, officerId, note }) {
    mustBeWithin(context.actor, 'work.assign', department)
    const [officer] = await findOfficers(context.tx, [officerId])
    if (!officer || !(await isPresent(context, officerId))) throw officerMissing()
    if (officer.department !== department) throw otherDepartment(officer.name)
    return putInCharge(context, await holdStanding(context.tx, kind, key), { kind, item: key, officerId, note })
  },
})

/** 退回待办. The item waits for its department again. Refuses `work.not-in-charge` unless it is one's own, or one may give it to others. */
export const releaseItem = act({
  name: 'work.release', permission: 'work.read', basis: ground, input: z.object({ ...itemInput, own: z.array(z.number()) }),
  async run(context, { kind, key, department, own }) {
    const { tx, actor } = context
    const held = await holdStanding(tx, kind, key)
    if (!held) throw notInCharge()
    if (!own.includes(held.officerId)) {
      if (!actor.may('work.assign')) throw notInCharge()
      mustBeWithin(actor, 'work.assign', department)
    }
    await release(context, held)
    return { assignmentId: held.assignmentId }
  },
})

async function putInCharge(context: ActContext, held: Assignment | null, next: Pick<Assignment, 'kind' | 'item' | 'officerId' | 'note'>): Promise<{ assignmentId: number }> {
  if (held && held.officerId === next.officerId) return { assignmentId: held.assignmentId }
  if (held) await release(context, held)
  const { tx, now, actor, enter } = context
  const assignmentId = await insertAssignment(tx, { ...next, assignedBy: actor.id }, now)
  if (assignmentId === null) throw taken()
  await enter([{ name: 'work.assigned', subjectId: null, aboutId: assignmentId, body: witnessOfAssignment(next) }])
  return { assignmentId }
}

async function release({ tx, now, actor, enter }: ActContext, { assignmentId }: Assignment): Promise<void> {
  await endAssignment(tx, assignmentId, now, actor.id)
  const [row] = await findAssignments(tx, [assignmentId])
  await enter([{ name: 'work.released', subjectId: null, aboutId: assignmentId, body: witnessOfRelease(row!) }])
}

async function isPresent({ tx, today }: ActContext, officerId: number): Promise<boolean> {
  const [officer] = await findOfficers(tx, [officerId])
  return officer !== undefined && (officer.leftOn === null || officer.leftOn > today)
}

function taken(): Refusal {
  return new Refusal({ code: 'work.taken', status: 409, message: text('这一项已有人在办', 'Somebody is in charge of this already'), fix: text('请刷新待办列表；需要换人时请部门负责人指派', 'Read the work list again; to change hands, ask the head of the department') })
}

function notInCharge(): Refusal {
  return new Refusal({ code: 'work.not-in-charge', status: 409, message: text('这一项不在您名下', 'You are not in charge of this'), fix: text('请刷新待办列表', 'Read the work list again') })
}

function officersOnly(): Refusal {
  return new Refusal({ code: 'work.officers-only', status: 409, message: text('只有在册人员可以认领待办', 'Only an officer can take an item'), fix: text('请用本人账号登录后认领', 'Sign in with an account of your own') })
}

function otherDepartment(name: string): Refusal {
  return new Refusal({ code: 'work.other-department', status: 409, field: 'officerId', message: text(`${name}不属于应办部门`, `${name} does not belong to the department that has to do it`), fix: text('请指派给本部门的人员', 'Choose an officer of that department') })
}

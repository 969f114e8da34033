// @clause 4.8
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import { act, mustBeAnother, mustBeWithin, mustReach, type ActContext } from '../../engines/procedure/index.ts'
import { notYours, findUploads } from '../agents/index.ts'
import { departmentsOf } from '../organisation/index.ts'
import { endPublicity, findRecordActs, markRecord, unmarkRecord, withdrawRecord } from '../records/index.ts'
import { objectionAboutSchema, objectionHowSchema } from './contract.ts'
import { witnessOfObjection, witnessOfStatement, witnessOfStatementEnd, witnessOfStep } from './entries.ts'
import { departmentUnknown, extendedBefore, mustLeadOn, notCorrected, nothingThere, objectionMissing, recordsOnly, remedyMissing, repeatsOf, statementMissing, withdrawnBefore, type TimeLimits } from './objections.ts'
import { objectionProcedure, SETTLED, type ObjectionAct } from './procedure.ts'
import { findDepartmentOf, findObjections, hasGrade, holdObjections, insertObjection, insertStep, listOfSame, listSteps, moveObjection, moveSteps, type Objection, type Step } from './queries/objections.ts'
import { endStatement, findStatements, insertStatement } from './queries/statements.ts'

const ground = basis('practice', 'practice')
const number = z.number().int()
const words = z.string().trim().min(4).max(2000)

/** Key of the credit office. */
function creditOffice({ policy }: Pick<ActContext, 'policy'>): string {
  return departmentsOf(policy).find(({ role }) => role === 'credit-office')!.key
}

function dueIn({ policy, today }: ActContext, part: keyof TimeLimits, from: Day = today): Day {
  return policy.calendar.addWorkingDays(from, policy.on(today).value<TimeLimits>('objections/time-limits')[part]).day
}

/**
 * 提出异议: the record is marked at once and the objection stands with its source department. Refuses `objection.nothing-there`,
 * `objection.record-withdrawn`, `objection.open-already`, `my.subject-missing`.
 */
export const fileObjection = act({
  name: 'objections.file', permission: 'my.object', basis: ground,
  input: z.object({ subjectId: number, accountId: number, about: objectionAboutSchema, recordId: number.nullable(), model: z.string().nullable(), grounds: words, wish: words, uploadIds: z.array(number) }),
  async run(context, { accountId, uploadIds, ...given }) {
    const { tx, now, actor, enter } = context
    mustReach(actor, 'my.object', { subjectId: given.subjectId }, notYours)
    await holdObjections(tx, given.subjectId)
    const thing = { subjectId: given.subjectId, about: given.about, recordId: given.about === 'record' ? given.recordId : null, model: given.about === 'grade' ? given.model : null }
    const department = await ownerOf(context, thing)
    const files = await findUploads(tx, accountId, uploadIds)
    const objection = {
      ...thing, grounds: given.grounds, wish: given.wish, files, repeats: repeatsOf(await listOfSame(tx, thing)), filedAt: now, filedBy: actor.id, filedByName: actor.name, department, state: 'checking' as const,
      dueOn: dueIn(context, 'answer'), extended: false,
    }
    const objectionId = await insertObjection(tx, objection)
    if (thing.recordId !== null) await markRecord(context, { subjectId: thing.subjectId, recordId: thing.recordId, objectionId })
    await enter([{ name: 'objection.filed', subjectId: thing.subjectId, aboutId: objectionId, body: witnessOfObjection(objection) }])
    return { objectionId, dueOn: objection.dueOn, department }
  },
})

/** 撤回异议, one's own. Refuses `objection.missing`, `objection.not-now`. */
export const withdrawObjection = act({
  name: 'objections.withdraw', permission: 'my.object', basis: ground, input: z.object({ subjectId: number, objectionId: number, words: z.string() }),
  async run(context, input) {
    mustReach(context.actor, 'my.object', { subjectId: input.subjectId }, notYours)
    const objection = await getObjection(context, input.objectionId)
    if (objection.subjectId !== input.subjectId) throw objectionMissing()
    return step(context, objection, 'withdraw', { words: input.words })
  },
})

/** 转交其他部门. Refuses `objection.department-unknown`, `objection.not-now`. */
export const forwardObjection = act({
  name: 'objections.forward', permission: 'objections.handle', basis: ground, input: z.object({ objectionId: number, department: z.string(), words }),
  async run(context, input) {
    if (!departmentsOf(context.policy).some(({ key }) => key === input.department)) throw departmentUnknown()
    return step(context, await getObjection(context, input.objectionId), 'forward', { words: input.words, toDepartment: input.department })
  },
})

/** 不予受理, with the reason. Refuses `objection.not-now`. */
export const declineObjection = act({
  name: 'objections.decline', permission: 'objections.handle', basis: ground, input: z.object({ objectionId: number, words }),
  run: async (context, input) => step(context, await getObjection(context, input.objectionId), 'decline', { words: input.words }),
})

/** 核查答复 of the department that has it. Refuses `objection.not-now`, `act.other-department`. */
export const answerObjection = act({
  name: 'objections.answer', permission: 'objections.answer', basis: ground, input: z.object({ objectionId: number, words }),
  run: async (context, input) => step(context, await getObjection(context, input.objectionId), 'answer', { words: input.words }),
})

/** 延长, once. Refuses `objection.extended-before`, `objection.not-now`. */
export const extendObjection = act({
  name: 'objections.extend', permission: 'objections.decide', basis: ground, input: z.object({ objectionId: number, words }),
  async run(context, input) {
    const objection = await getObjection(context, input.objectionId)
    if (objection.extended) throw extendedBefore()
    return step(context, objection, 'extend', { words: input.words })
  },
})

/** 决定, by someone who had no hand in it: neither in an earlier step nor in filing the record. Refuses `act.same-person`, `objection.remedy-missing`, `objection.not-now`. */
export const decideObjection = act({
  name: 'objections.decide', permission: 'objections.decide', basis: ground, input: z.object({ objectionId: number, act: z.enum(['uphold', 'uphold-partly', 'reject']), words, remedy: z.string().trim().max(1000).nullable() }),
  async run(context, input) {
    const objection = await getObjection(context, input.objectionId)
    if (input.act !== 'uphold' && (input.remedy === null || input.remedy.length < 4)) throw remedyMissing()
    mustLeadOn(objection.state, input.act)
    mustBeAnother(context.actor, await handsIn(context, objection))
    return step(context, objection, input.act, { words: input.words, remedy: input.remedy })
  },
})

/** 落实决定: the owner withdraws the record, ends its display, or has corrected it. Refuses `objection.not-corrected`, `objection.records-only`, `objection.not-now`, and what a withdrawal is refused for. */
export const carryOutObjection = act({
  name: 'objections.carry-out', permission: 'objections.carry-out', basis: ground, input: z.object({ objectionId: number, how: objectionHowSchema, words }),
  async run(context, { objectionId, how, words: reason }) {
    const objection = await getObjection(context, objectionId)
    const { subjectId, recordId } = objection
    mustLeadOn(objection.state, 'carry-out')
    if (recordId === null && how !== 'corrected') throw recordsOnly()
    if (recordId !== null) {
      const decided = (await listSteps(context.tx, [objectionId])).findLast(({ act: done }) => done === 'uphold' || done === 'uphold-partly')!
      if (how === 'corrected' && !(await findRecordActs(context.tx, subjectId, recordId)).some(({ operation, recordedAt }) => operation === 'corrected' && recordedAt >= decided.at)) throw notCorrected()
      if (how === 'withdrawn') await withdrawRecord.performIn(context.tx, context.world, context.actor, { subjectId, recordId, reason: `异议成立：${reason}`.slice(0, 500) })
      if (how === 'ended') await endPublicity(context, [{ subjectId, recordId }], { endsOn: context.today, reason: 'objection', words: reason })
    }
    return step(context, objection, 'carry-out', { words: reason, how })
  },
})

/** 提交信用说明. Refuses `objection.nothing-there`, `my.subject-missing`. */
export const fileStatement = act({
  name: 'objections.file-statement', permission: 'my.object', basis: ground, input: z.object({ subjectId: number, recordId: number.nullable(), words: z.string().trim().min(4).max(500) }),
  async run(context, input) {
    mustReach(context.actor, 'my.object', { subjectId: input.subjectId }, notYours)
    const [latest] = input.recordId === null ? [] : await findRecordActs(context.tx, input.subjectId, input.recordId)
    if (input.recordId !== null && !latest) throw nothingThere()
    const statementId = await insertStatement(context.tx, { ...input, department: latest?.department ?? creditOffice(context), filedAt: context.now, filedBy: context.actor.id })
    await context.enter([{ name: 'statement.filed', subjectId: input.subjectId, aboutId: statementId, body: witnessOfStatement(input) }])
    return { statementId }
  },
})

/** 撤回信用说明. Refuses `statement.missing`. */
export const withdrawStatement = act({
  name: 'objections.withdraw-statement', permission: 'my.object', basis: ground, input: z.object({ subjectId: number, statementId: number }),
  async run({ tx, now, actor, enter }, { subjectId, statementId }) {
    mustReach(actor, 'my.object', { subjectId }, notYours)
    if (!(await endStatement(tx, subjectId, statementId, now, actor.id))) throw statementMissing()
    const [ended] = await findStatements(tx, [statementId])
    await enter([{ name: 'statement.withdrawn', subjectId, aboutId: statementId, body: witnessOfStatementEnd(ended!) }])
    return { statementId }
  },
})

/** Whoever had a hand in an objection before: its steps, and the versions of the record. */
export async function handsIn({ tx }: { readonly tx: Parameters<typeof listSteps>[0] }, { subjectId, recordId, objectionId }: Pick<Objection, 'subjectId' | 'recordId' | 'objectionId'>): Promise<string[]> {
  const steps = (await listSteps(tx, [objectionId])).filter((one) => one.act === 'answer' || one.act === 'forward').map(({ actor }) => actor)
  return [...steps, ...(recordId === null ? [] : (await findRecordActs(tx, subjectId, recordId)).map(({ actor }) => actor))]
}

async function ownerOf(context: ActContext, { subjectId, about, recordId, model }: Pick<Objection, 'subjectId' | 'about' | 'recordId' | 'model'>): Promise<string> {
  const known = (key: string | null) => (departmentsOf(context.policy).some((one) => one.key === key) ? key! : creditOffice(context))
  if (about === 'registration') return known(await findDepartmentOf(context.tx, subjectId))
  if (about === 'grade') {
    if (model === null || !(await hasGrade(context.tx, subjectId, model))) throw nothingThere()
    return creditOffice(context)
  }
  const acts = recordId === null ? [] : await findRecordActs(context.tx, subjectId, recordId)
  if (acts.length === 0) throw nothingThere()
  if (acts[0]!.operation === 'withdrawn') throw withdrawnBefore()
  return known(acts[0]!.department)
}

async function getObjection({ tx }: ActContext, objectionId: number): Promise<Objection> {
  const [seen] = await findObjections(tx, [objectionId])
  if (!seen) throw objectionMissing()
  await holdObjections(tx, seen.subjectId)
  return (await findObjections(tx, [objectionId]))[0]!
}

async function step(context: ActContext, objection: Objection, done: ObjectionAct, { words: said, remedy = null, how = null, toDepartment = null }: Pick<Step, 'words'> & Partial<Pick<Step, 'remedy' | 'how' | 'toDepartment'>>) {
  const { tx, now, actor, enter } = context
  const way = objectionProcedure[done]
  const state = mustLeadOn(objection.state, done)
  if (done !== 'withdraw') mustBeWithin(actor, way.permission, objection.department)
  const filedOn = objection.dueOn ?? context.today
  const dueOn = way.due === null ? objection.dueOn : way.due === 'none' ? null
    : way.due === 'extend' ? dueIn(context, 'extend', filedOn) : way.due === 'carry_out' ? dueIn(context, 'carry_out') : decideDue(context, objection)
  const department = toDepartment ?? objection.department
  const made = { subjectId: objection.subjectId, objectionId: objection.objectionId, act: done, words: said, remedy, how, department, toDepartment, dueOn, at: now, actor: actor.id, actorName: actor.name }
  if (toDepartment !== null) await moveSteps(tx, objection.subjectId, objection.objectionId, toDepartment)
  const stepId = await insertStep(tx, made)
  await moveObjection(tx, { ...objection, state, dueOn, extended: objection.extended || done === 'extend', department })
  if (SETTLED.includes(state) && objection.recordId !== null) await unmarkRecord(context, { subjectId: objection.subjectId, recordId: objection.recordId, objectionId: objection.objectionId })
  await enter([{ name: 'objection.stepped', subjectId: objection.subjectId, aboutId: stepId, body: witnessOfStep(made) }])
  return { objectionId: objection.objectionId, state, dueOn }
}

/** The time to decide runs from filing; what the answer was extended by counts on. */
function decideDue(context: ActContext, { filedAt, extended }: Objection): Day {
  const due = dueIn(context, 'decide', new Date(filedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) as Day)
  return extended ? dueIn(context, 'extend', due) : due
}

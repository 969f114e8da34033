import type { Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { World } from '../../engines/procedure/index.ts'
import { shownName, withoutIds } from '../privacy/index.ts'
import { findTypes } from '../subjects/index.ts'
import { objectionProcedure } from './procedure.ts'
import type { Objection, Step } from './queries/objections.ts'
import type { Statement } from './queries/statements.ts'

/** An objection in the shape of the contract, on a day. */
export function objectionShown(one: Objection, today: Day) {
  const { objectionId, subjectId, subjectName, about, recordId, model, grounds, wish, files, repeats, filedAt, filedByName, department, state, dueOn, extended } = one
  return {
    objectionId, subjectId, subjectName, about, recordId, model, what: whatOf(one), grounds, wish, files: files.map(({ fileName, contentType, size }, at) => ({ at, fileName, contentType, size })), repeats, filedAt, filedBy: filedByName,
    department, state, dueOn, late: dueOn !== null && dueOn < today, extended,
  }
}

/**
 * Objections as officers see them: a person's name and what looks like an id in part. The name of whoever filed it for a business stays: officers deal with them. Looked up by the program: the department that handles an objection
 * may not reach the register.
 */
export async function objectionsSeen(world: World, rows: readonly Objection[]): Promise<Objection[]> {
  const types = await findTypes((world.lasting ?? world).db, rows.map(({ subjectId }) => subjectId))
  const name = (one: Objection, value: string) => shownName(world.policy, types.get(one.subjectId) ?? null, value)
  return rows.map((one) => ({ ...one, subjectName: name(one, one.subjectName), filedByName: name(one, one.filedByName), grounds: withoutIds(world.policy, one.grounds), wish: withoutIds(world.policy, one.wish) }))
}

/** A step, as the business or an officer sees it: officers stand by their department only where the business looks. */
export function stepShown({ stepId, act, words, remedy, how, department, toDepartment, at, actorName }: Step, forBusiness: boolean) {
  return { stepId, act, title: objectionProcedure[act].title, words, remedy, how, department, toDepartment, at, who: forBusiness && act !== 'withdraw' ? '' : actorName }
}

/** A step as officers see it: what looks like an id in part. */
export function stepSeen({ policy }: Pick<World, 'policy'>, step: Step) {
  return { ...stepShown(step, false), words: withoutIds(policy, step.words) }
}

/** A statement as officers see it: what looks like an id in part. */
export function statementSeen({ policy }: Pick<World, 'policy'>, statement: Statement) {
  return { ...statementShown(statement), words: withoutIds(policy, statement.words) }
}

/** A statement in the shape of the contract. */
export function statementShown({ statementId, subjectId, recordId, documentNumber, words, filedAt, withdrawnAt }: Statement) {
  return { statementId, subjectId, recordId, documentNumber, words, filedAt, withdrawnAt }
}

/** What an objection is about, in words. */
export function whatOf({ about, documentNumber, recordId, model, modelTitle }: Pick<Objection, 'about' | 'documentNumber' | 'recordId' | 'model' | 'modelTitle'>): Text {
  if (about === 'record') return text(`记录 ${documentNumber ?? recordId}`, `Record ${documentNumber ?? recordId}`)
  return about === 'grade' ? text(`等级：${modelTitle?.zh ?? model}`, `Grade: ${modelTitle?.en ?? model}`) : text('登记信息', 'Registration')
}

import type { Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
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

/** A step, as the business or an officer sees it: officers stand by their department only where the business looks. */
export function stepShown({ stepId, act, words, remedy, how, department, toDepartment, at, actorName }: Step, forBusiness: boolean) {
  return { stepId, act, title: objectionProcedure[act].title, words, remedy, how, department, toDepartment, at, who: forBusiness && act !== 'withdraw' ? '' : actorName }
}

/** A statement in the shape of the contract. */
export function statementShown({ statementId, subjectId, recordId, documentNumber, words, filedAt, withdrawnAt }: Statement) {
  return { statementId, subjectId, recordId, documentNumber, words, filedAt, withdrawnAt }
}

/** What an objection is about, in words. */
export function whatOf({ about, documentNumber, recordId, model }: Pick<Objection, 'about' | 'documentNumber' | 'recordId' | 'model'>): Text {
  if (about === 'record') return text(`记录 ${documentNumber ?? recordId}`, `Record ${documentNumber ?? recordId}`)
  return about === 'grade' ? text(`等级（${model}）`, `Grade (${model})`) : text('登记信息', 'Registration')
}

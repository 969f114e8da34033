import type { Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { shownName } from '../privacy/index.ts'
import { fileRecords, plainEffect, type NewFact } from '../records/index.ts'
import { codeKey, findSubjectsByCodes, listAdmittedCodes, normaliseName, type SubjectByCode } from '../subjects/index.ts'
import type { BatchInHand, PublicGradeFields, RowInHand, RowOutcome, SubmissionKind } from '../submissions/index.ts'

/** 公共信用综合评价等级 from above, as files bring it: joined by credit code only, kept as a record with its scale and day. It is not published from here: the country has one channel for that. */
export const publicGradeKind: SubmissionKind<PublicGradeFields> = {
  kind: 'public-grade', standard: 'public-grade', admittedCodes: listAdmittedCodes,
  async take(context, batch, rows) {
    const found = await findSubjectsByCodes(context.tx, context.world.sealing, rows.map(({ fields }) => ({ kind: 'uscc', value: fields.uscc })))
    const outcomes = new Map<RowInHand<PublicGradeFields>, RowOutcome>()
    const taken: { row: RowInHand<PublicGradeFields>; fact: NewFact }[] = []
    for (const row of rows) {
      const subject = found.get(codeKey({ kind: 'uscc', value: row.fields.uscc }))
      const problem = subject === undefined ? unknown(row.fields) : isNamed(subject, row.fields.name) ? null : namedOtherwise(row.fields, (name) => shownName(context.policy, subject.type, name), subject.name)
      if (problem !== null) outcomes.set(row, { rowNumber: row.rowNumber, outcome: 'rejected', problems: [problem] })
      else taken.push({ row, fact: factOf(row, batch, subject!.subjectId) })
    }
    const filed = await fileRecords(context, taken.map(({ fact }) => fact))
    taken.forEach(({ row }, at) => {
      const { outcome } = filed[at]!
      outcomes.set(row, { rowNumber: row.rowNumber, outcome: outcome === 'filed' || outcome === 'refiled' ? 'accepted' : outcome })
    })
    return rows.map((row) => outcomes.get(row)!)
  },
}

/** One grade a scale and day: sent again with another grade it is a correction. */
function factOf({ rowNumber, fields }: RowInHand<PublicGradeFields>, { batchId, department, receivedOn }: BatchInHand, subjectId: number): NewFact {
  return {
    subjectId, kind: 'public-grade', documentNumber: `公共信用评价 ${fields.scale} ${fields.evaluatedOn}`, fields: fields.values, receivedOn, department, batchId, rowNumber, reason: null,
    effect: plainEffect(fields.evaluatedOn, { tags: [fields.scale], grade: fields.grade, public: false, withheldReason: 'by-rule' }),
  }
}

function isNamed({ name, formerNames }: SubjectByCode, sent: string): boolean {
  return [name, ...formerNames].some((one) => normaliseName(one) === normaliseName(sent))
}

function unknown({ uscc }: PublicGradeFields): Problem {
  return {
    code: 'public-grade.subject-unknown', severity: 'error', field: 'PJ_TYSHXYDM', message: text(`登记库中没有代码为“${uscc}”的主体`, `The register has no subject with the code "${uscc}"`),
    fix: text('先核对代码；代码无误的，先导入该主体，再重新报送本行', 'Check the code; if it is right, import the subject first, then send this row again'),
  }
}

function namedOtherwise({ name: sent }: PublicGradeFields, said: (name: string) => string, registered: string): Problem {
  return {
    code: 'public-grade.name-differs', severity: 'error', field: 'PJ_MC', message: text(`名称“${said(sent)}”与代码不符：登记名称为“${said(registered)}”`, `The name "${said(sent)}" does not fit the code: registered as "${said(registered)}"`),
    fix: text('名称写错的改为登记名称；代码写错的改正代码；主体已更名的，先更新主体登记', 'Correct the name or the code; if the subject was renamed, update the register first'),
  }
}

import { PLACEHOLDER_USCC } from '../../../kernel/codes/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { checkRequired, checkUscc } from './draft.ts'
import type { Draft } from './draft.ts'
import type { PublicGradeFields } from './fields.ts'
import type { Standard } from './standard.ts'

/** The rules of a public credit grade (公共信用综合评价等级) that comes from above. Null when any error was found. */
export function readPublicGrade(draft: Draft, standard: Standard): PublicGradeFields | null {
  checkRequired(draft, standard)
  const code = draft.text('PJ_TYSHXYDM')
  const checked = checkUscc(draft, 'PJ_TYSHXYDM')
  const evaluatedOn = draft.day('PJ_RQ')
  if (evaluatedOn !== null && evaluatedOn > draft.context.receivedOn) draft.add('record.decided-after-receipt', 'PJ_RQ', { value: evaluatedOn, zh: draft.context.receivedOn })
  if (code === PLACEHOLDER_USCC || draft.problems.some(({ severity }) => severity === 'error')) return null
  const [scale, grade] = draft.keys('PJ_DJ')[0]!.split(':') as [string, string]
  return {
    kind: 'public-grade', values: draft.values(), uscc: code, usccAdmitted: checked === 'admitted', name: draft.text('PJ_MC'), scale, grade, evaluatedOn: evaluatedOn as Day,
    evaluatedBy: draft.text('PJ_JG') || null, remark: draft.text('BZ') || null,
  }
}

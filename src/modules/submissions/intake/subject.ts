import { categoryImpliedBy, PLACEHOLDER_USCC, registrationNumberProblems, registrationOf } from '../../../kernel/codes/index.ts'
import { checkRequired, checkUscc } from './draft.ts'
import type { Draft } from './draft.ts'
import type { SubjectFields } from './fields.ts'
import type { Standard } from './standard.ts'
import { oneLine } from './text.ts'

/** The rules of a row of the register (信用主体). Null when any error was found. */
export function readSubject(draft: Draft, standard: Standard): SubjectFields | null {
  checkRequired(draft, standard)
  const number = 'ZT_ZCH'
  if (draft.text('ZT_TYSHXYDM') === PLACEHOLDER_USCC) draft.set('ZT_TYSHXYDM', '')
  if (draft.has(number) && draft.sound(number)) draft.addAll(number, registrationNumberProblems(draft.text(number)))
  if (!draft.has('ZT_TYSHXYDM') && !draft.has(number)) draft.add('subject.no-code', 'ZT_TYSHXYDM')
  const checked = checkUscc(draft, 'ZT_TYSHXYDM')
  if (checked === 'valid' || checked === 'admitted') checkType(draft)
  const [foundedOn, changedOn] = [draft.day('ZT_CLRQ'), draft.day('ZT_BGRQ')]
  for (const [id, on] of [['ZT_CLRQ', foundedOn], ['ZT_BGRQ', changedOn]] as const) {
    if (on !== null && on > draft.context.receivedOn) draft.add('subject.founded-later', id, { value: on, zh: draft.context.receivedOn })
  }
  const name = draft.text('ZT_MC')
  const formerNames = [...new Set(draft.text('ZT_CYM').split(/[;；、，,|]/).map(oneLine))].filter((former) => former !== '' && former !== name)
  if (changedOn !== null && formerNames.length === 0) draft.add('subject.change-without-name', 'ZT_BGRQ')
  checkIndustry(draft)
  if (draft.problems.some(({ severity }) => severity === 'error')) return null
  return {
    kind: 'subject', values: draft.values(), uscc: draft.text('ZT_TYSHXYDM') || null, usccAdmitted: checked === 'admitted', registrationNumber: draft.text(number) || null, name,
    type: draft.keys('ZT_LX')[0]!, status: draft.keys('ZT_ZT')[0]!, industry: draft.text('ZT_HYDM') || null, sectors: draft.keys('ZT_LY'), place: draft.text('ZT_JC') || null,
    foundedOn, legalRepresentative: draft.text('ZT_FDDBR') || null, department: draft.text('ZT_ZGBM') || null, formerNames, nameChangedOn: changedOn, remark: draft.text('BZ') || null,
  }
}

function checkType(draft: Draft): void {
  const code = draft.text('ZT_TYSHXYDM')
  const type = draft.keys('ZT_LX')[0]
  if (type === undefined) return
  const individual = categoryImpliedBy(code) === 'individual-business'
  if (individual === (type === 'individual-business') && type !== 'natural-person') return
  const named = registrationOf(code).type ?? '其他'
  draft.add('subject.type-mismatch', 'ZT_LX', { value: draft.text('ZT_LX'), zh: `以${code.slice(0, 2)}开头（${named}）`, en: `begins with ${code.slice(0, 2)}` })
}

function checkIndustry(draft: Draft): void {
  const code = draft.text('ZT_HYDM')
  if (code !== '' && draft.sound('ZT_HYDM') && !/^[A-T]\d{0,4}$|^\d{2,4}$/.test(code)) draft.add('field.not-in-table', 'ZT_HYDM', { value: code, zh: 'GB/T 4754 的门类字母或 2 至 4 位数字，如 H61、6110', en: 'a section letter or 2 to 4 digits of GB/T 4754, as H61 or 6110' })
}

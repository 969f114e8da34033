import {
  categoryImpliedBy, isResidentId, looksLikeResidentId, organisationCodeProblems, PLACEHOLDER_USCC, registrationNumberProblems, registrationOf, residentIdProblems,
} from '../../../kernel/codes/index.ts'
import type { PartyCategory } from '../../../kernel/codes/index.ts'
import { checkUscc } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Party } from './fields.ts'

/**
 * The rules of the party (行政相对人) of a decision: category and code fit, the placeholder only with a registration number, natural
 * persons by their ID, nothing kept of the ID of a legal representative. `prefix` is XK or CF. Null when it cannot be identified.
 */
export function readParty(draft: Draft, prefix: 'XK' | 'CF'): Party | null {
  const id = (name: string) => `${prefix}_${name}`
  dropRepresentativeId(draft, id('FR_ZJHM'))
  const category = draft.keys(id('XDR_LB'))[0] as PartyCategory | undefined
  if (category === undefined) return null
  if (category === 'natural-person') return naturalPerson(draft, id)
  if (!draft.has(id('FRDB'))) draft.add('field.required-if', id('FRDB'), { zh: '法人、非法人组织和个体工商户必须填写', en: 'organisations and individual businesses must give it' })
  const code = readCode(draft, category, id)
  checkOtherCodes(draft, id)
  const registrationNumber = draft.text(id('XDR_GSZC')) || null
  if (code === null || !draft.has(id('XDR_MC'))) return null
  return {
    name: draft.text(id('XDR_MC')), category, uscc: code.uscc, usccAdmitted: code.admitted, registrationNumber,
    organisationCode: draft.text(id('XDR_ZZJG')) || null, taxNumber: draft.text(id('XDR_SWDJ')) || null,
    institutionNumber: draft.text(id('XDR_SYDW')) || null, socialOrganisationNumber: draft.text(id('XDR_SHZZ')) || null, naturalId: null,
  }
}

function readCode(draft: Draft, category: 'legal-person' | 'individual-business', id: (name: string) => string): { uscc: string | null; admitted: boolean } | null {
  const field = id('XDR_SHXYM')
  const code = draft.text(field)
  const hasNumber = draft.has(id('XDR_GSZC'))
  if (code === PLACEHOLDER_USCC || (code === '' && category === 'individual-business')) {
    if (category === 'legal-person') draft.add('party.placeholder', field)
    else if (!hasNumber) draft.add('party.no-code', id('XDR_GSZC'))
    else {
      if (code === '') draft.add('party.code-left-empty', field)
      draft.set(field, PLACEHOLDER_USCC)
      return { uscc: null, admitted: false }
    }
    return null
  }
  if (code === '') {
    draft.add('field.required-if', field, { zh: '法人及非法人组织必须填写统一社会信用代码', en: 'organisations must give their unified social credit code' })
    return null
  }
  if (isResidentId(code)) {
    draft.set(field, '')
    draft.add('party.id-in-code-column', field)
    return null
  }
  const checked = checkUscc(draft, field)
  if (checked === 'wrong') return null
  const implied = categoryImpliedBy(code)
  if (implied !== category) {
    const { type } = registrationOf(code)
    draft.add('party.category-mismatch', id('XDR_LB'), {
      value: draft.text(id('XDR_LB')), zh: `以${code.slice(0, 2)}开头（${type ?? '其他'}），属于${implied === 'individual-business' ? '个体工商户' : '法人及非法人组织'}`,
      en: `begins with ${code.slice(0, 2)}, which is ${implied === 'individual-business' ? 'an individual business' : 'an organisation'}`,
    })
    return null
  }
  return { uscc: code, admitted: checked === 'admitted' }
}

function naturalPerson(draft: Draft, id: (name: string) => string): Party | null {
  const code = draft.text(id('XDR_SHXYM'))
  if (looksLikeResidentId(code)) {
    draft.set(id('XDR_SHXYM'), '')
    draft.add('party.id-in-code-column', id('XDR_SHXYM'))
  } else if (code === PLACEHOLDER_USCC) draft.set(id('XDR_SHXYM'), '')
  else if (code !== '') {
    draft.add('party.category-mismatch', id('XDR_LB'), { value: draft.text(id('XDR_LB')), zh: '栏填有统一社会信用代码', en: 'column holds a unified social credit code' })
  }
  for (const field of [id('XDR_ZJLX'), id('XDR_ZJHM')]) {
    if (!draft.has(field)) draft.add('field.required-if', field, { zh: '行政相对人类别为自然人', en: 'the party is a natural person' })
  }
  const [type, number] = [draft.keys(id('XDR_ZJLX'))[0], draft.text(id('XDR_ZJHM'))]
  if (type === 'resident-id' && number !== '' && draft.sound(id('XDR_ZJHM'))) draft.addAll(id('XDR_ZJHM'), residentIdProblems(number, draft.context.receivedOn))
  if (type === undefined || number === '' || !draft.sound(id('XDR_ZJHM')) || !draft.has(id('XDR_MC'))) return null
  return {
    name: draft.text(id('XDR_MC')), category: 'natural-person', uscc: null, usccAdmitted: false, registrationNumber: null, organisationCode: null,
    taxNumber: null, institutionNumber: null, socialOrganisationNumber: null, naturalId: { type, number },
  }
}

function checkOtherCodes(draft: Draft, id: (name: string) => string): void {
  const [number, organisation] = [id('XDR_GSZC'), id('XDR_ZZJG')]
  if (draft.has(number) && draft.sound(number)) draft.addAll(number, registrationNumberProblems(draft.text(number)))
  if (draft.has(organisation) && draft.sound(organisation)) draft.addAll(organisation, organisationCodeProblems(draft.text(organisation)))
}

function dropRepresentativeId(draft: Draft, field: string): void {
  if (!draft.has(field)) return
  draft.set(field, '')
  draft.add('party.id-of-representative', field)
}

import type { Problem } from '../refusal.ts'
import { isOrganisationCode, organisationCodeFrom } from './organisation-code.ts'
import { codeProblem } from './problem.ts'

/** 行政相对人类别: 法人及非法人组织, 自然人, 个体工商户. */
export type PartyCategory = 'legal-person' | 'natural-person' | 'individual-business'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

const DEPARTMENTS: Readonly<Record<string, string>> = {
  1: '机构编制', 2: '外交', 3: '司法行政', 4: '文化', 5: '民政', 6: '旅游', 7: '宗教', 8: '工会', 9: '市场监管', A: '军委改革和编制', N: '农业农村', Y: '其他',
}
const TYPES: Readonly<Record<string, string>> = {
  11: '机关', 12: '事业单位', 13: '群众团体', 19: '其他', 31: '律师执业机构', 32: '公证处', 33: '基层法律服务所', 34: '司法鉴定机构', 35: '仲裁委员会', 39: '其他',
  51: '社会团体', 52: '民办非企业单位', 53: '基金会', 59: '其他', 91: '企业', 92: '个体工商户', 93: '农民专业合作社', Y1: '其他',
}

/** The official stand-in for a party without a code (17 zeros and X). It fails its own check, identifies nobody and joins nothing. */
export const PLACEHOLDER_USCC = '00000000000000000X'

/** The check character (校验码, GB 32100-2015) of the first seventeen characters; null when they are not seventeen of the 31-character alphabet. */
export function usccCheck(first17: string): string | null {
  if (first17.length !== 17) return null
  let sum = 0
  for (let at = 0; at < 17; at++) {
    const value = ALPHABET.indexOf(first17[at]!)
    if (value < 0) return null
    sum += value * WEIGHTS[at]!
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** True for a unified social credit code (统一社会信用代码) whose outer (GB 32100) and inner (GB 11714) check characters are both right. The placeholder is none. */
export function isUscc(text: string): boolean {
  return text.length === 18 && usccCheck(text.slice(0, 17)) === text[17] && isOrganisationCode(text.slice(8, 17))
}

/**
 * A code completed with both check characters: `usccFrom('91460200', 'MA5T0X12')`. `prefix8`: department, type and division;
 * `body8`: eight characters that identify the subject. Throws RangeError for characters outside the alphabet.
 */
export function usccFrom(prefix8: string, body8: string): string {
  const first17 = prefix8 + organisationCodeFrom(body8)
  const check = usccCheck(first17)
  if (check === null || prefix8.length !== 8) throw new RangeError(`not a prefix and a body of a code: ${prefix8} ${body8}`)
  return first17 + check
}

/** What the first eight characters say: registering department (登记管理部门), type (机构类别) and division (行政区划); names are null for prefixes not in the list. */
export function registrationOf(uscc: string): { department: string | null; type: string | null; division: string } {
  return { department: DEPARTMENTS[uscc.slice(0, 1)] ?? null, type: TYPES[uscc.slice(0, 2)] ?? null, division: uscc.slice(2, 8) }
}

/** The category of party that the prefix implies: 92 an individual business, everything else a legal person or unincorporated organisation; null for the placeholder. */
export function categoryImpliedBy(uscc: string): Exclude<PartyCategory, 'natural-person'> | null {
  if (uscc === PLACEHOLDER_USCC) return null
  return uscc.startsWith('92') ? 'individual-business' : 'legal-person'
}

/** The organisation code (主体标识码) inside a code: characters 9–17. */
export function organisationCodeIn(uscc: string): string {
  return uscc.slice(8, 17)
}

/** What is wrong with a unified social credit code (统一社会信用代码), already trimmed, half-width and upper case; empty when nothing is. */
export function usccProblems(text: string): Problem[] {
  if (text === PLACEHOLDER_USCC) {
    return [codeProblem('uscc.placeholder',
      ['“00000000000000000X”是没有统一社会信用代码时的占位代码，不能识别任何主体', '填写真实的统一社会信用代码；确无代码的个体工商户同时填写工商注册号'],
      ['"00000000000000000X" is the placeholder for a party without a code: it identifies nobody', 'Write the real code; for an individual business that has none, write its registration number as well'])]
  }
  if (text.length !== 18) {
    return [codeProblem('uscc.length',
      [`统一社会信用代码应为18位，实为${text.length}位：“${text}”`, '按营业执照或登记证书填写全部18位'],
      [`A unified social credit code has 18 characters; "${text}" has ${text.length}`, 'Write all 18 characters of the licence or certificate'])]
  }
  const strange = [...text].filter((character) => !ALPHABET.includes(character))
  if (strange.length > 0) {
    return [codeProblem('uscc.alphabet',
      [`统一社会信用代码“${text}”含有不使用的字符：${[...new Set(strange)].join(' ')}`, '代码只用数字和大写字母，且不用 I、O、S、V、Z：请核对是否误写了 1、0、5、2'],
      [`"${text}" holds characters that no code uses: ${[...new Set(strange)].join(' ')}`, 'Codes use digits and capitals without I, O, S, V, Z: look for 1, 0, 5, 2 typed as letters'])]
  }
  const problems: Problem[] = []
  if (usccCheck(text.slice(0, 17)) !== text[17]) {
    problems.push(codeProblem('uscc.check-digit',
      [`统一社会信用代码“${text}”的校验码不正确（GB 32100）`, '对照营业执照逐位核对；证照上确为此代码的，由信用管理人员说明理由后准入'],
      [`The check character of "${text}" is wrong (GB 32100)`, 'Compare with the licence character by character; if the licence really shows this code, a credit officer can admit it with a reason']))
  }
  if (!isOrganisationCode(text.slice(8, 17))) {
    problems.push(codeProblem('uscc.organisation-part',
      [`统一社会信用代码第9至17位“${text.slice(8, 17)}”不是有效的组织机构代码（GB 11714）`, '对照营业执照核对第9至17位；证照上确为此代码的，由信用管理人员说明理由后准入'],
      [`Characters 9–17 "${text.slice(8, 17)}" are no valid organisation code (GB 11714)`, 'Compare characters 9–17 with the licence; if it really shows this code, a credit officer can admit it with a reason']))
  }
  if (problems.length === 0 && registrationOf(text).type === null) {
    problems.push(codeProblem('uscc.prefix',
      [`统一社会信用代码开头“${text.slice(0, 2)}”不在登记管理部门和机构类别的已知列表中`, '请核对前两位；无误可以忽略本提示'],
      [`No known registering department and type begins with "${text.slice(0, 2)}"`, 'Check the first two characters; if they are right, ignore this'], 'warning'))
  }
  return problems
}

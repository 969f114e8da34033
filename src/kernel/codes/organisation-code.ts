import type { Problem } from '../refusal.ts'
import { codeProblem } from './problem.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The check character (校验码, GB 11714) of the first eight characters of an organisation code: 0–9 or X; null when they are not eight of 0–9A–Z. */
export function organisationCheck(first8: string): string | null {
  if (!/^[0-9A-Z]{8}$/.test(first8)) return null
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * ALPHABET.indexOf(first8[at]!), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** True for a nine-character organisation code (组织机构代码, GB 11714) with the right check character. No hyphen, upper case. */
export function isOrganisationCode(text: string): boolean {
  return text.length === 9 && organisationCheck(text.slice(0, 8)) === text[8]
}

/** Eight characters of 0–9A–Z completed to an organisation code. Throws RangeError for any other text. */
export function organisationCodeFrom(body8: string): string {
  const check = organisationCheck(body8)
  if (check === null) throw new RangeError(`not eight characters of 0-9A-Z: ${body8}`)
  return body8 + check
}

/** What is wrong with an organisation code (组织机构代码), nine characters without hyphen; empty when nothing is. */
export function organisationCodeProblems(text: string): Problem[] {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(text)) {
    return [codeProblem('organisation-code.shape',
      [`组织机构代码应为9位数字或大写字母，实为“${text}”`, '按组织机构代码证填写9位代码，不带短横线；没有的留空'],
      [`An organisation code has nine digits or capital letters; this is "${text}"`, 'Write the nine characters of the certificate without hyphen, or leave the cell empty'])]
  }
  if (isOrganisationCode(text)) return []
  return [codeProblem('organisation-code.check-digit',
    [`组织机构代码“${text}”的校验码不正确（GB 11714）`, '对照证书逐位核对，常见为抄错一位或相邻两位颠倒'],
    [`The check character of organisation code "${text}" is wrong (GB 11714)`, 'Compare with the certificate character by character: usually one was mistyped or two were swapped'])]
}

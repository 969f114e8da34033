import { isDay } from '../day.ts'
import type { Day } from '../day.ts'
import type { Problem } from '../refusal.ts'
import { codeProblem } from './problem.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** First two digits of the regions (省级行政区划代码, GB/T 2260). */
export const PROVINCES = new Set(('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83').split(' '))

/** The check character (GB 11643) of the first seventeen digits of a resident ID: 0–9 or X; null when they are not seventeen digits. */
export function residentCheck(first17: string): string | null {
  if (!/^\d{17}$/.test(first17)) return null
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11]!
}

/** The birthday written in a resident ID; null when it is no real day. */
export function birthdayOf(text: string): Day | null {
  const written = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  return isDay(written) && written >= '1850-01-01' ? written : null
}

/** True for an 18-character resident ID (公民身份号码, GB 11643): province, birthday and check character right. */
export function isResidentId(text: string): boolean {
  return looksLikeResidentId(text) && residentCheck(text.slice(0, 17)) === text[17]
}

/** True when a text is built like a resident ID (province, a real birthday, 18 characters), whatever its check character. */
export function looksLikeResidentId(text: string): boolean {
  return /^\d{17}[\dX]$/.test(text) && PROVINCES.has(text.slice(0, 2)) && birthdayOf(text) !== null
}

/** Seventeen digits completed to a resident ID. Throws RangeError for any other text. */
export function residentIdFrom(body17: string): string {
  const check = residentCheck(body17)
  if (check === null) throw new RangeError(`not seventeen digits: ${body17}`)
  return body17 + check
}

/** What is wrong with a resident ID (公民身份号码); empty when nothing is. The number itself is never repeated in a message. `on`: the day after which nobody can be born. */
export function residentIdProblems(text: string, on?: Day): Problem[] {
  if (!/^\d{17}[\dX]$/.test(text)) {
    return [codeProblem('resident-id.shape',
      ['公民身份号码应为17位数字加1位数字或X', '按身份证填写18位号码；其他证件请改填证件类型'],
      ['A resident ID has 17 digits and a digit or X', 'Write the 18 characters of the card; for another document change the type of document'])]
  }
  const birthday = birthdayOf(text)
  if (!PROVINCES.has(text.slice(0, 2)) || birthday === null || (on !== undefined && birthday > on)) {
    return [codeProblem('resident-id.birthday',
      ['公民身份号码中的地区或出生日期不存在', '对照身份证逐位核对'],
      ['The region or the birthday in the resident ID does not exist', 'Compare with the card digit by digit'])]
  }
  if (isResidentId(text)) return []
  return [codeProblem('resident-id.check-digit',
    ['公民身份号码的校验码不正确（GB 11643）', '对照身份证逐位核对，常见为抄错一位或相邻两位颠倒'],
    ['The check character of the resident ID is wrong (GB 11643)', 'Compare with the card: usually one digit was mistyped or two were swapped'])]
}

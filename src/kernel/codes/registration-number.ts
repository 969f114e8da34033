import type { Problem } from '../refusal.ts'
import { codeProblem } from './problem.ts'

/** The check digit (ISO 7064 MOD 11,10) of the first fourteen digits of a business registration number; null when they are not fourteen digits. */
export function registrationCheck(first14: string): string | null {
  if (!/^\d{14}$/.test(first14)) return null
  let product = 10
  for (const digit of first14) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return String((11 - product) % 10)
}

/** True for a 15-digit business registration number (工商注册号) with the right check digit. */
export function isRegistrationNumber(text: string): boolean {
  return text.length === 15 && registrationCheck(text.slice(0, 14)) === text[14]
}

/** Fourteen digits completed to a registration number. Throws RangeError for any other text. */
export function registrationNumberFrom(body14: string): string {
  const check = registrationCheck(body14)
  if (check === null) throw new RangeError(`not fourteen digits: ${body14}`)
  return body14 + check
}

/**
 * What is wrong with a business registration number (工商注册号); empty when nothing is. Numbers of 13 digits were issued before 2007
 * and carry no check digit: they give a warning only.
 */
export function registrationNumberProblems(text: string): Problem[] {
  if (/^\d{13}$/.test(text)) {
    return [codeProblem('registration-number.old',
      [`“${text}”为13位旧注册号，没有校验位，无法核验`, '如已换发15位注册号或统一社会信用代码，请改填新号'],
      [`"${text}" is an old 13-digit number without check digit and cannot be verified`, 'If a 15-digit number or a unified social credit code was issued since, write that'], 'warning')]
  }
  if (!/^\d{15}$/.test(text)) {
    return [codeProblem('registration-number.shape',
      [`工商注册号应为15位数字，实为“${text}”`, '按营业执照填写15位注册号；没有的留空'],
      [`A registration number has 15 digits; this is "${text}"`, 'Write the 15 digits of the business licence, or leave the cell empty'])]
  }
  if (isRegistrationNumber(text)) return []
  return [codeProblem('registration-number.check-digit',
    [`工商注册号“${text}”的校验位不正确，按前14位应为${registrationCheck(text.slice(0, 14))}`, '对照营业执照逐位核对'],
    [`The check digit of registration number "${text}" is wrong; the first 14 digits ask for ${registrationCheck(text.slice(0, 14))}`, 'Compare with the business licence digit by digit'])]
}

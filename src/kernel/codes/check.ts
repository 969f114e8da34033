import type { Day } from '../day.ts'
import type { Problem } from '../refusal.ts'
import { organisationCodeProblems } from './organisation-code.ts'
import { codeProblem } from './problem.ts'
import { registrationNumberProblems } from './registration-number.ts'
import { isResidentId, looksLikeResidentId, residentIdProblems } from './resident-id.ts'
import { isUscc, PLACEHOLDER_USCC, usccProblems } from './uscc.ts'

/** The kinds of code that can be told apart by their shape. */
export type CodeKind = 'uscc' | 'organisation-code' | 'registration-number' | 'resident-id' | 'unknown'
/** What is known about a code: its canonical writing, its kind, whether it identifies somebody, and what is wrong with it. */
export type CodeCheck = { readonly code: string; readonly kind: CodeKind; readonly valid: boolean; readonly problems: readonly Problem[] }

/** A code in its canonical writing: half-width, without blanks, zero-width characters and hyphens, upper case. Nothing else is changed. */
export function tidyCode(text: string): string {
  // Capitals of some letters, and what moves together, are composed once more: a code that was tidied stays as it is.
  return text.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}]/gu, '').replace(/[-‐-―−]/g, '').toUpperCase().normalize('NFKC')
}

/** Recognises what kind of code a text is, and says what is wrong with it. Warnings leave it valid. `on`: the day on which it is checked. */
export function checkCode(text: string, on?: Day): CodeCheck {
  const code = tidyCode(text)
  const kind = kindOf(code)
  const problems = problemsOf(kind, code, on)
  return { code, kind, valid: problems.every((problem) => problem.severity === 'warning'), problems }
}

function kindOf(code: string): CodeKind {
  if (code === PLACEHOLDER_USCC) return 'uscc'
  if (code.length === 18) {
    // All-digit credit codes can look like resident IDs (11, 12, 31, 51 are both provinces and departments): a right check decides.
    if (isResidentId(code) && !isUscc(code)) return 'resident-id'
    return !isUscc(code) && looksLikeResidentId(code) ? 'resident-id' : 'uscc'
  }
  if (/^[0-9A-Z]{17}$|^[0-9A-Z]{19}$/.test(code)) return 'uscc'
  if (/^\d{15}$|^\d{13}$/.test(code)) return 'registration-number'
  return /^[0-9A-Z]{8}[0-9X]$/.test(code) ? 'organisation-code' : 'unknown'
}

function problemsOf(kind: CodeKind, code: string, on?: Day): Problem[] {
  switch (kind) {
    case 'uscc': return usccProblems(code)
    case 'organisation-code': return organisationCodeProblems(code)
    case 'registration-number': return registrationNumberProblems(code)
    case 'resident-id': return residentIdProblems(code, on)
    case 'unknown': return [codeProblem('code.unrecognised',
      [`“${code}”不是统一社会信用代码、组织机构代码、工商注册号或公民身份号码`, '核对位数：统一社会信用代码18位，组织机构代码9位，工商注册号15位，公民身份号码18位'],
      [`"${code}" is neither a unified social credit code, nor an organisation code, a registration number or a resident ID`, 'Count the characters: 18, 9, 15 and 18 of them'])]
  }
}

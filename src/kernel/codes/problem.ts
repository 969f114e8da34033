import type { Problem } from '../refusal.ts'

/** What is wrong with a code, said in both languages; an error unless `severity` says otherwise. */
export function codeProblem(code: string, zh: readonly [cause: string, fix: string], en: readonly [cause: string, fix: string], severity: Problem['severity'] = 'error'): Problem {
  return { code, severity, message: { zh: zh[0], en: en[0] }, fix: { zh: zh[1], en: en[1] } }
}

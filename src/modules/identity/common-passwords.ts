// @clause X.4
import { dictionary } from '@zxcvbn-ts/language-common'

/** How many of the most common passwords are refused, and from how many characters on what remains of a password is looked up among them. */
export type CommonRules = { readonly most_common: number; readonly remainder_from: number }

const sets = new Map<number, ReadonlySet<string>>()

/**
 * Whether a password is one of the most common ones (常见密码), or one of them with digits and signs around it, or with words of the place, names and years among it: those are tried first.
 * The list comes with the program. Case does not matter; `context` in small letters.
 */
export function isCommon(password: string, context: readonly string[], { most_common, remainder_from }: CommonRules): boolean {
  const common = sets.get(most_common) ?? new Set(dictionary['passwords-common'].slice(0, most_common))
  sets.set(most_common, common)
  const whole = password.toLowerCase()
  const rest = context.reduce((text, word) => (word === '' ? text : text.replaceAll(word, '')), whole)
  const core = rest.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return common.has(whole) || common.has(rest) || (core.length >= remainder_from && common.has(core)) || (rest !== whole && [...core].length < remainder_from)
}

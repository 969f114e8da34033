// @clause X.4
import { hash, verify } from '@node-rs/argon2'
import type { PolicyBook, PolicyOn } from '../../engines/policy/index.ts'
import type { Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Randomness } from '../../platform/randomness.ts'
import { districtOf } from '../organisation/index.ts'
import { isCommon, type CommonRules } from './common-passwords.ts'

/** Rules of passwords: least length in code points, how many of four classes of characters, how many earlier ones may not come back, days until it ages. */
export type PasswordRules = { readonly min_length: number; readonly classes: number; readonly history: number; readonly max_age_days: number }

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]
const LONGEST = 200
const SALT_BYTES = 16
const MS_PER_DAY = 86_400_000

/** Refuses `password.too-simple` (length, classes) and `password.contains-name`. Counted in code points, so that Chinese counts as it looks. */
export function mayUse(password: string, userName: string, rules: PasswordRules): void {
  const length = [...password].length
  const classes = CLASSES.filter((one) => one.test(password)).length
  if (length < rules.min_length || length > LONGEST || classes < rules.classes) {
    throw refusal('password.too-simple', text(`密码不符合要求：至少 ${rules.min_length} 位，含大写、小写、数字、其他字符中的 ${rules.classes} 类`, `The password does not do: at least ${rules.min_length} characters, of ${rules.classes} of the classes capital, small, digit, other`))
  }
  if (password.toLowerCase().includes(userName.toLowerCase())) throw refusal('password.contains-name', text('密码中不能含有用户名', 'The password contains the user name'))
}

/** Everything that is asked of a new password. Refuses `password.too-simple`, `password.contains-name`, `password.common`. */
export function mustBeGood(book: PolicyBook, today: Day, password: string, userName: string): void {
  const law = book.on(today)
  mayUse(password, userName, law.value<PasswordRules>('identity/password'))
  mustNotBeCommon(password, law)
  const { zh, en } = districtOf(book)
  const year = Number(today.slice(0, 4))
  const context = [userName, zh.replace(/[省市区县]$/u, ''), en.split(' ')[0]!, '信衡', 'xinheng', ...[year - 1, year, year + 1].map(String)].map((word) => word.toLowerCase())
  if (isCommon(password, context, law.value<CommonRules>('identity/common-passwords'))) throw refusal('password.common', text('密码太常见，或只是常见词加上姓名、地名、年份、数字，容易被猜中', 'The password is a common one, or one with a name, a place, a year or digits: it is guessed first'))
}

/** Refuses `password.common` when a common word, or a word of this place, stands in the password: those are guessed first. Case does not matter. */
export function mustNotBeCommon(password: string, law: PolicyOn): void {
  const word = law.value<readonly string[]>('identity/password-words').find((one) => password.toLowerCase().includes(one))
  if (word !== undefined) throw refusal('password.common', text(`密码中含有常见词“${word}”，容易被猜中`, `The password contains "${word}", which is guessed first`))
}

/** Refuses `password.used-before` when the password is one of the latest digests. */
export async function mustBeNew(password: string, latest: readonly string[]): Promise<void> {
  for (const digest of latest) if (await verify(digest, password)) throw refusal('password.used-before', text(`不能使用最近 ${latest.length} 次用过的密码`, `It was used before, among the last ${latest.length}`))
}

/** True when the password is older than the rules allow. */
export function isAged(setAt: Date, now: Date, { max_age_days: days }: PasswordRules): boolean {
  return now.getTime() - setAt.getTime() > days * MS_PER_DAY
}

/** The argon2id digest in PHC form, with the figures of the day. */
export async function digestOfPassword(password: string, law: PolicyOn, randomness: Randomness): Promise<string> {
  const { memory_kib, passes, lanes } = law.value<{ memory_kib: number; passes: number; lanes: number }>('identity/argon2')
  // argon2id is the library's own choice; its enum cannot be imported where types are stripped.
  return hash(password, { memoryCost: memory_kib, timeCost: passes, parallelism: lanes, salt: randomness.bytes(SALT_BYTES) })
}

/** Whether the password fits the digest. Without a digest it takes as long and says no, so that the time does not tell who has an account. */
export async function fits(password: string, digest: string | null, law: PolicyOn, randomness: Randomness): Promise<boolean> {
  if (digest !== null) return verify(digest, password)
  await digestOfPassword(password, law, randomness)
  return false
}

function refusal(code: string, message: ReturnType<typeof text>): Refusal {
  return new Refusal({ code, field: 'password', message, fix: text('请换一个密码；几个词连起来既长又好记', 'Choose another; some words in a row are long and easy to keep') })
}

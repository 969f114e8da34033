// @clause X.4
import type { Visit, World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { setPassword, userNameSchema } from './acts.ts'
import { mustNotBeBreached } from './breached.ts'
import { actorOf, sessionRules } from './caller.ts'
import { lockedUntil, type LockoutRules } from './lockout.ts'
import { digestOfPassword, fits, isAged, mustBeGood, mustBeNew, type PasswordRules } from './passwords.ts'
import { presentOwner } from './owner.ts'
import { findAccountByName, findAccounts, listPasswords, type Account } from './queries/accounts.ts'
import { findTotp, useRecoveryCode, useStep } from './queries/factors.ts'
import { answerSignIn, countFailures, countFromAddress, insertSession, insertSignIn, type Outcome, type Outside, type Session } from './queries/sessions.ts'
import { locked, passwordAged, secondFactorMissing, secondFactorWrong, tooMany, wrong } from './refusals.ts'
import { secretOf, stepOf, type SecondFactorRules } from './second-factor.ts'
import { digestOfCode, digestOfToken, newToken } from './tokens.ts'

/** What someone enters to sign in: `code` is of the second factor, or a recovery code; `newPassword` where the old one has aged. */
export type Credentials = { readonly userName: string; readonly password: string; readonly code?: string | undefined; readonly newPassword?: string | undefined }
type From = Pick<Visit, 'address' | 'agent'>

const MS_PER_MINUTE = 60_000

/**
 * 登录. Gives the token of a new session. Every attempt is noted before the password is looked at, so that simultaneous guesses count too.
 * Refuses `sign-in.wrong` (never telling whether the name exists), `sign-in.locked`, `sign-in.too-many`, `sign-in.second-factor-missing`,
 * `sign-in.second-factor-wrong`, `sign-in.password-aged`, and what a new password is refused for.
 */
export async function signIn(world: World, from: From, { userName: given, password, code, newPassword }: Credentials): Promise<string> {
  const { db, randomness, policy } = world
  const now = world.clock.now()
  const law = policy.on(dayOf(now))
  await mayTry(world, from.address, now)

  // A password typed into the field of the name must not be kept.
  const userName = userNameSchema.safeParse(given).data ?? null
  const signInId = await insertSignIn(db, { at: now, userName, outcome: 'begun', ...from })
  const account = userName === null ? null : await findAccountByName(db, userName)
  const end = async (outcome: Outcome): Promise<void> => answerSignIn(db, signInId, outcome, account?.accountId ?? null)

  const lockout = law.value<LockoutRules>('identity/lockout')
  const { failures, lastAt } = userName === null ? { failures: 0, lastAt: null } : await countFailures(db, userName, new Date(now.getTime() - lockout.within_minutes * MS_PER_MINUTE), signInId)
  const until = lockedUntil(failures, lastAt, lockout)
  if (until !== null && now < until) {
    await end('locked')
    throw locked(until, now)
  }

  const rules = law.value<PasswordRules>('identity/password')
  const latest = account === null ? [] : await listPasswords(db, account.accountId, Math.max(1, rules.history))
  const good = await fits(password, latest[0]?.hash ?? null, law, randomness)
  const owner = account === null ? null : await presentOwner(world, account, now)
  if (!good || account === null || owner === null) {
    await end('wrong')
    throw wrong()
  }
  await checkSecondFactor(world, account, code, now, end)
  if (isAged(latest[0]!.setAt, now, rules)) {
    if (newPassword === undefined) {
      await end('password-aged')
      throw passwordAged(rules.max_age_days)
    }
    const actor = await actorOf(world, { ...owner, accountId: account.accountId, userName: account.userName }, now)
    await setPassword.perform(world, actor, { accountId: account.accountId, hash: await newDigest(world, account, newPassword), except: null })
  }
  await end('signed-in')
  return openSession(world, from, account.accountId, 'password')
}

/** Until when a user name is locked (锁定); null when it is not. */
export async function lockOf({ db, policy }: World, userName: string, now: Date): Promise<Date | null> {
  const lockout = policy.on(dayOf(now)).value<LockoutRules>('identity/lockout')
  const { failures, lastAt } = await countFailures(db, userName, new Date(now.getTime() - lockout.within_minutes * MS_PER_MINUTE), Number.MAX_SAFE_INTEGER)
  const until = lockedUntil(failures, lastAt, lockout)
  return until !== null && now < until ? until : null
}

/** Refuses `sign-in.too-many` when too many attempts came from an address lately. */
export async function mayTry({ db, policy }: World, address: string, now: Date): Promise<void> {
  const { most, seconds } = policy.on(dayOf(now)).value<{ most: number; seconds: number }>('identity/attempts-by-address')
  if ((await countFromAddress(db, address, new Date(now.getTime() - seconds * 1000))) >= most) throw tooMany(seconds)
}

/** The digest of a password that may be used from now on. Refuses `password.…`. */
export async function newDigest(world: World, { accountId, userName }: Pick<Account, 'accountId' | 'userName'>, password: string): Promise<string> {
  const today = dayOf(world.clock.now())
  const law = world.policy.on(today)
  const rules = law.value<PasswordRules>('identity/password')
  mustBeGood(world.policy, today, password, userName)
  await mustNotBeBreached(world, password)
  await mustBeNew(password, (await listPasswords(world.db, accountId, rules.history)).map(({ hash }) => hash))
  return digestOfPassword(password, law, world.randomness)
}

/** Opens a session; gives its token, which is kept nowhere. Whoever comes in without a password stands among the sign-ins too. */
export async function openSession(world: World, { address, agent }: From, accountId: number, kind: Session['kind'], { vouched = false, outside = null, signInId }: { readonly vouched?: boolean; readonly outside?: Outside | null; readonly signInId?: number } = {}): Promise<string> {
  const now = world.clock.now()
  const token = newToken(world.randomness)
  const endsAt = new Date(now.getTime() + sessionRules(world, now).absolute_hours * 60 * MS_PER_MINUTE)
  if (kind !== 'password') {
    const [account] = await findAccounts(world.db, [accountId])
    await answerSignIn(world.db, signInId ?? (await insertSignIn(world.db, { at: now, userName: account!.userName, outcome: 'begun', address, agent })), 'signed-in', accountId)
  }
  await insertSession(world.db, { accountId, kind, openedAt: now, endsAt, address, agent, vouched, outside }, digestOfToken(token))
  return token
}

/** The second factor of an account that has one. Refuses `sign-in.second-factor-missing`, `sign-in.second-factor-wrong`, after telling `end` what became of the attempt. */
export async function checkSecondFactor({ db, sealing, policy }: World, { accountId }: Pick<Account, 'accountId'>, code: string | undefined, now: Date, end: (outcome: Outcome) => Promise<void>): Promise<void> {
  const totp = await findTotp(db, accountId, 'confirmed')
  if (totp === null) return
  if (code === undefined) {
    await end('second-factor-missing')
    throw secondFactorMissing()
  }
  const step = stepOf(code, secretOf(sealing, totp), now, totp.lastStep, policy.on(dayOf(now)).value<SecondFactorRules>('identity/second-factor'))
  if (step !== null ? await useStep(db, totp.totpId, step) : await useRecoveryCode(db, totp.totpId, digestOfCode(code), now)) return
  await end('wrong-second-factor')
  throw secondFactorWrong()
}

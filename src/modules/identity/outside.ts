// @clause X.4
import { systemActor, type Visit, type World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { isFailure, type Bond, type IdentityService } from '../../platform/oidc/index.ts'
import { linkOutside, useCode } from './acts.ts'
import { bondOf, digestOfCode, digestOfToken, newToken } from './tokens.ts'
import { presentOwner } from './owner.ts'
import { findAccountByNumber, findAccounts } from './queries/accounts.ts'
import { findOneTimeCode } from './queries/factors.ts'
import { findLink, findVouched, finishAttempt, insertAttempt, useAttempt, vouchAttempt, type OutsideAttempt } from './queries/outside.ts'
import { answerSignIn, insertSignIn, type Outcome } from './queries/sessions.ts'
import { codeWrong, outsideDeclined, outsideNotLinked, outsideNotReached, outsideNotValid, outsideOver, outsideUnknown, wrong } from './refusals.ts'
import { checkSecondFactor, mayTry, openSession } from './sign-in.ts'

type From = Pick<Visit, 'address' | 'agent'>
/** What someone adds when an attempt asked for it. */
export type Added = { readonly oneTimeCode?: string | undefined; readonly code?: string | undefined }
/** The rules of outside sign-ins. */
type OutsideRules = { readonly within_minutes: number; readonly link_by_number: boolean }

const MS_PER_MINUTE = 60_000
const linker = systemActor('outside-sign-in')
const failures = { 'not-reached': outsideNotReached, declined: outsideDeclined, 'not-valid': outsideNotValid } as const

/** Begins a sign-in (统一身份认证登录): the address to go to, and the token for the browser's cookie. Refuses `outside.unknown`, `outside.not-reached`. */
export async function beginOutside(world: World, services: readonly IdentityService[], { service: key, returnTo }: { readonly service: string; readonly returnTo: string }): Promise<{ address: string; token: string }> {
  const service = services.find((one) => one.key === key)
  if (!service) throw outsideUnknown()
  const token = newToken(world.randomness)
  const address = await service.addressFor(bondOf(token))
  if (isFailure(address)) throw told(key, address)
  const now = world.clock.now()
  await insertAttempt(world.db, digestOfToken(token), { service: key, returnTo }, now, new Date(now.getTime() + rulesOn(world, now).within_minutes * MS_PER_MINUTE))
  return { address, token }
}

/**
 * Ends a sign-in with the query with which the browser came back. The attempt is used up first, so that neither state nor code is good twice.
 * Gives a session's token and where to go on. Refuses `outside.…`, and what {@link continueOutside} refuses; after `outside.not-linked` and
 * `sign-in.second-factor-missing` the attempt can be continued.
 */
export async function finishOutside(world: World, services: readonly IdentityService[], visit: From & Pick<Visit, 'begun'>, query: string): Promise<{ token: string; returnTo: string }> {
  const now = world.clock.now()
  await mayTry(world, visit.address, now)
  if (visit.begun === null) throw outsideOver()
  const digest = digestOfToken(visit.begun)
  const attempt = await useAttempt(world.db, digest, now)
  const service = services.find(({ key }) => key === attempt?.service)
  if (!attempt || !service) throw outsideOver()
  const bond: Bond = bondOf(visit.begun)
  const vouched = await service.redeem(query, bond)
  if (isFailure(vouched)) {
    if (vouched.failed === 'not-valid') await insertSignIn(world.db, { at: now, userName: null, outcome: 'wrong', address: visit.address, agent: visit.agent })
    throw told(service.key, vouched)
  }
  await vouchAttempt(world.db, digest, vouched)
  return enter(world, visit, digest, { ...attempt, ...vouched }, {})
}

/** Goes on with an attempt that was vouched for: a one-time code links the account, a code of the second factor opens the session. Refuses `outside.over`, `outside.not-linked`, `one-time-code.wrong`, `sign-in.second-factor-…`. */
export async function continueOutside(world: World, visit: From & Pick<Visit, 'begun'>, added: Added): Promise<{ token: string; returnTo: string }> {
  const now = world.clock.now()
  await mayTry(world, visit.address, now)
  const digest = visit.begun === null ? null : digestOfToken(visit.begun)
  const attempt = digest === null ? null : await findVouched(world.db, digest, now)
  if (digest === null || !attempt) throw outsideOver()
  return enter(world, visit, digest, attempt, added)
}

async function enter(world: World, { address, agent }: From, digest: string, attempt: OutsideAttempt, { oneTimeCode, code }: Added): Promise<{ token: string; returnTo: string }> {
  const { db } = world
  const now = world.clock.now()
  const person = { issuer: attempt.issuer!, subject: attempt.subject! }
  const link = await findLink(db, person.issuer, person.subject)
  const found = link ? { accountId: link.accountId, by: 'link' as const } : await toBeLinked(world, attempt, oneTimeCode, now)
  const [account] = found === null ? [] : await findAccounts(db, [found.accountId])
  const signInId = await insertSignIn(db, { at: now, userName: account?.userName ?? null, outcome: 'begun', address, agent })
  const end = async (outcome: Outcome): Promise<void> => answerSignIn(db, signInId, outcome, account?.accountId ?? null)
  if (found === null || !account) {
    await end(oneTimeCode === undefined ? 'not-linked' : 'wrong')
    throw oneTimeCode === undefined ? outsideNotLinked() : codeWrong()
  }
  if ((await presentOwner(world, account, now)) === null) {
    await end('wrong')
    throw wrong()
  }
  // Whoever gives out one-time codes must not get past another's second factor by linking a person of their own.
  if (found.by === 'one-time-code' || attempt.secondFactor !== true) await checkSecondFactor(world, account, code, now, end)
  await db.transaction().execute(async (tx) => {
    if (found.by === 'one-time-code') await useCode.performIn(tx, world, linker, { digest: digestOfCode(oneTimeCode!) })
    if (found.by !== 'link') await linkOutside.performIn(tx, world, linker, { accountId: account.accountId, ...person, linkedBy: found.by })
    if (!(await finishAttempt(tx, digest, now))) throw outsideOver()
  })
  world.wake()
  return { token: await openSession(world, { address, agent }, account.accountId, 'oidc', { vouched: attempt.secondFactor === true, signInId }), returnTo: attempt.returnTo }
}

/** Which account a person who is not linked yet belongs to: by the code that an administrator gave out, or by the number that the service vouches for. Never by name. */
async function toBeLinked(world: World, { number }: OutsideAttempt, oneTimeCode: string | undefined, now: Date): Promise<{ accountId: number; by: 'one-time-code' | 'number' } | null> {
  if (oneTimeCode !== undefined) {
    const code = await findOneTimeCode(world.db, digestOfCode(oneTimeCode), now)
    return code === null || code.accountId === null ? null : { accountId: code.accountId, by: 'one-time-code' }
  }
  const account = number !== null && rulesOn(world, now).link_by_number ? await findAccountByNumber(world.db, number) : null
  return account && { accountId: account.accountId, by: 'number' }
}

/** The refusal of a failure; the log is told a code, never what was sent. */
function told(service: string, { failed, reason }: { readonly failed: keyof typeof failures; readonly reason: string }): Error {
  console.error(`identity service ${service}: ${failed} (${reason})`)
  return failures[failed]()
}

function rulesOn(world: World, at: Date): OutsideRules {
  return world.policy.on(dayOf(at)).value<OutsideRules>('identity/outside-sign-in')
}

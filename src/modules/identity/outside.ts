// @clause X.4
import { systemActor, type Actor, type Visit, type World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { isFailure, type Bond, type Face, type IdentityService, type Represented } from '../../platform/oidc/index.ts'
import { linkOutside, openPersonAccount, useCode } from './acts.ts'
import { bondOf, digestOfCode, digestOfToken, newToken, newUserName } from './tokens.ts'
import { presentOwner } from './owner.ts'
import { findAccountByNumber, findAccounts, type Account } from './queries/accounts.ts'
import { findOneTimeCode } from './queries/factors.ts'
import { findLink, findVouched, finishAttempt, insertAttempt, useAttempt, useLogoutToken, vouchAttempt, type OutsideAttempt } from './queries/outside.ts'
import { answerSignIn, endOutsideSessions, insertSignIn, type Outcome } from './queries/sessions.ts'
import { codeWrong, logoutNotValid, outsideDeclined, outsideNameless, outsideNotLinked, outsideNotReached, outsideNotValid, outsideOver, outsideUnknown, wrong } from './refusals.ts'
import { checkSecondFactor, mayTry, openSession } from './sign-in.ts'

type From = Pick<Visit, 'address' | 'agent'>
type Came = From & Pick<Visit, 'begun' | 'sessionId'>
/** What someone adds when an attempt asked for it. */
export type Added = { readonly oneTimeCode?: string | undefined; readonly code?: string | undefined }
/** What came of an attempt: the token of a session, or null where an account was linked that is signed in already; whose account; the name that the service gave; and which businesses the service named for it. */
export type Entered = { readonly token: string | null; readonly returnTo: string; readonly account: Account; readonly name: string | null; readonly service: string; readonly represents: readonly Represented[] | null }
/** The rules of outside sign-ins. */
type OutsideRules = { readonly within_minutes: number; readonly link_by_number: boolean }

const MS_PER_MINUTE = 60_000
const linker = systemActor('outside-sign-in')
const failures = { 'not-reached': outsideNotReached, declined: outsideDeclined, 'not-valid': outsideNotValid } as const

/** Begins a sign-in (统一身份认证登录), or with an account the linking of it: the address to go to, and the token for the browser's cookie. Refuses `outside.unknown`, `outside.not-reached`. */
export async function beginOutside(world: World, services: readonly IdentityService[], { service: key, returnTo, accountId = null }: { readonly service: string; readonly returnTo: string; readonly accountId?: number | null }): Promise<{ address: string; token: string }> {
  const face = faceOf(returnTo)
  const service = services.find((one) => one.key === key && one.people.includes(face === 'my' ? 'businesses' : 'officers'))
  if (!service) throw outsideUnknown()
  const token = newToken(world.randomness)
  const address = await service.addressFor(face, bondOf(token))
  if (isFailure(address)) throw told(key, address)
  const now = world.clock.now()
  await insertAttempt(world.db, digestOfToken(token), { service: key, returnTo, accountId }, now, new Date(now.getTime() + rulesOn(world, now).within_minutes * MS_PER_MINUTE))
  return { address, token }
}

/**
 * Ends a sign-in with the query with which the browser came back. The attempt is used up first, so that neither state nor code is good twice.
 * Gives a session's token and where to go on. Refuses `outside.…`, and what {@link continueOutside} refuses; after `outside.not-linked` and
 * `sign-in.second-factor-missing` the attempt can be continued. One that was begun to link an account links it for its owner, who still must be signed in.
 */
export async function finishOutside(world: World, services: readonly IdentityService[], visit: Came, actor: Actor, query: string): Promise<Entered> {
  const now = world.clock.now()
  await mayTry(world, visit.address, now)
  if (visit.begun === null) throw outsideOver()
  const digest = digestOfToken(visit.begun)
  const attempt = await useAttempt(world.db, digest, now)
  const service = services.find(({ key }) => key === attempt?.service)
  if (!attempt || !service) throw outsideOver()
  const bond: Bond = bondOf(visit.begun)
  const vouched = await service.redeem(faceOf(attempt.returnTo), query, bond)
  if (isFailure(vouched)) {
    if (vouched.failed === 'not-valid') await insertSignIn(world.db, { at: now, userName: null, outcome: 'wrong', address: visit.address, agent: visit.agent })
    throw told(service.key, vouched)
  }
  await vouchAttempt(world.db, world.sealing, digest, vouched)
  const whole = { ...attempt, ...vouched }
  return attempt.accountId === null ? enter(world, service, visit, digest, whole, {}) : link(world, service, actor, digest, whole)
}

/** Goes on with an attempt that was vouched for: a one-time code links the account, a code of the second factor opens the session. Refuses `outside.over`, `outside.not-linked`, `one-time-code.wrong`, `sign-in.second-factor-…`. */
export async function continueOutside(world: World, services: readonly IdentityService[], visit: Came, added: Added): Promise<Entered> {
  const now = world.clock.now()
  await mayTry(world, visit.address, now)
  const digest = visit.begun === null ? null : digestOfToken(visit.begun)
  const attempt = digest === null ? null : await findVouched(world.db, world.sealing, digest, now)
  const service = services.find(({ key }) => key === attempt?.service)
  if (digest === null || !attempt || !service || attempt.accountId !== null) throw outsideOver()
  return enter(world, service, visit, digest, attempt, added)
}

/** Ends the sessions that a service opened here and ended there (后台注销), by its logout token. Refuses `outside.unknown`, `outside.logout-not-valid`. */
export async function logOutOutside(world: World, services: readonly IdentityService[], key: string, token: string): Promise<void> {
  const service = services.find((one) => one.key === key)
  if (!service) throw outsideUnknown()
  const over = await service.readLogout(token)
  const now = world.clock.now()
  if (isFailure(over)) {
    console.error(`identity service ${key}: logout ${over.failed} (${over.reason})`)
    throw over.failed === 'not-reached' ? outsideNotReached() : logoutNotValid()
  }
  if (!(await useLogoutToken(world.db, over, now))) throw logoutNotValid()
  await endOutsideSessions(world.db, over, 'signed-out-there', now)
}

async function enter(world: World, service: IdentityService, { address, agent }: From, digest: string, attempt: OutsideAttempt, { oneTimeCode, code }: Added): Promise<Entered> {
  const { db } = world
  const now = world.clock.now()
  const person = { issuer: attempt.issuer!, subject: attempt.subject! }
  const link = await findLink(db, person.issuer, person.subject)
  const found = link ? { accountId: link.accountId, by: 'link' as const } : await toBeLinked(world, attempt, oneTimeCode, now)
  const [known] = found === null || found.accountId === null ? [] : await findAccounts(db, [found.accountId])
  const signInId = await insertSignIn(db, { at: now, userName: known?.userName ?? null, outcome: 'begun', address, agent })
  const end = async (outcome: Outcome): Promise<void> => answerSignIn(db, signInId, outcome, known?.accountId ?? null)
  if (found === null || (!known && found.by !== 'service') || (known && !isFor(service, known.officerId))) {
    await end(oneTimeCode === undefined ? 'not-linked' : 'wrong')
    throw oneTimeCode === undefined ? outsideNotLinked() : codeWrong()
  }
  if (known) {
    if ((await presentOwner(world, known, now)) === null) {
      await end('wrong')
      throw wrong()
    }
    // Whoever gives out one-time codes must not get past another's second factor by linking a person of their own.
    if (found.by === 'one-time-code' || attempt.secondFactor !== true) await checkSecondFactor(world, known, code, now, end)
  } else if (attempt.name === null) {
    await end('not-linked')
    throw outsideNameless()
  }
  const accountId = await db.transaction().execute(async (tx) => {
    if (found.by === 'one-time-code') await useCode.performIn(tx, world, linker, { digest: digestOfCode(oneTimeCode!) })
    const id = known?.accountId ?? (await openPersonAccount.performIn(tx, world, linker, { userName: newUserName(world.randomness), name: attempt.name!, phone: null })).accountId
    if (found.by !== 'link') await linkOutside.performIn(tx, world, linker, { accountId: id, ...person, linkedBy: found.by })
    if (!(await finishAttempt(tx, digest, now))) throw outsideOver()
    return id
  })
  world.wake()
  const account = known ?? (await findAccounts(db, [accountId]))[0]!
  const token = await openSession(world, { address, agent }, accountId, 'oidc', { vouched: attempt.secondFactor === true, outside: { ...person, session: attempt.session }, signInId })
  // Whoever acts for businesses has nothing to do at the console.
  const returnTo = account.officerId === null && faceOf(attempt.returnTo) === 'console' ? '/my' : attempt.returnTo
  return { token, returnTo, account, name: attempt.name, service: attempt.service, represents: attempt.represents }
}

/** Links the account whose owner began the attempt. Refuses `outside.unknown` where the service is not for such people, `outside.over` when somebody else is signed in by now, `outside.taken`, `outside.account-linked`. */
async function link(world: World, service: IdentityService, actor: Actor, digest: string, attempt: OutsideAttempt): Promise<Entered> {
  const accountId = attempt.accountId!
  if (actor.accountId !== accountId) throw outsideOver()
  if (!isFor(service, actor.officerId ?? null)) throw outsideUnknown()
  await world.db.transaction().execute(async (tx) => {
    await linkOutside.performIn(tx, world, actor, { accountId, issuer: attempt.issuer!, subject: attempt.subject!, linkedBy: 'owner' })
    if (!(await finishAttempt(tx, digest, world.clock.now()))) throw outsideOver()
  })
  world.wake()
  return { token: null, returnTo: attempt.returnTo, account: (await findAccounts(world.db, [accountId]))[0]!, name: attempt.name, service: attempt.service, represents: attempt.represents }
}

/** To whom a person who is not linked yet is linked, and by what. */
type ToBeLinked = { readonly accountId: number; readonly by: 'one-time-code' | 'number' } | { readonly accountId: null; readonly by: 'service' }

/** Which account a person who is not linked yet belongs to: by the code that an administrator gave out, or by the number that the service vouches for; at the space of businesses a new one. Never by name. */
async function toBeLinked(world: World, { number, returnTo }: OutsideAttempt, oneTimeCode: string | undefined, now: Date): Promise<ToBeLinked | null> {
  if (oneTimeCode !== undefined) {
    const code = await findOneTimeCode(world.db, digestOfCode(oneTimeCode), now)
    return code === null || code.accountId === null ? null : { accountId: code.accountId, by: 'one-time-code' }
  }
  const account = number !== null && rulesOn(world, now).link_by_number ? await findAccountByNumber(world.db, number) : null
  if (account) return { accountId: account.accountId, by: 'number' }
  return faceOf(returnTo) === 'my' ? { accountId: null, by: 'service' } : null
}

/** The refusal of a failure; the log is told a code, never what was sent. */
function told(service: string, { failed, reason }: { readonly failed: keyof typeof failures; readonly reason: string }): Error {
  console.error(`identity service ${service}: ${failed} (${reason})`)
  return failures[failed]()
}

/** Officers come by services that are for officers, at whichever face: one that is for businesses may know less of who somebody is. */
function isFor({ people }: IdentityService, officerId: number | null): boolean {
  return officerId === null || people.includes('officers')
}

/** At which face an attempt began. */
function faceOf(returnTo: string): Face {
  return /^\/my(?![^/?#])/.test(returnTo) ? 'my' : 'console'
}

function rulesOn(world: World, at: Date): OutsideRules {
  return world.policy.on(dayOf(at)).value<OutsideRules>('identity/outside-sign-in')
}

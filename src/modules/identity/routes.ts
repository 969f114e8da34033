// @clause X.4
import { dayOf } from '../../kernel/day.ts'
import type { Asked, Visit, World } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import type { IdentityService } from '../../platform/oidc/index.ts'
import * as acts from './acts.ts'
import { sessionRules } from './caller.ts'
import * as contract from './contract.ts'
import { lockedUntil, type LockoutRules } from './lockout.ts'
import { codeForAccount, redeemCode } from './open-up.ts'
import { beginOutside, continueOutside, finishOutside } from './outside.ts'
import { fits } from './passwords.ts'
import { findAccounts, listAccounts, listPasswords, type Account } from './queries/accounts.ts'
import { countRecoveryCodes, findTotp, insertTotp } from './queries/factors.ts'
import { listLinks } from './queries/outside.ts'
import { countFailures, endSessions, findSessionById, insertSignIn, listSessions, listSignIns } from './queries/sessions.ts'
import { locked, secondFactorNotConfirmed, sessionMissing, sessionUnknown, wrong } from './refusals.ts'
import { enrolment, newSecret, sealedSecret, secretOf, stepOf } from './second-factor.ts'
import { registerPerson } from './register.ts'
import { lockOf, newDigest, signIn } from './sign-in.ts'
import { digestOfCode, newCode } from './tokens.ts'

const DONE = { done: true } as const
const MS_PER_MINUTE = 60_000

/** Signing in and out, one's own sessions and factors, and what administrators do with accounts. */
export const identityRoutes = (services: readonly IdentityService[]): readonly Route<Asked>[] => [
  ...outsideRoutes(services),
  route(contract.signIn, async ({ world, visit }: Asked, credentials) => {
    await handOver(world, visiting(visit), await signIn(world, visiting(visit), credentials))
    return DONE
  }),
  route(contract.redeemCode, async ({ world, visit }: Asked, given) => {
    const token = await redeemCode(world, visiting(visit), given)
    if (token !== null) await handOver(world, visiting(visit), token)
    return { signedIn: token !== null }
  }),
  route(contract.registerPerson, async ({ world, visit }: Asked, given) => {
    const { address, agent, setToken } = visiting(visit)
    setToken(await registerPerson(world, { address, agent }, given))
    return DONE
  }),
  route(contract.signOut, async (asked: Asked) => {
    const { sessionId, setToken } = visiting(asked.visit)
    const { accountId } = await ownAccount(asked)
    const session = sessionId === null ? null : await findSessionById(asked.world.db, sessionId)
    if (sessionId !== null) await endSessions(asked.world.db, accountId, { only: sessionId }, 'signed-out', asked.world.clock.now())
    setToken(null)
    const [link] = session?.kind === 'oidc' ? await listLinks(asked.world.db, accountId) : []
    return { ...DONE, continueAt: link ? await services.find(({ issuer }) => issuer === link.issuer)?.addressToSignOut() ?? null : null }
  }),
  route(contract.listSessions, async (asked: Asked) => {
    const { world, visit } = asked
    const now = world.clock.now()
    const { accountId } = await ownAccount(asked)
    const rows = await listSessions(world.db, accountId, now, idleSinceOf(world, now))
    return { rows: rows.map((row) => ({ ...row, present: row.sessionId === visit?.sessionId })) }
  }),
  route(contract.endSession, async (asked: Asked, { sessionId }) => {
    const { accountId } = await ownAccount(asked)
    if ((await endSessions(asked.world.db, accountId, { only: sessionId }, 'revoked', asked.world.clock.now())) === 0) throw sessionUnknown()
    return DONE
  }),
  route(contract.listOwnSignIns, async (asked: Asked, page) => listSignIns(asked.world.db, { userName: (await ownAccount(asked)).userName, ...page })),
  route(contract.listSignIns, async ({ world }: Asked, filter) => listSignIns(world.db, filter)),
  route(contract.changePassword, async (asked: Asked, { password, newPassword }) => {
    const account = await ownAccount(asked)
    await mustKnow(asked, account, password)
    await acts.setPassword.perform(asked.world, asked.actor, { accountId: account.accountId, hash: await newDigest(asked.world, account, newPassword), except: asked.visit?.sessionId ?? null })
    return DONE
  }),
  route(contract.getSecondFactor, async (asked: Asked) => {
    const { world, actor } = asked
    const totp = await findTotp(world.db, (await ownAccount(asked)).accountId, 'confirmed')
    const { roles } = world.policy.on(dayOf(world.clock.now())).value<{ roles: string[] }>('identity/second-factor')
    return { set: totp !== null, needed: (actor.roles ?? []).some((role) => roles.includes(role)), recoveryCodesLeft: totp === null ? 0 : await countRecoveryCodes(world.db, totp.totpId) }
  }),
  route(contract.beginSecondFactor, async (asked: Asked, { password }) => {
    const account = await ownAccount(asked)
    await mustKnow(asked, account, password)
    const secret = newSecret(asked.world.randomness)
    await insertTotp(asked.world.db, account.accountId, sealedSecret(asked.world.sealing, account.accountId, secret), asked.world.clock.now())
    return enrolment(secret, account.userName)
  }),
  route(contract.confirmSecondFactor, async (asked: Asked, { code }) => {
    const { world, actor } = asked
    const { accountId } = await ownAccount(asked)
    const now = world.clock.now()
    const begun = await findTotp(world.db, accountId, 'begun')
    const step = begun === null ? null : stepOf(code, secretOf(world.sealing, begun), now, null)
    if (step === null) throw secondFactorNotConfirmed()
    const { recovery_codes } = world.policy.on(dayOf(now)).value<{ recovery_codes: number }>('identity/second-factor')
    const recoveryCodes = Array.from({ length: recovery_codes }, () => newCode(world.randomness))
    await acts.confirmSecondFactor.perform(world, actor, { accountId, step, recoveryDigests: recoveryCodes.map(digestOfCode) })
    await endSessions(world.db, accountId, { except: asked.visit?.sessionId ?? null }, 'revoked', now)
    return { recoveryCodes }
  }),
  route(contract.listAccounts, async ({ world }: Asked, filter) => {
    const now = world.clock.now()
    const idleSince = idleSinceOf(world, now)
    const { rows, total } = await listAccounts(world.db, { ...filter, now, idleSince })
    return { rows: await Promise.all(rows.map(async (row) => ({ ...row, lockedUntil: await lockOf(world, row.userName, now) }))), total }
  }),
  route(contract.listSessionsOf, async ({ world, visit }: Asked, { accountId }) => {
    const now = world.clock.now()
    const rows = await listSessions(world.db, accountId, now, idleSinceOf(world, now))
    return { rows: rows.map((row) => ({ ...row, present: row.sessionId === visit?.sessionId })) }
  }),
  route(contract.openAccount, async ({ world, actor }: Asked, input) => {
    const { accountId } = await acts.openAccount.perform(world, actor, input)
    return { accountId, ...(await codeForAccount(world, actor, accountId, 'invitation')) }
  }),
  route(contract.resetPassword, async ({ world, actor }: Asked, { accountId }) => ({ accountId, ...(await codeForAccount(world, actor, accountId, 'reset')) })),
  ...([[contract.closeAccount, acts.closeAccount], [contract.unlockAccount, acts.unlockAccount], [contract.endSessionsOf, acts.endSessionsOf], [contract.unlinkOutside, acts.unlinkOutside], [contract.removeSecondFactor, acts.removeSecondFactor]] as const).map(([endpoint, act]) =>
    route(endpoint, async ({ world, actor, requestId }: Asked, input: { accountId: number }) => {
      await act.perform(world, actor, input, { requestId })
      return DONE
    })),
]

/** Signing in at outside identity services. */
const outsideRoutes = (services: readonly IdentityService[]): readonly Route<Asked>[] => [
  route(contract.listOutsideServices, async () => ({ rows: services.map(({ key, label }) => ({ key, label })) })),
  route(contract.beginOutside, async ({ world, visit }: Asked, given) => {
    const { address, token } = await beginOutside(world, services, given)
    visiting(visit).setBegun(token)
    return { address }
  }),
  route(contract.finishOutside, async ({ world, visit }: Asked, { query }) => entered(world, visiting(visit), await finishOutside(world, services, visiting(visit), query))),
  route(contract.continueOutside, async ({ world, visit }: Asked, added) => entered(world, visiting(visit), await continueOutside(world, visiting(visit), added))),
  route(contract.listOutsideLinks, async (asked: Asked) => ({ rows: await listLinks(asked.world.db, (await ownAccount(asked)).accountId) })),
]

async function entered(world: World, visit: Visit, { token, returnTo }: { readonly token: string; readonly returnTo: string }): Promise<{ returnTo: string }> {
  await handOver(world, visit, token)
  visit.setBegun(null)
  return { returnTo }
}

/** Hands a browser its new session; the one that it came with ends, whosever it was. */
async function handOver({ db, clock }: World, { sessionId, setToken }: Visit, token: string): Promise<void> {
  const earlier = sessionId === null ? null : await findSessionById(db, sessionId)
  if (earlier) await endSessions(db, earlier.accountId, { only: earlier.sessionId }, 'signed-out', clock.now())
  setToken(token)
}

function visiting(visit: Visit | undefined): Visit {
  if (visit) return visit
  throw sessionMissing()
}

/** The account of whoever asks: the command line has none. */
async function ownAccount({ world, actor }: Asked): Promise<Account> {
  const [account] = actor.accountId === undefined ? [] : await findAccounts(world.db, [actor.accountId])
  if (account) return account
  throw sessionMissing()
}

/** Sessions that were not used since then are over. */
function idleSinceOf(world: World, now: Date): Date {
  return new Date(now.getTime() - sessionRules(world, now).idle_minutes * MS_PER_MINUTE)
}

/** The password asked again inside a session. Failures count towards the lock like those at the door: a found session is no place to guess. */
async function mustKnow({ world, visit }: Asked, { accountId, userName }: Account, password: string): Promise<void> {
  const now = world.clock.now()
  const law = world.policy.on(dayOf(now))
  const rules = law.value<LockoutRules>('identity/lockout')
  const { failures, lastAt } = await countFailures(world.db, userName, new Date(now.getTime() - rules.within_minutes * MS_PER_MINUTE), Number.MAX_SAFE_INTEGER)
  const until = lockedUntil(failures, lastAt, rules)
  if (until !== null && now < until) throw locked(until, now)
  const [present] = await listPasswords(world.db, accountId, 1)
  if (await fits(password, present?.hash ?? null, law, world.randomness)) return
  const { address, agent } = visiting(visit)
  await insertSignIn(world.db, { at: now, userName, outcome: 'wrong', address, agent })
  throw wrong()
}

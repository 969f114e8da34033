// @clause X.4
import { dayOf } from '../../kernel/day.ts'
import type { Asked, Visit, World } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import type { IdentityService, Represented } from '../../platform/oidc/index.ts'
import * as acts from './acts.ts'
import { needsSecondFactor, sessionRules } from './caller.ts'
import { confirmIdentity, mustBeConfirmed, mustKnowOrBeConfirmed } from './confirm.ts'
import * as contract from './contract.ts'
import { codeForAccount, redeemCode } from './open-up.ts'
import { beginOutside, continueOutside, finishOutside, logOutOutside, type Entered } from './outside.ts'
import { findAccounts, listAccounts, listPasswords, type Account } from './queries/accounts.ts'
import { countRecoveryCodes, findTotp, insertTotp } from './queries/factors.ts'
import { listLinks } from './queries/outside.ts'
import { endSessions, findSessionById, listSessions, listSignIns } from './queries/sessions.ts'
import { secondFactorNotConfirmed, secondFactorStays, sessionMissing, sessionUnknown } from './refusals.ts'
import { enrolment, newSecret, sealedSecret, secretOf, stepOf, type SecondFactorRules } from './second-factor.ts'
import { registerPerson } from './register.ts'
import { nameOfficers } from './queries/officers.ts'
import { lockOf, newDigest, signIn } from './sign-in.ts'
import { digestOfCode, newCode } from './tokens.ts'

const DONE = { done: true } as const
const MS_PER_MINUTE = 60_000

/** What became of a business that an identity service named for a person (自动核准结果). */
export type Representation = { readonly uscc: string; readonly outcome: 'confirmed' | 'stands' | 'unknown' | 'gone' | 'over' | 'not-representative' }
/** What is done with the businesses that a service names for whoever has an account: a later module's. Gives what became of each. */
export type Represent = (asked: Asked, person: { readonly accountId: number; readonly name: string }, service: string, represents: readonly Represented[]) => Promise<readonly Representation[]>

/** Signing in and out, one's own sessions and factors, and what administrators do with accounts. */
export const identityRoutes = (services: readonly IdentityService[], represent: Represent): readonly Route<Asked>[] => [
  ...outsideRoutes(services, represent),
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
    const service = services.find(({ issuer }) => issuer === session?.outsideIssuer)
    return { ...DONE, continueAt: (await service?.addressToSignOut(asked.actor.officerId === undefined ? 'my' : 'console')) ?? null }
  }),
  route(contract.listOfficerNames, async ({ world }: Asked, { actors }) => {
    const officers = await nameOfficers(world.db, actors.map((actor) => ({ actor, at: world.clock.now() })))
    return { rows: actors.flatMap((actor, place) => (officers[place] ? [{ actor, name: officers[place].name }] : [])) }
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
    await mustBeConfirmed(asked)
    if ((await endSessions(asked.world.db, accountId, { only: sessionId }, 'revoked', asked.world.clock.now())) === 0) throw sessionUnknown()
    return DONE
  }),
  route(contract.listOwnSignIns, async (asked: Asked, page) => listSignIns(asked.world.db, { userName: (await ownAccount(asked)).userName, ...page })),
  route(contract.listSignIns, async ({ world }: Asked, filter) => listSignIns(world.db, filter)),
  route(contract.changePassword, async (asked: Asked, { password, newPassword }) => {
    const account = await ownAccount(asked)
    await mustKnowOrBeConfirmed(asked, account, password)
    await acts.setPassword.perform(asked.world, asked.actor, { accountId: account.accountId, hash: await newDigest(asked.world, account, newPassword), except: asked.visit?.sessionId ?? null })
    return DONE
  }),
  route(contract.getSecondFactor, async (asked: Asked) => {
    const { world, actor } = asked
    const { accountId } = await ownAccount(asked)
    const totp = await findTotp(world.db, accountId, 'confirmed')
    const present = await listPasswords(world.db, accountId, 1)
    return { set: totp !== null, needed: needsSecondFactor(world, actor, world.clock.now()), recoveryCodesLeft: totp === null ? 0 : await countRecoveryCodes(world.db, totp.totpId), password: present.length > 0 }
  }),
  route(contract.beginSecondFactor, async (asked: Asked, { password }) => {
    const account = await ownAccount(asked)
    await mustKnowOrBeConfirmed(asked, account, password)
    const secret = newSecret(asked.world.randomness)
    await insertTotp(asked.world.db, account.accountId, sealedSecret(asked.world.sealing, account.accountId, secret), asked.world.clock.now())
    return enrolment(secret, account.userName)
  }),
  route(contract.confirmSecondFactor, async (asked: Asked, { code }) => {
    const { world, actor } = asked
    const { accountId } = await ownAccount(asked)
    const now = world.clock.now()
    const begun = await findTotp(world.db, accountId, 'begun')
    const step = begun === null ? null : stepOf(code, secretOf(world.sealing, begun), now, null, world.policy.on(dayOf(now)).value<SecondFactorRules>('identity/second-factor'))
    if (step === null) throw secondFactorNotConfirmed()
    const recoveryCodes = newRecoveryCodes(world)
    await acts.confirmSecondFactor.perform(world, actor, { accountId, step, recoveryDigests: recoveryCodes.map(digestOfCode) })
    await endSessions(world.db, accountId, { except: asked.visit?.sessionId ?? null }, 'revoked', now)
    return { recoveryCodes }
  }),
  route(contract.removeOwnSecondFactor, async (asked: Asked) => {
    const { accountId } = await ownAccount(asked)
    await mustBeConfirmed(asked)
    if (needsSecondFactor(asked.world, asked.actor, asked.world.clock.now())) throw secondFactorStays()
    await acts.removeOwnSecondFactor.perform(asked.world, asked.actor, { accountId, except: asked.visit?.sessionId ?? null })
    return DONE
  }),
  route(contract.renewRecoveryCodes, async (asked: Asked) => {
    const { accountId } = await ownAccount(asked)
    await mustBeConfirmed(asked)
    const recoveryCodes = newRecoveryCodes(asked.world)
    await acts.renewRecoveryCodes.perform(asked.world, asked.actor, { accountId, recoveryDigests: recoveryCodes.map(digestOfCode) })
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
  route(contract.removeSecondFactor, async ({ world, actor, requestId }: Asked, input) => {
    await acts.removeSecondFactor.perform(world, actor, input, { requestId })
    return DONE
  }),
  ...([[contract.closeAccount, acts.closeAccount], [contract.verifyAccount, acts.verifyAccount], [contract.unlockAccount, acts.unlockAccount], [contract.endSessionsOf, acts.endSessionsOf], [contract.unlinkOutside, acts.unlinkOutside]] as const).map(([endpoint, act]) =>
    route(endpoint, async ({ world, actor, requestId }: Asked, input: { accountId: number }) => {
      await act.perform(world, actor, input, { requestId })
      return DONE
    })),
]

/** Signing in at outside identity services. */
const outsideRoutes = (services: readonly IdentityService[], represent: Represent): readonly Route<Asked>[] => [
  route(contract.listOutsideServices, async () => ({ rows: services.map(({ key, label, people }) => ({ key, label, people: [...people] })) })),
  route(contract.beginOutside, async ({ world, visit }: Asked, given) => {
    const { address, token } = await beginOutside(world, services, given)
    visiting(visit).setBegun(token)
    return { address }
  }),
  route(contract.finishOutside, async (asked: Asked, { query }) => entered(asked, represent, await finishOutside(asked.world, services, visiting(asked.visit), asked.actor, query))),
  route(contract.continueOutside, async (asked: Asked, added) => entered(asked, represent, await continueOutside(asked.world, services, visiting(asked.visit), added))),
  route(contract.logOutOutside, async ({ world }: Asked, { service, logout_token: token }) => {
    await logOutOutside(world, services, service, token)
    return DONE
  }),
  route(contract.listOutsideLinks, async (asked: Asked) => {
    const rows = await listLinks(asked.world.db, (await ownAccount(asked)).accountId)
    return { rows: rows.map((row) => ({ ...row, label: services.find(({ issuer }) => issuer === row.issuer)?.label ?? null })) }
  }),
  route(contract.beginLink, async (asked: Asked, given) => {
    const { accountId } = await ownAccount(asked)
    await mustBeConfirmed(asked)
    const { address, token } = await beginOutside(asked.world, services, { ...given, accountId })
    visiting(asked.visit).setBegun(token)
    return { address }
  }),
  route(contract.unlinkOwn, async (asked: Asked, { outsideLinkId }) => {
    const { accountId } = await ownAccount(asked)
    await mustBeConfirmed(asked)
    await acts.unlinkOwn.perform(asked.world, asked.actor, { accountId, outsideLinkId, except: asked.visit?.sessionId ?? null }, { requestId: asked.requestId })
    return DONE
  }),
  route(contract.confirmIdentity, async (asked: Asked, shown) => {
    await confirmIdentity(asked, await ownAccount(asked), shown)
    return DONE
  }),
]

async function entered(asked: Asked, represent: Represent, { token, returnTo, account: { accountId, personName }, name, service, represents }: Entered): Promise<{ returnTo: string; represents: Representation[] }> {
  const visit = visiting(asked.visit)
  if (token !== null) await handOver(asked.world, visit, token)
  visit.setBegun(null)
  // An officer acts for the district, whatever else a service knows of the person.
  const told = personName === null || represents === null ? [] : await represent(asked, { accountId, name: name ?? personName }, service, represents)
  return { returnTo, represents: [...told] }
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

/** Recovery codes to be shown once, as many as policy says. */
function newRecoveryCodes({ policy, clock, randomness }: World): string[] {
  const { recovery_codes } = policy.on(dayOf(clock.now())).value<SecondFactorRules>('identity/second-factor')
  return Array.from({ length: recovery_codes }, () => newCode(randomness))
}

/** Sessions that were not used since then are over. */
function idleSinceOf(world: World, now: Date): Date {
  return new Date(now.getTime() - sessionRules(world, now).idle_minutes * MS_PER_MINUTE)
}

// @clause X.4
import type { Actor, World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { isOutside, kindOfDepartment, listHoldings, rightsOf } from '../organisation/index.ts'
import { holdingsOf } from './mandates.ts'
import { listMandatesOf } from './queries/mandates.ts'
import { findSession, touchSession, type OwnedSession } from './queries/sessions.ts'
import type { SecondFactorRules } from './second-factor.ts'
import { digestOfToken } from './tokens.ts'

/** Minutes without a request until a session is over, and hours until it is over anyway. */
export type SessionRules = { readonly idle_minutes: number; readonly absolute_hours: number }
/** Whoever asks with a session: who it is, and whether the second factor that the role needs is still missing. */
export type Caller = { readonly actor: Actor; readonly session: OwnedSession; readonly mustSetSecondFactor: boolean }

const TOUCH_EVERY_MS = 30_000
const MS_PER_MINUTE = 60_000

/** The rules of sessions on the day of an instant. */
export function sessionRules(world: World, at: Date): SessionRules {
  return world.policy.on(dayOf(at)).value<SessionRules>('identity/session')
}

/** True when a session is over by time: idle too long (闲置超时), or open too long. */
export function isOver({ lastSeenAt, endsAt }: Pick<OwnedSession, 'lastSeenAt' | 'endsAt'>, now: Date, { idle_minutes }: SessionRules): boolean {
  return now >= endsAt || now.getTime() - lastSeenAt.getTime() > idle_minutes * MS_PER_MINUTE
}

/**
 * Who has this token; null when nobody has it any more. Rights are read anew each time: what is granted, ended or delegated counts from the next request on.
 * `unattended`: a page asks by itself, with nobody before it; that does not keep a session alive.
 */
export async function findCaller(world: World, token: string, { unattended = false } = {}): Promise<Caller | null> {
  const now = world.clock.now()
  const session = await findSession(world.db, digestOfToken(token), dayOf(now))
  if (!session || isOver(session, now, sessionRules(world, now))) return null
  if (!unattended && now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touchSession(world.db, session.sessionId, now)
  const actor = await actorOf(world, session, now)
  return { actor, session, mustSetSecondFactor: session.kind !== 'demo' && !session.secondFactor && !session.vouched && needsSecondFactor(world, actor, now) }
}

/** Whether a role of whoever asks needs a second factor (必须使用动态口令); `officer` among the roles of the policy stands for every officer. */
export function needsSecondFactor(world: Pick<World, 'policy'>, { officerId, roles = [] }: Pick<Actor, 'officerId' | 'roles'>, at: Date): boolean {
  const { roles: needing } = world.policy.on(dayOf(at)).value<SecondFactorRules>('identity/second-factor')
  return (officerId !== undefined && needing.includes('officer')) || roles.some((role) => needing.includes(role))
}

/** As whom a person who is no officer acts: by number, so that neither the ledger nor the trail ever holds a name that the person chose. */
export function actorOfPerson(accountId: number): string {
  return `agent:${accountId}`
}

/** Whoever has an account as an actor, with what the officer or person holds today; nothing of it while nobody has made sure of the owner. */
export async function actorOf(world: World, { accountId, userName, officerId, name, department, unverified = false }: Pick<OwnedSession, 'accountId' | 'userName' | 'officerId' | 'name' | 'department'> & { readonly unverified?: boolean }, now: Date): Promise<Actor> {
  if (officerId === null) {
    const held = unverified ? [] : holdingsOf(await listMandatesOf(world.db, accountId, dayOf(now)))
    return { id: actorOfPerson(accountId), name, department: null, accountId, unverified, roles: [...new Set(held.map(({ role }) => role))], ...rightsOf(world.policy, held, 'person') }
  }
  const holdings = unverified ? [] : await listHoldings(world.db, officerId, dayOf(now))
  const { may, scope } = rightsOf(world.policy, holdings, isOutside(await kindOfDepartment(world.db, department!)) ? 'outsider' : 'officer')
  const departments = [...new Set([department, ...holdings.map((one) => one.department)].filter((key) => key !== null))]
  return { id: `officer:${userName}`, name, department, departments, officerId, accountId, unverified, roles: [...new Set(holdings.map(({ role }) => role))], may, scope }
}

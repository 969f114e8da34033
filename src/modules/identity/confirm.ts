// @clause X.4
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { fits } from './passwords.ts'
import { listPasswords, type Account } from './queries/accounts.ts'
import { findTotp } from './queries/factors.ts'
import { confirmSession, findSessionById, insertSignIn, type Outcome, type Session } from './queries/sessions.ts'
import { confirmFirst, locked, sessionMissing, wrong } from './refusals.ts'
import { checkSecondFactor, lockOf } from './sign-in.ts'

/** What someone shows again: the password, or a code of the second factor. */
export type Shown = { readonly password?: string | undefined; readonly code?: string | undefined }

const MS_PER_MINUTE = 60_000

/** 再次验证身份: for some minutes the session may change how one signs in, and end other sessions. Refuses `sign-in.wrong`, `sign-in.locked`, `sign-in.second-factor-wrong`, `session.confirm-first` when nothing was shown. */
export async function confirmIdentity(asked: Asked, account: Account, { password, code }: Shown): Promise<void> {
  const { sessionId } = await ownSession(asked)
  if (password !== undefined) await mustKnow(asked, account, password)
  else await mustHold(asked, account, code)
  await confirmSession(asked.world.db, sessionId, asked.world.clock.now())
}

/** Refuses `session.confirm-first` unless the owner of the session signed in, or showed again who it is, within the minutes of `identity/confirm-again`. */
export async function mustBeConfirmed(asked: Asked): Promise<void> {
  const session = await ownSession(asked)
  const now = asked.world.clock.now()
  const minutes = minutesOn(asked, now)
  const shownAt = session.confirmedAt ?? session.openedAt
  // Whoever signs in to the demo by a click has nothing to show.
  if (session.kind !== 'demo' && now.getTime() - shownAt.getTime() > minutes * MS_PER_MINUTE) throw confirmFirst(minutes)
}

/** Whoever has a password must know it, each time; whoever signs in by an identity service only {@link mustBeConfirmed}. For what decides how one signs in. */
export async function mustKnowOrBeConfirmed(asked: Asked, account: Account, password: string | undefined): Promise<void> {
  const [present] = await listPasswords(asked.world.db, account.accountId, 1)
  if (present === undefined) return mustBeConfirmed(asked)
  await mustKnow(asked, account, password ?? '')
}

/** The password asked again inside a session. Failures count towards the lock like those at the door: a found session is no place to guess. */
async function mustKnow(asked: Asked, { accountId, userName }: Account, password: string): Promise<void> {
  const { world } = asked
  const now = world.clock.now()
  await mustNotBeLocked(asked, userName)
  const [present] = await listPasswords(world.db, accountId, 1)
  if (await fits(password, present?.hash ?? null, world.policy.on(dayOf(now)), world.randomness)) return
  await note(asked, userName, 'wrong')
  throw wrong()
}

async function mustHold(asked: Asked, account: Account, code: string | undefined): Promise<void> {
  const { world } = asked
  const now = world.clock.now()
  if (code === undefined || (await findTotp(world.db, account.accountId, 'confirmed')) === null) throw confirmFirst(minutesOn(asked, now))
  await mustNotBeLocked(asked, account.userName)
  await checkSecondFactor(world, account, code, now, (outcome) => note(asked, account.userName, outcome))
}

async function mustNotBeLocked({ world }: Asked, userName: string): Promise<void> {
  const now = world.clock.now()
  const until = await lockOf(world, userName, now)
  if (until !== null) throw locked(until, now)
}

async function note({ world, visit }: Asked, userName: string, outcome: Outcome): Promise<void> {
  await insertSignIn(world.db, { at: world.clock.now(), userName, outcome, address: visit!.address, agent: visit!.agent })
}

async function ownSession({ world, visit }: Asked): Promise<Session> {
  const session = visit === undefined || visit.sessionId === null ? null : await findSessionById(world.db, visit.sessionId)
  if (session) return session
  throw sessionMissing()
}

function minutesOn({ world }: Asked, at: Date): number {
  return world.policy.on(dayOf(at)).value<number>('identity/confirm-again')
}

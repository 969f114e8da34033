import { sql, type Queryable } from '../../../platform/db/index.ts'
import { networkOf } from '../../../platform/http/index.ts'
import { unverifiedSince } from './factors.ts'

/** A session (会话). */
export type Session = {
  readonly sessionId: number; readonly accountId: number; readonly kind: 'password' | 'one-time-code' | 'oidc' | 'demo'; readonly openedAt: Date; readonly lastSeenAt: Date; readonly endsAt: Date
  readonly endedAt: Date | null; readonly endReason: EndReason | null; readonly address: string; readonly agent: string | null
  /** When its owner last showed again who it is. */
  readonly confirmedAt: Date | null
  /** The identity service that it came from. */
  readonly outsideIssuer: string | null
}
/** Of whom an identity service vouched for a session came: the service, the person there, and the service's own session. */
export type Outside = { readonly issuer: string; readonly subject: string | null; readonly session: string | null }
/** Why a session ended before its time. */
export type EndReason = 'signed-out' | 'revoked' | 'password-changed' | 'account-closed' | 'signed-out-there'
/** A session with whose it is. */
export type OwnedSession = Session & { readonly vouched: boolean; readonly userName: string; readonly officerId: number | null; readonly name: string; readonly department: string | null; readonly secondFactor: boolean; readonly unverified: boolean }
/** What became of an attempt to sign in. */
export type Outcome = 'begun' | 'signed-in' | 'wrong' | 'wrong-second-factor' | 'second-factor-missing' | 'password-aged' | 'locked' | 'unlocked' | 'not-linked' | 'registered'
/** An attempt to sign in (登录情况). */
export type SignIn = { readonly signInId: number; readonly at: Date; readonly userName: string | null; readonly outcome: Outcome; readonly address: string; readonly agent: string | null }

const columns = sql`session_id as "sessionId", session.account_id as "accountId", kind, session.opened_at as "openedAt", last_seen_at as "lastSeenAt", ends_at as "endsAt", ended_at as "endedAt", end_reason as "endReason", address, agent, confirmed_at as "confirmedAt", outside_issuer as "outsideIssuer"`

/** The session of a token that was not ended, of an open account of a person, or of an officer who is present on that day; null otherwise. Timeouts are the caller's. */
export async function findSession(db: Queryable, tokenDigest: string, today: string): Promise<OwnedSession | null> {
  const { rows } = await sql<OwnedSession>`select ${columns}, vouched, account.user_name as "userName", officer_id as "officerId", coalesce(officer.name, account.person_name) as name, officer.department,
      exists (select 1 from identity.totp where totp.account_id = account.account_id and confirmed_at is not null and totp.ended_at is null) as "secondFactor", ${unverifiedSince} is not null as unverified
    from identity.session join identity.account using (account_id) left join organisation.officer using (officer_id)
    where token_digest = ${tokenDigest} and ended_at is null and account.closed_at is null and (officer.left_on is null or officer.left_on > ${today}::date)`.execute(db)
  return rows[0] ?? null
}

/** A session by its number, ended or not; null without. */
export async function findSessionById(db: Queryable, sessionId: number): Promise<Session | null> {
  const { rows } = await sql<Session>`select ${columns} from identity.session where session_id = ${sessionId}`.execute(db)
  return rows[0] ?? null
}

/** Opens a session. */
export async function insertSession(db: Queryable, { accountId, kind, openedAt, endsAt, address, agent, vouched, outside }: Pick<Session, 'accountId' | 'kind' | 'openedAt' | 'endsAt' | 'address' | 'agent'> & { readonly vouched: boolean; readonly outside: Outside | null }, tokenDigest: string): Promise<void> {
  await sql`insert into identity.session (account_id, token_digest, kind, opened_at, last_seen_at, ends_at, address, agent, vouched, outside_issuer, outside_subject, outside_session)
    values (${accountId}, ${tokenDigest}, ${kind}, ${openedAt}, ${openedAt}, ${endsAt}, ${address}, ${agent}, ${vouched}, ${outside?.issuer ?? null}, ${outside?.subject ?? null}, ${outside?.session ?? null})`.execute(db)
}

/** Notes that the session was used. */
export async function touchSession(db: Queryable, sessionId: number, at: Date): Promise<void> {
  await sql`update identity.session set last_seen_at = ${at} where session_id = ${sessionId} and last_seen_at < ${at}`.execute(db)
}

/** Ends sessions of an account: one, or all, or all but one, or those of a kind. Gives how many. */
export async function endSessions(db: Queryable, accountId: number, which: { readonly only?: number | undefined; readonly except?: number | null | undefined; readonly kind?: Session['kind'] }, reason: EndReason, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`update identity.session set ended_at = ${at}, end_reason = ${reason} where account_id = ${accountId} and ended_at is null
    and session_id = coalesce(${which.only ?? null}::bigint, session_id) and session_id <> coalesce(${which.except ?? null}::bigint, -1) and kind = coalesce(${which.kind ?? null}::text, kind)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Ends the sessions that came from an identity service: of one person there, of one session there, or of both together; all but one. Gives how many. */
export async function endOutsideSessions(db: Queryable, { issuer, subject, session }: Outside, reason: EndReason, at: Date, except: number | null = null): Promise<number> {
  if (subject === null && session === null) return 0
  const { numAffectedRows } = await sql`update identity.session set ended_at = ${at}, end_reason = ${reason} where ended_at is null and outside_issuer = ${issuer} and session_id <> coalesce(${except}::bigint, -1)
    and (${subject}::text is null or outside_subject = ${subject}) and (${session}::text is null or outside_session = ${session})`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Notes that the owner of a session showed again who it is. */
export async function confirmSession(db: Queryable, sessionId: number, at: Date): Promise<void> {
  await sql`update identity.session set confirmed_at = ${at} where session_id = ${sessionId}`.execute(db)
}

/** The sessions of an account that still stand, the latest used first. */
export async function listSessions(db: Queryable, accountId: number, now: Date, idleSince: Date): Promise<Session[]> {
  const { rows } = await sql<Session>`select ${columns} from identity.session where account_id = ${accountId} and ended_at is null and ends_at > ${now} and last_seen_at > ${idleSince} order by last_seen_at desc, session_id desc`.execute(db)
  return rows
}

const attempt = sql`sign_in_id as "signInId", at, user_name as "userName", outcome, address, agent`

/** Notes that an attempt began: until it is answered, it counts as a failure. */
export async function insertSignIn(db: Queryable, { at, userName, outcome, address, agent }: Omit<SignIn, 'signInId'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into identity.sign_in (at, user_name, outcome, address, network, agent) values (${at}, ${userName}, ${outcome}, ${address}, ${networkOf(address)}, ${agent}) returning sign_in_id as id`.execute(db)
  return rows[0]!.id
}

/** Says what became of an attempt. */
export async function answerSignIn(db: Queryable, signInId: number, outcome: Outcome, accountId: number | null): Promise<void> {
  await sql`update identity.sign_in set outcome = ${outcome}, account_id = ${accountId} where sign_in_id = ${signInId}`.execute(db)
}

/** Failures in a row of a user name since an instant, before this attempt. */
export async function countFailures(db: Queryable, userName: string, since: Date, before: number): Promise<{ failures: number; lastAt: Date | null }> {
  const { rows } = await sql<{ failures: number; lastAt: Date | null }>`select count(*) as failures, max(at) as "lastAt" from identity.sign_in as s
    where user_name = ${userName} and at >= ${since} and sign_in_id < ${before} and outcome in ('begun', 'wrong', 'wrong-second-factor')
      and sign_in_id > coalesce((select max(sign_in_id) from identity.sign_in where user_name = ${userName} and outcome in ('signed-in', 'unlocked')), 0)`.execute(db)
  return rows[0]!
}

/** Attempts from the network of an address since an instant that did not succeed: a whole office may share one. */
export async function countFromAddress(db: Queryable, address: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from identity.sign_in where network = ${networkOf(address)} and at > ${since} and outcome not in ('signed-in', 'unlocked', 'registered')`.execute(db)
  return rows[0]!.count
}

/** Accounts that were registered from the network of an address since an instant. */
export async function countRegistrations(db: Queryable, address: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from identity.sign_in where network = ${networkOf(address)} and at > ${since} and outcome = 'registered'`.execute(db)
  return rows[0]!.count
}

/** Attempts, the latest first: of one user name or of all. */
export async function listSignIns(db: Queryable, { userName, offset, limit }: { userName?: string | undefined; offset: number; limit: number }): Promise<{ rows: SignIn[]; total: number }> {
  const where = sql`(${userName ?? null}::text is null or user_name = ${userName ?? null})`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from identity.sign_in where ${where}`.execute(db)
  const { rows } = await sql<SignIn>`select ${attempt} from identity.sign_in where ${where} order by sign_in_id desc limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

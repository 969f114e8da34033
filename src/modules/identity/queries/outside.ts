import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import type { Represented, Vouched } from '../../../platform/oidc/index.ts'

/** How a link came about: by a code of the administrator, by the staff number, because the service vouched for a person who had no account yet, or by the owner. */
export type LinkedBy = 'one-time-code' | 'number' | 'service' | 'owner'
/** A link between a person at an outside identity service and an account here (统一身份关联). */
export type OutsideLink = { readonly outsideLinkId: number; readonly accountId: number; readonly issuer: string; readonly subject: string; readonly linkedAt: Date; readonly linkedBy: LinkedBy; readonly endedAt: Date | null; readonly endedBy: string | null }
/** A sign-in at an outside service that a browser began; with an `accountId`, its owner began it to link the account. `issuer` and what follows it are there once the service has vouched. */
export type OutsideAttempt = {
  readonly service: string; readonly returnTo: string; readonly accountId: number | null; readonly issuer: string | null; readonly subject: string | null; readonly number: string | null; readonly secondFactor: boolean | null
  readonly name: string | null; readonly session: string | null; readonly represents: readonly Represented[] | null
}

const link = sql`outside_link_id as "outsideLinkId", account_id as "accountId", issuer, subject, linked_at as "linkedAt", linked_by as "linkedBy", ended_at as "endedAt", ended_by as "endedBy"`
const attempt = sql`service, return_to as "returnTo", account_id as "accountId", issuer, subject, number, second_factor as "secondFactor", name, session, represents`

/** The account that a person over there is linked to now; null without. */
export async function findLink(db: Queryable, issuer: string, subject: string): Promise<OutsideLink | null> {
  const { rows } = await sql<OutsideLink>`select ${link} from identity.outside_link where issuer = ${issuer} and subject = ${subject} and standing`.execute(db)
  return rows[0] ?? null
}

/** Links by number. */
export async function findLinks(db: Queryable, ids: readonly number[]): Promise<OutsideLink[]> {
  const { rows } = await sql<OutsideLink>`select ${link} from identity.outside_link where outside_link_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The links of an account that stand. */
export async function listLinks(db: Queryable, accountId: number): Promise<OutsideLink[]> {
  const { rows } = await sql<OutsideLink>`select ${link} from identity.outside_link where account_id = ${accountId} and standing order by outside_link_id`.execute(db)
  return rows
}

/** Links; null when the person over there is linked already. */
export async function insertLink(tx: Tx, { accountId, issuer, subject, linkedAt, linkedBy }: Pick<OutsideLink, 'accountId' | 'issuer' | 'subject' | 'linkedAt' | 'linkedBy'>): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into identity.outside_link (account_id, issuer, subject, linked_at, linked_by) values (${accountId}, ${issuer}, ${subject}, ${linkedAt}, ${linkedBy})
    on conflict do nothing returning outside_link_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Ends the links of an account, or only one of them; gives which. */
export async function endLinks(tx: Tx, accountId: number, at: Date, by: string, only: number | null = null): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`update identity.outside_link set standing = null, ended_at = ${at}, ended_by = ${by} where account_id = ${accountId} and standing and outside_link_id = coalesce(${only}::bigint, outside_link_id) returning outside_link_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Notes that a browser began to sign in over there, and forgets those that are long over. */
export async function insertAttempt(db: Queryable, tokenDigest: string, { service, returnTo, accountId }: Pick<OutsideAttempt, 'service' | 'returnTo' | 'accountId'>, at: Date, endsAt: Date): Promise<void> {
  await sql`delete from identity.outside_attempt where ends_at < ${new Date(at.getTime() - 86_400_000)}`.execute(db)
  await sql`insert into identity.outside_attempt (token_digest, service, return_to, account_id, begun_at, ends_at) values (${tokenDigest}, ${service}, ${returnTo}, ${accountId}, ${at}, ${endsAt})`.execute(db)
}

/** Uses up an attempt before its code is shown to the service; null when there is none, it was used, or it is over. */
export async function useAttempt(db: Queryable, tokenDigest: string, at: Date): Promise<OutsideAttempt | null> {
  const { rows } = await sql<OutsideAttempt>`update identity.outside_attempt set used_at = ${at} where token_digest = ${tokenDigest} and used_at is null and ends_at > ${at} returning ${attempt}`.execute(db)
  return rows[0] ?? null
}

/** Where a sealed number belongs: its attempt. */
export const placeOfNumber = (tokenDigest: string): string => `identity.outside_attempt.number/${tokenDigest}`

/** Notes whom the service vouched for; the number, which may be that of an identity document, sealed. */
export async function vouchAttempt(db: Queryable, sealing: Sealing, tokenDigest: string, { issuer, subject, number, secondFactor, name, session, represents }: Vouched): Promise<void> {
  await sql`update identity.outside_attempt set issuer = ${issuer}, subject = ${subject}, number = ${number === null ? null : sealing.seal(number, placeOfNumber(tokenDigest))}, second_factor = ${secondFactor}, name = ${name}, session = ${session}, represents = ${represents === null ? null : JSON.stringify(represents)}::jsonb where token_digest = ${tokenDigest}`.execute(db)
}

/** An attempt that was vouched for and did not lead to a session yet; null otherwise. */
export async function findVouched(db: Queryable, sealing: Sealing, tokenDigest: string, at: Date): Promise<OutsideAttempt | null> {
  const { rows } = await sql<OutsideAttempt>`select ${attempt} from identity.outside_attempt where token_digest = ${tokenDigest} and issuer is not null and finished_at is null and ends_at > ${at}`.execute(db)
  const [found] = rows
  return found ? { ...found, number: found.number === null ? null : sealing.open(found.number, placeOfNumber(tokenDigest)) } : null
}

/** Closes a vouched attempt: it leads to one session, and who the person is is forgotten. False when another request was faster. */
export async function finishAttempt(db: Queryable, tokenDigest: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.outside_attempt set finished_at = ${at}, number = null, name = null, represents = null where token_digest = ${tokenDigest} and finished_at is null`.execute(db)
  return numAffectedRows === 1n
}

/** The numbers that stand, by attempt. */
export async function listNumbers(db: Queryable): Promise<{ readonly tokenDigest: string; readonly number: string }[]> {
  const { rows } = await sql<{ tokenDigest: string; number: string }>`select token_digest as "tokenDigest", number from identity.outside_attempt where number is not null`.execute(db)
  return rows
}

/** Puts a number in the place of the same one that is readable or sealed by another key. */
export async function replaceNumber(db: Queryable, tokenDigest: string, sealed: string): Promise<void> {
  await sql`update identity.outside_attempt set number = ${sealed} where token_digest = ${tokenDigest} and number is not null`.execute(db)
}

/** Uses up a logout token, and forgets those that are over; false when it was used before. */
export async function useLogoutToken(db: Queryable, { issuer, id, endsAt }: { readonly issuer: string; readonly id: string; readonly endsAt: Date }, at: Date): Promise<boolean> {
  await sql`delete from identity.logout_token where ends_at < ${at}`.execute(db)
  const { numAffectedRows } = await sql`insert into identity.logout_token (issuer, jti, ends_at) values (${issuer}, ${id}, ${endsAt}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

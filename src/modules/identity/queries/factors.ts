import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A second factor. */
export type Totp = { readonly totpId: number; readonly accountId: number; readonly secret: Uint8Array; readonly confirmedAt: Date | null; readonly endedAt: Date | null; readonly lastStep: number | null }
/** Whose a second factor is; where somebody else removed it, who, and how the owner was identified. */
export type RemovedTotp = Pick<Totp, 'totpId' | 'accountId'> & { readonly removedBy: string | null; readonly identified: string | null }
/** A one-time code; only its digest is kept. */
export type OneTimeCode = { readonly codeId: number; readonly purpose: 'first-administrator' | 'invitation' | 'reset'; readonly role: string | null; readonly accountId: number | null; readonly endsAt: Date; readonly verifiedBy: string | null }

const columns = sql`totp_id as "totpId", account_id as "accountId", secret, confirmed_at as "confirmedAt", ended_at as "endedAt", last_step as "lastStep"`

/** The second factor in use, or the one that waits for its confirmation; null without. */
export async function findTotp(db: Queryable, accountId: number, state: 'confirmed' | 'begun'): Promise<Totp | null> {
  const { rows } = await sql<Totp>`select ${columns} from identity.totp where account_id = ${accountId} and ended_at is null and (confirmed_at is not null) = ${state === 'confirmed'} order by totp_id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Whose second factors those are, by number; never the secret. */
export async function findTotps(db: Queryable, ids: readonly number[]): Promise<RemovedTotp[]> {
  const { rows } = await sql<RemovedTotp>`select totp_id as "totpId", account_id as "accountId", removed_by as "removedBy", identified from identity.totp where totp_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Begins a second factor. */
export async function insertTotp(db: Queryable, accountId: number, secret: Uint8Array, at: Date): Promise<void> {
  await sql`insert into identity.totp (account_id, secret, begun_at) values (${accountId}, decode(${Buffer.from(secret).toString('hex')}, 'hex'), ${at})`.execute(db)
}

/** Confirms a second factor and ends the earlier one. */
export async function confirmTotp(tx: Tx, { totpId, accountId }: Totp, step: number, at: Date): Promise<void> {
  await endTotps(tx, accountId, at, { except: totpId })
  await sql`update identity.totp set confirmed_at = ${at}, last_step = ${step} where totp_id = ${totpId}`.execute(tx)
}

/** Ends second factors of an account, all or all but one; gives the confirmed ones among them. `removed`: where not the owner does it. */
export async function endTotps(tx: Tx, accountId: number, at: Date, { except = null, removed }: { readonly except?: number | null; readonly removed?: { readonly by: string; readonly identified: string } } = {}): Promise<number[]> {
  const { rows } = await sql<{ id: number; confirmed: boolean }>`update identity.totp set ended_at = ${at}, removed_by = ${removed?.by ?? null}, identified = ${removed?.identified ?? null} where account_id = ${accountId} and ended_at is null and totp_id <> coalesce(${except}::bigint, -1)
    returning totp_id as id, confirmed_at is not null as confirmed`.execute(tx)
  return rows.filter(({ confirmed }) => confirmed).map(({ id }) => id)
}

/** Uses up a time step; false when another attempt was faster. */
export async function useStep(db: Queryable, totpId: number, step: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.totp set last_step = ${step} where totp_id = ${totpId} and (last_step is null or last_step < ${step})`.execute(db)
  return numAffectedRows === 1n
}

/** Keeps the digests of recovery codes. */
export async function insertRecoveryCodes(tx: Tx, totpId: number, digests: readonly string[]): Promise<void> {
  await sql`insert into identity.recovery_code (totp_id, digest) select ${totpId}::bigint, digest from ${given({ digest: ['text', digests] })}`.execute(tx)
}

/** Uses up a recovery code; false when there is no such code or it was used. */
export async function useRecoveryCode(db: Queryable, totpId: number, digest: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.recovery_code set used_at = ${at} where totp_id = ${totpId} and digest = ${digest} and used_at is null`.execute(db)
  return numAffectedRows === 1n
}

/** Voids the recovery codes that are left. */
export async function voidRecoveryCodes(tx: Tx, totpId: number, at: Date): Promise<void> {
  await sql`update identity.recovery_code set used_at = ${at} where totp_id = ${totpId} and used_at is null`.execute(tx)
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(db: Queryable, totpId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from identity.recovery_code where totp_id = ${totpId} and used_at is null`.execute(db)
  return rows[0]!.count
}

/** Keeps a one-time code by its digest; earlier unused ones for the same account or role are void. */
export async function insertOneTimeCode(db: Queryable, code: Omit<OneTimeCode, 'codeId' | 'verifiedBy'> & { readonly digest: string; readonly by: string }, at: Date): Promise<number> {
  await sql`update identity.one_time_code set void_at = ${at} where used_at is null and void_at is null and account_id is not distinct from ${code.accountId}::bigint and role is not distinct from ${code.role}::text`.execute(db)
  const { rows } = await sql<{ id: number }>`insert into identity.one_time_code (digest, purpose, role, account_id, issued_at, issued_by, ends_at)
    values (${code.digest}, ${code.purpose}, ${code.role}, ${code.accountId}, ${at}, ${code.by}, ${code.endsAt}) returning one_time_code_id as id`.execute(db)
  return rows[0]!.id
}

const codeColumns = sql`one_time_code_id as "codeId", purpose, role, account_id as "accountId", ends_at as "endsAt", verified_by as "verifiedBy"`

/** One-time codes by number. */
export async function findOneTimeCodes(db: Queryable, ids: readonly number[]): Promise<OneTimeCode[]> {
  const { rows } = await sql<OneTimeCode>`select ${codeColumns} from identity.one_time_code where one_time_code_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The one-time code of a digest while it is good, without using it up. */
export async function findOneTimeCode(db: Queryable, digest: string, at: Date): Promise<OneTimeCode | null> {
  const { rows } = await sql<OneTimeCode>`select ${codeColumns} from identity.one_time_code where digest = ${digest} and used_at is null and void_at is null and ends_at > ${at}`.execute(db)
  return rows[0] ?? null
}

/** Uses up a one-time code; null when it is wrong, used, void or expired. Where the account has a second factor, which whoever used the code still has to show, it is verified with that. */
export async function useOneTimeCode(tx: Tx, digest: string, at: Date): Promise<OneTimeCode | null> {
  const { rows } = await sql<OneTimeCode>`update identity.one_time_code set used_at = ${at}, verified_at = case when exists (select 1 from identity.totp where totp.account_id = one_time_code.account_id and confirmed_at is not null and ended_at is null) then ${at}::timestamptz end
    where digest = ${digest} and used_at is null and void_at is null and ends_at > ${at}
    returning ${codeColumns}`.execute(tx)
  return rows[0] ?? null
}

/** Since when a code of an account was used by nobody knows whom, so that its rights rest; null when they do not. Over `identity.account`. */
export const unverifiedSince = sql`(select min(c.used_at) from identity.one_time_code as c where c.account_id = account.account_id and c.used_at is not null and c.verified_at is null)`

/** The codes of an account that were used and not verified, the first first, with who issued them. */
export async function listUnverified(tx: Tx, accountId: number): Promise<{ readonly codeId: number; readonly issuedBy: string; readonly usedAt: Date }[]> {
  const { rows } = await sql<{ codeId: number; issuedBy: string; usedAt: Date }>`select one_time_code_id as "codeId", issued_by as "issuedBy", used_at as "usedAt" from identity.one_time_code where account_id = ${accountId} and used_at is not null and verified_at is null order by used_at, one_time_code_id`.execute(tx)
  return rows
}

/** Says that the owner used these codes. */
export async function verifyCodes(tx: Tx, codeIds: readonly number[], at: Date, by: string): Promise<void> {
  await sql`update identity.one_time_code set verified_at = ${at}, verified_by = ${by} where one_time_code_id = any(${[...codeIds]}::bigint[])`.execute(tx)
}

/** Second factors that are in use or begun, after a number: for sealing them anew. */
export async function listKeptTotps(db: Queryable, after: number, limit: number): Promise<Totp[]> {
  const { rows } = await sql<Totp>`select ${columns} from identity.totp where totp_id > ${after} order by totp_id limit ${limit}`.execute(db)
  return rows
}

/** Puts a secret in the place of the same one sealed otherwise; whoever changed it meanwhile is let be. */
export async function replaceSecret(db: Queryable, { totpId, secret }: Totp, sealed: Uint8Array): Promise<void> {
  await sql`update identity.totp set secret = decode(${Buffer.from(sealed).toString('hex')}, 'hex') where totp_id = ${totpId} and secret = decode(${Buffer.from(secret).toString('hex')}, 'hex')`.execute(db)
}

import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import { unverifiedSince } from './factors.ts'

/** An account (账号): of an officer, or of a person who acts for businesses (`personName`). */
export type Account = { readonly accountId: number; readonly userName: string; readonly officerId: number | null; readonly personName: string | null; readonly openedAt: Date; readonly closedAt: Date | null; readonly closedBy: string | null }

const columns = sql`account_id as "accountId", user_name as "userName", officer_id as "officerId", person_name as "personName", account.opened_at as "openedAt", closed_at as "closedAt", closed_by as "closedBy"`

/** Accounts by number. */
export async function findAccounts(db: Queryable, ids: readonly number[]): Promise<Account[]> {
  const { rows } = await sql<Account>`select ${columns} from identity.account where account_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The account with a user name, or null. */
export async function findAccountByName(db: Queryable, userName: string): Promise<Account | null> {
  const { rows } = await sql<Account>`select ${columns} from identity.account where user_name = ${userName.toLowerCase()}`.execute(db)
  return rows[0] ?? null
}

/** The account of an officer, or null. */
export async function findAccountOfOfficer(db: Queryable, officerId: number): Promise<Account | null> {
  const { rows } = await sql<Account>`select ${columns} from identity.account where officer_id = ${officerId}`.execute(db)
  return rows[0] ?? null
}

/** Whether anybody has an account. */
export async function hasAccounts(db: Queryable): Promise<boolean> {
  const { rows } = await sql`select 1 from identity.account limit 1`.execute(db)
  return rows.length > 0
}

/** The account by the number with which the district knows a person (工号): an officer's staff number. Null without. */
export async function findAccountByNumber(db: Queryable, number: string): Promise<Account | null> {
  const { rows } = await sql<Account>`select ${columns} from identity.account join organisation.officer using (officer_id) where officer.number = ${number}`.execute(db)
  return rows[0] ?? null
}

/** An account as administrators see it: whose it is, and how many sessions stand. */
export type ListedAccount = Account & { readonly name: string; readonly department: string | null; readonly leftOn: Day | null; readonly secondFactor: boolean; readonly unverifiedSince: Date | null; readonly sessions: number }

/** A page of the accounts, with who has them; `find` is part of a name or user name. */
export async function listAccounts(db: Queryable, { find, officerId, toVerify = false, now, idleSince, offset, limit }: { find?: string | undefined; officerId?: number | undefined; toVerify?: boolean; now: Date; idleSince: Date; offset: number; limit: number }): Promise<{ rows: ListedAccount[]; total: number }> {
  const where = sql`(${find ?? null}::text is null or position(lower(${find ?? ''}) in user_name) > 0 or position(${find ?? ''} in coalesce(officer.name, person_name)) > 0) and (${officerId ?? null}::bigint is null or officer_id = ${officerId ?? null}) and (not ${toVerify} or closed_at is null and ${unverifiedSince} is not null)`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from identity.account left join organisation.officer using (officer_id) where ${where}`.execute(db)
  const { rows } = await sql<ListedAccount>`select ${columns}, coalesce(officer.name, person_name) as name, officer.department, officer.left_on as "leftOn",
      exists (select 1 from identity.totp where totp.account_id = account.account_id and confirmed_at is not null and ended_at is null) as "secondFactor", ${unverifiedSince} as "unverifiedSince",
      (select count(*) from identity.session as s where s.account_id = account.account_id and ended_at is null and ends_at > ${now} and last_seen_at > ${idleSince}) as sessions
    from identity.account left join organisation.officer using (officer_id) where ${where} order by closed_at is not null, ${unverifiedSince} is null, account_id limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** Opens an account; null when the user name is taken. */
export async function insertAccount(tx: Tx, userName: string, officerId: number, at: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into identity.account (user_name, officer_id, opened_at) values (${userName.toLowerCase()}, ${officerId}, ${at}) on conflict do nothing returning account_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Opens the account of a person who is no officer, its phone number sealed; null when the user name is taken. */
export async function insertPersonAccount(tx: Tx, sealing: Sealing, { userName, name, phone }: { readonly userName: string; readonly name: string; readonly phone: string | null }, at: Date): Promise<number | null> {
  const { rows: [next] } = await sql<{ id: number }>`select nextval('identity.account_id') as id`.execute(tx)
  const sealed = phone === null ? null : sealing.seal(phone, placeOfPhone(next!.id))
  const { rows } = await sql<{ id: number }>`insert into identity.account (account_id, user_name, person_name, phone, opened_at) values (${next!.id}, ${userName}, ${name}, ${sealed}, ${at}) on conflict do nothing returning account_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Where a sealed phone number belongs: its account. */
export const placeOfPhone = (accountId: number): string => `identity.account.phone/${accountId}`

/** The phone number that a person gave, or null. */
export async function findPhone(db: Queryable, sealing: Sealing, accountId: number): Promise<string | null> {
  const { rows: [found] } = await sql<{ phone: string | null }>`select phone from identity.account where account_id = ${accountId}`.execute(db)
  return found?.phone == null ? null : sealing.open(found.phone, placeOfPhone(accountId))
}

/** Accounts with a phone number, as it stands, after a number. */
export async function listPhones(db: Queryable, after: number, limit: number): Promise<{ readonly accountId: number; readonly phone: string }[]> {
  const { rows } = await sql<{ accountId: number; phone: string }>`select account_id as "accountId", phone from identity.account where account_id > ${after} and phone is not null order by account_id limit ${limit}`.execute(db)
  return rows
}

/** Puts a phone number in the place of the same one that is readable or sealed by another key. */
export async function replacePhone(db: Queryable, accountId: number, sealed: string): Promise<void> {
  await sql`update identity.account set phone = ${sealed} where account_id = ${accountId}`.execute(db)
}

/** Closes an account that is held. */
export async function closeAccountRow(tx: Tx, accountId: number, at: Date, by: string): Promise<void> {
  await sql`update identity.account set closed_at = ${at}, closed_by = ${by} where account_id = ${accountId} and closed_at is null`.execute(tx)
}

/** Holds the account for this transaction; null when there is none or it is closed. */
export async function holdAccount(tx: Tx, accountId: number): Promise<Account | null> {
  const { rows } = await sql<Account>`select ${columns} from identity.account where account_id = ${accountId} and closed_at is null for update`.execute(tx)
  return rows[0] ?? null
}

/** The latest digests of passwords, newest first. */
export async function listPasswords(db: Queryable, accountId: number, count: number): Promise<{ readonly hash: string; readonly setAt: Date }[]> {
  const { rows } = await sql<{ hash: string; setAt: Date }>`select hash, set_at as "setAt" from identity.password where account_id = ${accountId} order by password_id desc limit ${count}`.execute(db)
  return rows
}

/** Which account set a password, by number. */
export async function findPasswords(db: Queryable, ids: readonly number[]): Promise<{ readonly passwordId: number; readonly accountId: number }[]> {
  const { rows } = await sql<{ passwordId: number; accountId: number }>`select password_id as "passwordId", account_id as "accountId" from identity.password where password_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Sets a password by its digest. */
export async function insertPassword(tx: Tx, accountId: number, hash: string, at: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into identity.password (account_id, hash, set_at) values (${accountId}, ${hash}, ${at}) returning password_id as id`.execute(tx)
  return rows[0]!.id
}

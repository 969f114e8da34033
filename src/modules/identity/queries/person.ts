import { REMOVED } from '../../../kernel/masking/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** How many of these accounts of persons are open, and how many there are. Accounts of officers count for none. */
export async function countPersonsAccounts(db: Queryable, accountIds: readonly number[]): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`select count(*) as all, count(*) filter (where closed_at is null) as open from identity.account where account_id = any(${[...accountIds]}::bigint[]) and officer_id is null`.execute(db)
  return rows[0]!
}

/** Takes names, phone, user names, secrets and where they came from off accounts of persons. Answers the accounts, and their links to outside services. */
export async function emptyPersonsAccounts(tx: Tx, accountIds: readonly number[]): Promise<{ accounts: number[]; links: number[] }> {
  const ids = sql`any(${[...accountIds]}::bigint[])`
  const { rows: accounts } = await sql<{ id: number }>`update identity.account set user_name = 'removed-' || account_id, person_name = ${REMOVED}, phone = null where account_id = ${ids} and officer_id is null returning account_id as id`.execute(tx)
  await sql`update identity.mandate set name = ${REMOVED} where account_id = ${ids}`.execute(tx)
  await sql`update identity.password set hash = '' where account_id = ${ids}`.execute(tx)
  await sql`delete from identity.recovery_code where totp_id in (select totp_id from identity.totp where account_id = ${ids})`.execute(tx)
  await sql`update identity.totp set secret = '' where account_id = ${ids}`.execute(tx)
  await sql`update identity.session set address = '', agent = null, outside_subject = null, outside_session = null where account_id = ${ids}`.execute(tx)
  await sql`update identity.sign_in set user_name = null, address = '', network = null, agent = null where account_id = ${ids}`.execute(tx)
  await sql`delete from identity.outside_attempt where account_id = ${ids} or (issuer, subject) in (select issuer, subject from identity.outside_link where account_id = ${ids})`.execute(tx)
  const { rows: links } = await sql<{ id: number }>`update identity.outside_link set subject = 'removed-' || outside_link_id where account_id = ${ids} returning outside_link_id as id`.execute(tx)
  return { accounts: accounts.map(({ id }) => id), links: links.map(({ id }) => id) }
}

import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** In what capacity someone acts for a business: 法定代表人, 经办人. */
export type Capacity = 'legal-representative' | 'agent'
/** A mandate (代办授权): this person may act for this subject, within limits, from a day until a day, both included. */
export type Mandate = {
  readonly subjectId: number; readonly mandateId: number; readonly accountId: number; readonly name: string; readonly capacity: Capacity; readonly limits: readonly string[]; readonly fromOn: Day; readonly untilOn: Day
  readonly grantedAt: Date; readonly grantedBy: string; readonly endedAt: Date | null; readonly endedBy: string | null
}

const columns = sql`subject_id as "subjectId", mandate_id as "mandateId", account_id as "accountId", name, capacity, limits, from_on as "fromOn", until_on as "untilOn", granted_at as "grantedAt", granted_by as "grantedBy", ended_at as "endedAt", ended_by as "endedBy"`

/** Mandates by number. */
export async function findMandates(db: Queryable, ids: readonly number[]): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`select ${columns} from identity.mandate where mandate_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The mandates of an account that stand on a day. */
export async function listMandatesOf(db: Queryable, accountId: number, today: Day): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`select ${columns} from identity.mandate where account_id = ${accountId} and ended_at is null and from_on <= ${today} and until_on >= ${today} order by mandate_id`.execute(db)
  return rows
}

/** All mandates that an account has or had, the latest first. */
export async function listAllMandatesOf(db: Queryable, accountId: number): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`select ${columns} from identity.mandate where account_id = ${accountId} order by mandate_id desc`.execute(db)
  return rows
}

/** All mandates of a subject, the latest first. */
export async function listMandatesFor(db: Queryable, subjectId: number): Promise<Mandate[]> {
  const { rows } = await sql<Mandate>`select ${columns} from identity.mandate where subject_id = ${subjectId} order by mandate_id desc`.execute(db)
  return rows
}

/** Holds the mandates of a subject for this transaction, so that two grants to one person follow one another. */
export async function holdMandatesFor(tx: Tx, subjectId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mandates of ${subjectId}`}, 0))`.execute(tx)
}

/** Grants a mandate. */
export async function insertMandate(tx: Tx, one: Omit<Mandate, 'mandateId' | 'endedAt' | 'endedBy'>): Promise<Mandate> {
  const { rows } = await sql<Mandate>`insert into identity.mandate (subject_id, mandate_id, account_id, name, capacity, limits, from_on, until_on, granted_at, granted_by)
    values (${one.subjectId}, nextval('identity.mandate_id'), ${one.accountId}, ${one.name}, ${one.capacity}, ${[...one.limits]}::text[], ${one.fromOn}, ${one.untilOn}, ${one.grantedAt}, ${one.grantedBy}) returning ${columns}`.execute(tx)
  return rows[0]!
}

/** Ends a mandate of a subject; null when there is none or it had ended. */
export async function endMandateRow(tx: Tx, subjectId: number, mandateId: number, at: Date, by: string): Promise<Mandate | null> {
  const { rows } = await sql<Mandate>`update identity.mandate set ended_at = ${at}, ended_by = ${by} where subject_id = ${subjectId} and mandate_id = ${mandateId} and ended_at is null returning ${columns}`.execute(tx)
  return rows[0] ?? null
}

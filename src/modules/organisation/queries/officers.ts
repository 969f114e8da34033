import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** An officer (工作人员). `leftOn` is the first day on which the officer is no longer there. */
export type Officer = {
  readonly officerId: number; readonly number: string; readonly name: string; readonly department: string; readonly section: string | null; readonly post: string | null; readonly joinedOn: Day; readonly leftOn: Day | null
}
/** An enforcement certificate (行政执法证). */
export type Certificate = { readonly certificateId: number; readonly officerId: number; readonly number: string; readonly issuedOn: Day | null; readonly untilOn: Day | null }

const columns = sql`officer_id as "officerId", number, name, department, section, post, joined_on as "joinedOn", left_on as "leftOn"`

/** Officers by number; those that do not exist are left out. */
export async function findOfficers(db: Queryable, ids: readonly number[]): Promise<Officer[]> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where officer_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The officer with a staff number, or null. */
export async function findOfficerByNumber(db: Queryable, number: string): Promise<Officer | null> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where number = ${number}`.execute(db)
  return rows[0] ?? null
}

/** A page of the officers, those present first. */
export async function listOfficers(db: Queryable, { department, offset, limit }: { department?: string | undefined; offset: number; limit: number }): Promise<{ rows: Officer[]; total: number }> {
  const where = sql`(${department ?? null}::text is null or department = ${department ?? null})`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from organisation.officer where ${where}`.execute(db)
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where ${where} order by left_on is not null, department, officer_id limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** Appoints an officer; null when the staff number is taken. */
export async function insertOfficer(tx: Tx, one: Omit<Officer, 'officerId' | 'leftOn'>): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into organisation.officer (number, name, department, section, post, joined_on)
    values (${one.number}, ${one.name}, ${one.department}, ${one.section}, ${one.post}, ${one.joinedOn}) on conflict do nothing returning officer_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Holds the officer for this transaction; null when there is none. */
export async function holdOfficer(tx: Tx, officerId: number): Promise<Officer | null> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where officer_id = ${officerId} for update`.execute(tx)
  return rows[0] ?? null
}

/** Says that the officer has left. */
export async function endOfficer(tx: Tx, officerId: number, on: Day): Promise<void> {
  await sql`update organisation.officer set left_on = ${on} where officer_id = ${officerId}`.execute(tx)
}

const certificateColumns = sql`certificate_id as "certificateId", officer_id as "officerId", number, issued_on as "issuedOn", until_on as "untilOn"`

/** Certificates of some officers. */
export async function listCertificates(db: Queryable, officerIds: readonly number[]): Promise<Certificate[]> {
  const { rows } = await sql<Certificate>`select ${certificateColumns} from organisation.certificate where officer_id = any(${[...officerIds]}::bigint[]) order by certificate_id`.execute(db)
  return rows
}

/** Certificates by number of the row. */
export async function findCertificates(db: Queryable, ids: readonly number[]): Promise<Certificate[]> {
  const { rows } = await sql<Certificate>`select ${certificateColumns} from organisation.certificate where certificate_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Notes a certificate; null when its number stands already. */
export async function insertCertificate(tx: Tx, { officerId, number, issuedOn, untilOn }: Omit<Certificate, 'certificateId'>, at: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into organisation.certificate (officer_id, number, issued_on, until_on, set_at) values (${officerId}, ${number}, ${issuedOn}, ${untilOn}, ${at})
    on conflict do nothing returning certificate_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** The officers whose deputy someone is today (代理). */
export async function listPrincipals(db: Queryable, deputyId: number, today: Day): Promise<Pick<Officer, 'officerId' | 'department'>[]> {
  const { rows } = await sql<Pick<Officer, 'officerId' | 'department'>>`select distinct officer_id as "officerId", department from organisation.delegation join organisation.officer using (officer_id)
    where deputy_id = ${deputyId} and from_on <= ${today} and until_on >= ${today} and ended_at is null and (left_on is null or left_on > ${today})`.execute(db)
  return rows
}

/** The officers of someone's section, that one among them; null where there is no section. */
export async function listColleagues(db: Queryable, officerId: number): Promise<number[] | null> {
  const { rows } = await sql<{ id: number }>`select other.officer_id as id from organisation.officer me join organisation.officer other on other.department = me.department and other.section = me.section where me.officer_id = ${officerId}`.execute(db)
  return rows.length === 0 ? null : rows.map(({ id }) => id)
}

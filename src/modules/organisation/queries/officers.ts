import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** An officer (工作人员). `leftOn` is the first day on which the officer is no longer there. */
export type Officer = {
  readonly officerId: number; readonly number: string; readonly name: string; readonly department: string; readonly section: string | null; readonly post: string | null; readonly joinedOn: Day; readonly leftOn: Day | null
  /** Who took over the work of one who left; null: the head of the section or department. */
  readonly successorId: number | null
}
/** An enforcement certificate (行政执法证) as it was noted once; a renewal is another row. From `withdrawnOn` on it is no good any more. */
export type Certificate = { readonly certificateId: number; readonly officerId: number; readonly number: string; readonly issuedOn: Day | null; readonly untilOn: Day | null; readonly withdrawnOn: Day | null }

const columns = sql`officer_id as "officerId", number, name, department, section, post, joined_on as "joinedOn", left_on as "leftOn", successor_id as "successorId"`

/** Officers by number; those that do not exist are left out. */
export async function findOfficers(db: Queryable, ids: readonly number[]): Promise<Officer[]> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where officer_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Officers as they were appointed: with the name, department, section and post that they had first. */
export async function findAppointments(db: Queryable, ids: readonly number[]): Promise<Officer[]> {
  const { rows } = await sql<Officer>`select officer_id as "officerId", number, coalesce((select former from organisation.renaming where renaming.officer_id = officer.officer_id order by renaming_id limit 1), name) as name, first.department, first.section, first.post, joined_on as "joinedOn", left_on as "leftOn", officer.successor_id as "successorId"
    from organisation.officer join organisation.placement as first using (officer_id)
    where officer_id = any(${[...ids]}::bigint[]) and placement_id = (select min(placement_id) from organisation.placement as p where p.officer_id = officer.officer_id)`.execute(db)
  return rows
}

/** The officer with a staff number, or null. */
export async function findOfficerByNumber(db: Queryable, number: string): Promise<Officer | null> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where number = ${number}`.execute(db)
  return rows[0] ?? null
}

/** A page of the officers, those present first; `find` is part of a name or staff number. */
export async function listOfficers(db: Queryable, { department, find, offset, limit }: { department?: string | undefined; find?: string | undefined; offset: number; limit: number }): Promise<{ rows: Officer[]; total: number }> {
  const where = sql`(${department ?? null}::text is null or department = ${department ?? null}) and (${find ?? null}::text is null or position(${find ?? ''} in name) > 0 or position(${find ?? ''} in number) > 0)`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from organisation.officer where ${where}`.execute(db)
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer where ${where} order by left_on is not null, department, officer_id limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** Appoints an officer; null when the staff number is taken. */
export async function insertOfficer(tx: Tx, one: Omit<Officer, 'officerId' | 'leftOn' | 'successorId'>): Promise<number | null> {
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
export async function endOfficer(tx: Tx, officerId: number, on: Day, successorId: number | null): Promise<void> {
  await sql`update organisation.officer set left_on = ${on}, successor_id = ${successorId} where officer_id = ${officerId}`.execute(tx)
}

const certificateColumns = sql`certificate_id as "certificateId", officer_id as "officerId", number, issued_on as "issuedOn", until_on as "untilOn", withdrawn_on as "withdrawnOn"`

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

/** Notes a certificate, or its renewal. */
export async function insertCertificate(tx: Tx, { officerId, number, issuedOn, untilOn }: Omit<Certificate, 'certificateId' | 'withdrawnOn'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.certificate (officer_id, number, issued_on, until_on, set_at, set_by) values (${officerId}, ${number}, ${issuedOn}, ${untilOn}, ${at}, ${by})
    returning certificate_id as id`.execute(tx)
  return rows[0]!.id
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

/** The certificates of a number, the latest first. */
export async function findCertificatesByNumber(db: Queryable, number: string): Promise<Certificate[]> {
  const { rows } = await sql<Certificate>`select ${certificateColumns} from organisation.certificate where number = ${number} order by certificate_id desc`.execute(db)
  return rows
}

/** Says from which day on a certificate is no good any more; false when that was said before. */
export async function withdrawCertificateRow(tx: Tx, certificateId: number, on: Day, reason: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update organisation.certificate set withdrawn_on = ${on}, reason = ${reason} where certificate_id = ${certificateId} and withdrawn_on is null`.execute(tx)
  return numAffectedRows === 1n
}

/** The standing certificates of officers who are present, with when they end: the latest row of each number, not withdrawn. */
export async function listStandingCertificates(db: Queryable, today: Day): Promise<(Certificate & { readonly name: string; readonly department: string; readonly setAt: Date })[]> {
  const { rows } = await sql<Certificate & { name: string; department: string; setAt: Date }>`select certificate_id as "certificateId", officer_id as "officerId", c.number, issued_on as "issuedOn", until_on as "untilOn", withdrawn_on as "withdrawnOn", name, department, set_at as "setAt" from organisation.certificate as c join organisation.officer using (officer_id)
    where withdrawn_on is null and (left_on is null or left_on > ${today}) and certificate_id = (select max(certificate_id) from organisation.certificate as later where later.number = c.number and later.officer_id = c.officer_id)
    order by until_on nulls last, certificate_id`.execute(db)
  return rows
}

/** Officers who are present on a day with a certificate that is good on it (持证人员), of one department or of all: who may be drawn for an inspection. */
export async function listCertified(db: Queryable, department: string | null, on: Day): Promise<(Officer & { readonly certificate: string })[]> {
  const { rows } = await sql<Officer & { certificate: string }>`select ${columns}, (select max(c.number) from organisation.certificate as c where c.officer_id = officer.officer_id and ${goodOn(on)}) as certificate
    from organisation.officer where (${department}::text is null or department = ${department}) and joined_on <= ${on} and (left_on is null or left_on > ${on})
      and exists (select 1 from organisation.certificate as c where c.officer_id = officer.officer_id and ${goodOn(on)}) order by officer_id`.execute(db)
  return rows
}

function goodOn(on: Day) {
  return sql`(c.issued_on is null or c.issued_on <= ${on}) and (c.until_on is null or c.until_on >= ${on}) and (c.withdrawn_on is null or c.withdrawn_on > ${on})
    and c.certificate_id = (select max(certificate_id) from organisation.certificate as later where later.number = c.number and later.officer_id = c.officer_id)`
}

/** All officers, those who left among them. */
export async function listAllOfficers(db: Queryable): Promise<Officer[]> {
  const { rows } = await sql<Officer>`select ${columns} from organisation.officer order by officer_id`.execute(db)
  return rows
}

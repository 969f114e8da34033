import type { Day } from '../../../kernel/day.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Capacity } from '../../identity/index.ts'

/** What became of a claim. */
export type Outcome = 'confirmed' | 'refused' | 'withdrawn'
/** A claim (认领) with its answer, where it has one. */
export type Claim = {
  readonly subjectId: number; readonly claimId: number; readonly accountId: number; readonly name: string; readonly capacity: Capacity; readonly limits: readonly string[]; readonly untilOn: Day; readonly words: string | null
  readonly filedAt: Date; readonly filedBy: string; readonly dueOn: Day
  readonly outcome: Outcome | null; readonly reason: string | null; readonly mandateId: number | null; readonly answeredAt: Date | null; readonly answeredBy: string | null
  readonly subjectName: string; readonly uscc: string | null
}
/** A business as whoever claims it may know it. */
export type Claimable = { readonly subjectId: number; readonly name: string; readonly type: string; readonly uscc: string; readonly status: string }
/** A file that came with a claim, or that someone uploaded for one. */
export type KeptEvidence = { readonly digest: string; readonly fileName: string; readonly contentType: string; readonly size: number }
/** Evidence of a claim. */
export type Evidence = KeptEvidence & { readonly subjectId: number; readonly evidenceId: number; readonly claimId: number }

const columns = sql`c.subject_id as "subjectId", c.claim_id as "claimId", c.account_id as "accountId", c.name, c.capacity, c.limits, c.until_on as "untilOn", c.words, c.filed_at as "filedAt", c.filed_by as "filedBy", c.due_on as "dueOn",
  a.outcome, a.reason, a.mandate_id as "mandateId", a.answered_at as "answeredAt", a.answered_by as "answeredBy", c.subject_name as "subjectName", c.uscc`
const source = sql`agents.claim as c left join agents.answer as a using (subject_id, claim_id)`

/** Which claims are wanted; what is missing is any. `find`: part of the name of the business or of whoever claims it, or the code. */
export type ClaimFilter = {
  readonly accountId?: number | undefined; readonly subjectId?: number | undefined; readonly claimId?: number | undefined; readonly state?: Outcome | 'waiting' | undefined; readonly capacity?: Capacity | undefined
  readonly lateOn?: Day | undefined; readonly dueFrom?: string | undefined; readonly dueUntil?: string | undefined; readonly find?: string | undefined
}

function where({ accountId, subjectId, claimId, state, capacity, lateOn, dueFrom, dueUntil, find }: ClaimFilter) {
  const all = [sql`true`]
  if (accountId !== undefined) all.push(sql`c.account_id = ${accountId}`)
  if (subjectId !== undefined) all.push(sql`c.subject_id = ${subjectId}`)
  if (claimId !== undefined) all.push(sql`c.claim_id = ${claimId}`)
  if (state !== undefined) all.push(state === 'waiting' ? sql`a.outcome is null` : sql`a.outcome = ${state}`)
  if (capacity !== undefined) all.push(sql`c.capacity = ${capacity}`)
  if (lateOn !== undefined) all.push(sql`a.outcome is null and c.due_on < ${lateOn}`)
  if (dueFrom !== undefined) all.push(sql`c.due_on >= ${dueFrom}::date`)
  if (dueUntil !== undefined) all.push(sql`c.due_on <= ${dueUntil}::date`)
  if (find) {
    const part = `%${find.replace(/[\\%_]/g, '\\$&')}%`
    all.push(sql`(c.subject_name ilike ${part} or c.name ilike ${part} or c.uscc ilike ${part})`)
  }
  return sql.join(all, sql` and `)
}

/** A page of claims: those that wait first, by the day due; then the latest. */
export async function listClaims(db: Queryable, filter: ClaimFilter, { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<Claim[]> {
  const { rows } = await sql<Claim>`select ${columns} from ${source} where ${where(filter)} order by a.outcome is not null, case when a.outcome is null then c.due_on end, c.claim_id desc offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** How many there are, and the subjects that they are about (the first few thousand). */
export async function countClaims(db: Queryable, filter: ClaimFilter): Promise<{ readonly total: number; readonly subjectIds: readonly number[] }> {
  const { rows } = await sql<{ total: number; subjectIds: number[] }>`select count(*) as total, coalesce(to_jsonb((array_agg(distinct c.subject_id))[1:5000]), '[]') as "subjectIds" from ${source} where ${where(filter)}`.execute(db)
  return rows[0]!
}

/** How many claims wait, and how many of them are late or due soon. */
export async function countWaiting(db: Queryable, today: Day, soonUntil: Day): Promise<{ total: number; late: number; dueSoon: number }> {
  const { rows } = await sql<{ total: number; late: number; dueSoon: number }>`select count(*) as total, count(*) filter (where c.due_on < ${today}) as late, count(*) filter (where c.due_on between ${today} and ${soonUntil}) as "dueSoon"
    from agents.claim as c where not exists (select 1 from agents.answer as a where a.subject_id = c.subject_id and a.claim_id = c.claim_id)`.execute(db)
  return rows[0]!
}

/** How many claims an account filed since an instant. */
export async function countFiled(db: Queryable, accountId: number, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from agents.claim where account_id = ${accountId} and filed_at > ${since}`.execute(db)
  return rows[0]!.count
}

/** Claims by number, for witnesses. */
export async function findClaims(db: Queryable, ids: readonly number[]): Promise<Claim[]> {
  const { rows } = await sql<Claim>`select ${columns} from ${source} where c.claim_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** What someone who claims may learn of a business by its code: that it is registered, and its name. Null without. */
export async function findClaimable(db: Queryable, uscc: string): Promise<Claimable | null> {
  const { rows } = await sql<Claimable>`select subject_id as "subjectId", name, type, uscc, status from subjects.subject where uscc = ${uscc}`.execute(db)
  return rows[0] ?? null
}

/** Names, codes and status of subjects, for those who may act for them. */
export async function findNames(db: Queryable, subjectIds: readonly number[]): Promise<Map<number, { readonly name: string; readonly uscc: string | null; readonly status: string }>> {
  const { rows } = await sql<{ subjectId: number; name: string; uscc: string | null; status: string }>`select subject_id as "subjectId", name, uscc, status from subjects.subject where subject_id = any(${[...subjectIds]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.subjectId, row]))
}

/** Holds a claim for this transaction. */
export async function holdClaim(tx: Tx, claimId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`claim ${claimId}`}, 0))`.execute(tx)
}

/** Holds a claimant for this transaction, so that two claims of one person follow one another. */
export async function holdClaimant(tx: Tx, accountId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`claims of ${accountId}`}, 0))`.execute(tx)
}

/** Files a claim. */
export async function insertClaim(tx: Tx, one: Pick<Claim, 'subjectId' | 'accountId' | 'name' | 'capacity' | 'limits' | 'untilOn' | 'words' | 'filedAt' | 'filedBy' | 'dueOn' | 'subjectName' | 'uscc'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into agents.claim (subject_id, claim_id, account_id, name, capacity, limits, until_on, words, filed_at, filed_by, due_on, subject_name, uscc)
    values (${one.subjectId}, nextval('agents.claim_id'), ${one.accountId}, ${one.name}, ${one.capacity}, ${[...one.limits]}::text[], ${one.untilOn}, ${one.words}, ${one.filedAt}, ${one.filedBy}, ${one.dueOn}, ${one.subjectName}, ${one.uscc}) returning claim_id as id`.execute(tx)
  return rows[0]!.id
}

/** Joins files to a claim. */
export async function insertEvidence(tx: Tx, subjectId: number, claimId: number, files: readonly KeptEvidence[]): Promise<void> {
  await sql`insert into agents.evidence (subject_id, evidence_id, claim_id, digest, file_name, content_type, size) select ${subjectId}::bigint, nextval('agents.evidence_id'), ${claimId}::bigint, digest, file_name, content_type, size
    from ${given({ digest: ['text', files.map(({ digest }) => digest)], file_name: ['text', files.map(({ fileName }) => fileName)], content_type: ['text', files.map(({ contentType }) => contentType)], size: ['bigint', files.map(({ size }) => size)] })}`.execute(tx)
}

/** The evidence of claims. */
export async function listEvidence(db: Queryable, claimIds: readonly number[]): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`select subject_id as "subjectId", evidence_id as "evidenceId", claim_id as "claimId", digest, file_name as "fileName", content_type as "contentType", size from agents.evidence
    where claim_id = any(${[...claimIds]}::bigint[]) order by evidence_id`.execute(db)
  return rows
}

/** Answers a claim; false when it was answered already. */
export async function insertAnswer(tx: Tx, { subjectId, claimId }: Pick<Claim, 'subjectId' | 'claimId'>, one: { readonly outcome: Outcome; readonly reason: string | null; readonly mandateId: number | null; readonly at: Date; readonly by: string }): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into agents.answer (subject_id, claim_id, outcome, reason, mandate_id, answered_at, answered_by)
    values (${subjectId}, ${claimId}, ${one.outcome}, ${one.reason}, ${one.mandateId}, ${one.at}, ${one.by}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

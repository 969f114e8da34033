import type { Day } from '../../../kernel/day.ts'
import { REMOVED } from '../../../kernel/masking/index.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import { MANY_DIGITS } from '../../privacy/index.ts'
import type { FactRow } from '../fact.ts'

/** A version of a record that holds data of a person. */
export type PersonsFact = Pick<FactRow, 'subject_id' | 'fact_id' | 'record_id' | 'kind' | 'fields' | 'reason' | 'batch_id'>

const columns = sql`subject_id, fact_id, record_id, kind, fields, reason, batch_id`

/** Versions of records about these subjects. */
export async function listOwnFacts(db: Queryable, subjectIds: readonly number[]): Promise<PersonsFact[]> {
  const { rows } = await sql<PersonsFact>`select ${columns} from records.fact where subject_id = any(${[...subjectIds]}::bigint[])`.execute(db)
  return rows
}

/** Versions of records about others that hold a sealed value with one of these digests. Reads every version: on a large database that takes minutes. */
export async function listMentions(db: Queryable, idDigests: readonly string[], besides: readonly number[]): Promise<PersonsFact[]> {
  if (idDigests.length === 0) return []
  const { rows } = await sql<PersonsFact>`select ${columns} from records.fact
    where fields::text like any(${idDigests.map((digest) => `%:${digest}:%`)}::text[]) and subject_id <> all(${[...besides]}::bigint[])`.execute(db)
  return rows
}

const CHUNK = 500

/**
 * Versions whose running text may hold the number of a person: a text is sealed for it, or many digits stand in a readable one or in the reason. A chunk at a time. Reads every version,
 * about a second for a hundred thousand, as {@link listMentions} does.
 */
export async function* eachWithRunningText(db: Queryable): AsyncGenerator<PersonsFact[]> {
  for (let after = 0; ;) {
    const { rows } = await sql<PersonsFact>`select ${columns} from records.fact where fact_id > ${after}
      and (fields::text like '%"v1:k%' and fields::text ~ ${SEALED_TEXT} or fields::text ~ ${MANY_DIGITS} or reason ~ ${MANY_DIGITS}) order by fact_id limit ${CHUNK}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.fact_id
  }
}

// Fields for numbers of documents (…ZJHM) are sealed too; they hold a number and no text. Written without looking back, which costs PostgreSQL four times as much.
const SEALED_TEXT = '([^M]|[^H]M|[^J]HM|[^Z]JHM)": "v1:k'

/** Records about these subjects that stand and are still used, and the day on which the last of them ends; null while no end is known. */
export async function countInUse(db: Queryable, subjectIds: readonly number[], today: Day): Promise<{ count: number; lastOn: Day | null }> {
  const { rows } = await sql<{ count: number; lastOn: Day | null }>`select count(*) as count, case when bool_or(coalesce(use_ends_on, ends_on) is null) then null else max(coalesce(use_ends_on, ends_on)) end as "lastOn"
    from records.standing where subject_id = any(${[...subjectIds]}::bigint[]) and known_until = 'infinity' and not withdrawn and coalesce(use_ends_on, ends_on, 'infinity') > ${today}`.execute(db)
  return rows[0]!
}

/** Puts what is left of fields, with its digest, and of the reason that somebody wrote in the place of what was received. */
export async function replaceFields(tx: Tx, rows: readonly { readonly fact: PersonsFact; readonly fields: Readonly<Record<string, string>>; readonly digest: string; readonly reason: string | null }[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update records.fact as f set fields = given.fields::jsonb, content_digest = given.digest, reason = given.reason from ${given({
    subject_id: ['bigint', rows.map(({ fact }) => fact.subject_id)], fact_id: ['bigint', rows.map(({ fact }) => fact.fact_id)],
    fields: ['text', rows.map(({ fields }) => JSON.stringify(fields))], digest: ['text', rows.map(({ digest }) => digest)], reason: ['text', rows.map(({ reason }) => reason)],
  })} where f.subject_id = given.subject_id and f.fact_id = given.fact_id`.execute(tx)
}

/** How many documents are attached to records about these subjects. */
export async function countAttachments(db: Queryable, subjectIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from records.attachment where subject_id = any(${[...subjectIds]}::bigint[])`.execute(db)
  return rows[0]!.count
}

/** Takes the names from the documents of these subjects; answers which, and the digests of their bytes. */
export async function emptyAttachments(tx: Tx, subjectIds: readonly number[]): Promise<{ id: number; digest: string }[]> {
  const { rows } = await sql<{ id: number; digest: string }>`update records.attachment set file_name = ${REMOVED} where subject_id = any(${[...subjectIds]}::bigint[]) returning attachment_id as id, digest`.execute(tx)
  return rows
}

/** Those of some files that are attached to a record whose document was not removed. */
export async function listAttached(db: Queryable, digests: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select distinct digest from records.attachment where digest = any(${[...digests]}::text[]) and file_name <> ${REMOVED}`.execute(db)
  return rows.map(({ digest }) => digest)
}

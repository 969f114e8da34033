import { REMOVED } from '../../../kernel/masking/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

const rowsOf = (idDigests: readonly string[]) => sql`(party_code = any(${idDigests.map((digest) => `person:${digest}`)}::text[]) or cells::text like any(${idDigests.map((digest) => `%:${digest}:%`)}::text[]))`

/** Rows with problems that hold one of these numbers, and how many of them still wait to be sent again. */
export async function countPersonsRows(db: Queryable, idDigests: readonly string[]): Promise<{ rows: number; open: number }> {
  const { rows } = await sql<{ rows: number; open: number }>`select count(*) as rows, count(*) filter (where rejected and settled_by is null) as open from submissions.flagged_row where ${rowsOf(idDigests)}`.execute(db)
  return rows[0]!
}

/** Empties these rows; answers their batches. */
export async function emptyPersonsRows(tx: Tx, idDigests: readonly string[]): Promise<number[]> {
  const said = sql`jsonb_build_object('zh', ${REMOVED}::text, 'en', 'removed by law')`
  const { rows } = await sql<{ id: number }>`update submissions.flagged_row set cells = '{}', party_name = null, party_code = null,
      problems = (select coalesce(jsonb_agg(problem || jsonb_build_object('message', ${said}, 'fix', ${said})), '[]') from jsonb_array_elements(problems) as problem)
    where ${rowsOf(idDigests)} returning batch_id as id`.execute(tx)
  return [...new Set(rows.map(({ id }) => id))]
}

/** Batches in whose files the person stands: that registered the subjects, brought records about them, or hold one of these numbers. Call it before anything is emptied. */
export async function listPersonsBatches(db: Queryable, { idDigests, subjectIds }: { readonly idDigests: readonly string[]; readonly subjectIds: readonly number[] }): Promise<{ batchId: number; fileDigest: string }[]> {
  const ids = sql`any(${[...subjectIds]}::bigint[])`
  const { rows } = await sql<{ batchId: number; fileDigest: string }>`select batch_id as "batchId", file_digest as "fileDigest" from submissions.batch where batch_id in (
    select batch_id from subjects.registration where subject_id = ${ids} union select batch_id from records.fact where subject_id = ${ids}
    union select batch_id from records.fact where fields::text like any(${idDigests.map((digest) => `%:${digest}:%`)}::text[])
    union select batch_id from submissions.flagged_row where ${rowsOf(idDigests)})`.execute(db)
  return rows
}

/** The files of batches, by the digest of their content. */
export async function listFileDigests(db: Queryable, batchIds: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select distinct file_digest as digest from submissions.batch where batch_id = any(${[...batchIds]}::bigint[])`.execute(db)
  return rows.map(({ digest }) => digest)
}

/** Those of some files that are still to be read. */
export async function listUnread(db: Queryable, digests: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select distinct file_digest as digest from submissions.batch where file_digest = any(${[...digests]}::text[]) and state in ('received', 'reading')`.execute(db)
  return rows.map(({ digest }) => digest)
}

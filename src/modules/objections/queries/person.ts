import { REMOVED } from '../../../kernel/masking/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** Objections that these actors filed for businesses: open ones, and all. */
export async function countPersonsObjections(db: Queryable, actors: readonly string[]): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`select count(*) as all, count(*) filter (where state in ('checking', 'answered', 'upheld', 'partly')) as open from objections.objection where filed_by = any(${[...actors]}::text[])`.execute(db)
  return rows[0]!
}

/** Takes the names of these actors from objections and their steps. The ledger says who by the account only, so no entry changes. */
export async function emptyNames(tx: Tx, actors: readonly string[]): Promise<void> {
  await sql`update objections.objection set filed_by_name = ${REMOVED} where filed_by = any(${[...actors]}::text[])`.execute(tx)
  await sql`update objections.step set actor_name = ${REMOVED} where actor = any(${[...actors]}::text[])`.execute(tx)
}

/** Those of some files that belong to objections. */
export async function listEvidenceOfObjections(db: Queryable, digests: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select distinct file->>'digest' as digest from objections.objection, jsonb_array_elements(files) as file where file->>'digest' = any(${[...digests]}::text[])`.execute(db)
  return rows.map(({ digest }) => digest)
}

import { sql, type Queryable } from '../../../platform/db/index.ts'
import { contentDigest, type FactRow } from '../fact.ts'

/** A version with sealed values among its fields. */
export type SealedFact = Pick<FactRow, 'fact_id' | 'subject_id' | 'fields'>

/** Versions that hold sealed values, after a number. */
export async function listSealedFacts(db: Queryable, after: number, limit: number): Promise<SealedFact[]> {
  const { rows } = await sql<SealedFact>`select fact_id, subject_id, fields from records.fact where fact_id > ${after} and fields::text like '%"v1:k%' order by fact_id limit ${limit}`.execute(db)
  return rows
}

/** Puts fields in the place of the same ones sealed by another key. The content stays, and its digest unless those of the ids in it are made by another key. */
export async function replaceSealedFields(db: Queryable, { subject_id, fact_id, fields: before }: SealedFact, fields: Readonly<Record<string, string>>): Promise<void> {
  await sql`update records.fact set fields = ${JSON.stringify(fields)}::text::jsonb, content_digest = case when content_digest = ${contentDigest(before)} then ${contentDigest(fields)} else content_digest end where subject_id = ${subject_id} and fact_id = ${fact_id}`.execute(db)
}

import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { KeptEvidence } from './claims.ts'

/** Keeps what a person uploaded. */
export async function insertUpload(db: Queryable, accountId: number, { digest, fileName, contentType, size }: KeptEvidence, at: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into agents.upload (account_id, digest, file_name, content_type, size, uploaded_at) values (${accountId}, ${digest}, ${fileName}, ${contentType}, ${size}, ${at}) returning upload_id as id`.execute(db)
  return rows[0]!.id
}

/** How many files a person uploaded since an instant. */
export async function countUploads(db: Queryable, accountId: number, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from agents.upload where account_id = ${accountId} and uploaded_at > ${since}`.execute(db)
  return rows[0]!.count
}

/** The uploads of a person by their numbers; those of others are as if there were none. */
export async function findUploads(db: Queryable | Tx, accountId: number, ids: readonly number[]): Promise<KeptEvidence[]> {
  const { rows } = await sql<KeptEvidence>`select digest, file_name as "fileName", content_type as "contentType", size from agents.upload where account_id = ${accountId} and upload_id = any(${[...new Set(ids)]}::bigint[]) order by upload_id`.execute(db)
  return rows
}

import { REMOVED } from '../../../kernel/masking/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** What accounts filed: claims, those of them that wait, and files. */
export async function countPersonsClaims(db: Queryable, accountIds: readonly number[]): Promise<{ claims: number; waiting: number; files: number }> {
  const ids = sql`any(${[...accountIds]}::bigint[])`
  const { rows } = await sql<{ claims: number; waiting: number; files: number }>`select
    (select count(*) from agents.claim where account_id = ${ids}) as claims,
    (select count(*) from agents.claim c where account_id = ${ids} and not exists (select 1 from agents.answer a where a.claim_id = c.claim_id)) as waiting,
    (select count(*) from agents.evidence join agents.claim using (subject_id, claim_id) where account_id = ${ids}) as files`.execute(db)
  return rows[0]!
}

/** Takes names and words from the claims of accounts, and names from their files. Answers the claims and the digests of the files. */
export async function emptyPersonsClaims(tx: Tx, accountIds: readonly number[]): Promise<{ claims: number[]; files: string[] }> {
  const ids = sql`any(${[...accountIds]}::bigint[])`
  const { rows: claims } = await sql<{ id: number }>`update agents.claim set name = ${REMOVED}, words = null where account_id = ${ids} returning claim_id as id`.execute(tx)
  const { rows: evidence } = await sql<{ digest: string }>`update agents.evidence set file_name = ${REMOVED} where claim_id = any(${claims.map(({ id }) => id)}::bigint[]) returning digest`.execute(tx)
  const { rows: uploads } = await sql<{ digest: string }>`update agents.upload set file_name = ${REMOVED} where account_id = ${ids} returning digest`.execute(tx)
  return { claims: claims.map(({ id }) => id), files: [...new Set([...evidence, ...uploads].map(({ digest }) => digest))] }
}

/** Those of some files that another person uploaded or claimed with. */
export async function listOthersFiles(db: Queryable, digests: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select digest from agents.upload where digest = any(${[...digests]}::text[]) and file_name <> ${REMOVED}
    union select digest from agents.evidence where digest = any(${[...digests]}::text[]) and file_name <> ${REMOVED}`.execute(db)
  return rows.map(({ digest }) => digest)
}

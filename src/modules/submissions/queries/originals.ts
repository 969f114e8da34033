import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'

/** Batches that ended before a day and whose file was not removed yet; a file that a later batch brought again waits for that one. */
export async function listOriginalsOver(db: Queryable, before: Day, limit: number): Promise<{ batchId: number; fileDigest: string }[]> {
  const { rows } = await sql<{ batchId: number; fileDigest: string }>`select batch_id as "batchId", file_digest as "fileDigest" from submissions.batch as b
    where state in ('done', 'refused') and finished_at < ${before}::date and original_gone_at is null
      and not exists (select 1 from submissions.batch as later where later.file_digest = b.file_digest and (later.finished_at is null or later.finished_at >= ${before}::date))
    order by batch_id limit ${limit}`.execute(db)
  return rows
}

/** Says that the files of batches are gone. */
export async function markOriginalsGone(db: Queryable, batchIds: readonly number[], at: Date): Promise<void> {
  await sql`update submissions.batch set original_gone_at = ${at} where batch_id = any(${[...batchIds]}::bigint[])`.execute(db)
}

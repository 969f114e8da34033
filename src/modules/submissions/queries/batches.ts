import type { Day } from '../../../kernel/day.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { text } from '../../../kernel/text.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Batch, BatchCounts, BatchRefusal, KeptLayout } from '../batch.ts'

const columns = sql`batch_id as "batchId", kind, file_name as "fileName", file_size as "fileSize", file_digest as "fileDigest", department, received_on as "receivedOn", received_at as "receivedAt", actor, state,
  rows_read as read, accepted, unchanged, corrected, rejected, warned, finished_at as "finishedAt", refusal, null as progress`

/** One batch. Refuses `batch.missing`. */
export async function getBatch(db: Queryable, batchId: number): Promise<Batch> {
  const { rows } = await sql<Batch>`select ${columns} from submissions.batch where batch_id = ${batchId}`.execute(db)
  if (rows[0]) return rows[0]
  throw batchMissing()
}

/** There is no such batch, or none that the caller may see. */
export function batchMissing(): Refusal {
  return new Refusal({ code: 'batch.missing', status: 404, message: text('没有这个报送批次', 'There is no such batch'), fix: text('请核对批次号', 'Check the number of the batch') })
}

/** Batches by number; those that do not exist are left out. */
export async function findBatches(db: Queryable, batchIds: readonly number[]): Promise<Batch[]> {
  const { rows } = await sql<Batch>`select ${columns} from submissions.batch where batch_id = any(${[...batchIds]}::bigint[])`.execute(db)
  return rows
}

/** Batches, newest first; `within` are the departments whose batches may be seen, null for all. */
export async function listBatches(db: Queryable, { kind, department, within = null, offset, limit }: { kind?: string; department?: string; within?: readonly string[] | null; offset: number; limit: number }): Promise<{ rows: Batch[]; total: number }> {
  const where = sql`(${kind ?? null}::text is null or kind = ${kind ?? null}) and (${department ?? null}::text is null or department = ${department ?? null})
    and (${within && [...within]}::text[] is null or department = any(${within && [...within]}::text[]))`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from submissions.batch where ${where}`.execute(db)
  const { rows } = await sql<Batch>`select ${columns} from submissions.batch where ${where} order by batch_id desc limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** Batches that were received and neither taken in nor refused, oldest first. */
export async function listUnfinished(db: Queryable): Promise<Batch[]> {
  const { rows } = await sql<Batch>`select ${columns} from submissions.batch where state in ('received', 'reading') order by batch_id`.execute(db)
  return rows
}

/** Writes a received batch and gives its number. */
export async function insertBatch(tx: Tx, batch: Pick<Batch, 'kind' | 'fileName' | 'fileSize' | 'fileDigest' | 'department' | 'receivedOn' | 'receivedAt' | 'actor'>, layout: KeptLayout): Promise<number> {
  const { rows } = await sql<{ batch_id: number }>`insert into submissions.batch (kind, file_name, file_digest, file_size, department, received_on, received_at, actor, state, recognised)
    values (${batch.kind}, ${batch.fileName}, ${batch.fileDigest}, ${batch.fileSize}, ${batch.department}, ${batch.receivedOn}, ${batch.receivedAt}, ${batch.actor}, 'received', ${JSON.stringify(layout)}::jsonb)
    returning batch_id`.execute(tx)
  return rows[0]!.batch_id
}

/** Holds the batch for this transaction; null when it is finished already. */
export async function holdUnfinished(tx: Tx, batchId: number): Promise<{ readonly department: string; readonly receivedOn: Day; readonly kind: Batch['kind'] } | null> {
  const { rows } = await sql<{ department: string; receivedOn: Day; kind: Batch['kind'] }>`select department, received_on as "receivedOn", kind from submissions.batch
    where batch_id = ${batchId} and state in ('received', 'reading') for update`.execute(tx)
  return rows[0] ?? null
}

/** Holds batches for this transaction, in one order for all; those that are finished already are left out. */
export async function holdAllUnfinished(tx: Tx, batchIds: readonly number[]): Promise<Map<number, { readonly department: string; readonly receivedOn: Day; readonly kind: Batch['kind'] }>> {
  const { rows } = await sql<{ id: number; department: string; receivedOn: Day; kind: Batch['kind'] }>`select batch_id as id, department, received_on as "receivedOn", kind from submissions.batch
    where batch_id = any(${[...batchIds]}::bigint[]) and state in ('received', 'reading') order by batch_id for update`.execute(tx)
  return new Map(rows.map(({ id, ...batch }) => [id, batch]))
}

/** Says that batches were taken in. */
export async function endBatchesDone(tx: Tx, batches: readonly { readonly batchId: number; readonly counts: BatchCounts }[], at: Date): Promise<void> {
  const counted = (name: keyof BatchCounts) => ['integer', batches.map(({ counts }) => counts[name])] as const
  await sql`update submissions.batch b set state = 'done', rows_read = given.read, accepted = given.accepted, unchanged = given.unchanged, corrected = given.corrected,
      rejected = given.rejected, warned = given.warned, finished_at = ${at}
    from ${given({
      batch_id: ['bigint', batches.map(({ batchId }) => batchId)], read: counted('read'), accepted: counted('accepted'), unchanged: counted('unchanged'), corrected: counted('corrected'),
      rejected: counted('rejected'), warned: counted('warned'),
    })} where b.batch_id = given.batch_id`.execute(tx)
}

/** Says that the batch was taken in. */
export async function endBatchDone(tx: Tx, batchId: number, counts: BatchCounts, at: Date): Promise<void> {
  await sql`update submissions.batch set state = 'done', rows_read = ${counts.read}, accepted = ${counts.accepted}, unchanged = ${counts.unchanged}, corrected = ${counts.corrected},
    rejected = ${counts.rejected}, warned = ${counts.warned}, finished_at = ${at} where batch_id = ${batchId}`.execute(tx)
}

/** Says that the file was refused as a whole. */
export async function endBatchRefused(tx: Tx, batchId: number, refusal: BatchRefusal, at: Date): Promise<void> {
  await sql`update submissions.batch set state = 'refused', refusal = ${JSON.stringify(refusal)}::jsonb, finished_at = ${at} where batch_id = ${batchId}`.execute(tx)
}

/** The layout in which the file came; empty for batches without one. */
export async function getLayout(db: Queryable, batchId: number): Promise<KeptLayout> {
  const { rows } = await sql<{ recognised: KeptLayout | null }>`select recognised from submissions.batch where batch_id = ${batchId}`.execute(db)
  return rows[0]?.recognised ?? { columns: [] }
}

/** Says that files are being read; a finished batch stays finished. */
export async function markReading(db: Queryable, batchIds: readonly number[]): Promise<void> {
  // A note only: its commit need not wait for the disk.
  await sql`update submissions.batch set state = 'reading' from (select set_config('synchronous_commit', 'off', true)) as hurried where batch_id = any(${[...batchIds]}::bigint[]) and state = 'received'`.execute(db)
}

import { createHash } from 'node:crypto'
import type { EntryType } from '../../engines/ledger/index.ts'
import { canonicalJson, type Json, type JsonObject } from '../../kernel/json.ts'
import { sql, type Queryable } from '../../platform/db/index.ts'
import type { Batch, BatchCounts, BatchRefusal } from './batch.ts'
import type { FlaggedRow } from './queries/flagged.ts'

const table = { relation: 'submissions.batch', key: 'batch_id' }
const PAGE = 1_000

/** What is said of a file that arrived. */
export function receivedWitness(batch: Pick<Batch, 'kind' | 'fileName' | 'fileDigest' | 'fileSize' | 'department' | 'receivedOn'>): JsonObject {
  return { kind: batch.kind, file_name: batch.fileName, file_digest: batch.fileDigest, file_size: batch.fileSize, department: batch.department, received_on: batch.receivedOn }
}
/** What is said of a file that was taken in: how many rows became what, and the digest of all rows with problems. */
export function importedWitness(counts: BatchCounts, flaggedDigest: string): JsonObject {
  return { read: counts.read, accepted: counts.accepted, unchanged: counts.unchanged, corrected: counts.corrected, rejected: counts.rejected, warned: counts.warned, flagged_rows: flaggedDigest }
}
/** What is said of a file that could not be read. */
export function refusedWitness({ code, message, fix }: BatchRefusal): JsonObject {
  return { code, message: { zh: message.zh, en: message.en }, fix: { zh: fix.zh, en: fix.en } }
}

/** A digest that is fed with flagged rows in their order. */
export function flaggedDigest(): { add(rows: readonly Pick<FlaggedRow, 'rowNumber' | 'rejected' | 'cells' | 'problems'>[]): void; value(): string } {
  const hash = createHash('sha256')
  return {
    add(rows) {
      for (const { rowNumber, rejected, cells, problems } of rows) hash.update(`${canonicalJson([rowNumber, rejected, cells, JSON.parse(JSON.stringify(problems)) as Json])}\n`)
    },
    value: () => hash.digest('hex'),
  }
}

type BatchRow = {
  batch_id: number; kind: Batch['kind']; file_name: string; file_digest: string; file_size: number; department: string; received_on: Batch['receivedOn']; state: Batch['state']; refusal: BatchRefusal | null
  rows_read: number; accepted: number; unchanged: number; corrected: number; rejected: number; warned: number
}

async function batches(db: Queryable, ids: number[]): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`select batch_id, kind, file_name, file_digest, file_size, department, received_on, state, refusal, rows_read, accepted, unchanged, corrected, rejected, warned
    from submissions.batch where batch_id = any(${ids}::bigint[])`.execute(db)
  return rows
}

async function digestOfFlagged(db: Queryable, batchId: number): Promise<string> {
  const digest = flaggedDigest()
  for (let after = -1; ;) {
    const { rows } = await sql<{ rowNumber: number; rejected: boolean; cells: Record<string, string>; problems: FlaggedRow['problems'] }>`
      select row_number as "rowNumber", rejected, cells, problems from submissions.flagged_row where batch_id = ${batchId} and row_number > ${after} order by row_number limit ${PAGE}`.execute(db)
    digest.add(rows)
    if (rows.length < PAGE) return digest.value()
    after = rows.at(-1)!.rowNumber
  }
}

/** The kinds of entry of a batch: 收到, 入库, 退回. */
export const submissionEntryTypes: readonly EntryType[] = [
  {
    name: 'batch.received', table,
    witness: async (db, ids) => new Map((await batches(db, ids)).map((row) => [row.batch_id, receivedWitness({
      kind: row.kind, fileName: row.file_name, fileDigest: row.file_digest, fileSize: row.file_size, department: row.department, receivedOn: row.received_on })])),
  },
  {
    name: 'batch.imported', table,
    async witness(db, ids) {
      const bodies = new Map<number, JsonObject>()
      for (const row of await batches(db, ids)) bodies.set(row.batch_id, importedWitness({ ...row, read: row.rows_read }, await digestOfFlagged(db, row.batch_id)))
      return bodies
    },
  },
  {
    name: 'batch.refused', table,
    witness: async (db, ids) => new Map((await batches(db, ids)).flatMap((row) => (row.refusal ? [[row.batch_id, refusedWitness(row.refusal)] as const] : []))),
  },
]

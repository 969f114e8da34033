import { createHash } from 'node:crypto'
import type { EntryType } from '../../engines/ledger/index.ts'
import { canonicalJson, type Json, type JsonObject } from '../../kernel/json.ts'
import { sameness } from '../../platform/sealing/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Batch, BatchCounts, BatchRefusal } from './batch.ts'
import { findBatches } from './queries/batches.ts'
import { eachFlagged, type FlaggedRow } from './queries/flagged.ts'

const table = { relation: 'submissions.batch', key: 'batch_id' }

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
      for (const { rowNumber, rejected, cells, problems } of rows) hash.update(`${canonicalJson([rowNumber, rejected, Object.fromEntries(Object.entries(cells).map(([id, value]) => [id, sameness(value)])), JSON.parse(JSON.stringify(problems)) as Json])}\n`)
    },
    value: () => hash.digest('hex'),
  }
}

async function digestOfFlagged(db: Queryable, batchId: number): Promise<string> {
  const digest = flaggedDigest()
  for await (const row of eachFlagged(db, batchId)) digest.add([row])
  return digest.value()
}

/** The kinds of entry of a batch: 收到, 入库, 退回. */
export const submissionEntryTypes: readonly EntryType[] = [
  {
    name: 'batch.received', table,
    witness: async (db, ids) => new Map((await findBatches(db, ids)).map((batch) => [batch.batchId, receivedWitness(batch)])),
  },
  {
    name: 'batch.imported', table,
    async witness(db, ids) {
      const bodies = new Map<number, JsonObject>()
      for (const batch of await findBatches(db, ids)) bodies.set(batch.batchId, importedWitness(batch, await digestOfFlagged(db, batch.batchId)))
      return bodies
    },
  },
  {
    name: 'batch.refused', table,
    witness: async (db, ids) => new Map((await findBatches(db, ids)).flatMap(({ batchId, refusal }) => (refusal ? [[batchId, refusedWitness(refusal)] as const] : []))),
  },
]

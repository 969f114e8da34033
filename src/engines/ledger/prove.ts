import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { sql, type Db } from '../../platform/db/index.ts'
import { contentText, digestOf, type EntryType } from './entry.ts'
import type { ConsistencyProof, InclusionProof } from './proof.ts'
import { findCheckpoint, hashReader, type StoredCheckpoint } from './store.ts'
import { consistencyProof, inclusionProof, sameHash, type Hash } from './tree.ts'

/** An entry by its id or by its place in the log. */
export type EntryAddress = { readonly entryId: number } | { readonly seq: number }

type Row = { seq: number | null; name: string; at: Date; actor: string; subjectId: number | null; aboutId: number | null; basis: string | null; salt: Uint8Array; digest: Hash }

/**
 * Proof that an entry stands in the log of the checkpoint over `size` entries, or of the newest. With `disclose` (the entry types)
 * it holds what the entry says; without, only name, instant and digest. Refuses when there is no such entry or checkpoint,
 * when the entry is not sequenced yet, or its content no longer fits its digest.
 */
export async function proveInclusion(db: Db, which: EntryAddress, { size, disclose }: { size?: number; disclose?: readonly EntryType[] } = {}): Promise<InclusionProof> {
  const entry = await getEntry(db, which)
  const checkpoint = await getCheckpoint(db, size)
  if (entry.seq === null || entry.seq >= checkpoint.size) {
    throw new Refusal({
      code: 'ledger.entry-not-covered', status: 409,
      message: text('该账目尚未纳入所选检查点', 'The checkpoint does not cover this entry yet'),
      fix: text('请稍候片刻，或选择更新的检查点', 'Wait a moment, or choose a newer checkpoint'),
    })
  }
  const path = await inclusionProof(entry.seq, checkpoint.size, hashReader(db))
  return {
    kind: 'xinheng-inclusion/v1',
    leaf: { name: entry.name, at: entry.at.toISOString(), digest: Buffer.from(entry.digest).toString('hex') },
    index: entry.seq,
    size: checkpoint.size,
    path: path.map(base64),
    checkpoint: checkpoint.note,
    ...(disclose === undefined ? {} : { disclosed: await contentOf(db, entry, disclose) }),
  }
}

/** Proof that the log over `to` entries (the newest checkpoint unless given) begins with the log over `from` entries. Refuses sizes without a checkpoint. */
export async function proveConsistency(db: Db, from: number, to?: number): Promise<ConsistencyProof> {
  const [older, newer] = [await getCheckpoint(db, from), await getCheckpoint(db, to)]
  if (older.size > newer.size) throw noCheckpoint(from)
  const path = await consistencyProof(older.size, newer.size, hashReader(db))
  return { kind: 'xinheng-consistency/v1', from: older.note, to: newer.note, path: path.map(base64) }
}

async function getEntry(db: Db, which: EntryAddress): Promise<Row> {
  const sought = 'seq' in which ? sql`s.seq = ${which.seq}` : sql`e.entry_id = ${which.entryId}`
  const { rows: [row] } = await sql<Row>`select s.seq, name, at, actor, subject_id as "subjectId", about_id as "aboutId", basis, salt, digest
    from ledger.entry e left join ledger.sequence s using (entry_id) where ${sought}`.execute(db)
  if (row !== undefined) return row
  throw new Refusal({
    code: 'ledger.entry-not-found', status: 404,
    message: text('账本中没有该账目', 'The ledger has no such entry'),
    fix: text('请核对账目编号或序号', 'Check the number of the entry'),
  })
}

async function getCheckpoint(db: Db, size: number | undefined): Promise<StoredCheckpoint> {
  const checkpoint = await findCheckpoint(db, size)
  if (checkpoint === null) throw noCheckpoint(size)
  return checkpoint
}

function noCheckpoint(size: number | undefined): Refusal {
  return new Refusal({
    code: 'ledger.checkpoint-not-found', status: 404,
    message: size === undefined ? text('账本还没有检查点', 'The ledger has no checkpoint yet') : text(`账本没有规模为 ${size} 的检查点`, `The ledger has no checkpoint over ${size} entries`),
    fix: text('请先生成检查点（xinheng ledger checkpoint），或选择已有检查点的规模', 'Make one first (xinheng ledger checkpoint), or choose the size of one that exists'),
  })
}

async function contentOf(db: Db, entry: Row, types: readonly EntryType[]): Promise<NonNullable<InclusionProof['disclosed']>> {
  const type = types.find(({ name }) => name === entry.name)
  const body = entry.aboutId === null ? {} : (await type?.witness(db, [entry.aboutId]))?.get(entry.aboutId)
  if (body !== undefined) {
    const content = contentText({ ...entry, body })
    if (sameHash(digestOf(entry.salt, content), entry.digest)) return { salt: Buffer.from(entry.salt).toString('hex'), content: JSON.parse(content) }
  }
  throw new Refusal({
    code: 'ledger.content-does-not-fit', status: 409,
    message: text('该账目对应的数据已缺失或被改动，无法披露原内容', 'The rows that this entry witnesses are gone or changed: what it said cannot be disclosed'),
    fix: text('请运行账本审计（xinheng ledger audit）查明原因，或生成不披露内容的证明', 'Run the audit (xinheng ledger audit) to see why, or make a proof without disclosure'),
  })
}

const base64 = (hash: Hash): string => Buffer.from(hash).toString('base64')

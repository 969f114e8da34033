import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { sql, type Db } from '../../platform/db/index.ts'
import { contentText, digestOf, type EntryType } from './entry.ts'
import type { ConsistencyProof, InclusionProof } from './proof.ts'
import { latestOf } from './redact.ts'
import { findCheckpoint, hashReader, type StoredCheckpoint } from './store.ts'
import { InnerHashes, readFromTiles, type TileReader } from './tiles.ts'
import { consistencyProof, inclusionProof, sameHash, type Hash } from './tree.ts'

/** An entry by its id, by its place in the log, or the first of a name about a row. */
export type EntryAddress = { readonly entryId: number } | { readonly seq: number } | { readonly name: string; readonly aboutId: number }

type Row = { seq: number | null; name: string; at: Date; actor: string; subjectId: number | null; aboutId: number | null; basis: string | null; salt: Uint8Array; digest: Hash; removalId: number | null }

/**
 * Proof that an entry stands in the log of the checkpoint over `size` entries, or of the newest. With `disclose` (the entry types)
 * it holds what the entry says; without, and where a person's data were removed since, only name, instant and digest. Refuses when there is no such entry or checkpoint,
 * when the entry is not sequenced yet, or its content no longer fits its digest.
 */
export async function proveInclusion(db: Db, which: EntryAddress, { size, disclose }: { size?: number; disclose?: readonly EntryType[] } = {}): Promise<InclusionProof> {
  const { entry, checkpoint, tiles } = await getCovered(db, which, size)
  if (entry.seq === null || entry.seq >= checkpoint.size) {
    throw new Refusal({
      code: 'ledger.entry-not-covered', status: 409,
      message: text('该账目尚未纳入所选检查点', 'The checkpoint does not cover this entry yet'),
      fix: text('请稍候片刻，或选择更新的检查点', 'Wait a moment, or choose a newer checkpoint'),
    })
  }
  const path = await inclusionProof(entry.seq, checkpoint.size, readFromTiles(tiles, inner))
  return {
    kind: 'xinheng-inclusion/v1',
    leaf: { name: entry.name, at: entry.at.toISOString(), digest: Buffer.from(entry.digest).toString('hex') },
    index: entry.seq,
    size: checkpoint.size,
    path: path.map(base64),
    checkpoint: checkpoint.note,
    ...(disclose === undefined || entry.removalId !== null ? {} : { disclosed: await contentOf(db, entry, disclose) }),
  }
}

/** Proof that the log over `to` entries (the newest checkpoint unless given) begins with the log over `from` entries. Refuses sizes without a checkpoint. */
export async function proveConsistency(db: Db, from: number, to?: number): Promise<ConsistencyProof> {
  const [older, newer] = [await getCheckpoint(db, from), await getCheckpoint(db, to)]
  if (older.size > newer.size) throw noCheckpoint(from)
  const path = await consistencyProof(older.size, newer.size, hashReader(db))
  return { kind: 'xinheng-consistency/v1', from: older.note, to: newer.note, path: path.map(base64) }
}

// Of tiles from whatever database: they are told apart by their bytes.
const inner = new InnerHashes()

type Covered = Row & { readonly size: number | null; readonly note: string; readonly level: number | null; readonly index: number; readonly hashes: Uint8Array }

/**
 * An entry, the checkpoint, and every tile that the proof can need, in one statement: at each level the tile above the entry and the right-most one of the tree
 * of the checkpoint. Asking one after the other would take three times as long.
 */
async function getCovered(db: Db, which: EntryAddress, size: number | undefined): Promise<{ entry: Row; checkpoint: { size: number; note: string }; tiles: TileReader }> {
  const sought = 'seq' in which ? sql`s.seq = ${which.seq}` : 'entryId' in which ? sql`e.entry_id = ${which.entryId}`
    : sql`e.entry_id = (select min(entry_id) from ledger.entry where name = ${which.name} and about_id = ${which.aboutId})`
  const { rows } = await sql<Covered>`select s.seq, name, e.at, actor, subject_id as "subjectId", about_id as "aboutId", basis, salt, e.digest, r.removal_id as "removalId", c.size, c.note, t.level, t.index, t.hashes
    from ledger.entry e left join ledger.sequence s using (entry_id) left join lateral (${latestOf(sql`e.entry_id`)}) r on true
    left join lateral (select size, note from ledger.checkpoint where ${size === undefined ? sql`true` : sql`size = ${size}`} order by size desc limit 1) c on true
    left join lateral (
      select tile.level, tile.index, tile.hashes from generate_series(0, 6) as height
      join ledger.tile on tile.level = height and tile.index = any(array[s.seq >> (8 * height + 8), c.size >> (8 * height + 8)])) t on true
    where ${sought}`.execute(db)
  const [first] = rows
  if (first === undefined) {
    throw new Refusal({
      code: 'ledger.entry-not-found', status: 404,
      message: text('账本中没有该账目', 'The ledger has no such entry'),
      fix: text('请核对账目编号或序号', 'Check the number of the entry'),
    })
  }
  if (first.size === null) throw noCheckpoint(size)
  const tiles = new Map(rows.flatMap(({ level, index, hashes }) => (level === null ? [] : [[`${level}/${index}`, hashes] as const])))
  return { entry: first, checkpoint: { size: first.size, note: first.note }, tiles: async (wanted) => wanted.map(({ level, index }) => tiles.get(`${level}/${index}`) ?? null) }
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

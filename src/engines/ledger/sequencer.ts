// @clause 4.4
import { given, sql, type Db, type Tx } from '../../platform/db/index.ts'
import { checkpointText } from './checkpoint.ts'
import { leafText } from './entry.ts'
import { signNote, type Signer } from './note.ts'
import { findCheckpoint, listTiles, writeTiles, type StoredCheckpoint } from './store.ts'
import { extendTiles, partialTilesOf } from './tiles.ts'
import { EMPTY_ROOT, leafHash, sameHash, type Hash } from './tree.ts'

/** What the sequencer needs beside the database: whose log it is and what time it is. Every signer signs every checkpoint; the first one's name is the origin. */
export type Sequencing = { readonly now: Date; readonly signers: readonly Signer[]; readonly limit?: number }

/** The stored tree contradicts its last signed checkpoint. The log must not grow on it: run the audit. */
export class BrokenLog extends Error {
  constructor(what: string) {
    super(`the ledger does not fit its last checkpoint (${what}): nothing is added until it is repaired; \`ledger audit\` names the place`)
    this.name = 'BrokenLog'
  }
}

// One key for all of Xinheng's sequencers on a database; the number itself means nothing.
const LOCK = 0x5848_4c47

/**
 * Gives up to `limit` committed entries their place in the log, in the order of their ids, extends the tree and signs a checkpoint;
 * all in one transaction. Gives the number of entries; 0 also while another process is at it.
 * Throws {@link BrokenLog} rather than sign a tree that does not continue the last checkpoint.
 */
export async function sequencePending(db: Db, { now, signers, limit = 20_000 }: Sequencing): Promise<number> {
  return db.transaction().execute(async (tx) => {
    if (!(await isAlone(tx))) return 0
    const { rows: taken } = await sql<{ entry_id: number; name: string; at: Date; digest: Hash }>`with taken as (
        delete from ledger.pending where entry_id in (select entry_id from ledger.pending order by entry_id limit ${limit}) returning entry_id)
      select entry_id, name, at, digest from ledger.entry join taken using (entry_id) order by entry_id`.execute(tx)
    if (taken.length === 0) return 0
    const last = await findCheckpoint(tx)
    const size = last?.size ?? 0
    await sql`insert into ledger.sequence (seq, entry_id) select seq, entry_id from ${given({
      seq: ['bigint', taken.map((_, at) => size + at)],
      entry_id: ['bigint', taken.map(({ entry_id }) => entry_id)],
    })}`.execute(tx)
    const partial = await listTiles(tx, partialTilesOf(size))
    const grown = await extendTiles(size, partial, taken.map(({ name, at, digest }) => leafHash(leafText(name, at, digest))))
    if (last !== null && !sameHash(grown.before, last.root)) throw new BrokenLog(`its tiles give another root at size ${size}`)
    await writeTiles(tx, grown.tiles)
    await writeCheckpoint(tx, size + taken.length, grown.root, now, signers)
    return taken.length
  })
}

/** Sequences whatever is pending and gives the newest checkpoint; of an empty log, one of size 0. */
export async function checkpointNow(db: Db, sequencing: Sequencing): Promise<StoredCheckpoint> {
  while ((await sequencePending(db, sequencing)) > 0);
  const newest = await findCheckpoint(db)
  if (newest !== null) return newest
  await db.transaction().execute(async (tx) => {
    if ((await isAlone(tx)) && (await findCheckpoint(tx)) === null) await writeCheckpoint(tx, 0, EMPTY_ROOT, sequencing.now, sequencing.signers)
  })
  return checkpointNow(db, sequencing)
}

async function isAlone(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as alone`.execute(tx)
  return rows[0]!.alone
}

async function writeCheckpoint(tx: Tx, size: number, root: Hash, at: Date, signers: readonly Signer[]): Promise<void> {
  const note = await signNote(checkpointText({ origin: signers[0]!.name, size, root }), signers)
  await sql`insert into ledger.checkpoint (size, root, note, at) values (${size}, decode(${Buffer.from(root).toString('hex')}, 'hex'), ${note}, ${at})`.execute(tx)
}

import { given, sql, type Queryable, type Tx } from '../../platform/db/index.ts'
import { readFromTiles, type Tile, type TileAddress, type TileReader } from './tiles.ts'
import type { Hash, HashReader } from './tree.ts'

/** A stored checkpoint. `note` is the signed text. */
export type StoredCheckpoint = { readonly size: number; readonly root: Hash; readonly note: string; readonly at: Date }

/** The checkpoint over exactly `size` entries, or the newest; null when there is none. */
export async function findCheckpoint(db: Queryable, size?: number): Promise<StoredCheckpoint | null> {
  const { rows } = await sql<StoredCheckpoint>`select size, root, note, at from ledger.checkpoint
    where ${size === undefined ? sql`true` : sql`size = ${size}`} order by size desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** How many committed entries have no place in the log yet. */
export async function countPending(db: Queryable): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.pending`.execute(db)
  return rows[0]!.count
}

/** Reads tiles from the database, many in one statement. */
export function tileReader(db: Queryable): TileReader {
  return async (wanted) => {
    const tiles = new Map((await listTiles(db, wanted)).map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]))
    return wanted.map(({ level, index }) => tiles.get(`${level}/${index}`) ?? null)
  }
}

/** Reads any complete subtree of the stored tree. */
export function hashReader(db: Queryable): HashReader {
  return readFromTiles(tileReader(db))
}

/** Those of the tiles that exist. */
export async function listTiles(db: Queryable, wanted: readonly TileAddress[]): Promise<Tile[]> {
  if (wanted.length === 0) return []
  const places = given({ level: ['integer', wanted.map(({ level }) => level)], index: ['bigint', wanted.map(({ index }) => index)] })
  const { rows } = await sql<Tile>`select tile.level, tile.index, tile.hashes from ledger.tile join (select * from ${places}) as sought using (level, index)`.execute(db)
  return rows
}

/** Writes new tiles and grown ones. */
export async function writeTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  const rows = given({
    level: ['integer', tiles.map(({ level }) => level)],
    index: ['bigint', tiles.map(({ index }) => index)],
    width: ['integer', tiles.map(({ hashes }) => hashes.length / 32)],
    hashes: ['text', tiles.map(({ hashes }) => Buffer.from(hashes).toString('hex'))],
  })
  await sql`insert into ledger.tile (level, index, width, hashes) select level, index, width, decode(hashes, 'hex') from ${rows}
    on conflict (level, index) do update set width = excluded.width, hashes = excluded.hashes`.execute(tx)
}

/** Which checkpoints (检查点) a key signed: how many, of a ledger of how many entries. By the id of the key that stands in each signature. */
export type SignedByKey = { readonly keyId: string; readonly count: number; readonly firstSize: number; readonly lastSize: number }

/** What each key signed that ever signed a checkpoint. Reads every checkpoint. */
export async function listSignedByKeys(db: Queryable): Promise<SignedByKey[]> {
  const { rows } = await sql<SignedByKey>`select encode(substr(decode(signature[1], 'base64'), 1, 4), 'hex') as "keyId", count(*) as count, min(size) as "firstSize", max(size) as "lastSize"
    from ledger.checkpoint, regexp_matches(note, '\n— [^ \n]+ ([A-Za-z0-9+/=]+)', 'g') as signature group by 1`.execute(db)
  return rows
}

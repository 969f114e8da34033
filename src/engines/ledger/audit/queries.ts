import { sql, type Db } from '../../../platform/db/index.ts'
import { latestOf } from '../redact.ts'
import { listTiles, type StoredCheckpoint } from '../store.ts'
import type { Tile, TileAddress } from '../tiles.ts'
import type { Hash } from '../tree.ts'

/** A place of the log with its entry; `name` is null when the entry is gone. */
export type PlaceRow = {
  seq: number
  entryId: number
  name: string | null
  at: Date
  actor: string
  subjectId: number | null
  aboutId: number | null
  basis: string | null
  salt: Uint8Array
  digest: Hash
  /** What the entry's row has to give since it was changed lawfully; null for all others. */
  redacted: Hash | null
  /** The removal by which it lost a person's data; below zero a change of the key of the digests. */
  removalId: number | null
}

/** How far the sequence and the checkpoints reach, at one moment. */
export async function findExtent(db: Db): Promise<{ numbered: number; covered: number }> {
  const { rows: [row] } = await sql<{ numbered: number; covered: number }>`select
    (select coalesce(max(seq) + 1, 0) from ledger.sequence) as numbered, (select coalesce(max(size), 0) from ledger.checkpoint) as covered`.execute(db)
  return row!
}

/** The entry at a place of the log, or null. */
export async function findPlaced(db: Db, seq: number): Promise<{ seq: number; entryId: number; at: Date } | null> {
  const { rows } = await sql<{ seq: number; entryId: number; at: Date }>`select seq, entry_id as "entryId", at from ledger.sequence join ledger.entry using (entry_id) where seq = ${seq}`.execute(db)
  return rows[0] ?? null
}

/** The places from `from` up to, not including, `to`. */
export async function listPlaces(db: Db, from: number, to: number): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`select s.seq, s.entry_id as "entryId", name, at, actor, subject_id as "subjectId", about_id as "aboutId", basis, salt, e.digest, r.digest as redacted, r.removal_id as "removalId"
    from ledger.sequence s left join ledger.entry e using (entry_id) left join lateral (${latestOf(sql`e.entry_id`)}) r on true where seq >= ${from} and seq < ${to} order by seq`.execute(db)
  return rows
}

/** Checkpoints of more than `after` and at most `to` entries. */
export async function listCheckpoints(db: Db, after: number, to: number): Promise<StoredCheckpoint[]> {
  const { rows } = await sql<StoredCheckpoint>`select size, root, note, at from ledger.checkpoint where size > ${after} and size <= ${to} order by size`.execute(db)
  return rows
}

/** Tiles by `level/index`. */
export async function mapTiles(db: Db, wanted: readonly TileAddress[]): Promise<Map<string, Tile>> {
  return new Map((await listTiles(db, wanted)).map((tile) => [`${tile.level}/${tile.index}`, tile]))
}

/** Entries that have waited since before an instant, oldest first. */
export async function listWaiting(db: Db, since: Date, limit: number): Promise<{ entryId: number; name: string }[]> {
  const { rows } = await sql<{ entryId: number; name: string }>`select entry_id as "entryId", name from ledger.pending join ledger.entry using (entry_id)
    where at < ${since} order by entry_id limit ${limit}`.execute(db)
  return rows
}

/** Entries without a place that do not wait for one, and waiting ones without an entry (`name` is null). */
export async function listUnplaced(db: Db, limit: number): Promise<{ entryId: number; name: string | null; aboutId: number | null; subjectId: number | null }[]> {
  const { rows } = await sql<{ entryId: number; name: string | null; aboutId: number | null; subjectId: number | null }>`
    (select entry_id as "entryId", name, about_id as "aboutId", subject_id as "subjectId" from ledger.entry e
      where not exists (select 1 from ledger.sequence s where s.entry_id = e.entry_id)
        and not exists (select 1 from ledger.pending p where p.entry_id = e.entry_id) order by entry_id limit ${limit})
    union all
    (select entry_id, null, null, null from ledger.pending p where not exists (select 1 from ledger.entry e where e.entry_id = p.entry_id) order by entry_id limit ${limit})`.execute(db)
  return rows
}

/** Keys of the rows of a table that no entry of these names is about. */
export async function listRowsWithoutEntry(db: Db, relation: string, key: string, names: readonly string[], limit: number): Promise<number[]> {
  const column = sql.ref(`witnessed.${key}`)
  const { rows } = await sql<{ id: number }>`select ${column} as id from ${sql.table(relation)} as witnessed
    where not exists (select 1 from ledger.entry e where e.name = any(${[...names]}::text[]) and e.about_id = ${column})
    order by ${column} limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

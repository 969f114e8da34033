import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Seal } from './seals.ts'

/** A stretch of the trail in a file (归档): which seal, the digest and size of the file, the first and the last line's time. */
export type Archive = { readonly sealId: number; readonly file: string; readonly size: number; readonly rows: number; readonly fromAt: Date; readonly untilAt: Date; readonly archivedAt: Date; readonly actor: string }
/** With what was sealed, and whether its lines still stand in the table. */
export type ArchiveRow = Archive & Pick<Seal, 'fromId' | 'toId' | 'digest'> & { readonly removed: boolean }

const columns = sql`archive.seal_id as "sealId", file, size, archive.rows, from_at as "fromAt", until_at as "untilAt", archived_at as "archivedAt", archive.actor`

/** Seals from before an instant whose stretch stands in no file yet, the earliest first. No line is later than its seal. */
export async function listDue(db: Queryable, before: Date): Promise<Seal[]> {
  const { rows } = await sql<Seal>`select seal_id as "sealId", from_id as "fromId", to_id as "toId", rows, digest, at from audit.seal
    where at < ${before} and not exists (select 1 from audit.archive where archive.seal_id = seal.seal_id) order by seal_id`.execute(db)
  return rows
}

/** Keeps that a stretch stands in a file; false when it stood there before. */
export async function insertArchive(tx: Tx, one: Archive): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into audit.archive (seal_id, file, size, rows, from_at, until_at, archived_at, actor)
    values (${one.sealId}, ${one.file}, ${one.size}, ${one.rows}, ${one.fromAt}, ${one.untilAt}, ${one.archivedAt}, ${one.actor}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Archives by the number of their seal. */
export async function findArchives(db: Queryable, ids: readonly number[]): Promise<Archive[]> {
  const { rows } = await sql<Archive>`select ${columns} from audit.archive where seal_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** All archives, the earliest stretch first. */
export async function listArchives(db: Queryable): Promise<ArchiveRow[]> {
  const { rows } = await sql<ArchiveRow>`select ${columns}, from_id as "fromId", to_id as "toId", digest, not exists (select 1 from audit.trail where trail_id between from_id and to_id) as removed
    from audit.archive join audit.seal using (seal_id) order by seal_id`.execute(db)
  return rows
}

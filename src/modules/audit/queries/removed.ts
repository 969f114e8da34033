import { sql, type Db } from '../../../platform/db/index.ts'
import type { ArchiveRow } from './archives.ts'

/** Removes the lines of a stretch that stands in a file, all or none. For whoever owns the tables: no role of the wall may. */
export async function removeArchived(owner: Db, { sealId, fromId, toId }: Pick<ArchiveRow, 'sealId' | 'fromId' | 'toId'>): Promise<number> {
  const { numAffectedRows } = await sql`delete from audit.trail where trail_id between ${fromId} and ${toId} and exists (select 1 from audit.archive where seal_id = ${sealId})`.execute(owner)
  return Number(numAffectedRows)
}

// @clause X.4
import type { World } from '../../engines/procedure/index.ts'
import { listFilesToGo, markFileGone } from './queries/removals.ts'

/** Removes the kept files that held removed persons' data (删除文件). After every removal, and at every start: a kill in between leaves them remembered. Safe to repeat. */
export async function removeFiles({ db, files, clock }: Pick<World, 'db' | 'files' | 'clock'>): Promise<void> {
  for (const digest of await listFilesToGo(db)) {
    await files.remove(digest)
    await markFileGone(db, digest, clock.now())
  }
}

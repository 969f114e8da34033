// @clause X.4
import type { World } from '../../engines/procedure/index.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { listUnread } from './queries/person.ts'
import { listOriginalsOver, markOriginalsGone } from './queries/originals.ts'

const CHUNK = 500

/**
 * Removes the files of batches that ended so many days ago (原始文件到期删除): what they held was taken in or sent back, and they hold more of people than is kept. `needed` tells which files
 * something else still needs. Safe to repeat; answers how many went.
 */
export async function removeOriginals(world: World, today: Day, needed: (db: Queryable, digests: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
  const before = addDays(today, -world.policy.on(today).value<number>('submissions/keep-originals'))
  let gone = 0
  for (;;) {
    const over = await listOriginalsOver(world.db, before, CHUNK)
    if (over.length === 0) return gone
    const digests = [...new Set(over.map(({ fileDigest }) => fileDigest))]
    const keep = new Set([...(await needed(world.db, digests)), ...(await listUnread(world.db, digests))])
    for (const digest of digests.filter((one) => !keep.has(one))) {
      await world.files.remove(digest)
      gone++
    }
    await markOriginalsGone(world.db, over.map(({ batchId }) => batchId), world.clock.now())
  }
}

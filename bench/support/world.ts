import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOf, type Day } from '../../src/kernel/day.ts'
import { loadPolicy } from '../../src/engines/policy/index.ts'
import type { World } from '../../src/engines/procedure/index.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { openPostgresql } from '../../src/platform/db/index.ts'
import { openFileStore } from '../../src/platform/files/file-store.ts'
import { systemRandomness } from '../../src/platform/randomness.ts'
import { sealingForTests } from '../../src/platform/sealing/testing/sealing.ts'

/** The world of the product over a database, without followers, at noon of a day that the part sets. */
export function openWorld(url: string, on: Day): { world: World; setDay(on: Day): void; close(): Promise<void> } {
  const noon = (of: Day) => new Date(startOf(of).getTime() + 12 * 3_600_000)
  const { db, close } = openPostgresql(url)
  const clock = standingClock(noon(on))
  const sealing = sealingForTests(systemRandomness)
  const files = openFileStore(mkdtempSync(join(tmpdir(), 'xinheng-bench-files-')), systemRandomness, sealing)
  const policy = loadPolicy(new URL('../../policy', import.meta.url).pathname)
  return { world: { db, clock, randomness: systemRandomness, policy, files, sealing, wake: () => undefined }, setDay: (next) => clock.set(noon(next)), close }
}

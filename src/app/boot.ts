import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadOrCreateSigner, startLedger, type Signer } from '../engines/ledger/index.ts'
import { loadPolicy } from '../engines/policy/index.ts'
import type { World } from '../engines/procedure/index.ts'
import { districtOf } from '../modules/organisation/index.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { migrate, openEmbedded, openPostgresql, readMigrations, type Database } from '../platform/db/index.ts'
import { openFileStore } from '../platform/files/file-store.ts'
import { systemRandomness, type Randomness } from '../platform/randomness.ts'
import { startDailyRuns } from './daily.ts'
import { holdFolder } from './hold.ts'
import { atStart, followers } from './modules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How the program is opened. */
export type BootParts = {
  /** Folder of files, keys and, without `databaseUrl`, the embedded database. */
  readonly data: string
  readonly databaseUrl?: string
  /** Folder of the law; the one that comes with the program unless said otherwise. */
  readonly policy?: string
  readonly clock?: Clock
  readonly randomness?: Randomness
  /** Whether to follow the ledger and make the daily runs; a short command need not. */
  readonly follow?: boolean
}

/** The opened program: everything but its faces. */
export type Xinheng = {
  readonly world: World
  readonly database: Database
  readonly signer: Signer
  /** Tells where this process serves, for commands that meet the held folder. */
  servesAt(url: string): void
  /** Waits until all that was committed is followed. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Opens database, files, keys and law, brings the schema up to date, and starts what runs by itself. */
export async function boot({ data, databaseUrl, policy = join(root, 'policy'), clock = systemClock, randomness = systemRandomness, follow = true }: BootParts): Promise<Xinheng> {
  const book = loadPolicy(policy)
  const hold = databaseUrl === undefined ? holdFolder(data) : null
  try {
    const database = databaseUrl === undefined ? await openEmbedded(join(data, 'database')) : openPostgresql(databaseUrl)
    await migrate(database.db, readMigrations(join(root, 'migrations')))
    const signer = loadOrCreateSigner(join(data, 'keys'), ledgerOrigin(districtOf(book).code), randomness)
    let wake = (): void => undefined
    const world: World = { db: database.db, clock, randomness, policy: book, files: openFileStore(join(data, 'files'), randomness), wake: () => wake() }
    const ledger = startLedger({
      db: database.db, clock, signers: [signer], followers: follow ? followers : [], world,
      log: { error: ({ error }, message) => console.error(message, error) },
    })
    wake = ledger.wake
    if (follow) await atStart(world)
    const daily = follow ? startDailyRuns(world) : null
    return {
      world, database, signer,
      servesAt: (url) => hold?.servesAt(url),
      settled: () => ledger.settled(),
      async close() {
        await daily?.stop()
        await ledger.settled()
        await ledger.stop()
        await database.close()
        hold?.release()
      },
    }
  } catch (error) {
    hold?.release()
    throw error
  }
}

function ledgerOrigin(districtCode: string): string {
  return `xinheng.cn/${districtCode}/ledger`
}

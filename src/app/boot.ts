import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadOrCreateSigner, startLedger, type Ledger, type LedgerLog, type Signer } from '../engines/ledger/index.ts'
import { loadPolicy } from '../engines/policy/index.ts'
import type { World } from '../engines/procedure/index.ts'
import { sealedSecrets } from '../modules/identity/index.ts'
import { districtOf } from '../modules/organisation/index.ts'
import { openBreachedPasswords } from '../platform/breached-passwords.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { openEmbedded, openPostgresql, readMigrations, type Database } from '../platform/db/index.ts'
import { openFileStore } from '../platform/files/file-store.ts'
import { openScanner } from '../platform/files/scanner.ts'
import { systemRandomness, type Randomness } from '../platform/randomness.ts'
import { openSealing, resealAll, type SealingFile } from '../platform/sealing/index.ts'
import type { ImportDesk } from '../modules/submissions/index.ts'
import { startDailyRuns, type RunningDaily } from './daily.ts'
import { holdFolder, tellServing } from './hold.ts'
import { atStart, followers, makeDesk } from './modules.ts'
import { trailKey, trailOf } from './trail.ts'
import { ledgerOrigin, mustBeThisDistrict } from './operate/district.ts'
import { settleSigning } from './operate/signing.ts'
import { prepareDatabase } from './wall/prepare.ts'
import type { Trail } from '../modules/audit/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How the program is opened. */
export type BootParts = {
  /** Folder of files, keys and, without `databaseUrl`, the embedded database. */
  readonly data: string
  readonly databaseUrl?: string
  /** The login that owns the schema and brings it up to date, where `databaseUrl` names one that does not. */
  readonly ownerUrl?: string
  /** Folder of the law; the one that comes with the program unless said otherwise. */
  readonly policy?: string
  readonly clock?: Clock
  readonly randomness?: Randomness
}

/** The opened program: everything but its faces. */
export type Xinheng = {
  /** The world of what goes on by itself. */
  readonly world: World
  /** The world of the gate and of administrators: accounts and the organisation, no business data. */
  readonly keeper: World
  readonly database: Database
  /** The data folder. */
  readonly data: string
  readonly signer: Signer
  /** The login that owns the tables, where another one does the work. */
  readonly ownerUrl?: string
  /** The keys that seal values. */
  readonly keys: SealingFile
  /** Where every view, act, refusal and export is written before it is answered. */
  readonly trail: Trail
  /** The key of the digests that stand in the trail in place of texts. */
  readonly trailKey: Uint8Array
  /** Whoever shows this is the command line of whoever has the data folder. */
  readonly commandToken: string
  /** The desk at which files are taken in. */
  readonly desk: ImportDesk
  /** Starts what runs by itself: sequencer, followers, unfinished imports, daily runs. */
  follow(): Promise<void>
  /** Tells where this process serves, for commands that meet the held folder. */
  servesAt(url: string): void
  /** Waits until all that was committed is followed. */
  settled(): Promise<void>
  /** How many migrations this program has. */
  readonly migrations: number
  /** Whether sequencer and followers run. */
  isFollowing(): boolean
  /** Finishes what was begun and closes; with `layDown` imports and their consequences are left for the next start. */
  close(how?: { readonly layDown: boolean }): Promise<void>
}

/** Opens database, files, keys and law, and brings the schema up to date. Nothing runs by itself until `follow`. */
export async function boot({ data, databaseUrl, ownerUrl, policy = join(root, 'policy'), clock = systemClock, randomness = systemRandomness }: BootParts): Promise<Xinheng> {
  const book = loadPolicy(policy)
  const breached = process.env.XINHENG_BREACHED_PASSWORDS ? await openBreachedPasswords(process.env.XINHENG_BREACHED_PASSWORDS) : undefined
  const hold = databaseUrl === undefined ? holdFolder(data) : null
  try {
    const database = databaseUrl === undefined ? await openEmbedded(join(data, 'database')) : openPostgresql(databaseUrl)
    const migrations = readMigrations(join(root, 'migrations'))
    await prepareDatabase(database, migrations, ownerUrl)
    const origin = ledgerOrigin(districtOf(book).code)
    const settle = async (): Promise<void> => {
      await mustBeThisDistrict(database.as({ role: 'worker', does: 'all' }), districtOf(book))
      await settleSigning(database.as({ role: 'keeper' }), join(data, 'keys'), origin)
    }
    await settle().catch(async (error: unknown) => {
      await database.close()
      throw error
    })
    const signer = loadOrCreateSigner(join(data, 'keys'), origin, randomness)
    const keys = await openSealing({ db: database.as({ role: 'keeper' }), path: process.env.XINHENG_SEALING_KEYS || join(data, 'keys', 'sealing-keys.json'), randomness, now: clock.now() }).catch(async (error: unknown) => {
      await database.close()
      throw error
    })
    const scanner = process.env.XINHENG_SCANNER ? openScanner(process.env.XINHENG_SCANNER) : undefined
    let ledger: Ledger | null = null
    let servesNoMore = (): void => undefined
    let daily: RunningDaily | null = null
    const world: World = { db: database.as({ role: 'worker', does: 'all' }), clock, randomness, policy: book, files: openFileStore(join(data, 'files'), randomness, keys.sealing, scanner), sealing: keys.sealing, ...(breached === undefined ? {} : { breached }), wake: () => ledger?.wake() }
    const keeper: World = { ...world, db: database.as({ role: 'keeper' }) }
    const desk = makeDesk()
    const trail = trailOf(database.kind, world, data)
    const commandToken = Buffer.from(randomness.bytes(32)).toString('base64url')
    const log: LedgerLog = { error: ({ error }, message) => console.error(message, error) }
    return {
      world, keeper, database, ...(ownerUrl === undefined ? {} : { ownerUrl }), data, signer, keys, desk, commandToken, trail, trailKey: trailKey(join(data, 'keys'), randomness),
      async follow() {
        await resealAll(keeper.db, keys.sealing, [sealedSecrets])
        await atStart(world, keeper)
        ledger = startLedger({ db: world.db, clock, signers: [signer], followers, world, log })
        await desk.resumeUnfinished(world)
        daily = startDailyRuns(world)
      },
      servesAt(url) {
        if (hold) hold.servesAt(url, commandToken)
        else servesNoMore = tellServing(data, url, commandToken)
      },
      async settled() {
        await desk.settled()
        await ledger?.settled()
      },
      migrations: migrations.length,
      isFollowing: () => ledger !== null,
      async close({ layDown } = { layDown: false }) {
        await Promise.all([daily?.stop(), layDown ? desk.stop() : desk.settled()])
        if (!layDown) await ledger?.settled()
        await ledger?.stop()
        if (!layDown) await trail.settled()
        trail.stop()
        await database.close()
        hold?.release()
        servesNoMore()
      },
    }
  } catch (error) {
    hold?.release()
    throw error
  }
}

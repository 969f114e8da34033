// @clause X.5
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { listTables, migrate, readRows, refill, RowsDigest, setSequence, sql, writeRows, type Database, type Db, type Migration, type Tx } from '../../platform/db/index.ts'
import { checkArchive, newer, partName, type CheckedArchive, type Manifest } from './archive.ts'
import { bytesOf, streamOf } from './tar.ts'

/** Where a backup goes. */
export type RestoreParts = {
  readonly from: string
  /** The data folder; must be missing or empty. */
  readonly data: string
  readonly version: string
  readonly migrations: readonly Migration[]
  /** Opens the database, after the archive and the folder were found good. */
  open(): Promise<Database>
}

const unpack = promisify(gunzip)
// Whoever holds the folder for the restore leaves this mark in it.
const OWN_MARK = 'held-by.json'

/**
 * Restores an archive (恢复) into an empty data folder and an empty database, and compares every table with what the archive says of it.
 * An archive of an earlier version is restored by the migrations of that version; the later ones follow. Nothing is taken before the whole archive
 * was checked. When it fails, the folder is emptied again and the database holds no rows.
 * Refuses `backup.damaged`, `backup.newer`, `backup.other-program`, `restore.folder-not-empty`, `restore.database-not-empty`.
 */
export async function restoreBackup({ from, data, version, migrations, open }: RestoreParts): Promise<Manifest> {
  const archive = await checkArchive(from)
  mustFit(archive.manifest, version, migrations)
  if (existsSync(data) && readdirSync(data).some((name) => name !== OWN_MARK)) throw folderNotEmpty(data)
  mkdirSync(data, { recursive: true })
  let database: Database | null = null
  try {
    database = await open()
    await mustBeEmpty(database.db, migrations)
    await migrate(database.db, migrations.slice(0, archive.manifest.migrations.length))
    await database.db.transaction().execute((tx) => loadTables(tx, archive))
    await unpackFiles(archive, data)
    await migrate(database.db, migrations)
    await database.close()
    return archive.manifest
  } catch (error) {
    await database?.close()
    for (const name of readdirSync(data)) if (name !== OWN_MARK) await rm(join(data, name), { recursive: true, force: true })
    throw error
  }
}

function mustFit(manifest: Manifest, version: string, migrations: readonly Migration[]): void {
  if (manifest.migrations.length > migrations.length || isLater(manifest.version, version)) throw newer(manifest.version)
  const other = manifest.migrations.find(({ number, digest }) => migrations[number - 1]?.digest !== digest)
  if (!other) return
  throw new Refusal({
    code: 'backup.other-program', status: 409, message: text(`备份中的数据库结构与本程序不同（${other.name}）`, `The schema of the backup differs from this program's (${other.name})`),
    fix: text(`请用生成备份的程序（${manifest.version}）恢复`, `Restore with the program that wrote it (${manifest.version})`),
  })
}

function isLater(one: string, other: string): boolean {
  const [ours, theirs] = [other, one].map((version) => version.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]]
  const at = theirs.findIndex((part, index) => part !== ours[index])
  return at >= 0 && theirs[at]! > (ours[at] ?? 0)
}

/** A database without rows may have been migrated already: its empty tables are built anew by the migrations of the archive. */
async function mustBeEmpty(db: Db, migrations: readonly Migration[]): Promise<void> {
  const schemas = new Set(['platform', ...migrations.flatMap((migration) => [...migration.text.matchAll(/^create schema (\w+)/gm)].map((match) => match[1]!))])
  const standing = (await listTables(db)).filter(({ schema }) => schemas.has(schema))
  for (const { schema, name } of standing) {
    if (schema === 'platform' && name === 'migration') continue
    const { rows } = await sql`select 1 from ${sql.id(schema, name)} limit 1`.execute(db)
    if (rows.length > 0) throw databaseNotEmpty(`${schema}.${name}`)
  }
  for (const schema of schemas) await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(db)
}

async function loadTables(tx: Tx, archive: CheckedArchive): Promise<void> {
  const { manifest, entries, path } = archive
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  await refill(tx, await listTables(tx), async () => {
    for (const table of manifest.tables) {
      for (let part = 0; part < table.parts; part++) {
        const packed = await bytesOf(path, byName.get(partName(table, part))!)
        await writeRows(tx, table, { lines: (await unpack(packed)).toString('utf8').split('\n').slice(0, -1) })
      }
    }
  })
  for (const sequence of manifest.sequences) await setSequence(tx, sequence)
  for (const table of manifest.tables) {
    const digest = new RowsDigest()
    for await (const page of readRows(tx, table)) digest.add(page)
    if (digest.hex() !== table.digest || digest.rows !== table.rows) throw new Error(`${table.schema}.${table.name} came out differently from what the backup holds`)
  }
}

async function unpackFiles({ path, entries }: CheckedArchive, data: string): Promise<void> {
  for (const entry of entries) {
    const { name } = entry
    if (!/^(files\/[0-9a-f]{2}\/[0-9a-f]{64}|keys\/[\w.-]+|demo\.json)$/.test(name)) continue
    const target = join(data, name)
    await mkdir(dirname(target), { recursive: true, mode: name.startsWith('keys/') ? 0o700 : 0o777 })
    if (name.startsWith('files/')) await pipeline(Readable.from(streamOf(path, entry)), createWriteStream(target, { flags: 'wx' }))
    else await writeFile(target, await bytesOf(path, entry), { flag: 'wx', mode: 0o600 })
  }
}

function folderNotEmpty(data: string): Refusal {
  return new Refusal({
    code: 'restore.folder-not-empty', status: 409, message: text(`数据目录 ${data} 不是空的`, `The data folder ${data} is not empty`),
    fix: text('恢复只写入空目录：请用 --data 指定一个新目录', 'A restore only writes into an empty folder: name a new one with --data'),
  })
}

function databaseNotEmpty(table: string): Refusal {
  return new Refusal({
    code: 'restore.database-not-empty', status: 409, message: text(`数据库中已有数据（${table}）`, `The database holds data already (${table})`),
    fix: text('恢复只写入空数据库：请新建一个数据库，并用 DATABASE_URL 指定', 'A restore only writes into an empty database: create a new one and name it in DATABASE_URL'),
  })
}

// @clause X.5
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { countPending, findCheckpoint } from '../../engines/ledger/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { listSequences, listTables, mayChangeSchema, readRows, RowsDigest, sql, type Database, type Tx } from '../../platform/db/index.ts'
import { checkArchive, FORMAT, MANIFEST, partName, SUMS, type Manifest } from './archive.ts'
import { TarWriter } from './tar.ts'

/** What a backup is made of. */
export type BackupParts = {
  readonly database: Database
  /** The data folder: received files, keys, the demo's mark. */
  readonly data: string
  /** The archive to be written; must not exist. */
  readonly out: string
  readonly version: string
  readonly now: Date
  /** False leaves the signing key out, for whoever keeps it apart. */
  readonly keys: boolean
}

const pack = promisify(gzip)

/**
 * Writes everything that is needed to go on elsewhere into one archive (备份): all tables as of one snapshot, then files and keys; and reads it back.
 * Beside a working system. On the embedded database others wait while the tables are read. The archive holds no database's own format: one made on
 * the embedded database restores into PostgreSQL, and the other way. Refuses `backup.exists`, and `backup.needs-owner` for a login that cannot read everything. What is cut off leaves `OUT.partial`, never `OUT`.
 */
export async function writeBackup({ database, data, out, version, now, keys }: BackupParts): Promise<Manifest> {
  if (existsSync(out)) throw new Refusal({ code: 'backup.exists', status: 409, message: text(`文件 ${out} 已经存在`, `The file ${out} exists already`), fix: text('请换一个文件名；备份不会覆盖已有文件', 'Choose another name; a backup never overwrites a file') })
  if (!(await mayChangeSchema(database))) throw needsOwner()
  const partial = `${out}.partial`
  await rm(partial, { force: true })
  const tar = await TarWriter.create(partial, now)
  const sums: string[] = []
  const add = async (name: string, bytes: Uint8Array) => void sums.push(`${await tar.add(name, bytes)}  ${name}`)
  const addFile = async (name: string, path: string) => {
    const { digest, size } = await tar.addFile(name, path)
    sums.push(`${digest}  ${name}`)
    return size
  }
  try {
    const held = await database.db.transaction().setIsolationLevel('repeatable read').execute((tx) => addTables(tx, add))
    const files = await addFiles(join(data, 'files'), addFile)
    const keyNames = keys && existsSync(join(data, 'keys')) ? await readdir(join(data, 'keys')) : []
    for (const name of keyNames) await addFile(`keys/${name}`, join(data, 'keys', name))
    if (existsSync(join(data, 'demo.json'))) await addFile('demo.json', join(data, 'demo.json'))
    const manifest: Manifest = { format: FORMAT, version, madeAt: now.toISOString(), database: database.kind, ...held, files, keys: keyNames.length > 0 }
    await add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
    await tar.add(SUMS, Buffer.from(`${sums.join('\n')}\n`))
    await tar.end()
    await checkArchive(partial)
    await rename(partial, out)
    return manifest
  } catch (error) {
    await tar.abandon()
    await rm(partial, { force: true })
    throw error
  }
}

function needsOwner(): Refusal {
  return new Refusal({
    code: 'backup.needs-owner', status: 409, message: text('当前数据库登录不能读取全部数据，无法备份', 'This login of the database cannot read everything, so it cannot back up'),
    fix: text('请在命令行设置 XINHENG_OWNER_URL 后执行 xinheng backup', 'Run xinheng backup on the command line with XINHENG_OWNER_URL'),
  })
}

async function addTables(tx: Tx, add: (name: string, bytes: Uint8Array) => Promise<void>): Promise<Pick<Manifest, 'migrations' | 'ledger' | 'tables' | 'sequences'>> {
  // Row security must fail loudly rather than leave rows out.
  await sql`set local row_security = off`.execute(tx)
  const { rows: migrations } = await sql<Manifest['migrations'][number]>`select number, name, digest from platform.migration order by number`.execute(tx)
  const checkpoint = await findCheckpoint(tx)
  const pending = await countPending(tx)
  const tables: Manifest['tables'] = []
  for (const shape of await listTables(tx)) {
    const digest = new RowsDigest()
    let parts = 0
    for await (const page of readRows(tx, shape)) {
      digest.add(page)
      await add(partName(shape, parts), await pack(`${page.lines.join('\n')}\n`, { level: 4 }))
      parts += 1
    }
    tables.push({ schema: shape.schema, name: shape.name, columns: [...shape.columns], key: [...shape.key], rows: digest.rows, parts, digest: digest.hex() })
  }
  const ledger = { size: checkpoint?.size ?? 0, root: checkpoint === null ? null : Buffer.from(checkpoint.root).toString('hex'), pending }
  return { migrations, ledger, tables, sequences: await listSequences(tx) }
}

/** Files are listed after the snapshot: whatever its rows name is kept by then, or removed since. A rotation of keys puts the same file in its place, sealed anew. What is half received is left out. */
async function addFiles(folder: string, addFile: (name: string, path: string) => Promise<number>): Promise<Manifest['files']> {
  let count = 0
  let bytes = 0
  for (const shelf of existsSync(folder) ? (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort() : []) {
    for (const name of (await readdir(join(folder, shelf))).filter((one) => /^[0-9a-f]{64}$/.test(one)).sort()) {
      const size = await addFile(`files/${shelf}/${name}`, join(folder, shelf, name)).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error)))
      if (size === null) continue
      bytes += size
      count += 1
    }
  }
  return { count, bytes }
}

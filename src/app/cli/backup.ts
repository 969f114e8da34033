// @clause X.5
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { systemClock } from '../../platform/clock.ts'
import { openEmbedded, openPostgresql, readMigrations } from '../../platform/db/index.ts'
import { holderOf, holdFolder } from '../hold.ts'
import { writeBackup } from '../operate/backup.ts'
import { makeBackup } from '../operate/contract.ts'
import { restoreBackup } from '../operate/restore.ts'
import { summaryOf } from '../operate/summary.ts'
import { version } from '../server.ts'
import { openClient, type Place } from './client.ts'
import { answers, placeOf } from './command.ts'
import { done, type Outcome } from './output.ts'

const migrations = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** `xinheng backup OUT`, `xinheng restore IN --data DIR` */
export function addBackupCommands(program: Command): void {
  answers<{ keys: boolean }>(
    program.command('backup <out>').option('--no-keys', 'leave the keys out: they are kept apart').description('write database, files and keys into one archive, beside a running server too'),
    async ([out], options) => {
      const { ownerUrl, ...rest } = placeOf(options)
      const place = { ...rest, databaseUrl: ownerUrl ?? rest.databaseUrl }
      const summary = await backup(place, out!, options.keys)
      return report(`备份已写入 ${out} · the backup is in ${out}`, { file: out, ...summary }, options.keys ? ['  其中含账本签名密钥，请妥善保管 · it holds the key that signs the ledger: keep it safe'] : [])
    },
  )
  answers(program.command('restore <in>').description('restore an archive into an empty data folder (and an empty PostgreSQL, when DATABASE_URL names one)'), async ([from], options) => {
    const { data, databaseUrl, ownerUrl } = placeOf(options)
    const manifest = await restore({ data, databaseUrl: ownerUrl ?? databaseUrl }, from!)
    const lost = manifest.keys ? [] : ['  备份中没有密钥：启动前请把 ledger-key.pem 和 sealing-keys.json 放回 keys/；缺少 sealing-keys.json 时拒绝启动 · the backup holds no keys: put ledger-key.pem and sealing-keys.json back into keys/ before the first start, which is refused without sealing-keys.json']
    return report(`已恢复到 ${data} · restored into ${data}`, { data, version: manifest.version, madeAt: manifest.madeAt, ...summaryOf(manifest) }, [...lost, '  建议核验 · then run: xinheng ledger audit'])
  })
}

async function backup(place: Place, out: string, keys: boolean): Promise<ReturnType<typeof summaryOf>> {
  const { data, databaseUrl } = place
  if (databaseUrl === undefined && holderOf(data)?.url) return throughServer(place, out, keys)
  if (databaseUrl === undefined && !existsSync(join(data, 'database'))) throw nothingThere(data)
  const hold = databaseUrl === undefined ? holdFolder(data) : null
  try {
    const database = databaseUrl === undefined ? await openEmbedded(join(data, 'database')) : openPostgresql(databaseUrl)
    try {
      return summaryOf(await writeBackup({ database, data, out, version, now: systemClock.now(), keys }))
    } finally {
      await database.close()
    }
  } finally {
    hold?.release()
  }
}

/** The server writes the archive into the data folder; from there it is moved to where it was asked for. */
async function throughServer(place: Place, out: string, keys: boolean): Promise<ReturnType<typeof summaryOf>> {
  if (existsSync(out)) throw new Refusal({ code: 'backup.exists', status: 409, message: text(`文件 ${out} 已经存在`, `The file ${out} exists already`), fix: text('请换一个文件名；备份不会覆盖已有文件', 'Choose another name; a backup never overwrites a file') })
  const client = await openClient(place)
  try {
    const { file, ...summary } = await client.call(makeBackup, { keys })
    try {
      renameSync(file, out)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
      copyFileSync(file, out)
      rmSync(file)
    }
    return summary
  } finally {
    await client.close()
  }
}

async function restore({ data, databaseUrl }: Place, from: string) {
  const existed = existsSync(data)
  const hold = holdFolder(data)
  let restored = false
  try {
    const manifest = await restoreBackup({
      from, data, version, migrations: readMigrations(migrations),
      open: async () => (databaseUrl === undefined ? openEmbedded(join(data, 'database')) : openPostgresql(databaseUrl)),
    })
    restored = true
    return manifest
  } finally {
    hold.release()
    if (!restored && !existed) rmSync(data, { recursive: true, force: true })
  }
}

function report(headline: string, answer: ReturnType<typeof summaryOf> & Record<string, unknown>, further: string[]): Outcome {
  const { size, root, rows, files } = answer
  return done(answer, headline, `  ${rows} 行，${files} 个文件，账本 ${size} 条 · ${rows} rows, ${files} files, ${size} ledger entries`, `  账本根 root: ${root ?? '—'}`, ...further)
}

function nothingThere(data: string): Refusal {
  return new Refusal({
    code: 'backup.nothing', status: 404, message: text(`目录 ${data} 中没有内嵌数据库`, `There is no embedded database in ${data}`),
    fix: text('请用 --data 指定数据目录；使用 PostgreSQL 时请设置 DATABASE_URL', 'Name the data folder with --data; with PostgreSQL set DATABASE_URL'),
  })
}

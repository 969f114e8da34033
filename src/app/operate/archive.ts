// @clause X.5
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { BrokenTar, bytesOf, listTar, streamOf, type TarEntry } from './tar.ts'

/** The format that this program writes, and the newest that it reads. */
export const FORMAT = 1
/** Name of the description inside an archive. */
export const MANIFEST = 'manifest.json'
/** Name of the list of digests inside an archive: the last file, in the form that `sha256sum -c` reads. */
export const SUMS = 'SHA256SUMS'

const column = z.object({ name: z.string(), type: z.string() })
const manifestSchema = z.object({
  format: z.number().int().positive(),
  version: z.string(),
  madeAt: z.iso.datetime(),
  database: z.enum(['embedded', 'postgresql']),
  migrations: z.array(z.object({ number: z.number(), name: z.string(), digest: z.string() })),
  ledger: z.object({ size: z.number(), root: z.string().nullable(), pending: z.number() }),
  tables: z.array(z.object({ schema: z.string(), name: z.string(), columns: z.array(column), key: z.array(z.string()), rows: z.number(), parts: z.number(), digest: z.string() })),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), lastValue: z.number(), isCalled: z.boolean() })),
  files: z.object({ count: z.number(), bytes: z.number() }),
  keys: z.boolean(),
})

/** What an archive says of itself. `root` is hex; a table's `digest` is that of `RowsDigest`. */
export type Manifest = z.output<typeof manifestSchema>

/** An archive whose every byte was checked. */
export type CheckedArchive = { readonly path: string; readonly manifest: Manifest; readonly entries: readonly TarEntry[] }

/** Name of one part of a table inside the archive. */
export function partName({ schema, name }: { readonly schema: string; readonly name: string }, part: number): string {
  return `tables/${schema}.${name}/${String(part).padStart(6, '0')}.ndjson.gz`
}

/**
 * Reads an archive through and compares every byte with its digests, before anything is taken from it.
 * Refuses `backup.missing`, `backup.damaged` (with the place) and `backup.newer` (written in a format that this program does not know).
 */
export async function checkArchive(path: string): Promise<CheckedArchive> {
  const entries = await entriesOf(path)
  const last = entries.at(-1)
  if (last?.name !== SUMS) throw damaged(path, text('缺少校验清单，文件不完整', 'its list of digests is missing: the file is not complete'))
  const sums = new Map((await bytesOf(path, last)).toString('utf8').split('\n').filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]))
  for (const entry of entries.slice(0, -1)) {
    if (sums.get(entry.name) !== (await digestOf(path, entry))) throw damaged(path, text(`其中的 ${entry.name} 与校验值不符`, `${entry.name} in it does not fit its digest`))
    sums.delete(entry.name)
  }
  for (const name of sums.keys()) throw damaged(path, text(`其中缺少 ${name}`, `${name} is missing in it`))
  const manifest = entries.find(({ name }) => name === MANIFEST)
  if (!manifest) throw damaged(path, text('缺少说明文件', 'its description is missing'))
  const described = JSON.parse((await bytesOf(path, manifest)).toString('utf8')) as { format?: unknown; version?: unknown }
  if (typeof described.format === 'number' && described.format > FORMAT) throw newer(String(described.version))
  return { path, entries, manifest: manifestSchema.parse(described) }
}

async function entriesOf(path: string): Promise<TarEntry[]> {
  try {
    return await listTar(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Refusal({ code: 'backup.missing', status: 404, message: text(`没有文件 ${path}`, `There is no file ${path}`), fix: text('请核对备份文件的位置', 'Check where the backup is') })
    }
    if (error instanceof BrokenTar) throw damaged(path, text('文件结构损坏或不完整', error.message))
    throw error
  }
}

async function digestOf(path: string, entry: TarEntry): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of streamOf(path, entry)) hash.update(chunk)
  return hash.digest('hex')
}

function damaged(path: string, cause: { zh: string; en: string }): Refusal {
  return new Refusal({
    code: 'backup.damaged', message: text(`备份文件 ${path} 已损坏：${cause.zh}`, `The backup ${path} is damaged: ${cause.en}`),
    fix: text('请换用另一份备份；什么都没有恢复', 'Take another backup; nothing was restored'),
  })
}

/** The refusal of an archive that a newer program wrote. */
export function newer(version: string): Refusal {
  return new Refusal({
    code: 'backup.newer', status: 409, message: text(`备份由较新的程序（${version}）生成`, `The backup was written by a newer program (${version})`),
    fix: text('请先安装该版本或更新的程序，再恢复', 'Install that version or a later one, then restore'),
  })
}

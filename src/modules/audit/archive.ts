// @clause 4.3
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { digestOfLeaves, leavesFrom } from './leaves.ts'
import { ROW_COLUMNS, type Seal } from './queries/seals.ts'

const FORMAT = 'xinheng/trail/v1'
const MOST_BYTES = 1_000_000_000
const [pack, unpack] = [promisify(gzip), promisify(gunzip)]

/** What the lines of an archive come to: the stretch that it says it is, and the digest that its lines have. */
export type ArchiveSays = Pick<Seal, 'sealId' | 'fromId' | 'toId' | 'rows' | 'digest'> & { readonly fromAt: Date; readonly untilAt: Date; /** Number and digest of each line, 40 bytes a line: what the seal covers. */ readonly leaves: Uint8Array }

/** The file of a sealed stretch (归档文件): a head that names stretch and columns, then each line as the seal covers it, compressed. The same stretch gives the same bytes. */
export async function archiveOf({ sealId, fromId, toId }: Pick<Seal, 'sealId' | 'fromId' | 'toId'>, lines: readonly string[]): Promise<Uint8Array> {
  return pack(`${[JSON.stringify({ format: FORMAT, sealId, fromId, toId, columns: ROW_COLUMNS }), ...lines].join('\n')}\n`, { level: 9 })
}

/** Reads an archive and recomputes what its lines come to, from nothing but the file. Refuses `archive.unreadable`, and names the line of the file that cannot be read. */
export async function readArchive(bytes: Uint8Array): Promise<ArchiveSays> {
  const [head, ...lines] = await linesIn(bytes)
  const { format, sealId, fromId, toId } = parsed<{ format: string; sealId: number; fromId: number; toId: number }>(head!, 1)
  if (format !== FORMAT) throw unreadable(1)
  if (lines.length === 0) throw unreadable(2)
  const rows = lines.map((line, index) => {
    const [trailId, , at] = parsed<[number, string, string]>(line, index + 2)
    const time = new Date(`${at}Z`).getTime()
    if (!Number.isSafeInteger(trailId) || Number.isNaN(time)) throw unreadable(index + 2)
    return { trailId, time, hash: createHash('sha256').update(line).digest() }
  })
  const leaves = leavesFrom(rows)
  const times = rows.map(({ time }) => time)
  return { sealId, fromId, toId, rows: rows.length, digest: digestOfLeaves(leaves), leaves, fromAt: new Date(times.reduce((one, other) => Math.min(one, other))), untilAt: new Date(times.reduce((one, other) => Math.max(one, other))) }
}

async function linesIn(bytes: Uint8Array): Promise<string[]> {
  try {
    return (await unpack(bytes, { maxOutputLength: MOST_BYTES })).toString('utf8').trimEnd().split('\n')
  } catch {
    throw unreadable(null)
  }
}

function parsed<Shape>(line: string, number: number): Shape {
  try {
    const value = JSON.parse(line) as Shape
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below.
  }
  throw unreadable(number)
}

function unreadable(line: number | null): Refusal {
  return new Refusal({
    code: 'archive.unreadable', message: line === null ? text('这不是完好的审计日志归档文件：无法解压', 'This is no whole archive of the audit trail: it cannot be unpacked') : text(`这不是完好的审计日志归档文件：解压后第 ${line} 行无法识别`, `This is no whole archive of the audit trail: line ${line} of what is packed in it cannot be read`),
    fix: text('请核对文件；从备份或归档介质重新取回', 'Check the file, or fetch it again from a backup or where archives are kept'),
  })
}

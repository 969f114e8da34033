// @clause 4.3
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { ROW_COLUMNS, type Seal } from './queries/seals.ts'

const FORMAT = 'xinheng/trail/v1'
const MOST_BYTES = 1_000_000_000
const [pack, unpack] = [promisify(gzip), promisify(gunzip)]

/** What the lines of an archive come to: the stretch that it says it is, and the digest that its lines have. */
export type ArchiveSays = Pick<Seal, 'sealId' | 'fromId' | 'toId' | 'rows' | 'digest'> & { readonly fromAt: Date; readonly untilAt: Date }

/** The file of a sealed stretch (归档文件): a head that names stretch and columns, then each line as the seal covers it, compressed. The same stretch gives the same bytes. */
export async function archiveOf({ sealId, fromId, toId }: Pick<Seal, 'sealId' | 'fromId' | 'toId'>, lines: readonly string[]): Promise<Uint8Array> {
  return pack(`${[JSON.stringify({ format: FORMAT, sealId, fromId, toId, columns: ROW_COLUMNS }), ...lines].join('\n')}\n`, { level: 9 })
}

/** Reads an archive and recomputes what its lines come to, from nothing but the file. Refuses `archive.unreadable`. */
export async function readArchive(bytes: Uint8Array): Promise<ArchiveSays> {
  try {
    const [head, ...lines] = (await unpack(bytes, { maxOutputLength: MOST_BYTES })).toString('utf8').trimEnd().split('\n')
    const { format, sealId, fromId, toId } = JSON.parse(head!) as { format: string; sealId: number; fromId: number; toId: number }
    if (format !== FORMAT) throw new RangeError(format)
    const rows = lines.map((line) => ({ line, cells: JSON.parse(line) as [number, string, string] }))
    const leaves = Buffer.concat(rows.map(({ line, cells: [trailId] }) => {
      const number = Buffer.alloc(8)
      number.writeBigInt64BE(BigInt(trailId))
      return Buffer.concat([number, createHash('sha256').update(line).digest()])
    }))
    const times = rows.map(({ cells: [, , at] }) => new Date(`${at}Z`).getTime())
    if (times.length === 0 || times.some(Number.isNaN)) throw new RangeError('no lines')
    return { sealId, fromId, toId, rows: rows.length, digest: createHash('sha256').update(leaves).digest('hex'), fromAt: new Date(Math.min(...times)), untilAt: new Date(Math.max(...times)) }
  } catch {
    throw new Refusal({ code: 'archive.unreadable', message: text('这不是完好的审计日志归档文件', 'This is no whole archive of the audit trail'), fix: text('请核对文件；从备份或归档介质重新取回', 'Check the file, or fetch it again from a backup or where archives are kept') })
  }
}

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { unreadable } from '../refusals.ts'
import type { SheetLimits } from '../cell.ts'
import type { Refusal } from '../../../kernel/refusal.ts'

/** A part of a zip archive. */
export type Part = { readonly name: string; readonly method: number; readonly crc: number; readonly compressed: number; readonly inflated: number; readonly offset: number; readonly encrypted: boolean }

/** A zip archive opened by its directory; parts are read as streams, nothing is held. */
export type Archive = {
  readonly parts: ReadonlyMap<string, Part>
  /** The inflated bytes of a part. Refuses a damaged part, and one that grows beyond the limits. */
  read(part: Part, limit?: number): AsyncGenerator<Buffer, void, undefined>
}

const DIRECTORY_LIMIT = 16_000_000
const LARGE = 32_000_000

/** Opens a zip archive (workbooks are zip archives). Refuses one whose directory is missing or damaged. `name` is for the refusal. */
export async function openArchive(path: string, name: string, limits: SheetLimits): Promise<Archive> {
  const directory = await readDirectory(path, name)
  const parts = new Map(directory.map((part) => [part.name, part]))
  return { parts, read: (part, limit = limits.inflatedBytes) => inflate(path, name, part, limit, limits.ratio) }
}

function broken(name: string, zh: string, en: string): Refusal {
  return unreadable('sheet.broken', name, { zh, en })
}

async function readDirectory(path: string, name: string): Promise<Part[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 65_557))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'))
    if (end < 0 || end + 22 > tail.length) throw broken(name, '文件不完整，缺少结尾', 'it is incomplete, its end is missing')
    let length = tail.readUInt32LE(end + 12)
    let start = tail.readUInt32LE(end + 16)
    if (start === 0xffffffff || length === 0xffffffff) {
      const locator = tail.lastIndexOf(Buffer.from('504b0607', 'hex'), end)
      const record = Buffer.alloc(56)
      if (locator < 0) throw broken(name, '压缩目录损坏', 'its directory is damaged')
      await file.read(record, 0, 56, Number(tail.readBigUInt64LE(locator + 8)))
      length = Number(record.readBigUInt64LE(40))
      start = Number(record.readBigUInt64LE(48))
    }
    if (length > DIRECTORY_LIMIT || start + length > size) throw broken(name, '压缩目录损坏', 'its directory is damaged')
    const bytes = Buffer.alloc(length)
    await file.read(bytes, 0, length, start)
    return partsOf(bytes, name)
  } finally {
    await file.close()
  }
}

function partsOf(bytes: Buffer, name: string): Part[] {
  const parts: Part[] = []
  for (let at = 0; at + 46 <= bytes.length;) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw broken(name, '压缩目录损坏', 'its directory is damaged')
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const [inflated, compressed, offset] = wideSizes([bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)], extra)
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'), method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16),
      compressed: compressed!, inflated: inflated!, offset: offset!, encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    })
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32)
  }
  return parts
}

/** Sizes that do not fit 32 bits stand in an extra field, in this order and only those (some exporters always write them). */
function wideSizes(sizes: number[], extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let field = at + 4
    return sizes.map((size) => {
      if (size !== 0xffffffff || field + 8 > extra.length) return size
      field += 8
      return Number(extra.readBigUInt64LE(field - 8))
    })
  }
  return sizes
}

async function* inflate(path: string, name: string, part: Part, limit: number, ratio: number): AsyncGenerator<Buffer, void, undefined> {
  const tooLarge = (bytes: number) => unreadable('sheet.inflates', name, { zh: `超过 ${Math.round(bytes / 1e6)} MB`, en: `more than ${Math.round(bytes / 1e6)} MB` })
  if (part.encrypted) throw unreadable('sheet.password', name)
  if (part.inflated > limit) throw tooLarge(limit)
  if (part.inflated > LARGE && part.inflated > part.compressed * ratio) throw tooLarge(LARGE)
  const from = await contentStart(path, name, part)
  if (part.compressed === 0) return
  const source = createReadStream(path, { start: from, end: from + part.compressed - 1, highWaterMark: 65_536 })
  const stream = part.method === 8 ? source.pipe(createInflateRaw({ chunkSize: 131_072 })) : source
  if (part.method !== 8 && part.method !== 0) throw broken(name, '压缩方式不受支持', 'it is compressed in an unknown way')
  source.on('error', (error) => stream.destroy(error))
  let bytes = 0
  let crc = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      // The declared size may lie: what counts is what comes out.
      if (bytes > limit || (bytes > LARGE && bytes > part.compressed * ratio)) throw tooLarge(bytes)
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw broken(name, `“${part.name}”无法解压`, `"${part.name}" cannot be decompressed`)
    throw error
  } finally {
    source.destroy()
    stream.destroy()
  }
  if (crc !== part.crc) throw broken(name, `“${part.name}”的校验和不符`, `the checksum of "${part.name}" is wrong`)
}

async function contentStart(path: string, name: string, part: Part): Promise<number> {
  const file = await open(path)
  try {
    const header = Buffer.alloc(30)
    const { bytesRead } = await file.read(header, 0, 30, part.offset)
    if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50) throw broken(name, `找不到“${part.name}”`, `"${part.name}" is not where the directory says`)
    return part.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Randomness } from '../randomness.ts'
import { clearSizeOf, HEAD_BYTES, keyOfHead, SEALED_FRAME_BYTES, type Sealing } from '../sealing/index.ts'
import type { Scanner } from './scanner.ts'
import { removeLeftBehind, scratchName } from './scratch.ts'

/** A kept file: its SHA-256 in hex, which is also its address, and its size in bytes. */
export type KeptFile = { readonly digest: string; readonly size: number }

/**
 * Files kept by their content's SHA-256: the same bytes are kept once, and nothing can be changed unnoticed. What is kept is sealed (加密保存);
 * files from before sealing are read as they stand.
 */
export type FileStore = {
  /** Keeps a stream. Refuses `file.too-large` beyond `limit` bytes, `file.empty`, `file.no-room` when the disk is full, and what the scanner of the store refuses, where it has one; nothing of it stays. `from` says that the program itself made the bytes. */
  keep(stream: NodeJS.ReadableStream, limit: number, from?: 'outside' | 'here'): Promise<KeptFile>
  /** Refuses `file.missing`. */
  find(digest: string): Promise<KeptFile>
  /** The bytes that were kept. Refuses `file.missing`; the stream ends with `file.damaged` when they are not those any more. */
  read(digest: string): Promise<Readable>
  /** Gives a piece of work a readable copy, for readers that jump about in a file; it is removed when the work ends, or after a kill at the next start. Refuses as `read` does. */
  withCopy<T>(digest: string, work: (path: string) => Promise<T>): Promise<T>
  /** Removes a kept file for good; one that is not there is removed already. The same bytes may have been sent for somebody else too: whoever calls has looked. */
  remove(digest: string): Promise<void>
  /** How many files each key sealed; `clear` are those that are not sealed. */
  countSealed(): Promise<ReadonlyMap<string, number>>
  /** Seals anew what is clear or was sealed by an earlier key. A file that cannot be read stays as it is, and is named. */
  resealAll(): Promise<{ readonly resealed: number; readonly unreadable: readonly string[] }>
}

/** Opens the store in a folder, making it when it is missing; with a scanner, every file from outside is looked through before it is kept. */
export function openFileStore(folder: string, randomness: Randomness, sealing: Sealing, scanner?: Scanner): FileStore {
  const partial = join(folder, 'partial')
  mkdirSync(partial, { recursive: true })
  removeLeftBehind(partial)
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest)
  const scratch = () => join(partial, scratchName(randomness))

  const find = async (digest: string): Promise<KeptFile> => {
    const found = isDigest(digest) ? await stat(pathOf(digest)).catch(() => null) : null
    if (!found) throw missing()
    return { digest, size: (await keyOfFile(pathOf(digest))) === 'clear' ? found.size : clearSizeOf(found.size) }
  }

  /** Opened when the first byte is asked for: whoever never asks leaves nothing open. */
  async function* bytesOf(digest: string): AsyncGenerator<Buffer, void, undefined> {
    const file = await open(pathOf(digest))
    try {
      const head = await headOf(file)
      const isClear = keyOfHead(head) === null
      const stored = file.createReadStream({ start: isClear ? 0 : HEAD_BYTES, autoClose: false, highWaterMark: SEALED_FRAME_BYTES }) as AsyncIterable<Buffer>
      const hash = createHash('sha256')
      for await (const bytes of isClear ? stored : sealing.openStream(head, stored)) {
        hash.update(bytes)
        yield bytes
      }
      if (hash.digest('hex') !== digest) throw new Error('it is other bytes than were kept')
    } catch (error) {
      throw faultOf(digest, error)
    } finally {
      await file.close()
    }
  }

  const store: FileStore = {
    find,
    async keep(stream, limit, from = 'outside') {
      const path = scratch()
      const hash = createHash('sha256')
      let size = 0
      try {
        await pipeline(stream as Readable, async function* (chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            size += chunk.length
            if (size > limit) throw tooLarge(limit)
            hash.update(chunk)
            yield chunk
          }
        }, (chunks) => sealing.sealStream(scanner && from === 'outside' ? scanner.watch(chunks) : chunks), createWriteStream(path, { mode: 0o600 }))
        if (size === 0) throw empty()
        const digest = hash.digest('hex')
        if (existsSync(pathOf(digest))) await rm(path)
        else {
          mkdirSync(dirname(pathOf(digest)), { recursive: true })
          await rename(path, pathOf(digest))
        }
        return { digest, size }
      } catch (error) {
        await rm(path, { force: true })
        throw isFull(error) ? full() : error
      }
    },
    async read(digest) {
      await find(digest)
      return Readable.from(bytesOf(digest), { objectMode: false })
    },
    async withCopy(digest, work) {
      const path = scratch()
      try {
        await pipeline(await store.read(digest), createWriteStream(path, { mode: 0o600 }))
        return await work(path)
      } catch (error) {
        throw isFull(error) ? full() : error
      } finally {
        await rm(path, { force: true })
      }
    },
    async remove(digest) {
      if (!isDigest(digest)) throw missing()
      rmSync(pathOf(digest), { force: true })
    },
    async countSealed() {
      const counts = new Map<string, number>()
      for (const digest of digestsIn(folder)) {
        const key = await keyOfFile(pathOf(digest)).catch(() => null)
        if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      return counts
    },
    async resealAll() {
      let resealed = 0
      const unreadable: string[] = []
      for (const digest of digestsIn(folder)) {
        const path = scratch()
        try {
          if ((await keyOfFile(pathOf(digest))) === sealing.keyIds().present) continue
          await pipeline(bytesOf(digest), (bytes) => sealing.sealStream(bytes), createWriteStream(path, { mode: 0o600 }))
          // In one breath: a file that was removed meanwhile must not come back.
          if (!existsSync(pathOf(digest))) continue
          renameSync(path, pathOf(digest))
          resealed++
        } catch (error) {
          if (isFull(error)) throw full()
          if (existsSync(pathOf(digest))) unreadable.push(digest)
        } finally {
          await rm(path, { force: true })
        }
      }
      return { resealed, unreadable }
    },
  }
  return store
}

function isDigest(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

function* digestsIn(folder: string): Generator<string, void, undefined> {
  for (const shelf of readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) yield* readdirSync(join(folder, shelf)).filter(isDigest).sort()
}

async function headOf(file: FileHandle): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES)
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
  return head.subarray(0, bytesRead)
}

async function keyOfFile(path: string): Promise<string> {
  const file = await open(path)
  try {
    return keyOfHead(await headOf(file)) ?? 'clear'
  } finally {
    await file.close()
  }
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as { code?: string }).code ?? '')
}

function full(): Refusal {
  return new Refusal({ code: 'file.no-room', status: 503, message: text('服务器存储空间已满，文件没有保存', 'The server has no room left; the file was not kept'), fix: text('请通知系统管理员，腾出空间后再上传', 'Tell the system administrator, and upload it again once there is room') })
}

function tooLarge(limit: number): Refusal {
  const size = `${Math.round(limit / 1_048_576)} MB`
  return new Refusal({ code: 'file.too-large', status: 413, message: text(`文件超过 ${size}`, `The file is larger than ${size}`), fix: text('请拆分后分批上传', 'Split the file and upload the parts') })
}

function empty(): Refusal {
  return new Refusal({ code: 'file.empty', message: text('文件是空的', 'The file is empty'), fix: text('请检查文件是否保存成功，再上传', 'Check that the file was saved, then upload it again') })
}

function missing(): Refusal {
  return new Refusal({ code: 'file.missing', status: 404, message: text('没有这个文件', 'There is no such file'), fix: text('请核对链接，或重新上传', 'Check the link, or upload the file again') })
}

/** What it means that a kept file cannot be read: it is gone, the disk failed, or its bytes are not those that were kept. */
function faultOf(digest: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return missing()
  return error instanceof Refusal || 'syscall' in (error as Error) ? error : damaged(digest)
}

function damaged(digest: string): Refusal {
  const name = `${digest.slice(0, 12)}…`
  return new Refusal({
    code: 'file.damaged', status: 503, message: text(`保存的文件 ${name} 已损坏`, `The kept file ${name} is damaged`),
    fix: text('请通知系统管理员，从备份中取回该文件', 'Tell the system administrator: the file is to be taken from a backup'),
  })
}

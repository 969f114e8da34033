import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync, type ReadStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Randomness } from '../randomness.ts'

/** A kept file: its SHA-256 in hex, which is also its address, and its size in bytes. */
export type KeptFile = { readonly digest: string; readonly size: number }

/** Files kept by their content's SHA-256: the same bytes are kept once, and nothing can be changed unnoticed. */
export type FileStore = {
  /** Keeps a stream. Refuses `file.too-large` beyond `limit` bytes, `file.empty`, and `file.no-room` when the disk is full; nothing of it stays. */
  keep(stream: NodeJS.ReadableStream, limit: number): Promise<KeptFile>
  pathOf(digest: string): string
  /** Where a file stands that lives as long as one piece of work. Whoever makes it removes it; what a kill leaves behind goes at a start a day later. */
  scratch(name: string): string
  /** The kept bytes. Refuses `file.missing`. */
  read(digest: string): Promise<ReadStream>
  /** Removes a kept file for good; one that is not there is removed already. The same bytes may have been sent for somebody else too: whoever calls has looked. */
  remove(digest: string): Promise<void>
}

const SCRATCH_LASTS_MS = 86_400_000

/** Opens the store in a folder, making it when it is missing. */
export function openFileStore(folder: string, randomness: Randomness): FileStore {
  mkdirSync(join(folder, 'partial'), { recursive: true })
  removeLeftBehind(join(folder, 'partial'))
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest)
  const scratch = (name: string) => join(folder, 'partial', name)
  return {
    pathOf, scratch,
    async keep(stream, limit) {
      const partial = scratch(Buffer.from(randomness.bytes(12)).toString('hex'))
      const hash = createHash('sha256')
      let size = 0
      try {
        await pipeline(stream as Readable, async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            size += chunk.length
            if (size > limit) throw tooLarge(limit)
            hash.update(chunk)
            yield chunk
          }
        }, createWriteStream(partial))
        if (size === 0) throw empty()
        const digest = hash.digest('hex')
        if (existsSync(pathOf(digest))) await rm(partial)
        else {
          mkdirSync(dirname(pathOf(digest)), { recursive: true })
          await rename(partial, pathOf(digest))
        }
        return { digest, size }
      } catch (error) {
        await rm(partial, { force: true })
        throw isFull(error) ? full() : error
      }
    },
    async read(digest) {
      if (!isDigest(digest) || !(await stat(pathOf(digest)).catch(() => null))) throw missing()
      return createReadStream(pathOf(digest))
    },
    async remove(digest) {
      if (!isDigest(digest)) throw missing()
      await rm(pathOf(digest), { force: true })
    },
  }
}

function isDigest(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

/** Only what is old: another process may be at work on the rest. */
function removeLeftBehind(folder: string): void {
  for (const name of readdirSync(folder)) {
    const age = Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity)
    if (age > SCRATCH_LASTS_MS) rmSync(join(folder, name), { force: true })
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

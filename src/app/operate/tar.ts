import { open, type FileHandle } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createHash } from 'node:crypto'

/** A file in an archive: where its bytes stand, and how many. */
export type TarEntry = { readonly name: string; readonly at: number; readonly size: number }

const BLOCK = 512
const LARGEST = 8 * 1024 ** 3 - 1

/** The archive cannot be read as a tar: cut off, or bytes changed where its structure stands. */
export class BrokenTar extends Error {}

/** Writes a plain POSIX tar, readable by every `tar`. Files stand in it in the order in which they are added; each is hashed on its way. */
export class TarWriter {
  private readonly file: FileHandle
  private readonly seconds: number
  private constructor(file: FileHandle, seconds: number) {
    this.file = file
    this.seconds = seconds
  }

  /** Begins a new file, readable by its owner only. Throws when it exists. */
  static async create(path: string, at: Date): Promise<TarWriter> {
    return new TarWriter(await open(path, 'wx', 0o600), Math.floor(at.getTime() / 1000))
  }

  /** Adds bytes; gives their SHA-256 in hex. */
  async add(name: string, bytes: Uint8Array): Promise<string> {
    await this.file.appendFile(Buffer.concat([headerOf(name, bytes.length, this.seconds), bytes, padding(bytes.length)]))
    return createHash('sha256').update(bytes).digest('hex')
  }

  /** Adds a file whose bytes do not change, though another may take its place meanwhile; gives its size, and its SHA-256 in hex. Nothing is added when there is none. */
  async addFile(name: string, path: string): Promise<{ digest: string; size: number }> {
    const from = await open(path)
    const { size } = await from.stat()
    await this.file.appendFile(headerOf(name, size, this.seconds))
    const hash = createHash('sha256')
    let written = 0
    for await (const chunk of from.createReadStream() as AsyncIterable<Buffer>) {
      hash.update(chunk)
      written += chunk.length
      await this.file.appendFile(chunk)
    }
    if (written !== size) throw new Error(`${path} changed while it was copied`)
    await this.file.appendFile(padding(size))
    return { digest: hash.digest('hex'), size }
  }

  /** Ends the archive and waits until the disk has it. */
  async end(): Promise<void> {
    await this.file.appendFile(Buffer.alloc(2 * BLOCK))
    await this.file.sync()
    await this.file.close()
  }

  /** Closes an unfinished archive. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined)
  }
}

/** The files of an archive in order. Throws {@link BrokenTar} where it cannot go on. */
export async function listTar(path: string): Promise<TarEntry[]> {
  const file = await open(path)
  try {
    const { size: whole } = await file.stat()
    const entries: TarEntry[] = []
    const header = Buffer.alloc(BLOCK)
    for (let at = 0; ;) {
      const { bytesRead } = await file.read(header, 0, BLOCK, at)
      if (bytesRead < BLOCK) throw new BrokenTar('it ends too early')
      if (header.every((byte) => byte === 0)) return entries
      const entry = entryOf(header, at + BLOCK)
      at = entry.at + Math.ceil(entry.size / BLOCK) * BLOCK
      if (at > whole) throw new BrokenTar(`it is cut off inside ${entry.name}`)
      entries.push(entry)
    }
  } finally {
    await file.close()
  }
}

/** The bytes of one file of the archive as a stream. */
export function streamOf(path: string, { at, size }: TarEntry): AsyncIterable<Buffer> {
  return size === 0 ? (async function* () {})() : (createReadStream(path, { start: at, end: at + size - 1 }) as AsyncIterable<Buffer>)
}

/** The bytes of one file of the archive. */
export async function bytesOf(path: string, entry: TarEntry): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(streamOf(path, entry)))
}

function headerOf(name: string, size: number, seconds: number): Buffer {
  if (Buffer.byteLength(name) > 100 || size > LARGEST) throw new RangeError(`${name} does not fit into a tar header`)
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, width: number, at: number) => header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'ascii')
  header.write(name, 0)
  octal(0o600, 8, 100)
  octal(0, 8, 108)
  octal(0, 8, 116)
  octal(size, 12, 124)
  octal(seconds, 12, 136)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  header.write(' '.repeat(8), 148)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return header
}

function entryOf(header: Buffer, at: number): TarEntry {
  const field = (from: number, length: number) => header.subarray(from, from + length).toString('latin1').replace(/[\0 ]+$/, '')
  const told = parseInt(field(148, 8), 8)
  const size = parseInt(field(124, 12), 8)
  const name = header.subarray(0, 100).toString('utf8').replace(/\0+$/, '')
  const checked = Buffer.from(header)
  checked.fill(' ', 148, 156)
  if (told !== checksumOf(checked) || !Number.isSafeInteger(size)) throw new BrokenTar(`the header at byte ${at - BLOCK} is damaged`)
  return { name, at, size }
}

function checksumOf(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0)
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

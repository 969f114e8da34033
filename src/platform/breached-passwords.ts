// @clause X.4
import { hash } from 'node:crypto'
import { open, readdir, readFile, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'

/** Passwords that became known by thefts elsewhere (泄露密码库), as a list of the operator's; nobody outside is asked. */
export type BreachedPasswords = {
  /** How many times a password was seen in thefts; 0 when the list does not have it. Throws when the list cannot be read any more. */
  timesSeen(password: string): Promise<number>
}

const DIGEST = /^([0-9A-F]{40})(?::(\d+))?$/i
const REST = /^([0-9A-F]{35})(?::(\d+))?$/i
const PREFIX = /^[0-9A-F]{5}(\.txt)?$/i
// The longest line is a digest, a count and the end of the line.
const LINE_BYTES = 128

/**
 * Opens a list in one of the two forms in which Have I Been Pwned publishes it: one file of `SHA-1:COUNT`, ordered by digest; or a folder of files named by the first five signs
 * (`00000.txt`), each with the remaining thirty-five. Refuses `passwords.list-unreadable` when it is neither.
 */
export async function openBreachedPasswords(path: string): Promise<BreachedPasswords> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) {
    const names = new Map((await readdir(path)).filter((name) => PREFIX.test(name)).map((name) => [name.slice(0, 5).toUpperCase(), name]))
    const first = names.values().next().value
    if (first === undefined || !REST.test(firstLineOf(await readFile(join(path, first), 'utf8')))) throw unreadable(path)
    return {
      async timesSeen(password) {
        const digest = digestOf(password)
        const name = names.get(digest.slice(0, 5))
        if (name === undefined) return 0
        for (const line of (await readFile(join(path, name), 'utf8')).split('\n')) {
          const [, rest, count] = REST.exec(line.trimEnd()) ?? []
          if (rest?.toUpperCase() === digest.slice(5)) return Number(count ?? 1)
        }
        return 0
      },
    }
  }
  if (!found?.isFile() || !(await withFile(path, async (file) => DIGEST.test((await lineFrom(file, 0))?.line ?? '')).catch(() => false))) throw unreadable(path)
  return { timesSeen: async (password) => withFile(path, async (file) => findInOrder(file, (await file.stat()).size, digestOf(password))) }
}

function digestOf(password: string): string {
  return hash('sha1', password).toUpperCase()
}

function firstLineOf(content: string): string {
  return content.split('\n', 1)[0]!.trimEnd()
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

/** Halves the file until one line is left: some forty looks in a list of a billion. */
async function findInOrder(file: FileHandle, size: number, digest: string): Promise<number> {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = await lineFrom(file, middle)
    if (found === null || found.begin >= high) {
      high = middle
      continue
    }
    const [, here, count] = DIGEST.exec(found.line) ?? []
    if (here === undefined) throw new Error('the list of breached passwords has a line that is no digest')
    if (here.toUpperCase() === digest) return Number(count ?? 1)
    if (here.toUpperCase() < digest) low = found.next
    else high = middle
  }
  return 0
}

/** The first line that begins at a place or after it; null behind the last. */
async function lineFrom(file: FileHandle, at: number): Promise<{ readonly begin: number; readonly line: string; readonly next: number } | null> {
  const from = Math.max(0, at - 1)
  const bytes = Buffer.alloc(2 * LINE_BYTES)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
  const said = bytes.toString('latin1', 0, bytesRead)
  const start = at === 0 ? 0 : said.indexOf('\n') + 1
  if ((at > 0 && start === 0) || start >= bytesRead) return null
  const end = said.indexOf('\n', start)
  const stop = end < 0 ? bytesRead : end
  return { begin: from + start, line: said.slice(start, stop).trimEnd(), next: from + stop + 1 }
}

function unreadable(path: string): Refusal {
  return new Refusal({
    code: 'passwords.list-unreadable', status: 409, message: text(`${path} 不是可用的泄露密码库`, `${path} holds no list of breached passwords`),
    fix: text('请用按摘要排序的 SHA-1:次数 文件，或按前五位分文件的目录（00000.txt …）；见 docs/operate/security.md', 'Name a file of SHA-1:COUNT ordered by digest, or a folder of files by the first five signs (00000.txt …): docs/operate/security.md'),
  })
}

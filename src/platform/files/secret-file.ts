import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Randomness } from '../randomness.ts'

/** Writes a file (密钥文件) that its owner only may read, whole or not at all, unless it exists: of two processes that start at once the second finds what the first wrote. Makes the folder. */
export function createOnce(path: string, content: string | Uint8Array, randomness: Randomness): void {
  const partial = writePartial(path, content, randomness)
  try {
    // A link fails when the file exists; a rename would put ours in its place.
    linkSync(partial, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(partial)
  }
}

/** Puts such a file in the place of the earlier one, in one step: a kill leaves the one or the other. */
export function replaceFile(path: string, content: string | Uint8Array, randomness: Randomness): void {
  renameSync(writePartial(path, content, randomness), path)
}

function writePartial(path: string, content: string | Uint8Array, randomness: Randomness): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const partial = `${path}.${Buffer.from(randomness.bytes(6)).toString('hex')}`
  writeFileSync(partial, content, { mode: 0o600, flag: 'wx', flush: true })
  return partial
}

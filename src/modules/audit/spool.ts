import { mkdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line } from './line.ts'

/** A file in which lines of the trail wait for the database. What was appended outlives a kill and a power cut. */
export type Spool = {
  read(): Line[]
  append(lines: readonly Line[]): Promise<void>
  empty(): Promise<void>
}

/** The spool in a folder that this process alone holds. */
export function openSpool(folder: string): Spool {
  const path = join(folder, 'trail.jsonl')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let filled = false
  const write = async (flags: 'a' | 'w', text: string): Promise<void> => {
    const file = await open(path, flags, 0o600)
    try {
      await file.writeFile(text)
      await file.datasync()
    } finally {
      await file.close()
    }
  }
  return {
    read() {
      const lines = readLines(path)
      filled = lines.length > 0
      return lines
    },
    async append(lines) {
      if (lines.length === 0) return
      filled = true
      await write('a', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    },
    async empty() {
      if (filled) await write('w', '')
      filled = false
    },
  }
}

/** A last line that a kill cut off was never answered for: it is passed over. */
function readLines(path: string): Line[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '').map((line) => {
    const read = JSON.parse(line) as Line & { at: string }
    return { ...read, at: new Date(read.at) }
  })
}

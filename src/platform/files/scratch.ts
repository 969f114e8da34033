import { hash } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Randomness } from '../randomness.ts'

const LASTS_MS = 86_400_000
const MACHINE = hash('sha256', hostname()).slice(0, 8)
// A number of a process comes again; the moment at which it began does not.
const BEGAN = Math.round(performance.timeOrigin).toString(36)

/** A fresh name of a file that lives as long as one piece of work: it says whose it is. */
export function scratchName(randomness: Randomness): string {
  return [MACHINE, process.pid, BEGAN, Buffer.from(randomness.bytes(12)).toString('hex')].join('-')
}

/** Removes what killed processes of this machine left in a folder; of other machines, which may be at work on it, only what is a day old. */
export function removeLeftBehind(folder: string): void {
  for (const name of readdirSync(folder)) if (!mayBeAtWork(folder, name)) rmSync(join(folder, name), { force: true })
}

function mayBeAtWork(folder: string, name: string): boolean {
  const [machine, pid, began] = name.split('-')
  if (machine === MACHINE) return Number(pid) === process.pid ? began === BEGAN : isAlive(Number(pid))
  return Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) < LASTS_MS
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'

/** Who holds a data folder: the process and, when it serves, where, and what the command line shows there. Only whoever may read the folder reads the token. */
export type Holder = { readonly pid: number; readonly url: string | null; readonly token: string | null }

/** A data folder that this process holds. */
export type Hold = {
  /** Tells other processes where this one serves. */
  servesAt(url: string, token: string): void
  release(): void
}

const FILE = 'held-by.json'

/** The living process that holds the folder, or null. What a killed process left behind counts for nothing. */
export function holderOf(folder: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Holder
    process.kill(holder.pid, 0)
    return holder
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? (JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Holder) : null
  }
}

/**
 * Holds the folder for this process: two processes on one embedded database would lose each other's writes.
 * Refuses `data.held` while another living process holds it.
 */
export function holdFolder(folder: string): Hold {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, FILE)
  const mine = (url: string | null, token: string | null) => JSON.stringify({ pid: process.pid, url, token } satisfies Holder)
  const mode = 0o600
  const holder = holderOf(folder)
  if (holder && holder.pid !== process.pid) throw held(folder, holder)
  if (existsSync(path)) rmSync(path)
  try {
    writeFileSync(path, mine(null, null), { flag: 'wx', mode })
  } catch (error) {
    const winner = holderOf(folder)
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && winner) throw held(folder, winner)
    throw error
  }
  return {
    servesAt: (url, token) => writeFileSync(path, mine(url, token), { mode }),
    release: () => rmSync(path, { force: true }),
  }
}

/**
 * Tells whoever may read the data folder where this process serves and what the command line shows there, without holding the folder: with
 * PostgreSQL several processes share it. Gives what takes the word back.
 */
export function tellServing(folder: string, url: string, token: string): () => void {
  const path = join(folder, `served-by-${process.pid}.json`)
  writeFileSync(path, JSON.stringify({ pid: process.pid, url, token } satisfies Holder), { mode: 0o600 })
  return () => rmSync(path, { force: true })
}

function held(folder: string, { pid, url }: Holder): Refusal {
  return new Refusal({
    code: 'data.held', status: 409,
    message: text(`数据目录 ${folder} 正由进程 ${pid} 使用${url ? `（${url}）` : ''}`, `The data folder ${folder} is held by process ${pid}${url ? ` (${url})` : ''}`),
    fix: url ? text('请先停止该进程，或用 --data 指定另一个目录', 'Stop that process first, or name another folder with --data')
      : text('它可能正在启动，或正在执行一条命令：请稍候再试；否则请先停止该进程，或用 --data 指定另一个目录', 'It may be starting, or carrying out a command: try again in a moment. Else stop it first, or name another folder with --data'),
  })
}

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { wordsApart } from '../../src/kernel/words.ts'

/** The product as a process of its own, asked over HTTP. */
export type Program = {
  readonly url: string
  readonly pid: number
  /** Asks and answers JSON. Throws with the body when the answer is no success. */
  get(path: string): Promise<any>
  post(path: string, body: object | Uint8Array): Promise<any>
  stop(): Promise<void>
}

/** Starts the product on a database. Without `follows` nothing runs by itself: no followers, no daily runs. */
export async function startProgram(databaseUrl: string, { follows }: { follows: boolean }): Promise<Program> {
  const data = mkdtempSync(join(tmpdir(), 'xinheng-bench-data-'))
  // As bin/xinheng.mjs starts it.
  const child = spawn(process.execPath, ['--max-semi-space-size=16', '--heap-growing-percent=80', ...(process.env.XINHENG_BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.XINHENG_BENCH_PROFILE}`] : []), fileURLToPath(new URL('serve.ts', import.meta.url)), databaseUrl, data, follows ? 'follow' : ''], { stdio: ['ignore', 'pipe', 'inherit'], env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/xinheng', import.meta.url)), ...process.env } })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('http://') && resolve(line))
    void ended.then(() => reject(new Error('the product did not start')))
  })
  const answer = async (response: Response) => {
    if (response.ok) return response.json()
    throw new Error(`${response.status} ${response.url}: ${(await response.text()).slice(0, 500)}`)
  }
  return {
    url, pid: child.pid!,
    async get(path) {
      const { address, headers } = wordsApart(path)
      return answer(await fetch(`${url}/api${address}`, { headers }))
    },
    post: async (path, body) => answer(await fetch(`${url}/api${path}`, body instanceof Uint8Array
      ? { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: body as Uint8Array<ArrayBuffer> }
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}

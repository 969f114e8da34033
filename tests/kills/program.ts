import { fork, type ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { News, Order } from './server.ts'

/** A child process with the program: loaded, started when told so, killed by itself or by the driver. */
export class Program {
  readonly #child: ChildProcess
  readonly #loaded: Promise<unknown>
  #errors = ''
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>
  alive = true

  constructor() {
    this.#child = fork(new URL('./server.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'xinheng-compile-cache') } })
    this.#child.stderr!.on('data', (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-4000)))
    this.gone = new Promise((resolve) => this.#child.once('exit', () => {
      this.alive = false
      resolve()
    }))
    this.#loaded = this.#hear('loaded')
  }

  /** What the program wrote of errors. */
  get errors(): string {
    return this.#errors
  }

  /** Starts it. Gives its address; null when it died before it could tell. */
  async start(order: Extract<Order, { start: unknown }>['start']): Promise<string | null> {
    await this.#loaded
    const told = this.#hear('url')
    this.tell({ start: order })
    return (await told) as string | null
  }

  tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => undefined)
  }

  /** Has it check itself; null when it died over it. */
  async check(order: Extract<Order, { check: unknown }>): Promise<readonly string[] | null> {
    const told = this.#hear('findings')
    this.tell(order)
    return (await told) as readonly string[] | null
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #hear(what: string): Promise<unknown> {
    const told = new Promise((resolve) => {
      const listen = (news: News): void => {
        if (!(what in news)) return
        this.#child.off('message', listen)
        resolve((news as Record<string, unknown>)[what])
      }
      this.#child.on('message', listen)
    })
    return Promise.race([told, this.gone.then(() => null)])
  }
}

// The program under fire: what `xinheng serve` does, with a clock that the driver sets, a moment at which it dies, and checks that it runs on itself.
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { boot } from '../../src/app/boot.ts'
import { serverOf } from '../../src/app/server.ts'
import { findingsOf, type Promised } from './findings.ts'

/** What the driver tells: where to start and when it is, after how many statements to die, and to check itself. */
export type Order =
  | { readonly start: { readonly data: string; readonly databaseUrl?: string; readonly policy: string; readonly nowMs: number; readonly dieAfter: number | null } }
  | { readonly dieAfter: number }
  | { readonly check: Promised }
/** What the program answers. */
export type News = { readonly loaded: true } | { readonly url: string } | { readonly findings: readonly string[] }

let left = Infinity
let late = false

/** Dies at a statement: half of the times before it is sent, half of the times a moment after. */
function dieWhenDue(): void {
  left -= 1
  if (left > 0) return
  if (late) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1)
  else process.kill(process.pid, 'SIGKILL')
}

function dieAfter(statements: number | null): void {
  left = statements ?? Infinity
  late = statements !== null && statements % 2 === 0
}

const { postMessage } = Worker.prototype
Worker.prototype.postMessage = function (...given: Parameters<typeof postMessage>) {
  dieWhenDue()
  return postMessage.apply(this, given)
}
const { query } = pg.Client.prototype
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  dieWhenDue()
  return (query as (...given: unknown[]) => unknown).apply(this, given)
} as typeof query

const tell = (news: News): void => void process.send!(news)
let program: Awaited<ReturnType<typeof boot>> | null = null

process.on('message', (order: Order) => {
  if ('dieAfter' in order) dieAfter(order.dieAfter)
  else if ('check' in order) void findingsOf(program!, order.check).then((findings) => tell({ findings }), (error: unknown) => tell({ findings: [`the check failed: ${error instanceof Error ? error.stack : String(error)}`] }))
  else {
    const { nowMs, dieAfter: statements, ...place } = order.start
    dieAfter(statements)
    const started = performance.now()
    void serve({ ...place, clock: { now: () => new Date(nowMs + performance.now() - started) } })
  }
})
process.on('disconnect', () => process.exit())

async function serve(parts: Parameters<typeof boot>[0]): Promise<void> {
  program = await boot(parts)
  const server = await serverOf(program, { demo: false, filling: () => null })
  const { commandToken } = program
  // The driver speaks as the command line: signing in is another test's matter.
  server.addHook('onRequest', async ({ headers }) => void (headers.authorization = `Bearer ${commandToken}`))
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  program.servesAt(url)
  await program.follow()
  tell({ url })
}

tell({ loaded: true })

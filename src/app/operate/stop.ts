// @clause X.5
import type { FastifyInstance } from 'fastify'

/** What is stopped, in this order. */
export type StopParts = {
  readonly server: FastifyInstance
  /** Stops what runs by itself and closes the database. */
  close(): Promise<void>
  say(line: string): void
  fault(error: unknown): void
}

const REQUESTS_MS = 5_000
const WITHIN_MS = 9_500
// npm and a terminal may both pass on one Ctrl-C.
const SAME_SIGNAL_MS = 300
const CODES = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Stops gracefully at the first SIGINT or SIGTERM: takes no more connections, finishes requests for up to 5 s, lays down imports and runs, closes the database
 * and exits 0, at the latest after 10 s; what is unfinished then is taken up at the next start. A second signal ends at once.
 */
export function stopOnSignals({ server, close, say, fault }: StopParts): void {
  let firstAt: number | null = null
  const stop = async (): Promise<void> => {
    const requests = setTimeout(() => server.server.closeAllConnections(), REQUESTS_MS)
    await server.close()
    clearTimeout(requests)
    await close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (firstAt !== null) {
        if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(CODES[signal])
        return
      }
      firstAt = performance.now()
      say(`收到 ${signal}，正在停止 · stopping`)
      setTimeout(() => {
        say('未完成的导入将在下次启动时继续 · what is unfinished goes on at the next start')
        process.exit(0)
      }, WITHIN_MS)
      stop().then(() => process.exit(0), (error: unknown) => {
        fault(error)
        process.exit(1)
      })
    })
  }
}

import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How long a caller may take: for the head of a request, for a body of JSON, and between two pieces of an upload; and for a whole request. Milliseconds. */
export type Patience = { readonly headMs: number; readonly bodyMs: number; readonly pauseMs: number; readonly wholeMs: number }

/** What is enough on a slow line, and not for somebody who only wants to hold connections open. */
export const PATIENCE: Patience = { headMs: 20_000, bodyMs: 30_000, pauseMs: 60_000, wholeMs: 3_600_000 }

/**
 * Ends the connection of whoever sends a body too slowly (slow-body attacks). Node itself sees to the head and to the whole request: see
 * `requestTimeout` of the server. Uploads may take long, but not stand still.
 */
export function losePatience(server: FastifyInstance, isUpload: (url: string | undefined) => boolean, { headMs, bodyMs, pauseMs }: Patience): void {
  server.server.headersTimeout = headMs
  server.addHook('onRequest', async ({ raw, routeOptions }) => {
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const socket: Socket = raw.socket
    if (!isUpload(routeOptions.url)) {
      const timer = setTimeout(() => void (raw.complete || raw.readableEnded || socket.destroy()), bodyMs).unref()
      return void raw.once('close', () => clearTimeout(timer))
    }
    let seen = socket.bytesRead
    // A reader that takes its time stops the sender too: then it is us whom one waits for.
    const timer = setInterval(() => {
      if (raw.complete || raw.readableEnded) return clearInterval(timer)
      if (socket.bytesRead === seen && raw.readableLength === 0) socket.destroy()
      seen = socket.bytesRead
    }, pauseMs).unref()
    raw.once('close', () => clearInterval(timer))
  })
}

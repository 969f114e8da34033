import type { FastifyInstance, FastifyRequest } from 'fastify'

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
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  server.addHook('onRequest', async (request) => {
    const { raw, routeOptions } = request
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const isRead = () => raw.complete || raw.readableEnded || raw.destroyed
    if (!isUpload(routeOptions.url)) return void timers.set(request, setTimeout(() => void (isRead() || raw.destroy()), bodyMs).unref())
    let seen = raw.socket.bytesRead
    timers.set(request, setInterval(() => {
      // A reader that takes its time stops the sender too: what lies there unread shows that it is us whom one waits for.
      if (!isRead() && raw.socket.bytesRead === seen && raw.readableLength === 0) raw.destroy()
      seen = raw.socket.bytesRead
    }, pauseMs).unref())
    raw.once('close', () => clearTimeout(timers.get(request)))
  })
  server.addHook('onResponse', async (request) => clearTimeout(timers.get(request)))
}

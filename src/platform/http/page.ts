import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Stands in a built page where each showing puts a nonce of its own. */
const PLACE = '__NONCE__'

/**
 * Answers with a page of the screens. Its content security policy lets run what lies on this server and nothing else, and takes styles that the
 * page itself makes only with the nonce of this showing: a text that found its way into the page as markup has none.
 */
export function showPage(html: string): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  return async (_request, reply) => {
    const nonce = randomBytes(18).toString('base64')
    const policy = [
      "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "style-src-attr 'none'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
      "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'",
    ]
    return reply.header('content-security-policy', policy.join('; ')).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html.replaceAll(PLACE, nonce))
  }
}

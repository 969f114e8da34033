import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import helmet from '@fastify/helmet'
import { ZodError } from 'zod'
import type { FileAnswer, Route } from './route.ts'
import { faultOf, problemOf } from './problem.ts'

/** What the server needs from the application. */
export type ServerParts<Context> = {
  readonly routes: readonly Route<Context>[]
  /** Who asks, and with what: made for each request, after its permission was checked. Throws a Refusal when the caller may not. */
  contextOf(request: FastifyRequest, permission: string, reply: FastifyReply): Promise<Context>
  /** Whose word on the caller's address counts: a proxy on this machine, or nobody's. */
  readonly trustProxy?: string | false
  readonly logger?: boolean
}

/** Builds the HTTP server: every route under `/api`, one error format, strict headers. It does not listen yet. */
export async function buildServer<Context>({ routes, contextOf, logger = false, trustProxy = false }: ServerParts<Context>): Promise<FastifyInstance> {
  const server = fastify({ logger: logger && { level: 'warn' }, bodyLimit: 1_048_576, trustProxy, forceCloseConnections: true })
  await server.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], upgradeInsecureRequests: null } }, strictTransportSecurity: false })
  server.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null))
  server.setErrorHandler((error, request, reply) => void answerError(error, request, reply))
  for (const { endpoint, handle } of routes) {
    server.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      bodyLimit: endpoint.takes === 'upload' ? Number.MAX_SAFE_INTEGER : undefined,
      async handler(request, reply) {
        const context = await contextOf(request, endpoint.permission, reply)
        const input = endpoint.input.parse({ ...(request.query as object), ...(endpoint.takes === 'upload' ? {} : (request.body as object | null)), ...(request.params as object) })
        const answer = await handle(context, input as never)
        if (endpoint.gives === 'file' && isFile(answer)) {
          return reply.header('content-type', answer.contentType)
            .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`).send(answer.stream)
        }
        return reply.header('cache-control', 'no-store').send(encodeAnswer(endpoint.output, answer))
      },
    })
  }
  return server
}

/** An answer that does not fit its own contract is our fault, never the caller's. */
function encodeAnswer(output: Route<never>['endpoint']['output'], answer: unknown): unknown {
  const parsed = output.safeParse(answer)
  if (parsed.success) return parsed.data ?? {}
  throw new Error(`the answer breaks its contract: ${parsed.error.message}`, { cause: parsed.error.issues })
}

async function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const status = (error as { statusCode?: number }).statusCode
  const refused = problemOf(error) ?? (status !== undefined && status >= 400 && status < 500 ? problemOf(new ZodError([{ code: 'custom', path: ['body'], message: (error as Error).message, input: null }])) : null)
  if (!refused) request.server.log.error(error)
  if (!refused && process.env.XINHENG_SHOW_FAULTS) console.error(error)
  const problem = refused ?? faultOf(request.id)
  await reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

function isFile(answer: unknown): answer is FileAnswer {
  return typeof answer === 'object' && answer !== null && 'stream' in answer
}

import { randomBytes } from 'node:crypto'
import fastify, { errorCodes, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import helmet from '@fastify/helmet'
import { ZodError } from 'zod'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { describeFault, type Log } from '../log/index.ts'
import type { FileAnswer, Route } from './route.ts'
import { faultOf, problemOf, type ProblemDocument } from './problem.ts'
import { losePatience, PATIENCE, type Patience } from './patience.ts'
import { inputOf, wordsOf } from './received.ts'

/** What became of a request: `outcome` is `given`, the code of the refusal, or `fault`; `context` and `input` are null where it did not come so far; `answer` is what leaves. */
export type Told<Context> = { readonly request: FastifyRequest; readonly endpoint: Endpoint; readonly context: Context | null; readonly input: unknown; readonly outcome: string; readonly answer: unknown; readonly ms: number }

/** What the server needs from the application. */
export type ServerParts<Context> = {
  readonly routes: readonly Route<Context>[]
  /** Who asks, and with what: made for each request, after its permission was checked. Throws a Refusal when the caller may not. */
  contextOf(request: FastifyRequest, endpoint: Endpoint, reply: FastifyReply): Promise<Context>
  /** Who a context speaks for, as the log names him. */
  actorOf?(context: Context): string
  /** Hears of every request of a route before its answer leaves. When it throws, nothing is answered but a fault. */
  hear?(told: Told<Context>): Promise<void>
  /** Where requests and faults are told; nowhere without it. */
  readonly log?: Log
  /** Whose word on the caller's address counts: a proxy on this machine, or nobody's. */
  readonly trustProxy?: string | false
  /** People reach it by https: browsers are told never to come otherwise. */
  readonly https?: boolean
  /** How long a caller may take; {@link PATIENCE} unless said otherwise. */
  readonly patience?: Patience
  /** Sees the server before its routes are added. */
  prepare?(server: FastifyInstance): void
}

// Answers of the API are never pages: should a browser show one all the same, nothing in it may run, load or be framed.
const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], sandbox: [] as string[] }
const UNUSED = ['accelerometer', 'bluetooth', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'magnetometer', 'microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'].map((name) => `${name}=()`).join(', ')

/** Builds the HTTP server: every route under `/api`, one error format, strict headers. It does not listen yet. */
export async function buildServer<Context>({ routes, contextOf, actorOf, hear, log, prepare, https = false, patience = PATIENCE, trustProxy = false }: ServerParts<Context>): Promise<FastifyInstance> {
  // References must not repeat after a restart: a user reads them out to the administrator.
  const server = fastify({ ...(log ? { logger: loggerOf(log) } : {}), logController: new LogController({ disableRequestLogging: true }), genReqId: () => randomBytes(6).toString('hex'), bodyLimit: 1_048_576, trustProxy, forceCloseConnections: 'idle', requestTimeout: patience.wholeMs, frameworkErrors: (error, request, reply) => void answerError(error, problemOf(noSuchAddress(request.url)), request, reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')) })
  const actors = new WeakMap<FastifyRequest, string>()
  const open = new WeakMap<FastifyRequest, { readonly endpoint: Endpoint; context: Context | null; input: unknown }>()
  /** Tells it once: what fails afterwards fails on the way out. */
  const tell = async (request: FastifyRequest, reply: FastifyReply, outcome: string, answer: unknown): Promise<void> => {
    const asked = open.get(request)
    open.delete(request)
    if (asked) await hear?.({ request, ...asked, outcome, answer, ms: reply.elapsedTime })
  }
  const refuse = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const refused = refusalOf(error)
    try {
      await tell(request, reply, refused?.code ?? 'fault', null)
    } catch (failure) {
      return answerError(failure, null, request, reply)
    }
    return answerError(error, refused, request, reply)
  }
  if (log) server.addHook('onResponse', async (request, reply) => tellRequest(request, reply, actors.get(request)))
  prepare?.(server)
  await server.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: NOTHING }, strictTransportSecurity: https && { maxAge: 31_536_000 }, xFrameOptions: { action: 'deny' }, referrerPolicy: { policy: 'no-referrer' } })
  server.addHook('onRequest', async ({ url }, reply) => {
    void reply.header('permissions-policy', UNUSED)
    if (url.startsWith('/api')) void reply.header('cache-control', 'no-store')
  })
  const uploads = new Set(routes.filter(({ endpoint }) => endpoint.takes === 'upload').map(({ endpoint }) => `/api${endpoint.path}`))
  losePatience(server, (url) => url !== undefined && uploads.has(url), patience)
  // Of what a form on another site can send, nothing is read but where another program sends one.
  server.removeContentTypeParser('text/plain')
  const forms = new Set(routes.filter(({ endpoint }) => endpoint.takes === 'form').map(({ endpoint }) => `/api${endpoint.path}`))
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, ({ routeOptions: { url } }, body, done) =>
    (forms.has(url ?? '') ? done(null, Object.fromEntries(new URLSearchParams(body as string))) : done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('application/x-www-form-urlencoded'))))
  server.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null))
  server.setNotFoundHandler((request, reply) => void refuse(noSuchAddress(request.url), request, reply))
  server.setErrorHandler((error, request, reply) => void refuse(error, request, reply))
  for (const { endpoint, handle } of routes) {
    server.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      bodyLimit: endpoint.takes === 'upload' ? Number.MAX_SAFE_INTEGER : undefined,
      // From the beginning, so that a body that nobody can read is heard of too.
      onRequest: async (request) => void open.set(request, { endpoint, context: null, input: null }),
      async handler(request, reply) {
        const asked = open.get(request)!
        const context = (asked.context = await contextOf(request, endpoint, reply))
        if (actorOf) actors.set(request, actorOf(context))
        const input = (asked.input = endpoint.input.parse(inputOf(wordsOf(request), request.query, endpoint.takes === 'upload' ? null : request.body, request.params)))
        const answer = await handle(context, input as never)
        if (endpoint.gives === 'file' && isFile(answer)) {
          await tell(request, reply, 'given', { rows: answer.rows, subjectIds: answer.subjectIds })
          return reply.header('content-type', answer.contentType)
            .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`).send(answer.stream)
        }
        const encoded = encodeAnswer(endpoint.output, answer)
        await tell(request, reply, 'given', encoded)
        return reply.send(encoded)
      },
    })
  }
  return server
}

/** Fastify's own logger (pino), with the same fields as every other line of the log. */
function loggerOf({ lines }: Log): object {
  return { level: 'info', base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters: { level: (level: string) => ({ level }) }, serializers: { err: describeFault }, stream: lines }
}

/** One line a request: the route's pattern, never the address, query or body, which may name a person. */
function tellRequest(request: FastifyRequest, reply: FastifyReply, actor: string | undefined): void {
  const said = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, actor }
  request.log[reply.statusCode >= 500 ? 'error' : 'info'](said, 'request')
}

/** An answer that does not fit its own contract is our fault, never the caller's. */
function encodeAnswer(output: Route<never>['endpoint']['output'], answer: unknown): unknown {
  const parsed = output.safeParse(answer)
  if (parsed.success) return parsed.data ?? {}
  throw new Error(`the answer breaks its contract: ${parsed.error.message}`, { cause: parsed.error.issues })
}

function refusalOf(error: unknown): ProblemDocument | null {
  const status = (error as { statusCode?: number }).statusCode
  return problemOf(error) ?? (status !== undefined && status >= 400 && status < 500 ? problemOf(new ZodError([{ code: 'custom', path: ['body'], message: (error as Error).message, input: null }])) : null)
}

async function answerError(error: unknown, refused: ProblemDocument | null, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!refused) request.log.error({ err: error, fault: request.id }, 'fault')
  if (!refused && process.env.XINHENG_SHOW_FAULTS) console.error(error)
  const problem = refused ?? faultOf(request.id)
  if (problem.retryAfterS !== undefined) void reply.header('retry-after', String(problem.retryAfterS))
  await reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

function noSuchAddress(url: string): Refusal {
  return new Refusal({ code: 'address.unknown', status: 404, message: text(`没有这个地址：${url.slice(0, 200)}`, `There is nothing at ${url.slice(0, 200)}`), fix: text('请核对地址；接口一览见 /api/openapi.json', 'Check the address; /api/openapi.json lists the API') })
}

function isFile(answer: unknown): answer is FileAnswer {
  return typeof answer === 'object' && answer !== null && 'stream' in answer
}

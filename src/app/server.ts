import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Asked } from '../engines/procedure/index.ts'
import type { Instance } from '../modules/organisation/index.ts'
import { buildServer, measureRequests, type Family } from '../platform/http/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Xinheng } from './boot.ts'
import { identify } from './identity.ts'
import { apiDocument, routesOf } from './modules.ts'
import { addOperatorFaces } from './operate/faces.ts'
import { operateRoutes } from './operate/routes.ts'

const screens = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** The program's version, as `package.json` says. */
export const version = '0.1.0'

/** What the faces show beside the data. */
export type Faces = Pick<Instance, 'demo' | 'filling'>

/** Builds the HTTP face: the API of all modules, and the screens where they are built. */
export async function serverOf(xinheng: Xinheng, faces: Faces, log?: Log): Promise<FastifyInstance> {
  const { signer, database, desk } = xinheng
  const routes = routesOf({ desk, instance: { ...faces, database: database.kind, version }, ledger: { origin: signer.name, verifierKey: signer.verifierKey } })
  let requests: { families(): Family[] } = { families: () => [] }
  const server = await buildServer<Asked>({
    log, actorOf: ({ actor }) => actor.id,
    prepare: (made) => void (requests = measureRequests(made)),
    routes: [...routes, ...operateRoutes(xinheng, version)],
    async contextOf(request, permission) {
      const actor = await identify(request, permission)
      return { world: xinheng.world, actor, requestId: requestIdOf(request), upload: request.raw }
    },
  })
  server.get('/api/openapi.json', async () => apiDocument(routes, version))
  addOperatorFaces(server, xinheng, { version, requests, isFilling: () => faces.filling() !== null, token: process.env.XINHENG_METRICS_TOKEN })
  if (existsSync(screens)) {
    await server.register(fastifyStatic, { root: screens, cacheControl: true, maxAge: '1y', immutable: true, index: false, wildcard: true, preCompressed: true })
    const page = (_request: FastifyRequest, reply: { sendFile(name: string, options: object): unknown }) => reply.sendFile('index.html', { maxAge: 0, immutable: false })
    server.get('/console', page as never)
    server.get('/console/*', page as never)
    server.get('/', (_request, reply) => reply.redirect('/console'))
  }
  return server
}

function requestIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['idempotency-key']
  return typeof id === 'string' && /^[\w-]{8,100}$/.test(id) ? id : undefined
}

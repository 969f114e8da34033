import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Asked } from '../engines/procedure/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'
import type { Instance } from '../modules/organisation/index.ts'
import { buildServer, measureRequests, showPage, type Family, type Route } from '../platform/http/index.ts'
import type { IdentityService } from '../platform/oidc/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Xinheng } from './boot.ts'
import { makeIdentify } from './identity.ts'
import { hearFor, purposeOf } from './trail.ts'
import { worldFor } from './wall/reach.ts'
import { demoRoutes } from './demo/accounts.ts'
import { apiDocument, routesOf } from './modules.ts'
import { addOperatorFaces } from './operate/faces.ts'
import { asOwner } from './operate/owner.ts'
import { operateRoutes } from './operate/routes.ts'

const screens = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** The program's version, as `package.json` says. */
export const version = '0.1.0'

/** What the faces show beside the data. */
export type Faces = Pick<Instance, 'demo' | 'filling'> & {
  /** People reach it by https, through a proxy on this machine. */
  readonly https?: boolean
  /** Addresses from which that proxy comes, where it is not this machine's own (a container's gateway): `loopback`, `uniquelocal`, addresses, networks, with commas. */
  readonly proxy?: string
  /** Outside identity services at which people may sign in. */
  readonly services?: readonly IdentityService[]
}

/** Every route that a server with these faces answers: of the modules, of the operator, and of the demo where there is one. */
export function allRoutes(xinheng: Xinheng, faces: Faces): readonly Route<Asked>[] {
  const beside = [...operateRoutes(xinheng, version), ...(faces.demo ? demoRoutes : [])]
  return [...moduleRoutes(xinheng, faces, beside), ...beside]
}

function moduleRoutes(xinheng: Xinheng, { demo, filling, services = [] }: Faces, beside: readonly Route<Asked>[] = []): readonly Route<Asked>[] {
  const { signer, database, desk, trailKey } = xinheng
  return routesOf({ desk, trailKey, services, instance: { demo, filling, database: database.kind, version }, signer, beside, asOwner: (work) => asOwner(xinheng, removalNeedsOwner, work) })
}

/** Builds the HTTP face: the API of all modules, and the screens where they are built. */
export async function serverOf(xinheng: Xinheng, faces: Faces, log?: Log): Promise<FastifyInstance> {
  const identify = makeIdentify(xinheng, { https: faces.https === true })
  const { hear, settle } = hearFor(xinheng)
  let requests: { families(): Family[] } = { families: () => [] }
  const server = await buildServer<Asked>({
    log, actorOf: ({ actor }) => actor.id, hear,
    prepare: (made) => void (requests = measureRequests(made)),
    routes: allRoutes(xinheng, faces), https: faces.https === true, trustProxy: faces.https === true ? faces.proxy ?? 'loopback' : false,
    async contextOf(request, endpoint, reply) {
      const identified = await identify(request, reply, endpoint)
      const within = (permission: string) => worldFor(xinheng.database, xinheng.world, identified.actor, permission)
      return { world: within(endpoint.permission), within, ...identified, requestId: requestIdOf(request), purpose: purposeOf(request), upload: request.raw }
    },
  })
  server.addHook('onClose', settle)
  server.get('/api/openapi.json', async (request, reply) => {
    await identify(request, reply, { permission: 'console.open' })
    return apiDocument(moduleRoutes(xinheng, faces), version)
  })
  addOperatorFaces(server, xinheng, { version, requests, isFilling: () => faces.filling() !== null, token: process.env.XINHENG_METRICS_TOKEN })
  if (existsSync(screens)) {
    await server.register(fastifyStatic, { root: screens, cacheControl: true, maxAge: '1y', immutable: true, index: false, wildcard: true, preCompressed: true })
    const page = showPage(readFileSync(join(screens, 'index.html'), 'utf8'))
    server.get('/console', page)
    server.get('/console/*', page)
    // Screens that were built before the space was added have no such page yet.
    if (existsSync(join(screens, 'my.html'))) {
      const space = showPage(readFileSync(join(screens, 'my.html'), 'utf8'))
      server.get('/my', space)
      server.get('/my/*', space)
    }
    server.get('/', (_request, reply) => reply.redirect('/console'))
  }
  return server
}

function requestIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['idempotency-key']
  return typeof id === 'string' && /^[\w-]{8,100}$/.test(id) ? id : undefined
}

function removalNeedsOwner(): Refusal {
  return new Refusal({
    code: 'removal.needs-owner', status: 409, message: text('当前数据库登录不能改写已归集的记录，无法执行删除', 'The login of this program may not change what was filed, so nothing can be removed'),
    fix: text('请由运维人员设置 XINHENG_OWNER_URL 后执行 xinheng removals carry-out 编号', 'Let the operator run xinheng removals carry-out NUMBER with XINHENG_OWNER_URL'),
  })
}

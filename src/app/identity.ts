// @clause X.4
import { timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mustBeAllowed, mustBeUnderstood, systemActor, type Actor, type Visit } from '../engines/procedure/index.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'
import { findCaller, secondFactorNeeded, sessionMissing, type Caller } from '../modules/identity/index.ts'
import { rolesOf, visitor } from '../modules/organisation/index.ts'
import type { Xinheng } from './boot.ts'

/** Who asks, and how the caller came in. */
export type Identified = { readonly actor: Actor; readonly visit: Visit }
/** Finds out who asks. Every route goes through it before anything else of it runs. */
export type Identify = (request: FastifyRequest, reply: FastifyReply, endpoint: Pick<Endpoint, 'permission' | 'reach'>) => Promise<Identified>

const asking = new WeakMap<FastifyRequest, { readonly actor: Actor; readonly sessionId: number | null }>()

/** Who a request came from, also when it was then refused; null when the gate did not come so far. */
export function whoAsked(request: FastifyRequest): { readonly actor: Actor; readonly sessionId: number | null } | null {
  return asking.get(request) ?? null
}

const PATIENCE_MS = 250
const REMEMBERED = 2000
const COMMAND_LINE = 'Bearer '

/**
 * The one gate. A session by its cookie, or the command line by the token that stands in the data folder; whoever has neither is a visitor.
 * Refuses `session.missing` (401), `second-factor.needed`, `act.not-allowed`, and `request.foreign-origin` when another site's page sends a change.
 */
export function makeIdentify({ keeper: world, database, commandToken }: Pick<Xinheng, 'keeper' | 'database' | 'commandToken'>, { https }: { readonly https: boolean }): Identify {
  // Over https the browser itself holds to it that nobody but this host set the cookie.
  const cookie = https ? '__Host-xinheng' : 'xinheng'
  const remembered = new Map<string, Caller>()

  // The embedded database answers nobody while a file is taken in: until it does, what was known of the session counts.
  const find = async (token: string): Promise<Caller | null> => {
    const asked = findCaller(world, token).then((caller) => {
      remembered.delete(token)
      if (caller) remembered.set(token, caller)
      if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!)
      return caller
    })
    const known = database.kind === 'embedded' ? remembered.get(token) : undefined
    if (known === undefined) return asked
    asked.catch(() => undefined)
    return Promise.race([asked, wait(PATIENCE_MS, known)])
  }

  return async (request, reply, endpoint) => {
    const { permission } = endpoint
    mustComeFromHere(request)
    const set = (name: string, token: string | null, more: string): void => void reply.header('set-cookie', `${name}=${token ?? ''}; Path=/; HttpOnly; ${more}${https ? '; Secure' : ''}${token === null ? '; Max-Age=0' : ''}`)
    const from = {
      address: request.ip, agent: request.headers['user-agent']?.slice(0, 300) ?? null, setToken: (token: string | null) => set(cookie, token, 'SameSite=Lax'),
      // The page that the identity service sends the browser back to is ours, and it is our page that shows this cookie: it need never come along from elsewhere.
      begun: cookieOf(request, `${cookie}-begun`), setBegun: (token: string | null) => set(`${cookie}-begun`, token, 'SameSite=Strict'),
    }
    if (isCommandLine(request, commandToken)) {
      const actor = systemActor('command-line')
      asking.set(request, { actor, sessionId: null })
      return { actor, visit: { ...from, sessionId: null } }
    }
    const token = cookieOf(request, cookie)
    const caller = token === null ? null : await find(token)
    const actor = caller?.actor ?? visitor(world.policy)
    asking.set(request, { actor, sessionId: caller?.session.sessionId ?? null })
    if (!caller && !actor.may(permission)) throw sessionMissing()
    if (caller?.mustSetSecondFactor && rolesOf(world.policy).permissions.find(({ key }) => key === permission)?.area !== 'own') throw secondFactorNeeded()
    mustBeAllowed(actor, permission)
    mustBeUnderstood(actor, endpoint)
    return { actor, visit: { ...from, sessionId: caller?.session.sessionId ?? null } }
  }
}

function mustComeFromHere({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || headers.origin === undefined) return
  if (URL.parse(headers.origin)?.host === headers.host) return
  throw new Refusal({ code: 'request.foreign-origin', status: 403, message: text('请求来自其他网站', 'The request comes from another site'), fix: text('请在本系统的页面上操作', 'Use the pages of this system') })
}

function isCommandLine({ headers }: FastifyRequest, commandToken: string): boolean {
  const given = headers.authorization
  if (given === undefined || headers.origin !== undefined || !given.startsWith(COMMAND_LINE)) return false
  const [one, other] = [Buffer.from(given.slice(COMMAND_LINE.length)), Buffer.from(commandToken)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function cookieOf({ headers }: FastifyRequest, name: string): string | null {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name && value?.trim()) return value.trim()
  }
  return null
}

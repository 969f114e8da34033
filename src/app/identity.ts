// @clause X.4
import { timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mustBeAllowed, mustBeUnderstood, systemActor, type Actor, type Visit, type World } from '../engines/procedure/index.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'
import { findCaller, notVerified, secondFactorNeeded, sessionMissing, type Caller } from '../modules/identity/index.ts'
import { rolesOf, visitor } from '../modules/organisation/index.ts'
import type { Xinheng } from './boot.ts'
import { makeLimits, type Limits } from './limits.ts'

/** Who asks, and how the caller came in. */
export type Identified = { readonly actor: Actor; readonly visit: Visit }
/** Finds out who asks. Every route goes through it before anything else of it runs. */
export type Identify = (request: FastifyRequest, reply: FastifyReply, endpoint: Pick<Endpoint, 'permission' | 'reach' | 'takes'>) => Promise<Identified>

type Asking = { readonly actor: Actor; readonly sessionId: number | null }
const asking = new WeakMap<FastifyRequest, Asking>()
const openedBy = new WeakMap<FastifyRequest, string>()

/**
 * Who a request came from, also when it was then refused; null when the gate did not come so far. Of a request that signed somebody in (登录) that person,
 * who asked for it as a visitor.
 */
export async function whoAsked(keeper: World, request: FastifyRequest): Promise<Asking | null> {
  const [asked, token] = [asking.get(request) ?? null, openedBy.get(request)]
  const cameIn = token === undefined ? null : await findCaller(keeper, token)
  return asked && cameIn ? { actor: { ...cameIn.actor, may: asked.actor.may, scope: asked.actor.scope }, sessionId: cameIn.session.sessionId } : asked
}

const PATIENCE_MS = 250
const REMEMBERED = 2000
const COMMAND_LINE = 'Bearer '
// What may end a session or take a right away.
const ENDS_SESSIONS = /^(?:identity|accounts|organisation)\./

/**
 * The one gate. A session by its cookie, or the command line by the token that stands in the data folder; whoever has neither is a visitor.
 * Refuses `session.missing` (401), `second-factor.needed`, `account.not-verified`, `act.not-allowed`, and `request.foreign-origin` when another site's page sends a change.
 */
export function makeIdentify({ keeper: world, database, commandToken }: Pick<Xinheng, 'keeper' | 'database' | 'commandToken'>, { https }: { readonly https: boolean }, limits: Limits = makeLimits(world)): Identify {
  // Over https the browser itself holds to it that nobody but this host set the cookie.
  const cookie = https ? '__Host-xinheng' : 'xinheng'
  const remembered = new Map<string, Caller>()

  // The embedded database answers nobody while a file is taken in: until it does, what was known of the session counts.
  const find = async (token: string, unattended: boolean): Promise<Caller | null> => {
    const asked = findCaller(world, token, { unattended }).then((caller) => {
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
    mustComeFromHere(request, https)
    if (request.method !== 'GET' && ENDS_SESSIONS.test(permission)) reply.raw.once('finish', () => remembered.clear())
    const set = (name: string, token: string | null, more: string): void => void reply.header('set-cookie', `${name}=${token ?? ''}; Path=/; HttpOnly; ${more}${https ? '; Secure' : ''}${token === null ? '; Max-Age=0' : ''}`)
    const from = {
      address: request.ip, agent: request.headers['user-agent']?.slice(0, 300) ?? null, setToken: (token: string | null) => {
        set(cookie, token, 'SameSite=Lax')
        if (token !== null) openedBy.set(request, token)
      },
      // The page that the identity service sends the browser back to is ours, and it is our page that shows this cookie: it need never come along from elsewhere.
      begun: cookieOf(request, `${cookie}-begun`), setBegun: (token: string | null) => set(`${cookie}-begun`, token, 'SameSite=Strict'),
    }
    if (isCommandLine(request, commandToken)) {
      const actor = systemActor('command-line')
      asking.set(request, { actor, sessionId: null })
      return { actor, visit: { ...from, sessionId: null } }
    }
    limits.ofAddress(request)
    const token = cookieOf(request, cookie)
    const caller = token === null ? null : await find(token, request.headers['xinheng-unattended'] !== undefined)
    const actor = caller?.actor ?? visitor(world.policy)
    asking.set(request, { actor, sessionId: caller?.session.sessionId ?? null })
    if (!caller && !actor.may(permission)) throw sessionMissing()
    if (caller) {
      limits.ofSession(request, endpoint, caller.session.sessionId)
      mustBeWhomThePageKnows(request, actor)
    }
    if (caller?.mustSetSecondFactor && rolesOf(world.policy).permissions.find(({ key }) => key === permission)?.area !== 'own') throw secondFactorNeeded()
    if (actor.unverified && !actor.may(permission)) throw notVerified()
    mustBeAllowed(actor, permission)
    mustBeUnderstood(actor, endpoint)
    return { actor, visit: { ...from, sessionId: caller?.session.sessionId ?? null } }
  }
}

/**
 * A change must come from our own page. Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`); one that says neither and brings
 * our cookie is too old to be trusted with it. Programs that are no browsers say neither and bring what no other site can make a browser bring.
 */
function mustComeFromHere({ method, headers }: FastifyRequest, https: boolean): void {
  const site = headers['sec-fetch-site']
  const changes = method !== 'GET' && method !== 'HEAD'
  // Another site may lead to our pages by a link, never to the API: whoever followed it would leave a line in the trail for what they never meant to see.
  const foreign = site !== undefined && site !== 'same-origin' && (changes || site !== 'none')
  const silent = changes && site === undefined && headers.origin === undefined && headers.cookie !== undefined && /^(Mozilla|Opera)\//.test(headers['user-agent'] ?? '')
  if (!foreign && !silent && (!changes || headers.origin === undefined || isOurs(headers.origin, headers.host, https))) return
  throw new Refusal({ code: 'request.foreign-origin', status: 403, message: text('请求来自其他网站', 'The request comes from another site'), fix: text('请用较新的浏览器在本系统的页面上操作', 'Use the pages of this system, with a present-day browser') })
}

function isOurs(origin: string, host: string | undefined, https: boolean): boolean {
  const url = URL.parse(origin)
  return url?.host === host && (!https || url?.protocol === 'https:')
}

/** A page that was opened by one person must not act as the next who signed in. Programs that show no page say nothing. */
function mustBeWhomThePageKnows({ headers }: FastifyRequest, actor: Actor): void {
  const known = headers['xinheng-actor']
  if (known === undefined || known === encodeURIComponent(actor.id)) return
  throw new Refusal({
    code: 'session.another-person', status: 409, message: text(`这个页面是别人打开的，现在登录的是${actor.name}`, `Somebody else opened this page; now ${actor.name} is signed in`),
    fix: text('没有办理任何事项。请刷新页面，核对姓名后再办', 'Nothing was done. Reload the page, look at the name, then do it again'),
  })
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

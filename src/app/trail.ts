// @clause 4.3
import { hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import type { Asked, World } from '../engines/procedure/index.ts'
import { getRecord, listRecords } from '../modules/records/contract.ts'
import { getSubject, listSubjects } from '../modules/subjects/contract.ts'
import { listOfOthers } from '../modules/subjects/index.ts'
import { gatherRefusals, leavesLine, lineOf, lookForUnusual, openSpool, openTrail, sealTrail, type Line, type Trail } from '../modules/audit/index.ts'
import { visitor } from '../modules/organisation/index.ts'
import { isByPost } from '../modules/privacy/index.ts'
import { SHORTEST_PURPOSE } from '../modules/privacy/contract.ts'
import type { Database } from '../platform/db/index.ts'
import { createOnce } from '../platform/files/secret-file.ts'
import type { Told } from '../platform/http/index.ts'
import type { Randomness } from '../platform/randomness.ts'
import type { Xinheng } from './boot.ts'
import { whoAsked } from './identity.ts'

const SEAL_EVERY = 2_000
const LOOK_AFTER_MS = 30_000
const LONGEST_PURPOSE = 200
// What asks `audienceOf` or `audienceInList` whom it is shown to.
const IN_PART = new Set([listSubjects, getSubject, listRecords, getRecord].map(({ path }) => path))

/** Opens the trail of this process, which seals it whenever enough lines have come, and looks for unusual reading soon after some came, until it is stopped. */
export function trailOf(kind: Database['kind'], world: World, data: string): Trail & { stop(): void } {
  let unsealed = 0
  let looks: NodeJS.Timeout | null = null
  const look = (): void => {
    looks = null
    // Tried again after the next lines, and a day's reading is looked at for a whole day.
    void lookForUnusual(world, { ofOthers: listOfOthers, byPost: (on, roles) => isByPost(world.policy, on, roles), inPart: (route) => IN_PART.has(route) }).catch((error: unknown) => console.error('unusual reading could not be looked for', error))
  }
  let sealing = false
  const trail = openTrail({
    db: world.db, spool: kind === 'embedded' ? openSpool(join(data, 'trail')) : null,
    onWritten(count) {
      looks ??= setTimeout(look, LOOK_AFTER_MS).unref()
      unsealed += count
      if (unsealed < SEAL_EVERY || sealing) return
      unsealed = 0
      sealing = true
      // What fails here is sealed with the next stretch, or by the daily run.
      void sealTrail(world).catch((error: unknown) => console.error('the trail could not be sealed, and is tried again later', error)).finally(() => (sealing = false))
    },
  })
  return { ...trail, stop: () => clearTimeout(looks ?? undefined) }
}

const REFRESH_MS = 5 * 60_000
const MOST_REFRESHED = 10_000

/**
 * A page that reads again by itself (`x-refresh`) shows nothing new to anybody: when the same session was shown exactly the same subjects, records and count within five minutes, it leaves no further line.
 * What the caller says is not trusted: without such a line before, there is one.
 */
function refreshes(now: () => Date): (request: FastifyRequest, line: Line, write: () => Promise<void>) => Promise<void> {
  const shown = new Map<string, number>()
  return async ({ headers }, { sessionId, kind, outcome, method, route, subjectIds, recordIds, asked, rows, purpose }, write) => {
    if (sessionId === null || kind !== 'view' || outcome !== 'given') return write()
    const key = JSON.stringify([sessionId, method, route, subjectIds, recordIds, asked, rows, purpose])
    const [at, before] = [now().getTime(), shown.get(key)]
    if (headers['x-refresh'] !== undefined && before !== undefined && at - before < REFRESH_MS) return
    await write()
    shown.delete(key)
    shown.set(key, at)
    if (shown.size > MOST_REFRESHED) shown.delete(shown.keys().next().value!)
  }
}

/** The one place from which lines of the trail come: `hear` is told of every request of every route before its answer leaves; `settle` writes what waits to be counted. */
export function hearFor({ trail, world, keeper, trailKey: key }: Pick<Xinheng, 'trail' | 'world' | 'keeper' | 'trailKey'>): { hear(told: Told<Asked>): Promise<void>; settle(): Promise<void> } {
  const unlessRefreshed = refreshes(() => world.clock.now())
  const refused = gatherRefusals((line) => trail.write(line))
  const hear = async ({ request, endpoint, input, outcome, answer, ms }: Told<Asked>): Promise<void> => {
    if (!leavesLine({ endpoint, outcome })) return
    const { actor, sessionId } = (await whoAsked(keeper, request)) ?? { actor: visitor(world.policy), sessionId: null }
    const ref = Buffer.from(world.randomness.bytes(12)).toString('base64url')
    const line = lineOf({ endpoint, actor, visit: { address: request.ip, sessionId }, given: input, numbers: numbersOf(request), outcome, answer, purpose: purposeOf(request), at: world.clock.now(), ms }, ref, key)
    await unlessRefreshed(request, line, () => refused.write(line))
  }
  return { hear, settle: refused.settle }
}

/** The key of the digests in the trail, from `trail.key` among the keys; made there when there is none. */
export function trailKey(folder: string, randomness: Randomness): Uint8Array {
  const path = join(folder, 'trail.key')
  createOnce(path, Buffer.from(randomness.bytes(32)).toString('hex'), randomness)
  return new Uint8Array(hkdfSync('sha256', Buffer.from(readFileSync(path, 'utf8').trim(), 'hex'), '', 'xinheng/trail', 32))
}

/** What stands in path and query as a number: all that is kept of a request that was not understood or not allowed. */
function numbersOf({ params, query }: FastifyRequest): Record<string, number> {
  return Object.fromEntries(Object.entries({ ...(query as object), ...(params as object) }).filter(([, value]) => typeof value === 'string' && /^\d{1,15}$/.test(value)).map(([name, value]) => [name, Number(value)]))
}

/** The purpose of the view (查询目的), which the screens ask for and send along URI-encoded. What is too short to say one is none. */
export function purposeOf({ headers }: FastifyRequest): string | null {
  const given = headers['x-purpose']
  if (typeof given !== 'string' || given === '') return null
  try {
    const said = decodeURIComponent(given).replaceAll('\0', '').trim().slice(0, LONGEST_PURPOSE)
    return [...said].length < SHORTEST_PURPOSE ? null : said
  } catch {
    return null
  }
}

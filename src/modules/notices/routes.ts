// @clause X.4, 4.8
import type { Asked, World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { accountOf, findNames, listClaims } from '../agents/index.ts'
import { listAllMandatesOf, stands } from '../identity/index.ts'
import { shownName, withoutIds } from '../privacy/index.ts'
import { openedFields } from '../records/index.ts'
import { findTypes } from '../subjects/index.ts'
import { departmentsOf } from '../organisation/index.ts'
import * as contract from './contract.ts'
import { noticeOfArrival, noticeOfMove, noticesOfClaims, noticesOfMandates, type Notice } from './notices.ts'
import { countHappened, insertRead, listArrivals, listMoves, listRead, listUnread, type Concern } from './queries.ts'

const MOST_OWN = 1_000
const READS = 'my.read'

/** What happened that concerns whoever asks, and what of it was read. */
export const noticeRoutes: readonly Route<Asked>[] = [
  route(contract.listNotices, async (asked: Asked, { offset, limit }) => {
    const [own, read] = [await ownOf(asked), await listRead(asked.world.db, asked.actor.id)]
    const rows = (await latestOf(own, asked, offset + limit)).slice(offset)
    const named = await namesFor(asked.world, own, rows)
    return { rows: rows.map((one) => ({ ...one, subjectName: named(one.subjectId), read: read.includes(one.notice) })), ...(await countOf(own, asked.actor.id, read)) }
  }),
  route(contract.readNotices, async (asked: Asked, { notices }) => {
    const { world, actor } = asked
    const own = await ownOf(asked)
    await insertRead(world.db, actor.id, notices ?? [...own.notices.map(({ notice }) => notice), ...(await listUnread(own.db, own.concerns, actor.id, await listRead(world.db, actor.id)))], world.clock.now())
    return { unread: (await countOf(own, actor.id, await listRead(world.db, actor.id))).unread }
  }),
]

/** What the account itself tells, and of which businesses more is told, within whose reach. */
type Own = { readonly notices: readonly Notice[]; readonly concerns: readonly Concern[]; readonly db: World['db'] }

/** The own claims and mandates, asked for as whoever has the account; the businesses that the actor acts for today, each from the first mandate on. */
async function ownOf(asked: Asked): Promise<Own> {
  const { world, actor } = asked
  const [accountId, today] = [accountOf(asked), dayOf(world.clock.now())]
  const claims = await listClaims(world.db, { accountId }, { offset: 0, limit: MOST_OWN })
  const mandates = await listAllMandatesOf(world.db, accountId)
  const present = new Set(actor.may(READS) ? mandates.filter((one) => stands(one, today)).map(({ subjectId }) => subjectId) : [])
  return {
    notices: [...noticesOfClaims(claims), ...noticesOfMandates(mandates, claims, actor.id, world.policy, today)],
    concerns: [...present].map((subjectId) => ({ subjectId, since: new Date(Math.min(...mandates.filter((one) => one.subjectId === subjectId).map(({ grantedAt }) => grantedAt.getTime()))) })),
    db: (asked.within?.(READS) ?? world).db,
  }
}

async function latestOf({ notices, concerns, db }: Own, { actor, world }: Asked, most: number): Promise<Notice[]> {
  const named = namesOf(world)
  const [arrivals, moves] = [await listArrivals(db, concerns, most), await listMoves(db, concerns, actor.id, most)]
  return [...notices, ...arrivals.map((one) => noticeOfArrival({ ...one, fields: openedFields(world.sealing, one.subjectId, one.fields) }, named, (words) => withoutIds(world.policy, words))), ...moves.map((one) => noticeOfMove(one, named))]
    .sort((one, other) => other.at.getTime() - one.at.getTime() || (one.notice < other.notice ? 1 : -1)).slice(0, most)
}

async function countOf({ notices, concerns, db }: Own, actor: string, read: readonly string[]): Promise<{ total: number; unread: number }> {
  const { total, unread } = await countHappened(db, concerns, actor, read)
  return { total: notices.length + total, unread: notices.filter(({ notice }) => !read.includes(notice)).length + unread }
}

/** Names of the subjects: whole of those that the actor acts for, and as the public sees them of those that were only claimed, or are no longer acted for. Looked up by the program: the account alone reaches no register. */
async function namesFor(world: World, { concerns }: Own, rows: readonly Notice[]): Promise<(subjectId: number) => string> {
  const { db } = world.lasting ?? world
  const ids = rows.map(({ subjectId }) => subjectId)
  const [names, types] = [await findNames(db, ids), await findTypes(db, ids)]
  return (id) => shownName(world.policy, types.get(id) ?? null, names.get(id)?.name ?? '', concerns.some(({ subjectId }) => subjectId === id) ? 'full' : 'public')
}

function namesOf(world: World): (key: string) => Text {
  const names = new Map(departmentsOf(world.policy).map(({ key, zh, en }) => [key, { zh, en }]))
  return (key) => names.get(key) ?? { zh: key, en: key }
}

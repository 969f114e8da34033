// @clause 12.1
import { departmentsWithin, type Actor, type Asked, type WorkSource, type World } from '../../engines/procedure/index.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { findInCharge, findOfficers, listColleagues, listPrincipals, type Officer } from '../organisation/index.ts'
import { assignItem, releaseItem, takeItem } from './acts.ts'
import * as contract from './contract.ts'
import { listStanding } from './queries.ts'
import { byUrgency, countsBy, countsOf, isInView, mayWith, urgencyOf, type Looker, type View, type Waiting } from './worklist.ts'

// A district has some hundreds of open items; what lies beyond this many of one kind is said to be left out.
const MOST_OF_A_KIND = 2_000

type Gathered = { readonly items: readonly Waiting[]; readonly officers: ReadonlyMap<number, Officer>; readonly looker: Looker; readonly today: Day; readonly soonUntil: Day; readonly cut: boolean }

/** The one work list over everything that waits, and who is in charge of what. */
export function worklistRoutes(sources: readonly WorkSource[]): readonly Route<Asked>[] {
  return [
    route(contract.listWork, async ({ world, actor, within }: Asked, { view: asked, kind, urgency, department, officer, offset, limit }) => {
      const { items, officers, looker, today, soonUntil, cut } = await gather({ world, actor, within }, sources)
      const of = (view: View) => items.filter((item) => isInView(item, view, looker))
      const view = asked ?? (['mine', 'department', 'all'] as const).find((one) => of(one).length > 0) ?? 'department'
      const counted = of(view)
      const matching = counted.filter((item) => (kind === undefined || item.kind === kind) && (urgency === undefined || urgencyOf(item, today, soonUntil) === urgency)
        && (department === undefined || item.department === department) && (officer === undefined || item.officerId === (officer === 0 ? null : officer)))
      const counts = (list: readonly Waiting[]) => countsOf(list, today, soonUntil)
      return {
        view, total: matching.length, cut,
        rows: matching.slice(offset, offset + limit).map((item) => {
          const inCharge = item.officerId === null ? null : officers.get(item.officerId)!
          return {
            kind: item.kind, kindTitle: item.kindTitle, key: item.key, title: item.title, subject: item.subject, department: item.department, since: item.since, dueOn: item.dueOn, provisional: item.provisional,
            urgency: urgencyOf(item, today, soonUntil), rule: item.rule, next: item.next, inCharge: inCharge && { officerId: inCharge.officerId, name: inCharge.name, mine: looker.own.has(inCharge.officerId) }, may: mayWith(item, actor, looker),
          }
        }),
        views: { mine: counts(of('mine')), section: looker.section && counts(of('section')), department: counts(of('department')), all: counts(items) },
        kinds: countsBy(counted, (item) => item.kind, today, soonUntil).map(({ key, ...rest }) => ({ kind: key, title: sources.find((one) => one.kind === key)!.title, ...rest })),
        departments: countsBy(counted, (item) => item.department, today, soonUntil).map(({ key, ...rest }) => ({ department: key, ...rest })),
        officers: countsBy(counted, (item) => item.officerId, today, soonUntil).map(({ key, ...rest }) => ({ officerId: key, name: key === null ? null : officers.get(key)!.name, ...rest })),
      }
    }),
    route(contract.takeWork, async (asked: Asked, { kind, key }) => {
      const { world, actor, requestId } = asked
      const { item, looker } = await find(asked, sources, kind, key)
      // Whoever only sees an item of another department cannot take it out of its hands.
      if (item.officerId === null && !mayWith(item, actor, looker).take) throw notYours()
      return takeItem.perform(world, actor, { kind, key, department: item.department }, { requestId, asked: { kind, key } })
    }),
    route(contract.assignWork, async (asked: Asked, { kind, key, officerId, note = null }) => {
      const { world, actor, requestId } = asked
      const { item } = await find(asked, sources, kind, key)
      return assignItem.perform(world, actor, { kind, key, department: item.department, officerId, note }, { requestId, asked: { kind, key, officerId, note } })
    }),
    route(contract.releaseWork, async (asked: Asked, { kind, key }) => {
      const { world, actor, requestId } = asked
      const { item, looker } = await find(asked, sources, kind, key)
      return releaseItem.perform(world, actor, { kind, key, department: item.department, own: [...looker.own] }, { requestId, asked: { kind, key } })
    }),
  ]
}

/** Everything that waits and that the actor may see, the most urgent first, each with whoever is in charge today: an officer who left is in charge of nothing. */
async function gather({ world, actor, within = () => world }: Pick<Asked, 'world' | 'actor' | 'within'>, sources: readonly WorkSource[]): Promise<Gathered> {
  const today = dayOf(world.clock.now())
  const soonUntil = world.policy.calendar.addWorkingDays(today, world.policy.on(today).value<number>('records/warn-before')).day
  let cut = false
  const found: Waiting[] = []
  for (const { kind, title, permission, list } of sources) {
    if (!actor.may(permission)) continue
    const { items, total } = await list(within(permission), { today, soonUntil, departments: departmentsWithin(actor, permission) }, MOST_OF_A_KIND)
    if (total > items.length) cut = true
    found.push(...items.map((item) => ({ ...item, kind, kindTitle: title })))
  }
  const standing = new Map((await listStanding(world.db)).map((one) => [`${one.kind}/${one.item}`, one.officerId]))
  const assigned = found.map((item) => ({ ...item, officerId: standing.get(`${item.kind}/${item.key}`) ?? item.officerId }))
  const people = await findOfficers(world.db, [...new Set(assigned.flatMap(({ officerId }) => officerId ?? []))])
  const present = new Set(people.filter(({ leftOn }) => leftOn === null || leftOn > today).map(({ officerId, department }) => `${officerId}/${department}`))
  // Who left, or works elsewhere now, is in charge of nothing here: the successor is, else the head, else the department as a whole.
  const orphaned = assigned.filter((item) => item.officerId !== null && (item.department === null ? ![...present].some((one) => one.startsWith(`${item.officerId}/`)) : !present.has(`${item.officerId}/${item.department}`)))
  const successors = await findInCharge(world.db, orphaned.map(({ officerId, department }) => ({ officerId: officerId!, department: department ?? people.find((one) => one.officerId === officerId)?.department ?? '' })), today)
  const moved = new Map(orphaned.map((item, at) => [item, successors[at]!]))
  const items = assigned.map((item) => (moved.has(item) ? { ...item, officerId: moved.get(item)! } : item)).toSorted(byUrgency)
  const officers = new Map((await findOfficers(world.db, [...new Set(items.flatMap(({ officerId }) => officerId ?? []))])).map((one) => [one.officerId, one]))
  return { items, officers, looker: await lookerOf(world, actor, today), today, soonUntil, cut }
}

async function lookerOf({ db }: World, actor: Actor, today: Day): Promise<Looker> {
  const principals = actor.officerId === undefined ? [] : await listPrincipals(db, actor.officerId, today)
  const colleagues = actor.officerId === undefined ? null : await listColleagues(db, actor.officerId)
  return {
    own: new Set([...(actor.officerId === undefined ? [] : [actor.officerId]), ...principals.map(({ officerId }) => officerId)]),
    section: colleagues && new Set(colleagues),
    departments: new Set([...(actor.department === null ? [] : [actor.department]), ...principals.map(({ department }) => department)]),
  }
}

async function find(asked: Asked, sources: readonly WorkSource[], kind: string, key: string): Promise<{ item: Waiting; looker: Looker }> {
  const { items, looker } = await gather(asked, sources.filter((one) => one.kind === kind))
  const item = items.find((one) => one.key === key)
  if (item) return { item, looker }
  throw new Refusal({ code: 'work.gone', status: 404, message: text('这一项已办结，或不在您的范围内', 'This is done already, or lies outside your reach'), fix: text('请刷新待办列表', 'Read the work list again') })
}

function notYours(): Refusal {
  return new Refusal({ code: 'work.not-yours', status: 403, message: text('这一项由其他部门办理', 'Another department has to do this'), fix: text('请由该部门的人员认领', 'An officer of that department can take it') })
}

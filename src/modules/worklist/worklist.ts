// @clause 12.1
import type { Day } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import type { Actor, WorkItem } from '../../engines/procedure/index.ts'

/** An item with its kind and whoever is in charge of it today. */
export type Waiting = WorkItem & { readonly kind: string; readonly kindTitle: Text }
/** How urgent (紧急程度). */
export type Urgency = 'late' | 'due-soon' | 'open'
/** Whose work is looked at. */
export type View = 'mine' | 'section' | 'department' | 'all'
/** How much there is. */
export type Counts = { readonly total: number; readonly late: number; readonly dueSoon: number }
/** Who looks: the officers whose work is one's own (oneself, and those whose deputy one is), the colleagues of the section, the departments. */
export type Looker = { readonly own: ReadonlySet<number>; readonly section: ReadonlySet<number> | null; readonly departments: ReadonlySet<string> }

/** Late from the day after the last one in time. */
export function urgencyOf({ dueOn }: Pick<WorkItem, 'dueOn'>, today: Day, soonUntil: Day): Urgency {
  if (dueOn === null) return 'open'
  return dueOn < today ? 'late' : dueOn <= soonUntil ? 'due-soon' : 'open'
}

/** Late first, the longest late first of all; then by day due, what has no limit last; then by age. A total order, so that pages never overlap. */
export function byUrgency(one: Waiting, other: Waiting): number {
  const [a, b] = [one.dueOn ?? '9999-12-31', other.dueOn ?? '9999-12-31']
  if (a !== b) return a < b ? -1 : 1
  const age = one.since.getTime() - other.since.getTime()
  if (age !== 0) return age
  const [x, y] = [`${one.kind}/${one.key}`, `${other.kind}/${other.key}`]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Whether an item belongs to a view. What carries no department waits for whoever has the permission: for the looker too. */
export function isInView({ officerId, department }: Pick<WorkItem, 'officerId' | 'department'>, view: View, { own, section, departments }: Looker): boolean {
  if (view === 'all') return true
  if (view === 'mine') return officerId !== null && own.has(officerId)
  if (view === 'section') return officerId !== null && section !== null && section.has(officerId)
  return department === null || departments.has(department)
}

/** Counts items. */
export function countsOf(items: readonly WorkItem[], today: Day, soonUntil: Day): Counts {
  const urgencies = items.map((item) => urgencyOf(item, today, soonUntil))
  return { total: items.length, late: urgencies.filter((one) => one === 'late').length, dueSoon: urgencies.filter((one) => one === 'due-soon').length }
}

/** Counts by something, the most late first. */
export function countsBy<Key>(items: readonly Waiting[], keyOf: (item: Waiting) => Key, today: Day, soonUntil: Day): (Counts & { readonly key: Key })[] {
  return [...Map.groupBy(items, keyOf)].map(([key, group]) => ({ key, ...countsOf(group, today, soonUntil) })).toSorted((a, b) => b.late - a.late || b.total - a.total)
}

/** What the actor may do with an item: shared by list and acts, so that a button and a refusal never disagree. */
export function mayWith({ officerId, department }: Pick<WorkItem, 'officerId' | 'department'>, actor: Actor, { own, departments }: Looker): { readonly take: boolean; readonly assign: boolean; readonly release: boolean } {
  const assign = department !== null && actor.may('work.assign') && reaches(actor, department)
  const here = department === null || departments.has(department)
  return { take: actor.officerId !== undefined && officerId === null && here, assign, release: officerId !== null && (own.has(officerId) || assign) }
}

function reaches(actor: Actor, department: string): boolean {
  const scope = actor.scope('work.assign')
  return scope === 'all' || scope.departments.includes(department)
}

// @clause X.4
import type { ActContext } from '../../engines/procedure/index.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Holding } from '../organisation/index.ts'
import { witnessOfMandate, witnessOfMandateEnd } from './entries.ts'
import { endMandateRow, holdMandatesFor, insertMandate, listMandatesFor, type Capacity, type Mandate } from './queries/mandates.ts'

/** What a mandate may let a person do (授权范围), each carried by a role of `roles.yaml`: see the own record; file objections and statements. Seeing is part of every mandate. */
export const mandateLimits = { view: 'agent', objections: 'agent-objections' } as const
/** One of them. */
export type Limit = keyof typeof mandateLimits
const MANAGING = 'legal-representative'

/** What mandates that stand come to: roles, each for one subject. A legal representative may do everything, and let others act. */
export function holdingsOf(mandates: readonly Mandate[]): Holding[] {
  return mandates.flatMap(({ subjectId, capacity, limits }) => {
    const all = capacity === 'legal-representative'
    const roles = Object.entries(mandateLimits).filter(([limit]) => all || limit === 'view' || limits.includes(limit)).map(([, role]) => role as string)
    return [...roles, ...(all ? [MANAGING] : [])].map((role) => ({ role, department: null, sector: null, subjectId }))
  })
}

/** True while a mandate stands on a day. */
export function stands({ fromOn, untilOn, endedAt }: Pick<Mandate, 'fromOn' | 'untilOn' | 'endedAt'>, today: Day): boolean {
  return endedAt === null && fromOn <= today && untilOn >= today
}

/** The last day that a mandate granted on a day may have (授权最长期限), by policy. */
export function longestUntil(policy: ActContext['policy'], today: Day, capacity: Capacity): Day {
  return addDays(today, policy.on(today).value<Record<Capacity, number>>('identity/mandate-longest')[capacity])
}

/** True from some days before the end of a mandate that stands (即将到期), by policy: it is shown as ending, and may be granted anew before it ends. */
export function endsSoon(mandate: Pick<Mandate, 'fromOn' | 'untilOn' | 'endedAt'>, policy: ActContext['policy'], today: Day): boolean {
  return stands(mandate, today) && warnsFrom(mandate, policy, today) <= today
}

/** The day from which a mandate is shown as ending, by the policy of a day. */
export function warnsFrom({ untilOn }: Pick<Mandate, 'untilOn'>, policy: ActContext['policy'], on: Day): Day {
  return addDays(untilOn, -policy.on(on).value<number>('identity/mandate-ends-soon'))
}

/** What a mandate is granted with. */
export type NewMandate = Pick<Mandate, 'subjectId' | 'accountId' | 'name' | 'capacity' | 'untilOn'> & { readonly limits: readonly Limit[] }

/** The door of claims: grants a mandate (授权) in the caller's act, from its day on; one of the same capacity that ends soon gives way, so that renewing leaves no gap. Refuses `mandate.stands-already`, `mandate.too-long`, `mandate.over-before`. */
export async function grantMandate(context: ActContext, asked: NewMandate): Promise<Mandate> {
  const { tx, now, today, actor, policy, enter } = context
  const last = longestUntil(policy, today, asked.capacity)
  if (asked.untilOn > last) throw tooLong(last)
  if (asked.untilOn < today) throw overBefore()
  await holdMandatesFor(tx, asked.subjectId)
  const present = (await listMandatesFor(tx, asked.subjectId)).filter((one) => one.accountId === asked.accountId && stands(one, today))
  if (present.some((one) => one.capacity === asked.capacity && !endsSoon(one, policy, today))) throw standsAlready()
  // Whoever becomes the legal representative needs the narrower mandate no longer, and the other way round.
  for (const { mandateId } of present) await endMandate(context, asked.subjectId, mandateId)
  const mandate = await insertMandate(tx, { ...asked, limits: asked.capacity === 'legal-representative' ? Object.keys(mandateLimits) : [...new Set<Limit>(['view', ...asked.limits])], fromOn: today, grantedAt: now, grantedBy: actor.id })
  await enter([{ name: 'mandate.granted', subjectId: mandate.subjectId, aboutId: mandate.mandateId, body: witnessOfMandate(mandate) }])
  return mandate
}

/** Ends a mandate (终止授权) at once in the caller's act. Refuses `mandate.missing`. */
export async function endMandate({ tx, now, actor, enter }: ActContext, subjectId: number, mandateId: number): Promise<Mandate> {
  const ended = await endMandateRow(tx, subjectId, mandateId, now, actor.id)
  if (!ended) throw mandateMissing()
  await enter([{ name: 'mandate.ended', subjectId, aboutId: mandateId, body: witnessOfMandateEnd(ended) }])
  return ended
}

const standsAlready = () => new Refusal({ code: 'mandate.stands-already', status: 409, message: text('该人员已有同样的授权', 'This person has such a mandate already'), fix: text('需要更改范围的，请先终止现有授权；临近到期时可直接续期', 'To change its limits, end the present one first; when its end is near it can be renewed') })
const tooLong = (last: Day) => new Refusal({ code: 'mandate.too-long', field: 'untilOn', message: text(`授权最长到 ${last}`, `A mandate lasts until ${last} at most`), fix: text('请填写更早的日期，到期前可重新办理', 'Choose an earlier day; it can be granted anew before it ends') })
const overBefore = () => new Refusal({ code: 'mandate.over-before', field: 'untilOn', message: text('截止日期已过', 'The last day lies in the past'), fix: text('请填写今天或以后的日期', 'Choose today or a later day') })
/** There is no such mandate, or it has ended. */
export const mandateMissing = (): Refusal => new Refusal({ code: 'mandate.missing', status: 404, message: text('没有这项授权，或已终止', 'There is no such mandate, or it has ended'), fix: text('请刷新页面', 'Reload the page') })

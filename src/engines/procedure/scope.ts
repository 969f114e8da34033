// @clause 12.1
import type { Endpoint } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { mustBeAllowed } from './act.ts'
import type { Actor, Scope } from './world.ts'

/** What a limited permission reaches: data of these departments, of subjects in these sectors, of these subjects. All empty: nothing. */
export type Reach = Exclude<Scope, 'all'>
/** To what a thing belongs. A part that is left out is one by which nobody reaches it. */
export type Belonging = { readonly department?: string | null | undefined; readonly sectors?: readonly string[] | undefined; readonly subjectId?: number | null | undefined }

function scopeOf(actor: Actor, permission: string): Scope {
  mustBeAllowed(actor, permission)
  return actor.scope(permission)
}

/** How far the permission reaches, as a filter of lists; null means everything. Refuses `act.not-allowed`. */
export function reachOf(actor: Actor, permission: string): Reach | null {
  const scope = scopeOf(actor, permission)
  return scope === 'all' ? null : scope
}

/** The departments whose data the actor may touch by this permission; null means every department. Refuses `act.not-allowed`. */
export function departmentsWithin(actor: Actor, permission: string): readonly string[] | null {
  return reachOf(actor, permission)?.departments ?? null
}

/** Throws the refusal `act.other-department` unless the permission reaches the data of that department. */
export function mustBeWithin(actor: Actor, permission: string, department: string | null): void {
  const within = departmentsWithin(actor, permission)
  if (within === null || (department !== null && within.includes(department))) return
  throw new Refusal({
    code: 'act.other-department', status: 403, field: 'department',
    message: text('您只能办理本部门的数据', 'You may handle the data of your own department only'),
    fix: text('请由该部门的人员或信用主管部门办理', 'Ask an officer of that department, or the credit office'),
  })
}

/** Whether the permission reaches a thing: by its department, by a sector (行业领域) or by its subject. Refuses `act.not-allowed`. */
export function isReached(actor: Actor, permission: string, { department, sectors, subjectId }: Belonging): boolean {
  const reach = reachOf(actor, permission)
  if (reach === null) return true
  return (typeof department === 'string' && reach.departments.includes(department)) || (sectors ?? []).some((one) => reach.sectors.includes(one)) || (typeof subjectId === 'number' && reach.subjects.includes(subjectId))
}

/**
 * Throws unless the permission reaches the thing: the refusal `act.out-of-reach`, or `instead`, for things of which whoever tries numbers shall
 * not even learn that they exist.
 */
export function mustReach(actor: Actor, permission: string, of: Belonging, instead: () => Refusal = outOfReach): void {
  if (!isReached(actor, permission, of)) throw instead()
}

/**
 * Deny by default: throws the refusal `act.out-of-reach` when a limited permission has nothing that the route knows how to limit by. A route
 * declares in its contract (`reach`) which kinds of scope it honours; one that declares none answers only whoever reaches everything.
 */
export function mustBeUnderstood(actor: Actor, { permission, reach = [] }: Pick<Endpoint, 'permission' | 'reach'>): void {
  const has = reachOf(actor, permission)
  if (has === null) return
  const usable = { department: has.departments.length > 0, sector: has.sectors.length > 0, subject: has.subjects.length > 0 }
  if (!reach.some((kind) => usable[kind])) throw outOfReach()
}

/** The permission does not reach so far. */
function outOfReach(): Refusal {
  return new Refusal({
    code: 'act.out-of-reach', status: 403, message: text('超出您的数据范围', 'This lies beyond the data that your role reaches'),
    fix: text('请由该部门、该行业主管部门或信用主管部门办理', 'Ask the department concerned, the supervisor of that sector, or the credit office'),
  })
}

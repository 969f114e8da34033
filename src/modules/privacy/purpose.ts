// @clause X.4
import { mustBeWithin, type Actor, type Asked } from '../../engines/procedure/index.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import { basis } from '../../kernel/basis.ts'
import { SHORTEST_PURPOSE } from './contract.ts'

const PERSONS = 'persons.read'

/**
 * May this actor see a person's data in full (查看自然人完整信息)? With the permission `persons.read`, or with that of the act for which the person has to be known, within its reach, and with a purpose, which the
 * audit trail keeps. Refuses `act.not-allowed`, `act.other-department`, `purpose.missing`.
 */
export function mustHavePurpose(actor: Actor, purpose: string | null | undefined, department: string | null, permission = PERSONS): void {
  mustBeWithin(actor, permission, department)
  if (!isPurpose(purpose)) throw purposeMissing(text('查看自然人的完整信息须说明目的', 'To see a person in full, say for what purpose'))
}

/** Whether the actor may see a person of a department in full, once a purpose is said: what a page needs to know before it offers it. */
export function maySeeInFull(actor: Actor, department: string | null, permission = PERSONS): boolean {
  if (!actor.may(permission)) return false
  const scope = actor.scope(permission)
  return scope === 'all' || (department !== null && scope.departments.includes(department))
}

/**
 * As whom an officer sees what a department sent (其他部门的不公开信息): of the own departments, for a purpose, or where the post is the purpose, as an officer of the district; of another department without
 * a purpose as the public. What belongs to nobody is nobody else's. Businesses and the program itself are limited elsewhere.
 */
export function audienceOf({ world, actor, purpose }: Pick<Asked, 'world' | 'actor' | 'purpose'>, department: string | null): 'internal' | 'public' {
  const own = actor.officerId === undefined || department === null || department === actor.department || actor.departments?.includes(department)
  return own || isPurpose(purpose) || isByPost(world.policy, dayOf(world.clock.now()), actor.roles ?? []) ? 'internal' : 'public'
}

/** As whom an officer sees a row of a list (清单): a purpose is said for one thing that is opened, so it opens no list of many. */
export function audienceInList(asked: Pick<Asked, 'world' | 'actor'>, department: string | null): 'internal' | 'public' {
  return audienceOf({ world: asked.world, actor: asked.actor, purpose: null }, department)
}

/** For what has no public part, such as a document or a rejected row of another department. Refuses `purpose.missing` where {@link audienceOf} is the public. */
export function mustSayPurpose(asked: Pick<Asked, 'world' | 'actor' | 'purpose'>, department: string | null): void {
  if (audienceOf(asked, department) === 'public') throw purposeMissing(text('查看其他部门报送的不公开信息须说明目的', 'To see what is not public and was sent by another department, say for what purpose'))
}

/** Whether the post is the purpose (岗位职责即为目的) for whoever holds these roles, by `privacy/purpose-by-post`. */
export function isByPost(book: PolicyBook, on: Day, roles: readonly string[]): boolean {
  return book.on(on).value<{ roles: readonly string[] }>('privacy/purpose-by-post').roles.some((role) => roles.includes(role))
}

function isPurpose(purpose: string | null | undefined): boolean {
  return purpose != null && [...purpose].length >= SHORTEST_PURPOSE
}

function purposeMissing(message: Text): Refusal {
  return new Refusal({
    code: 'purpose.missing', status: 403, field: 'purpose', message,
    fix: text('请填写查询目的（至少四个字），它会记入审计日志；命令行用 --purpose', 'Give the purpose, four characters at least; it goes into the audit trail. On the command line: --purpose'), basis: basis('practice', 'practice'),
  })
}

/** The purposes offered on a day (查询目的), and for how many minutes one holds. */
export function purposesOn(policy: PolicyBook, day: Day): { readonly keepMinutes: number; readonly choices: readonly Text[] } {
  const { keep_minutes: keepMinutes, choices } = policy.on(day).value<{ keep_minutes: number; choices: Text[] }>('privacy/purposes')
  return { keepMinutes, choices }
}

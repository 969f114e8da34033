import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { mustBeAllowed } from './act.ts'
import type { Actor, Scope } from './world.ts'

function scopeOf(actor: Actor, permission: string): Scope {
  mustBeAllowed(actor, permission)
  return actor.scope(permission)
}

/** The departments whose data the actor may touch by this permission; null means every department. Refuses `act.not-allowed`. */
export function departmentsWithin(actor: Actor, permission: string): readonly string[] | null {
  const scope = scopeOf(actor, permission)
  return scope === 'all' ? null : scope.departments
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

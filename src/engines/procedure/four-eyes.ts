// @clause X.4
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Actor } from './world.ts'

/** @public 承办与审批分离: throws the refusal `act.same-person` when whoever decides has a hand in what is decided: `before` are the actors of the earlier steps. */
export function mustBeAnother(actor: Actor, before: readonly string[]): void {
  if (!before.includes(actor.id)) return
  throw new Refusal({
    code: 'act.same-person', status: 409,
    message: text('您参与了前面的环节，不能由您决定', 'You had a hand in an earlier step and cannot decide this'),
    fix: text('请由另一位有权限的人员决定', 'Ask another officer with this permission to decide'),
  })
}

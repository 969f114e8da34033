// @clause X.4
import { mustBeWithin, type Actor } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Day } from '../../kernel/day.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { text, type Text } from '../../kernel/text.ts'
import { basis } from '../../kernel/basis.ts'
import { SHORTEST_PURPOSE } from './contract.ts'

/**
 * May this actor see a person's data in full (查看自然人完整信息)? With the permission `persons.read`, within its reach, and with a purpose, which the audit trail keeps.
 * Refuses `act.not-allowed`, `act.other-department`, `purpose.missing`.
 */
export function mustHavePurpose(actor: Actor, purpose: string | null | undefined, department: string | null): void {
  mustBeWithin(actor, 'persons.read', department)
  if (purpose != null && [...purpose].length >= SHORTEST_PURPOSE) return
  throw new Refusal({
    code: 'purpose.missing', status: 403, field: 'purpose', message: text('查看自然人的完整信息须说明目的', 'To see a person in full, say for what purpose'),
    fix: text('请填写查询目的（至少四个字），它会记入审计日志', 'Give the purpose, four characters at least; it goes into the audit trail'), basis: basis('practice', 'practice'),
  })
}

/** The purposes offered on a day (查询目的), and for how many minutes one holds. */
export function purposesOn(policy: PolicyBook, day: Day): { readonly keepMinutes: number; readonly choices: readonly Text[] } {
  const { keep_minutes: keepMinutes, choices } = policy.on(day).value<{ keep_minutes: number; choices: Text[] }>('privacy/purposes')
  return { keepMinutes, choices }
}

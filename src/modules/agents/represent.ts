// @clause X.4
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { longestUntil, type Represent, type Representation } from '../identity/index.ts'
import { confirmByIdentityService, endByIdentityService } from './acts.ts'
import { findClaimable } from './queries/claims.ts'

const outcomes: Readonly<Record<string, Representation['outcome']>> = { 'claim.subject-unknown': 'unknown', 'claim.subject-gone': 'gone', 'claim.granted-already': 'stands' }

/**
 * 法定代表人由统一身份认证核准: for each business that the service names, the person becomes its legal representative at once, and a claim of it that waits is answered; what the service granted
 * earlier and names no more ends. A business that is unknown here, is gone, is over by its last day, or is named in another capacity opens nothing, and never stops the others.
 */
export const representByIdentityService: Represent = async ({ world }: Asked, { accountId, name }, service, represents) => {
  const register = (world.lasting ?? world).db
  const today = dayOf(world.clock.now())
  const last = longestUntil(world.policy, today, 'legal-representative')
  const told: Representation[] = []
  const vouched: number[] = []
  for (const { uscc: written, legalRepresentative, untilOn } of represents) {
    const uscc = written.replace(/\s/g, '').toUpperCase()
    if (!legalRepresentative || (untilOn !== null && untilOn < today)) {
      told.push({ uscc, outcome: legalRepresentative ? 'over' : 'not-representative' })
      continue
    }
    const known = await findClaimable(register, uscc)
    if (known) vouched.push(known.subjectId)
    const outcome = await confirmByIdentityService(world, register, service, { accountId, name, uscc, capacity: 'legal-representative', untilOn: untilOn === null || untilOn > last ? last : untilOn }).then(() => 'confirmed' as const, outcomeOf)
    told.push({ uscc, outcome })
  }
  await endByIdentityService(world, service, accountId, vouched)
  return told
}

function outcomeOf(error: unknown): Representation['outcome'] {
  const outcome = error instanceof Refusal ? outcomes[error.code] : undefined
  if (outcome === undefined) throw error
  return outcome
}

// @clause X.4
import type { World } from '../../engines/procedure/index.ts'
import { shownName, withoutIds, type Audience } from '../privacy/index.ts'
import { findTypes } from '../subjects/index.ts'
import type { Claim } from './queries/claims.ts'

/**
 * Claims with the names of their subjects as an audience sees them: whoever only claims a business is the public, officers see a person in part. The name of whoever claims stays: it is
 * what has to be checked. Looked up by the program, since the gate reads no register.
 */
export async function claimsSeen(world: World, claims: readonly Claim[], audience: Audience): Promise<Claim[]> {
  const types = await findTypes((world.lasting ?? world).db, claims.map(({ subjectId }) => subjectId))
  const said = (words: string | null) => (words !== null && audience === 'internal' ? withoutIds(world.policy, words) : words)
  return claims.map((claim) => ({
    ...claim, subjectName: shownName(world.policy, types.get(claim.subjectId) ?? null, claim.subjectName, audience),
    words: said(claim.words), reason: said(claim.reason),
  }))
}

import type { World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { findOfficers } from '../organisation/index.ts'
import type { Account } from './queries/accounts.ts'

/** Whose an account is: the officer while present, or a person; null when the account is closed or the officer is gone. */
export async function presentOwner(world: World, { closedAt, officerId, personName }: Account, now: Date): Promise<{ readonly officerId: number | null; readonly name: string; readonly department: string | null } | null> {
  if (closedAt !== null) return null
  if (officerId === null) return { officerId, name: personName!, department: null }
  const [officer] = await findOfficers(world.db, [officerId])
  return officer !== undefined && (officer.leftOn === null || officer.leftOn > dayOf(now)) ? officer : null
}

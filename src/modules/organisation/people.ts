import type { Day } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { listPosts } from './queries/departments.ts'
import { listHolders } from './queries/grants.ts'
import { listAllOfficers } from './queries/officers.ts'
import { listPlacements } from './queries/placements.ts'
import { inChargeToday } from './successor.ts'

const HEADS = ['department-head', 'credit-head']

/**
 * Who is in charge today of what some officers were in charge of in a department (接手人), in the order given: the officer, a named successor, the head of
 * the section or department, or null: it waits for the department as a whole.
 */
export async function findInCharge(db: Queryable, of: readonly { readonly officerId: number; readonly department: string }[], today: Day): Promise<(number | null)[]> {
  if (of.length === 0) return []
  const officers = await listAllOfficers(db)
  const heads = new Set<number>()
  for (const role of HEADS) for (const id of await listHolders(db, role, today)) heads.add(id)
  const people = { officers, posts: await listPosts(db), placements: await listPlacements(db, officers.map(({ officerId }) => officerId)), heads, today }
  return of.map(({ officerId, department }) => inChargeToday(people, officerId, department))
}

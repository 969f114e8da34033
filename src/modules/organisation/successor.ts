// @clause 12.1
import type { Day } from '../../kernel/day.ts'
import type { Post } from './organisation.ts'
import type { Officer } from './queries/officers.ts'
import type { Placement } from './queries/placements.ts'

/** All that is needed to say who is in charge today. */
export type People = { readonly officers: readonly Officer[]; readonly placements: readonly Placement[]; readonly posts: readonly Post[]; readonly heads: ReadonlySet<number>; readonly today: Day }

/** Whether an officer is there on a day. */
export function isPresent({ joinedOn, leftOn }: Pick<Officer, 'joinedOn' | 'leftOn'>, on: Day): boolean {
  return joinedOn <= on && (leftOn === null || leftOn > on)
}

/**
 * 接手人: who is in charge today of what an officer of a department was in charge of: the officer, while present there; else whoever was named to take
 * over, and so on from there; else the head of the section, else of the department; else nobody (null): it waits for the department.
 */
export function inChargeToday(people: People, officerId: number, department: string): number | null {
  const { officers, placements, today } = people
  const byId = new Map(officers.map((one) => [one.officerId, one]))
  const seen = new Set<number>()
  let section: string | null = null
  for (let current: number | null = officerId; current !== null && !seen.has(current);) {
    seen.add(current)
    const officer = byId.get(current)
    if (!officer) break
    if (officer.department === department && isPresent(officer, today)) return officer.officerId
    const own = placements.filter((one) => one.officerId === current)
    const here = own.findLastIndex((one) => one.department === department)
    if (here < 0) break
    section ??= own[here]!.section
    // Who left the department for another one named the successor with the placement that followed; who left altogether, with the departure.
    current = own[here + 1] ? own[here + 1]!.successorId : officer.successorId
  }
  const heads = headsOf(people, department)
  return heads.find(({ of }) => of !== null && of === section)?.officerId ?? heads.find(({ of }) => of === null)?.officerId ?? null
}

/** The heads of a department and its sections who are present: by their post, else by holding the role of a head. `of`: the section, null for the department. */
function headsOf({ officers, posts, heads, today }: People, department: string): { readonly officerId: number; readonly of: string | null }[] {
  const there = officers.filter((one) => one.department === department && isPresent(one, today))
  const byPost = there.flatMap(({ officerId, section, post }) => posts.filter((one) => one.leads && one.department === department && one.zh === post && one.closedOn === null && (one.section === null || one.section === section)).map((one) => ({ officerId, of: one.section })))
  return [...byPost, ...there.filter(({ officerId }) => heads.has(officerId)).map(({ officerId }) => ({ officerId, of: null }))]
}

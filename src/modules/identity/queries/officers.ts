import type { RawBuilder } from 'kysely'
import { given, sql, type Queryable } from '../../../platform/db/index.ts'

/** Someone who did something at an instant: `officer:<user name>` or another actor. */
export type Deed = { readonly actor: string; readonly at: Date }
/** An officer by the name (姓名) and in the department that were the officer's at that instant. */
export type NamedOfficer = { readonly name: string; readonly department: string }

// Over an officer and the instant `at` of what was done.
const departmentThen = sql`coalesce((select placed.department from organisation.placement as placed where placed.officer_id = officer.officer_id and from_on <= (at at time zone 'Asia/Shanghai')::date order by placement_id desc limit 1), officer.department)`

/** Over rows with `actor` and `at`: whether an officer did it who worked in this department then. */
export function wasOf(department: string): RawBuilder<boolean> {
  return sql`exists (select 1 from identity.account join organisation.officer using (officer_id) where actor = 'officer:' || user_name and ${departmentThen} = ${department})`
}

/** Who stood behind some deeds, in the order given, also of officers who left since or have another name today; null for whoever is no officer: a person who acts for a business stays a number. */
export async function nameOfficers(db: Queryable, deeds: readonly Deed[]): Promise<(NamedOfficer | null)[]> {
  if (deeds.length === 0) return []
  const { rows } = await sql<NamedOfficer & { readonly place: number }>`select place,
      coalesce((select former from organisation.renaming as later where later.officer_id = officer.officer_id and set_at > at order by renaming_id limit 1), officer.name) as name,
      ${departmentThen} as department
    from ${given({ place: ['integer', deeds.map((_, place) => place)], actor: ['text', deeds.map(({ actor }) => actor)], at: ['timestamptz', deeds.map(({ at }) => at.toISOString())] })}
    join identity.account on actor = 'officer:' || user_name join organisation.officer using (officer_id)`.execute(db)
  const named = new Map(rows.map(({ place, name, department }) => [place, { name, department }]))
  return deeds.map((_, place) => named.get(place) ?? null)
}

/** As whom officers act whose account is `words`, or who have or had them in their name. */
export async function listOfficersCalled(db: Queryable, words: string): Promise<string[]> {
  const { rows } = await sql<{ actor: string }>`select 'officer:' || user_name as actor from identity.account join organisation.officer using (officer_id)
    where user_name = lower(${words}) or position(${words} in name) > 0 or exists (select 1 from organisation.renaming where renaming.officer_id = officer.officer_id and position(${words} in former) > 0)`.execute(db)
  return rows.map(({ actor }) => actor)
}

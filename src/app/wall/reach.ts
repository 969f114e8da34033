// @clause X.4
import type { Actor, Scope, World } from '../../engines/procedure/index.ts'
import { rolesOf } from '../../modules/organisation/index.ts'
import type { Database, Dress, Part } from '../../platform/db/index.ts'

const NOTHING: Part = { departments: [], sectors: [], subjects: [] }

/**
 * As whom the database is asked for a request (数据范围落到数据库): by the area of the permission that let it pass, and exactly as far as this permission, and the one to read the same data, reach.
 * Whoever may withdraw in one department but read everywhere still writes in that department only.
 */
export function dressOf(actor: Actor, permission: string, world: Pick<World, 'policy'>): Dress {
  const areaOf = (key: string) => rolesOf(world.policy).permissions.find((one) => one.key === key)?.area
  const area = areaOf(permission)
  if (!actor.may(permission)) return { role: 'part', actor: actor.id }
  if (area === 'own' || area === 'administration') return { role: 'keeper', actor: actor.id }
  if (area === 'audit') return { role: 'auditor', actor: actor.id }
  if (area !== 'business') return { role: 'part', actor: actor.id }
  const does = partOf(actor.scope(permission))
  const reading = `${permission.split('.')[0]}.read`
  const sees = both(does, areaOf(reading) === 'business' && actor.may(reading) ? partOf(actor.scope(reading)) : NOTHING)
  return sees === 'all' ? { role: 'district', does, actor: actor.id } : { role: 'part', sees, does, actor: actor.id }
}

/** The world of a request: its database sees and does what the permission says. What outlives the request goes on in `lasting`. */
export function worldFor(database: Database, world: World, actor: Actor, permission: string): World {
  return { ...world, db: database.as(dressOf(actor, permission, world)), lasting: world }
}

function partOf(scope: Scope): 'all' | Part {
  return scope
}

function both(one: 'all' | Part, other: 'all' | Part): 'all' | Part {
  if (one === 'all' || other === 'all') return 'all'
  return { departments: [...new Set([...one.departments, ...other.departments])], sectors: [...new Set([...one.sectors, ...other.sectors])], subjects: [...new Set([...one.subjects, ...other.subjects])] }
}

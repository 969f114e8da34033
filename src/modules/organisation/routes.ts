// @clause 12.1
import { dayOf } from '../../kernel/day.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { whoAmI } from './contract.ts'
import { departmentsOf, districtOf, sectorsOf } from './organisation.ts'

/** What the application knows beside the modules. */
export type Instance = {
  readonly demo: boolean
  readonly database: 'embedded' | 'postgresql'
  readonly version: string
  /** How far the demo district is filled; null when it is not being filled. */
  filling(): { readonly done: number; readonly note: { readonly zh: string; readonly en: string } } | null
}

/** Who is signed in, and where. */
export function organisationRoutes(instance: Instance) {
  return [
    route(whoAmI, async ({ world, actor }: Asked) => ({
      actor: { id: actor.id, name: actor.name, department: actor.department },
      district: districtOf(world.policy), departments: departmentsOf(world.policy), sectors: sectorsOf(world.policy),
      demo: instance.demo, filling: instance.filling(), today: dayOf(world.clock.now()), database: instance.database, version: instance.version,
    })),
  ]
}

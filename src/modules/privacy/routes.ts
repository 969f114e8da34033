// @clause X.4
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { listPurposes } from './contract.ts'
import { purposesOn } from './purpose.ts'

/** What the module answers over HTTP. */
export const privacyRoutes: readonly Route<Asked>[] = [
  route(listPurposes, async ({ world }: Asked) => {
    const { keepMinutes, choices } = purposesOn(world.policy, dayOf(world.clock.now()))
    return { keepMinutes, choices: choices.map(({ zh, en }) => ({ zh, en })) }
  }),
]

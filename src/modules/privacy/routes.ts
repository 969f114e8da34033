// @clause X.4
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { listPurposes } from './contract.ts'

/** What the module answers over HTTP. */
export const privacyRoutes: readonly Route<Asked>[] = [
  route(listPurposes, async ({ world }: Asked) => {
    const { keep_minutes: keepMinutes, choices } = world.policy.on(dayOf(world.clock.now())).value<{ keep_minutes: number; choices: Text[] }>('privacy/purposes')
    return { keepMinutes, choices: choices.map(({ zh, en }) => ({ zh, en })) }
  }),
]

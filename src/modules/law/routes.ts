// @clause X.1
import { dayOf, isDay, type Day } from '../../kernel/day.ts'
import { answerDayAdd } from '../../engines/policy/index.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { addDaysOfWork, listFigures, listTexts } from './contract.ts'
import { figuresOn } from './law.ts'

/** Everything of law that can be asked: figures, texts, working days. */
export const lawRoutes = [
  route(listFigures, async ({ world }: Asked, { on, find }) => {
    const day = (on as Day | undefined) ?? dayOf(world.clock.now())
    return { on: day, packHash: world.policy.hash, rows: figuresOn(world.policy, day, find) }
  }),
  route(listTexts, async ({ world }: Asked) => ({
    rows: [...world.policy.texts.values()].map(({ key, title, number, issuer, inForce, status, source, url, articles }) => ({
      key, title, number, issuer, inForceFrom: inForce.from, inForceUntil: inForce.until, status, source, url,
      articles: { ...articles },
    })),
  })),
  route(addDaysOfWork, async ({ world }: Asked, { from, count, knownOn }) => {
    const { day, provisional, reason } = answerDayAdd(world.policy, from as Day, count, knownOn !== undefined && isDay(knownOn) ? { knownOn } : {})
    return { from, count, day, provisional, reason: reason ?? null }
  }),
]

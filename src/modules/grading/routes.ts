// @clause 6.1
import { dayOf, type Day } from '../../kernel/day.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { getGrades, listGradeChanges } from './contract.ts'
import { changesOf, gradesOf } from './page.ts'

/** Grades, what follows from them, and who changed. */
export const gradingRoutes = [
  route(getGrades, async ({ world }: Asked, { subjectId }) => gradesOf(world, subjectId, dayOf(world.clock.now()))),
  route(listGradeChanges, async ({ world }: Asked, { from, until, model, direction, offset, limit }) =>
    changesOf(world, { from: (from as Day | undefined) ?? null, until: (until as Day | undefined) ?? null, model: model ?? null, direction: direction ?? null, offset, limit }, dayOf(world.clock.now()))),
]

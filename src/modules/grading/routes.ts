// @clause 6.1
import { dayOf, type Day } from '../../kernel/day.ts'
import { reachOf, type Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { mustReachSubject, type ObjectedOf } from '../subjects/index.ts'
import { getGrades, listGradeChanges } from './contract.ts'
import { changesOf, gradesOf } from './page.ts'

/** Grades, what follows from them, and who changed. */
export const gradingRoutes = (objectedOf: ObjectedOf) => [
  route(getGrades, async ({ world, actor }: Asked, { subjectId }) => {
    await mustReachSubject(world.db, actor, 'grading.read', subjectId)
    return gradesOf(world, subjectId, dayOf(world.clock.now()))
  }),
  route(listGradeChanges, async ({ world, actor }: Asked, { from, until, model, direction, offset, limit }) =>
    changesOf(world, objectedOf, { from: (from as Day | undefined) ?? null, until: (until as Day | undefined) ?? null, model: model ?? null, direction: direction ?? null, within: reachOf(actor, 'grading.read'), offset, limit }, dayOf(world.clock.now()))),
]

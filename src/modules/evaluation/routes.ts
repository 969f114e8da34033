// @clause 5.2, 5.3, 5.4
import { dayOf, type Day } from '../../kernel/day.ts'
import { reachOf, type Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { shownName } from '../privacy/index.ts'
import { mustReachSubject, withMarks, type ObjectedOf } from '../subjects/index.ts'
import { importModel as importModelAct } from './acts.ts'
import * as contract from './contract.ts'
import { explainScore, getModel, importModel, listModels, listScores, listScoresOfSubject } from './contract.ts'
import { explain, mustBeInForce } from './explain.ts'
import { getModelPage, listModelRows } from './model-page.ts'
import { askPopulationRun, cancelPopulationRun, getPopulationRun, startPopulationRun, trialOf } from './population.ts'
import { listAdoptions } from './queries/adoptions.ts'
import { listResults, listResultsOf, listResultsOn } from './queries/pages.ts'
import { listPopulationRuns } from './queries/population.ts'
import { scalesOn, titleOf } from './scales.ts'

const READ = 'evaluation.read'
const todayOf = ({ world }: Asked): Day => dayOf(world.clock.now())

/** Models, scores and their explanations. */
export const evaluationRoutes = (objectedOf: ObjectedOf) => [
  route(listModels, async (asked: Asked) => ({ rows: await listModelRows(asked.world.db, asked.world.policy, todayOf(asked), reachOf(asked.actor, READ)) })),
  route(getModel, async (asked: Asked, { key }) => getModelPage(asked.world.db, asked.world.policy, key, todayOf(asked), reachOf(asked.actor, READ))),
  route(importModel, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => importModelAct.perform(world, actor, input, { requestId: own ?? requestId })),
  route(listScores, async (asked: Asked, { key, grade, offset, limit, on }) => {
    const { db, policy } = asked.world
    const asks = { grade: grade ?? null, within: reachOf(asked.actor, READ) }
    const { rows, total } = on === undefined || on === todayOf(asked)
      ? await listResults(db, key, asks, { offset, limit })
      : await listResultsOn(db, mustBeInForce(await listAdoptions(db), key, on as Day), on as Day, asks, { offset, limit })
    return { rows: await withMarks(db, objectedOf, rows.map(({ type, ...row }) => ({ ...row, name: shownName(policy, type, row.name) })), ({ model }) => model === key), total }
  }),
  route(listScoresOfSubject, async (asked: Asked, { subjectId }) => {
    const { db, policy } = asked.world
    await mustReachSubject(db, asked.actor, READ, subjectId)
    const models = new Map((await listAdoptions(db)).map(({ hash, model }) => [hash, model]))
    const scales = scalesOn(policy.on(todayOf(asked)))
    return {
      rows: (await listResultsOf(db, subjectId)).map(({ key, score, grade, hash, evaluatedOn, holdsUntil }) => {
        const { title, scale } = models.get(hash)!
        return { model: key, title, score, grade, gradeTitle: titleOf(scales, scale, grade), scale, evaluatedOn, holdsUntil }
      }),
    }
  }),
  route(explainScore, async (asked: Asked, { subjectId, model, on, knownAt }) => {
    const today = todayOf(asked)
    await mustReachSubject(asked.world.db, asked.actor, READ, subjectId)
    return explain(asked.world.db, asked.world.policy, { subjectId, key: model, on: (on as Day | undefined) ?? today, knownAt: knownAt === undefined ? null : new Date(knownAt), today })
  }),
  route(contract.startPopulationRun, async ({ world, actor, requestId }: Asked, { key, requestId: own }) => {
    const id = await askPopulationRun.perform(world, actor, { key }, { requestId: own ?? requestId })
    void startPopulationRun(world.lasting ?? world, id)
    return getPopulationRun(world, key, id)
  }),
  route(contract.listPopulationRuns, async ({ world }: Asked, { key }) => ({ rows: await listPopulationRuns(world.db, { key }) })),
  route(contract.getPopulationRun, async ({ world }: Asked, { key, populationRunId }) => getPopulationRun(world, key, populationRunId)),
  route(contract.cancelPopulationRun, async ({ world, actor }: Asked, { key, populationRunId }) => {
    await getPopulationRun(world, key, populationRunId)
    await cancelPopulationRun.perform(world, actor, { populationRunId })
    return getPopulationRun(world, key, populationRunId)
  }),
  route(contract.tryModel, async ({ world }: Asked, { definition, beside }) => trialOf(world, definition, beside)),
]

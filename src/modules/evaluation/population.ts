// @clause 5.6
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { daySchema } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { isInForce, modelHash, parseModel } from '../../engines/scoring/index.ts'
import { act, type Actor, type World } from '../../engines/procedure/index.ts'
import { inLanes, type Lane } from '../../platform/db/index.ts'
import { shownName } from '../privacy/index.ts'
import { mustBeInForce } from './explain.ts'
import { modelInForce } from './models.ts'
import { evaluationLock, listAdoptions, setApplied } from './queries/adoptions.ts'
import { beginPopulationRun, drawRanges, endPopulationRun, insertPopulationRun, listOpenRanges, listPopulationRuns, markRange, tryModel, type PopulationRun } from './queries/population.ts'
import type { IdRange } from './queries/runs.ts'
import { runOver } from './rescore.ts'

const ground = basis('law', 'gbf-2026-8', '行业信用评价')
const SUBJECTS_A_RANGE = 50_000
const LANES = 2
const MOVERS_SHOWN = 100

/** 发起全量评价: everybody whom the model concerns is to be scored by the version in force today. Gives the run that already waits or runs, if there is one. Refuses `score.no-model`. */
export const askPopulationRun = act({
  name: 'evaluation.population-run', permission: 'evaluation.rescore', basis: ground, input: z.object({ key: z.string() }),
  async run({ tx, today, now, actor }, { key }) {
    const { hash } = mustBeInForce(await listAdoptions(tx), key, today)
    const [open] = await listPopulationRuns(tx, { key, open: true })
    return open?.populationRunId ?? insertPopulationRun(tx, { key, hash, on: today, actor: actor.id, at: now })
  },
})

/** 取消全量评价: the ranges under way are finished, and what was evaluated stays: it is right for its subjects. Refuses `population-run.over`. */
export const cancelPopulationRun = act({
  name: 'evaluation.cancel-population-run', permission: 'evaluation.rescore', basis: ground, input: z.object({ populationRunId: z.number() }),
  async run({ tx, now }, { populationRunId }) {
    if (!(await endPopulationRun(tx, populationRunId, 'cancelled', now))) throw over()
  },
})

/** One range of a run over everybody: its results, its entry and the note that it is done, together. */
const evaluateRange = act({
  name: 'evaluation.range', permission: 'evaluation.rescore', basis: ground,
  input: z.object({ populationRunId: z.number(), key: z.string(), on: daySchema, range: z.custom<IdRange>() }),
  async run(context, { populationRunId, key, on, range }) {
    const one = mustBeInForce(await listAdoptions(context.tx), key, on as Day)
    const [run] = await runOver(context, { key, model: one, hash: one.hash, on: on as Day, scope: { range }, cause: 'model' })
    await markRange(context.tx, populationRunId, range.from, run!.runId)
  },
})

const underWay = new WeakMap<World, Map<number, Promise<void>>>()

/** Does a run in the background; asking twice is once. What goes wrong stands in the run. */
export function startPopulationRun(world: World, populationRunId: number): Promise<void> {
  const running = underWay.get(world) ?? underWay.set(world, new Map()).get(world)!
  const known = running.get(populationRunId)
  if (known) return known
  const begun = doPopulationRun(world, populationRunId).catch(async (error: unknown) => {
    // When the database is away (a stop, a kill), the run stays open and is taken up at the next start.
    await endPopulationRun(world.db, populationRunId, 'failed', world.clock.now(), error instanceof Refusal ? error.parts.message.zh : String(error)).catch(() => undefined)
  }).finally(() => running.delete(populationRunId))
  running.set(populationRunId, begun)
  return begun
}

/** Takes up the runs that a stop or a kill left unfinished; to be called at the start. Gives how many there are. */
export async function resumePopulationRuns(world: World): Promise<number> {
  const open = await listPopulationRuns(world.db, { open: true })
  for (const { populationRunId } of open.reverse()) void startPopulationRun(world, populationRunId)
  return open.length
}

async function doPopulationRun(world: World, populationRunId: number): Promise<void> {
  const { db, clock } = world
  const [asked] = await listPopulationRuns(db, { id: populationRunId })
  if (!asked) return
  const on = dayOf(clock.now())
  const { key } = asked
  const adoption = modelInForce(await listAdoptions(db), key, on)
  if (adoption === null) throw noLongerInForce(key, on)
  if (!(await beginPopulationRun(db, populationRunId, on, adoption.hash))) return
  await drawRanges(db, populationRunId, SUBJECTS_A_RANGE, LANES)
  const actor: Actor = { id: asked.actor, name: asked.actor, department: null, may: () => true, scope: () => 'all' }
  const goesOn = async () => ['waiting', 'running'].includes((await listPopulationRuns(db, { id: populationRunId }))[0]!.state)
  // Other evaluations wait until the run is through: none of them may see half of it, or be overwritten by what the run saw earlier.
  await inLanes(db, LANES, evaluationLock, async (lanes) => {
    const ranges = await listOpenRanges(db, populationRunId)
    const work = async (lane: Lane) => {
      for (let range = ranges.shift(); range !== undefined && (await goesOn()); range = ranges.shift()) {
        const input = { populationRunId, key, on, range }
        await lane((tx) => evaluateRange.performIn(tx, world, actor, input))
      }
    }
    const outcomes = await Promise.allSettled(lanes.map(work))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  })
  if ((await listOpenRanges(db, populationRunId)).length === 0) {
    await db.transaction().execute(async (tx) => {
      if (await endPopulationRun(tx, populationRunId, 'done', clock.now())) await setApplied(tx, key, adoption.hash, on)
    })
  }
  world.wake()
}

/** One run with its progress. Refuses `population-run.missing`. */
export async function getPopulationRun({ db }: Pick<World, 'db'>, key: string, populationRunId: number): Promise<PopulationRun> {
  const [run] = await listPopulationRuns(db, { key, id: populationRunId })
  if (run) return run
  throw new Refusal({ code: 'population-run.missing', status: 404, message: text('没有这次全量评价', 'There is no such run'), fix: text('请在模型页面查看评价批次', 'Look at the runs on the page of the model') })
}

/** 试算: what a model would give today, or on its first day if that lies ahead, beside what stands by the model of its key (or another). Nothing is written. Refuses `model.not-valid` and `model.not-in-force`. */
export async function trialOf({ db, clock, policy }: Pick<World, 'db' | 'clock' | 'policy'>, definition: string, beside: string | undefined) {
  const model = parseModel(definition)
  const today = dayOf(clock.now())
  const on = isInForce(model, today) || model.in_force.from < today ? today : model.in_force.from
  const { movers, ...trial } = await tryModel(db, model, beside ?? model.key, on, MOVERS_SHOWN)
  return { key: model.key, hash: modelHash(model), on, beside: beside ?? model.key, ...trial, movers: movers.map(({ type, ...mover }) => ({ ...mover, name: shownName(policy, type, mover.name) })) }
}

function noLongerInForce(key: string, on: Day): Refusal {
  return new Refusal({ code: 'population-run.no-model', status: 409, message: text(`${on} 没有在用的模型「${key}」`, `No model "${key}" is in force on ${on}`), fix: text('请改选在用的模型重新发起', 'Ask for a run of a model in force') })
}

function over(): Refusal {
  return new Refusal({ code: 'population-run.over', status: 409, message: text('这次全量评价已经结束', 'This run is over'), fix: text('无需取消；如需重新评价，请再次发起', 'There is nothing to cancel; ask for another run if one is needed') })
}

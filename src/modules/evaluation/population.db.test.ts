// @clause 5.6
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { day } from '../../kernel/day.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { sql } from '../../platform/db/index.ts'
import { adoptPolicyModels } from './acts.ts'
import { evaluationFollower } from './jobs.ts'
import { modelInForce } from './models.ts'
import { askPopulationRun, cancelPopulationRun, getPopulationRun, resumePopulationRuns, startPopulationRun, trialOf } from './population.ts'
import { listAdoptions } from './queries/adoptions.ts'
import { listDrift } from './queries/runs.ts'
import { openDistrict } from './testing/district.ts'
import { publicModel } from './testing/models.ts'

const TODAY = day('2026-05-01')
const district = await openDistrict(TODAY, [publicModel()], [evaluationFollower])
const { world, ledger } = district
after(() => district.close())
const officer = systemActor('testing')

const ids = Array.from({ length: 9 }, (_, at) => at + 1)
await district.register(ids.map((id) => ({ id })))
await adoptPolicyModels(world)
await district.file(ids.filter((id) => id % 3 === 0).map((id) => ({ subjectId: id, number: `P${id}` })))
await ledger.settled()

const drift = async () => listDrift(world.db, modelInForce(await listAdoptions(world.db), 'public-credit', TODAY)!, TODAY)
const runs = async () => (await sql<{ n: number }>`select count(*) as n from evaluation.run`.execute(world.db)).rows[0]!.n
const ask = () => askPopulationRun.perform(world, officer, { key: 'public-credit' })

test('a run over everybody mends every result, tells its progress, and leaves an entry for each range', async () => {
  await sql`delete from evaluation.result where subject_id < 4`.execute(world.db)
  await sql`update evaluation.result set score = 1 where subject_id = 8`.execute(world.db)
  assert.equal((await drift()).length, 4)
  const id = await ask()
  assert.equal((await getPopulationRun(world, 'public-credit', id)).state, 'waiting')
  assert.equal(await ask(), id, 'asked twice is one run')
  const before = await runs()
  await startPopulationRun(world, id)
  const done = await getPopulationRun(world, 'public-credit', id)
  assert.deepEqual([done.state, done.failure, done.ranges, done.rangesDone, done.total, done.subjects, done.changed], ['done', null, 2, 2, 9, 9, 4])
  assert.deepEqual(await drift(), [])
  assert.equal(await runs(), before + 2)
  const { rows } = await sql<{ n: number }>`select count(*) as n from ledger.entry where name = 'evaluation.run' and about_id > ${before}`.execute(world.db)
  assert.equal(rows[0]!.n, 2)
})

test('a run that a stop left half done goes on with the ranges that are open, and those only', async () => {
  const id = await ask()
  await startPopulationRun(world, id)
  await sql`update evaluation.population_run set state = 'running', finished_at = null where population_run_id = ${id}`.execute(world.db)
  await sql`update evaluation.population_range set run_id = null where population_run_id = ${id} and from_id > 0`.execute(world.db)
  await sql`delete from evaluation.result where subject_id in (1, 9)`.execute(world.db)
  const before = await runs()
  assert.equal(await resumePopulationRuns(world), 1)
  await startPopulationRun(world, id)
  const done = await getPopulationRun(world, 'public-credit', id)
  assert.deepEqual([done.state, done.rangesDone, await runs()], ['done', 2, before + 1])
  assert.deepEqual((await drift()).map(({ subjectId }) => subjectId), [1], 'the range that was done is not done again')
})

test('a cancelled run evaluates nothing more; one that is over cannot be cancelled', async () => {
  const id = await ask()
  await cancelPopulationRun.perform(world, officer, { populationRunId: id })
  const before = await runs()
  await startPopulationRun(world, id)
  assert.deepEqual([(await getPopulationRun(world, 'public-credit', id)).state, await runs()], ['cancelled', before])
  await assert.rejects(cancelPopulationRun.perform(world, officer, { populationRunId: id }), { code: 'population-run.over' })
})

test('a model without force is tried: whose grade would move is told, and nothing is written', async () => {
  await startPopulationRun(world, await ask())
  const before = await sql`select * from evaluation.result order by subject_id`.execute(world.db)
  const trial = await trialOf(world, JSON.stringify(publicModel({ base: '80', in_force: { from: '2027-01-01', until: '2028-01-01' } })), undefined)
  assert.deepEqual([trial.on, trial.subjects, trial.grades], ['2027-01-01', 9, [{ grade: 'B', subjects: 6 }, { grade: 'C', subjects: 3 }]])
  assert.deepEqual(trial.moves, [{ from: 'A', to: 'B', subjects: 6 }, { from: 'B', to: 'C', subjects: 3 }])
  assert.equal(trial.movers.length, 9)
  assert.deepEqual((await sql`select * from evaluation.result order by subject_id`.execute(world.db)).rows, before.rows)
})

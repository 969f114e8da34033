// @clause 5.6
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addDays, day } from '../../kernel/day.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { sql } from '../../platform/db/index.ts'
import { seededFraction } from '../../platform/randomness.ts'
import { adoptPolicyModels, rescore } from './acts.ts'
import { FEW } from './few.ts'
import { evaluationFollower } from './jobs.ts'
import { findRuns, summaryOf } from './queries/runs.ts'
import { openDistrict } from './testing/district.ts'
import { publicModel, sectorModel } from './testing/models.ts'

const TODAY = day('2026-03-01')
const district = await openDistrict(TODAY, [publicModel(), sectorModel('food'), sectorModel('tourism')], [evaluationFollower])
const { world, ledger } = district
after(() => district.close())

const everybody = Array.from({ length: FEW + 40 }, (_, at) => at + 1)
const chance = seededFraction(5)

async function results() {
  const { rows } = await sql`select subject_id, model_key, score::text, grade, evaluated_on, holds_until, model_hash from evaluation.result order by 1, 2`.execute(world.db)
  return rows
}

const score = (subjects: readonly number[]) => rescore.perform(world, systemActor('testing'), { scope: { of: 'subjects', subjects: [...subjects], cause: 'subjects' } })

test('a few subjects scored in the process have the results that one statement gives many, and runs whose digest the table confirms', async () => {
  await district.register(everybody.map((id) => ({ id, sectors: id % 3 === 0 ? ['food', 'tourism'] : id % 3 === 1 ? ['food'] : [], type: id % 11 === 0 ? 'natural-person' : 'enterprise' })))
  await adoptPolicyModels(world)
  await district.file(everybody.flatMap((id) => Array.from({ length: Math.floor(chance() * 5) }, (_, at) => ({
    subjectId: id, number: `N${at}`, kind: chance() < 0.3 ? 'licence' : 'penalty', class: chance() < 0.2 ? 'serious' : 'general', decidedOn: addDays(TODAY, -Math.floor(chance() * 1200)),
    endsOn: chance() < 0.5 ? addDays(TODAY, Math.floor(chance() * 400) - 40) : null,
  }))))
  await ledger.settled()
  const bySql = await results()
  assert.ok(bySql.length > 300)
  const { rows: [last] } = await sql<{ run: number }>`select max(run_id) as run from evaluation.run`.execute(world.db)
  await sql`delete from evaluation.result`.execute(world.db)
  for (let from = 0; from < everybody.length; from += 90) await score(everybody.slice(from, from + 90))
  assert.deepEqual(await results(), bySql)
  const { rows: made } = await sql<{ id: number }>`select run_id as id from evaluation.run where run_id > ${last!.run}`.execute(world.db)
  const runs = await findRuns(world.db, made.map(({ id }) => id))
  assert.equal(runs.length, 9)
  const standing = await summaryOf(world.db, made.map(({ id }) => id))
  for (const { runId, changed, digest } of runs) assert.deepEqual(standing.get(runId), { changed, digest })
  assert.deepEqual(await score(everybody.slice(0, 90)), { runs: 0, changed: 0 }, 'scoring again changes nothing')
})

test('a few subjects that leave a sector lose its result, with the run that says so', async () => {
  await district.register([3, 6, 9].map((id) => ({ id, sectors: ['food'] })))
  await ledger.settled()
  assert.deepEqual(district.faults, [])
  const { rows } = await sql`select subject_id as id, model_key as key, ended from evaluation.ended_result join evaluation.run using (run_id, model_key) order by 1`.execute(world.db)
  assert.deepEqual(rows, [3, 6, 9].map((id) => ({ id, key: 'tourism', ended: 3 })))
})

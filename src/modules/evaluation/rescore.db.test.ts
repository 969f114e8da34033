// @clause 5.2, 5.6
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addDays, day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { adoptPolicyModels, importModel } from './acts.ts'
import { evaluationFollower, rescoreExpired } from './jobs.ts'
import { openDistrict } from './testing/district.ts'
import { publicModel, sectorModel } from './testing/models.ts'

const district = await openDistrict(day('2026-03-01'), [publicModel(), sectorModel('food')], [evaluationFollower])
const { world, ledger } = district
after(() => district.close())

async function results() {
  assert.deepEqual(district.faults, [])
  const { rows } = await sql<{ id: number; key: string; score: string; grade: string; until: string | null }>`select subject_id as id, model_key as key, score, grade, holds_until as until from evaluation.result order by 1, 2`.execute(world.db)
  return rows.map(({ id, key, score, grade, until }) => `${id} ${key} ${score} ${grade} ${until}`)
}

test('a model of the policy packs is adopted once, and everybody whom it concerns is scored', async () => {
  await district.register([{ id: 1, sectors: ['food'] }, { id: 2 }, { id: 3, type: 'natural-person' }])
  assert.equal(await adoptPolicyModels(world), 2)
  assert.equal(await adoptPolicyModels(world), 0)
  await ledger.settled()
  assert.deepEqual(await results(), ['1 food 80 B 2030-01-01', '1 public-credit 100 A 2030-01-01', '2 public-credit 100 A 2030-01-01'])
})

test('a filed record scores its subject again at once, and nobody else', async () => {
  await district.file([{ subjectId: 1, number: 'P1', class: 'serious' }])
  await ledger.settled()
  assert.deepEqual(await results(), ['1 food 55 C 2027-03-01', '1 public-credit 40 D 2028-03-01', '2 public-credit 100 A 2030-01-01'])
})

test('a run that changed something is one entry that commits to its results', async () => {
  const { rows } = await sql<{ key: string; subjects: number; changed: number; cause: string }>`select model_key as key, subjects, changed, cause from evaluation.run order by run_id desc limit 2`.execute(world.db)
  assert.deepEqual(rows, [{ key: 'public-credit', subjects: 1, changed: 1, cause: 'records' }, { key: 'food', subjects: 1, changed: 1, cause: 'records' }])
})

test('the daily run takes exactly those whose result expires', async () => {
  const { rows: [before] } = await sql<{ run: number }>`select max(run_id) as run from evaluation.run`.execute(world.db)
  district.setDay(day('2027-03-01'))
  await rescoreExpired(world, day('2027-03-01'))
  const { rows } = await sql<{ key: string; subjects: number }>`select model_key as key, subjects from evaluation.run where run_id > ${before!.run}`.execute(world.db)
  assert.deepEqual(rows, [{ key: 'food', subjects: 1 }])
  assert.deepEqual((await results())[0], '1 food 80 B 2030-01-01')
  assert.deepEqual(await rescoreExpired(world, day('2027-03-01')), { runs: 0, changed: 0 })
})

test('a subject that leaves a sector has no result of it any more', async () => {
  await district.register([{ id: 1, sectors: [] }])
  await ledger.settled()
  assert.deepEqual((await results()).filter((row) => row.includes('food')), [])
  const { rows } = await sql`select subject_id, model_key from evaluation.ended_result`.execute(world.db)
  assert.deepEqual(rows, [{ subject_id: 1, model_key: 'food' }])
})

test('a national model replaces the local one from its own day on', async () => {
  const from = addDays(day('2027-03-01'), 30)
  await importModel.perform(world, systemActor('testing'), { definition: JSON.stringify(publicModel({ key: 'public-national', level: 'national', base: '90', in_force: { from, until: undefined } })) })
  await ledger.settled()
  assert.deepEqual(await results(), ['1 public-credit 40 D 2028-03-01', '2 public-credit 100 A 2030-01-01'])
  district.setDay(from)
  await rescoreExpired(world, from)
  assert.deepEqual(await results(), ['1 public-national 30 D 2028-03-01', '2 public-national 90 A null'])
})

// @clause 5.1, 6.1
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { adoptPolicyModels, evaluationFollower, rescoreExpired } from '../evaluation/index.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { withdrawRecord } from '../records/index.ts'
import { openDistrict } from '../evaluation/testing/district.ts'
import { publicModel, sectorModel } from '../evaluation/testing/models.ts'
import { gradingFollower } from './jobs.ts'

const parameters = ['scales', 'public-caps'].map((name) => {
  const { values, basis } = parse(readFileSync(new URL(`../../../policy/national/grading/${name}.yaml`, import.meta.url), 'utf8')) as { values: Record<string, never>; basis: Record<string, never> }
  return {
    key: `grading/${name}`, pack: 'national', file: name, description: { zh: name, en: name }, unit: { zh: '', en: '' }, introduces: false, reachableFrom: day('2017-01-01'), strayBases: [], checkedOn: day('2026-11-22'), legalReview: null, examples: [],
    values: Object.keys(values).sort().map((from) => ({ from: day(from), value: values[from]!, basis: basis[from]! })),
  }
})
const veto = { vetoes: [{ key: 'accident', title: { zh: '重大事故', en: 'Major accident' }, when: { characteristic: 'serious', from: '1' }, grade: 'D' }] }
const district = await openDistrict(day('2026-05-01'), [publicModel(), sectorModel('food'), sectorModel('tourism', { ...veto, signals: [{ key: 'serious', title: { zh: '严重', en: 'Serious' }, operator: 'count', where: { kind: ['penalty'], class: ['serious'] } }] })], [evaluationFollower, gradingFollower], parameters)
const { world, ledger } = district
after(() => district.close())

type Row = { id: number; key: string; grade: string; scale: string; origin: string; direction: string; from: string; until: string | null; evaluated: string | null; because: { cause: string; words: { zh: string }; recordIds: number[] } }
async function grades(where = sql`true`): Promise<Row[]> {
  await ledger.settled()
  assert.deepEqual(district.faults, [])
  const { rows } = await sql<Row>`select subject_id as id, model_key as key, grade, scale, origin, direction, from_on as from, until_on as until, evaluated_grade as evaluated, because from grading.grade where ${where} order by grade_id`.execute(world.db)
  return rows
}
const present = async () => (await grades(sql`until_on is null`)).map(({ id, key, grade, origin }) => `${id} ${key} ${grade} ${origin}`).sort()

test('everybody who is scored gets a first grade', async () => {
  await district.register([{ id: 1, sectors: ['food'] }, { id: 2, sectors: ['tourism'] }])
  await adoptPolicyModels(world)
  assert.deepEqual(await present(), ['1 food B local', '1 public-credit A local', '2 public-credit A local', '2 tourism B local'])
})

test('a penalty lowers the grade, and the grade names the record that did it', async () => {
  district.setDay(day('2026-05-02'))
  await district.file([{ subjectId: 1, number: 'P1' }])
  const [public1] = await grades(sql`subject_id = 1 and model_key = 'public-credit' and until_on is null`)
  const { rows: [record] } = await sql<{ id: number }>`select record_id as id from records.standing`.execute(world.db)
  assert.deepEqual([public1!.grade, public1!.direction, public1!.from, public1!.because.cause, public1!.because.recordIds], ['B', 'down', '2026-05-02', 'records', [record!.id]])
  const before = await grades(sql`subject_id = 1 and model_key = 'public-credit' and until_on is not null`)
  assert.deepEqual(before.map(({ grade, from, until }) => [grade, from, until]), [['A', '2026-05-01', '2026-05-02']])
})

test('a change of score that leaves the grade alone writes nothing', async () => {
  const count = (await grades()).length
  await district.file([{ subjectId: 2, number: 'L1', kind: 'licence', endsOn: day('2027-01-01'), class: null }])
  const now = await grades()
  assert.deepEqual(now.slice(count).map(({ id, key, grade }) => `${id} ${key} ${grade}`), ['2 tourism A'])
  await district.register([{ id: 2, sectors: ['tourism'], foundedOn: day('2020-01-01') }])
  assert.equal((await grades()).length, now.length)
})

test('a public grade from above outranks the local reference, and D keeps the industry grade from A', async () => {
  district.setDay(day('2026-05-10'))
  await district.file([{ subjectId: 2, number: 'G1', kind: 'public-grade', decidedOn: day('2026-05-08'), grade: 'D', class: null, tags: ['public-2026'] }])
  assert.deepEqual((await present()).filter((row) => row.startsWith('2')), ['2 public-credit D received', '2 tourism B local'])
  const [tourism] = await grades(sql`subject_id = 2 and model_key = 'tourism' and until_on is null`)
  assert.equal(tourism!.evaluated, 'A')
  assert.match(tourism!.because.words.zh, /公共信用等级为「D级」.*受限/)
})

test('when the received grade is withdrawn, the local reference stands again and the limit falls', async () => {
  district.setDay(day('2026-05-12'))
  const { rows: [record] } = await sql<{ id: number }>`select record_id as id from records.standing where document_number = 'G1'`.execute(world.db)
  await withdrawRecord.perform(world, systemActor('testing'), { subjectId: 2, recordId: record!.id, reason: '发错文件' })
  assert.deepEqual((await present()).filter((row) => row.startsWith('2')), ['2 public-credit A local', '2 tourism A local'])
})

test('a grade that a veto decided says so', async () => {
  await district.file([{ subjectId: 2, number: 'S1', class: 'serious' }])
  const [tourism] = await grades(sql`subject_id = 2 and model_key = 'tourism' and until_on is null`)
  assert.equal(tourism!.grade, 'D')
  assert.match(tourism!.because.words.zh, /得分 70.*直接影响等级：重大事故/)
})

test('a grade whose subject leaves the sector ends without successor', async () => {
  await district.register([{ id: 2, sectors: [] }])
  assert.deepEqual((await present()).filter((row) => row.startsWith('2')), ['2 public-credit D local'])
  const { rows } = await sql`select name from ledger.entry where name = 'grade.ended'`.execute(world.db)
  assert.equal(rows.length, 1)
})

test('a grade that rises by lapse of time names the record that counts no more', async () => {
  const { rows: [record] } = await sql<{ id: number }>`select record_id as id from records.standing where document_number = 'P1'`.execute(world.db)
  district.setDay(day('2028-05-02'))
  await rescoreExpired(world, day('2028-05-02'))
  const [public1] = await grades(sql`subject_id = 1 and model_key = 'public-credit' and until_on is null`)
  assert.deepEqual([public1!.grade, public1!.direction, public1!.from, public1!.because.cause, public1!.because.recordIds], ['A', 'up', '2028-05-02', 'daily', [record!.id]])
})

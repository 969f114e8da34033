// @clause 12.1, X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { explainScore, listModels, listPopulationRuns, listScores, listScoresOfSubject } from '../../src/modules/evaluation/contract.ts'
import { getGrades, listGradeChanges } from '../../src/modules/grading/contract.ts'
import { downloadDocument, getRecord, leagueTable, listGaps, listRecords } from '../../src/modules/records/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
const refuses = (code: string, status: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && error.status === status

const register = `统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人
${usccFrom('91460202', 'XHTT0001')},海棠水务测试企业,企业,存续,4610,水务,2015-03-01,符海
${usccFrom('91460202', 'XHTT0002')},海棠餐饮测试企业,企业,存续,6210,市场监管,2015-03-01,符江
`
let water = 0
let market = 0
let cookie = ''

before(async () => {
  const batch = await program.import('subject', Buffer.from(register), 'market-regulation')
  assert.equal(batch.accepted, 2)
  const { rows } = await program.call(listSubjects, {})
  water = rows.find((row) => row.sectors.includes('water'))!.subjectId
  market = rows.find((row) => row.sectors.includes('market-regulation'))!.subjectId
  cookie = (await program.officer(['sector-supervisor'], 'water')).cookie
})

test('the supervisor of a sector finds, counts and opens the subjects of that sector, and of another learns not even that they exist', async () => {
  const { rows, total } = await program.call(listSubjects, {}, { as: cookie })
  assert.deepEqual([rows.map(({ subjectId }) => subjectId), total], [[water], 1])
  assert.equal((await program.call(listSubjects, { find: '餐饮' }, { as: cookie })).total, 0)
  assert.equal((await program.call(listSubjects, { sector: 'market-regulation' }, { as: cookie })).total, 0)
  assert.equal((await program.call(getSubject, { subjectId: water }, { as: cookie })).subjectId, water)
  await assert.rejects(program.call(getSubject, { subjectId: market }, { as: cookie }), refuses('subject.missing', 404))
  await assert.rejects(program.call(getSubject, { subjectId: 999_999 }, { as: cookie }), refuses('subject.missing', 404))
})

test('neither do scores, their explanation, grades, records and documents of another sector answer', async () => {
  await program.xinheng.settled()
  const model = 'public-credit'
  for (const ask of [
    program.call(listScoresOfSubject, { subjectId: market }, { as: cookie }), program.call(explainScore, { subjectId: market, model }, { as: cookie }), program.call(getGrades, { subjectId: market }, { as: cookie }),
  ]) await assert.rejects(ask, refuses('subject.missing', 404))
  for (const ask of [program.call(getRecord, { subjectId: market, recordId: 1 }, { as: cookie }), program.call(downloadDocument, { subjectId: market, recordId: 1, attachmentId: 1 }, { as: cookie })]) await assert.rejects(ask, refuses('record.not-found', 404))
  assert.ok((await program.call(getGrades, { subjectId: water }, { as: cookie })).present.length > 0)
  const all = await program.call(listScores, { key: model })
  const own = await program.call(listScores, { key: model }, { as: cookie })
  assert.deepEqual([all.total, own.total, own.rows[0]!.subjectId], [2, 1, water])
  assert.equal((await program.call(listScores, { key: model, on: '2026-01-01' }, { as: cookie })).rows.some(({ subjectId }) => subjectId === market), false)
  assert.ok((await program.call(listGradeChanges, {}, { as: cookie })).rows.every(({ subjectId }) => subjectId === water))
  assert.equal((await program.call(listRecords, { subjectId: market }, { as: cookie })).total, 0)
  assert.equal((await program.call(listModels, {}, { as: cookie })).rows.find(({ key }) => key === model)!.subjects, 1)
})

test('figures of departments are those that supervise the sector; what cannot be limited is refused', async () => {
  assert.deepEqual((await program.call(leagueTable, {}, { as: cookie })).rows.map(({ department }) => department), ['water'])
  assert.deepEqual((await program.call(listGaps, {}, { as: cookie })).rows, [])
  await assert.rejects(program.call(listPopulationRuns, { key: 'public-credit' }, { as: cookie }), refuses('act.out-of-reach', 403))
})

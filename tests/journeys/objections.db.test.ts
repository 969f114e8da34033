// @clause 4.8
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import * as agents from '../../src/modules/agents/contract.ts'
import { listTrail } from '../../src/modules/audit/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import * as objections from '../../src/modules/objections/contract.ts'
import { listScores } from '../../src/modules/evaluation/contract.ts'
import { getGrades, listGradeChanges } from '../../src/modules/grading/contract.ts'
import { getRecord, listRecords } from '../../src/modules/records/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { listWork } from '../../src/modules/worklist/contract.ts'
import { dayOf } from '../../src/kernel/day.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())

const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
type Own = { accountId: number; cookie: string }
let own: Own
let other: Own
let record = { subjectId: 0, recordId: 0 }
let market: Own
let head: Own
let credit: Own
let secondHead: Own
/** Days pass; everybody signs in again. */
async function later(days: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + days * 86_400_000))
  for (const one of [own, other, market, head, credit, secondHead]) one.cookie = await program.signedIn(one.accountId)
}

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation')
  await program.xinheng.settled()
  const { rows } = await program.call(listRecords, { kind: 'penalty' })
  record = rows[0]!
  const { rows: all } = await program.call(listSubjects, {})
  own = await program.person({ subjectId: record.subjectId, capacity: 'legal-representative', limits: [] })
  other = await program.person({ subjectId: all.find(({ subjectId }) => subjectId !== record.subjectId)!.subjectId, capacity: 'legal-representative', limits: [] })
  market = await program.officer(['department-officer', 'department-head'], 'market-regulation')
  head = await program.officer(['department-head'], 'market-regulation')
  credit = await program.officer(['credit-officer'])
  secondHead = await program.officer(['credit-head'])
})

const file = (more: object = {}, as = own.cookie) => program.call(objections.fileObjection, { subjectId: record.subjectId, about: 'record', recordId: record.recordId, grounds: '处罚决定已被行政复议撤销', wish: '请撤回该记录', ...more }, { as })
const present = async () => (await program.call(getRecord, { subjectId: record.subjectId, recordId: record.recordId }, { as: credit.cookie }))
let id = 0

test('the business sees its own record whole, who looked by department and day, and nothing of another', async () => {
  await program.call(getRecord, { subjectId: record.subjectId, recordId: record.recordId }, { as: market.cookie })
  const seen = await program.call(agents.getOwnRecord, { subjectId: record.subjectId }, { as: own.cookie })
  const { rows: records, total } = await program.call(agents.listOwnRecords, { subjectId: record.subjectId, limit: 1 }, { as: own.cookie })
  assert.deepEqual([records.length, total], [1, 1])
  assert.deepEqual(await program.call(agents.listOwnRecords, { subjectId: record.subjectId, offset: 1 }, { as: own.cookie }), { rows: [], total: 1 })
  assert.equal((await program.call(agents.listOwnRecords, { subjectId: record.subjectId, kind: 'licence' }, { as: own.cookie })).total, 0)
  assert.ok((await program.call(agents.listOwnRecords, { subjectId: record.subjectId, kind: 'penalty' }, { as: own.cookie })).rows.some(({ recordId }) => recordId === record.recordId))
  assert.ok(seen.scores.length > 0 && seen.scores[0]!.lines.every(({ words }) => words.zh !== ''), 'every point in words')
  const looks = await program.call(agents.listOwnLooks, { subjectId: record.subjectId }, { as: own.cookie })
  assert.ok(looks.rows.some(({ department, day }) => department === 'market-regulation' && day === '2026-11-20'))
  assert.ok(!JSON.stringify(looks).includes('测试'), 'no officer by name')
  for (const ask of [agents.getOwnRecord, agents.listOwnRecords, agents.listOwnLooks, agents.listAgents, objections.listOwnObjections] as const) await assert.rejects(program.call(ask, { subjectId: record.subjectId }, { as: other.cookie }), refuses('my.subject-missing', 404), ask.path)
})

test('an objection marks the record at once and stands with the department that reported it', async () => {
  await assert.rejects(file({}, other.cookie), refuses('my.subject-missing', 404))
  await assert.rejects(file({ recordId: 999_999 }), refuses('objection.nothing-there', 404))
  const filed = await file({ requestId: 'objection-1' })
  id = filed.objectionId
  assert.deepEqual(await file({ requestId: 'objection-1' }), filed, 'a repetition files nothing twice')
  assert.equal(filed.department, 'market-regulation')
  assert.equal(filed.dueOn, '2026-11-27')
  assert.equal((await present()).objected, true)
  assert.equal((await program.call(listRecords, { subjectId: record.subjectId, kind: 'penalty' }, { as: credit.cookie })).rows.find(({ recordId }) => recordId === record.recordId)!.objected, true)
  await assert.rejects(file(), refuses('objection.open-already', 409))
})

test('only the department that has it reads and answers it; the credit office sees when it is late', async () => {
  const water = (await program.officer(['department-officer'], 'water')).cookie
  await assert.rejects(program.call(objections.getObjection, { objectionId: id }, { as: water }), refuses('objection.missing', 404))
  assert.equal((await program.call(objections.listObjections, {}, { as: water })).total, 0)
  await assert.rejects(program.call(objections.answerObjection, { objectionId: id, words: '核查属实' }, { as: water }), refuses('objection.missing', 404))
  await later(14)
  assert.equal((await program.call(objections.listObjections, { late: 'true' } as never, { as: credit.cookie })).total, 1)
  const work = await program.call(listWork, {}, { as: credit.cookie })
  assert.ok(JSON.stringify(work).includes('objections.open'))
  assert.equal((await program.call(objections.answerObjection, { objectionId: id, words: '经核查，复议决定已撤销原处罚' }, { as: market.cookie })).state, 'answered')
})

test('whoever had a hand in it does not decide, and a decision against the business tells the remedy', async () => {
  const decide = (as: string, more: object = {}) => program.call(objections.decideObjection, { objectionId: id, act: 'uphold', words: '异议成立，撤回记录', ...more }, { as })
  await assert.rejects(decide(credit.cookie), refuses('act.not-allowed', 403))
  await assert.rejects(decide(head.cookie, { act: 'reject' }), refuses('objection.remedy-missing'))
  await assert.rejects(decide(market.cookie), refuses('act.same-person', 409), 'head, and yet the one who answered')
  const page = await program.call(objections.getObjection, { objectionId: id }, { as: head.cookie })
  assert.deepEqual(page.acts.filter(({ whyNot }) => whyNot === null).map(({ act }) => act), ['extend', 'uphold', 'uphold-partly', 'reject'])
  assert.equal((await decide(head.cookie)).state, 'upheld')
  assert.equal((await present()).objected, true, 'marked until it is carried out')
  await assert.rejects(program.call(objections.decideObjection, { objectionId: id, act: 'uphold', words: '再次决定' }, { as: secondHead.cookie }), refuses('objection.not-now', 409))
})

test('the owner carries it out through the record, and the business reads the answer', async () => {
  const carry = (how: 'withdrawn' | 'corrected', as = head.cookie) => program.call(objections.carryOutObjection, { objectionId: id, how, words: '原处罚已被撤销' }, { as })
  await assert.rejects(carry('corrected'), refuses('objection.not-corrected', 409))
  await assert.rejects(carry('withdrawn', secondHead.cookie), refuses('act.not-allowed', 403))
  assert.equal((await carry('withdrawn')).state, 'corrected')
  const now = await present()
  assert.deepEqual([now.withdrawn, now.objected], [true, false])
  const { rows } = await program.call(objections.listOwnObjections, { subjectId: record.subjectId }, { as: own.cookie })
  assert.deepEqual(rows[0]!.steps.map(({ act }) => act), ['answer', 'uphold', 'carry-out'])
  assert.ok(rows[0]!.steps.every(({ who }) => who === ''), 'by department, not by name')
  await assert.rejects(file(), refuses('objection.record-withdrawn', 409))
})

test('objections to registration: forwarded, extended once, declined, repeated, withdrawn', async () => {
  const about = (more: object = {}) => file({ about: 'registration', recordId: undefined, grounds: '法定代表人登记有误', wish: '请更正登记', ...more })
  const first = (await about()).objectionId
  assert.equal((await program.call(objections.forwardObjection, { objectionId: first, department: 'water', words: '由水务部门核查' }, { as: credit.cookie })).state, 'checking')
  await assert.rejects(program.call(objections.forwardObjection, { objectionId: first, department: 'nowhere', words: '转交给谁' }, { as: credit.cookie }), refuses('objection.department-unknown'))
  await program.call(objections.extendObjection, { objectionId: first, words: '需调阅档案' }, { as: secondHead.cookie })
  await assert.rejects(program.call(objections.extendObjection, { objectionId: first, words: '再次延长' }, { as: secondHead.cookie }), refuses('objection.extended-before', 409))
  await program.call(objections.declineObjection, { objectionId: first, words: '不属于信用信息范围' }, { as: credit.cookie })
  const second = (await about()).objectionId
  assert.equal((await program.call(objections.getObjection, { objectionId: second }, { as: credit.cookie })).repeats, first)
  assert.equal((await program.call(objections.withdrawObjection, { subjectId: record.subjectId, objectionId: second }, { as: own.cookie })).state, 'withdrawn')
  await assert.rejects(program.call(objections.withdrawObjection, { subjectId: record.subjectId, objectionId: second }, { as: own.cookie }), refuses('objection.not-now', 409))
})

test('officers narrow the list, and export what they see: the file stands in the trail as an export, with its rows and subjects', async () => {
  const water = (await program.officer(['department-officer'], 'water')).cookie
  const list = async (filter: Parameters<typeof program.call<typeof objections.listObjections>>[1], as = credit.cookie) => (await program.call(objections.listObjections, filter, { as })).rows
  assert.deepEqual((await list({ state: 'corrected' })).map(({ objectionId }) => objectionId), [id])
  assert.deepEqual((await list({ about: 'registration', department: 'water' })).map(({ state }) => state), ['declined'])
  assert.deepEqual((await list({ department: 'market-regulation' }, water)), [], 'a filter reaches no further than the permission')
  assert.equal((await list({ find: '不存在的企业' })).length, 0)
  assert.deepEqual(await list({ late: 'true', state: 'corrected' }), [], 'what is settled is not late')
  const csv = (await program.download(objections.exportObjections, { form: 'csv' }, { as: water })).toString()
  assert.equal(csv.trim().split('\r\n').length, 2)
  assert.ok(csv.includes('不予受理') && csv.includes('法定代表人登记有误'))
  assert.ok((await program.download(objections.exportObjections, {}, { as: credit.cookie })).subarray(0, 2).toString() === 'PK')
  const { rows: lines } = await program.call(listTrail, { kind: 'export', department: 'water' }, { as: (await program.officer(['auditor'])).cookie })
  assert.deepEqual(lines.map(({ what, rows, subjectIds }) => [what, rows, subjectIds]), [['/objections/export', 1, [record.subjectId]]])
})

test('an objection to a grade or to the registration marks them for whoever opens the subject or a list in which they stand, until it is settled', async () => {
  const { subjectId } = record
  const NO_MARK = { subject: null, list: null, changes: [], others: 0 }
  const inLists = async (as: string) => {
    const [{ rows: subjects }, { rows: changes }] = [await program.call(listSubjects, { limit: 500 }, { as }), await program.call(listGradeChanges, { limit: 500 }, { as })]
    return {
      subject: (await program.call(getSubject, { subjectId }, { as })).objectedSince, list: subjects.find((row) => row.subjectId === subjectId)!.objectedSince,
      changes: changes.filter((row) => row.objectedSince !== null && row.subjectId === subjectId).map((row) => [row.model, row.objectedSince]), others: [...subjects, ...changes].filter((row) => row.objectedSince !== null && row.subjectId !== subjectId).length,
    }
  }
  const beside = async (as: string) => (await program.call(objections.getBeside, { subjectId }, { as })).pending
  const window = (await program.officer(['window'])).cookie
  assert.deepEqual(await beside(window), [], 'what was settled before has left no mark')
  assert.deepEqual(await inLists(window), NO_MARK)
  const { model } = (await program.call(getGrades, { subjectId }, { as: credit.cookie })).present[0]!
  const [grade, registration] = [await file({ about: 'grade', recordId: undefined, model }), await file({ about: 'registration', recordId: undefined })]
  const day = dayOf(clock.now())
  assert.deepEqual(await beside(window), [{ about: 'grade', model, since: day }, { about: 'registration', model: null, since: day }])
  const supervisor = (await program.officer(['sector-supervisor'], 'market-regulation')).cookie
  for (const as of [window, credit.cookie, supervisor]) assert.deepEqual(await inLists(as), { subject: day, list: day, changes: [[model, day]], others: 0 })
  const { rows: scored } = await program.call(listScores, { key: model }, { as: credit.cookie })
  assert.deepEqual(scored.filter(({ objectedSince }) => objectedSince !== null).map((row) => [row.subjectId, row.objectedSince]), scored.some((row) => row.subjectId === subjectId) ? [[subjectId, day]] : [])
  await program.call(objections.declineObjection, { objectionId: grade.objectionId, words: '等级由上级评定' }, { as: credit.cookie })
  assert.match((await program.call(objections.getObjection, { objectionId: grade.objectionId }, { as: credit.cookie })).what.zh, /^等级：\p{Script=Han}/u, 'by its title, not its key')
  assert.deepEqual((await beside(window)).map(({ about }) => about), ['registration'])
  assert.deepEqual(await inLists(window), { subject: day, list: day, changes: [], others: 0 })
  await program.call(objections.withdrawObjection, { subjectId, objectionId: registration.objectionId }, { as: own.cookie })
  assert.deepEqual(await beside(window), [])
  assert.deepEqual(await inLists(window), NO_MARK)
})

test('the business reads its objections part by part to the last one, the open ones first', async () => {
  const page = (window: { offset?: number; limit?: number }) => program.call(objections.listOwnObjections, { subjectId: record.subjectId, ...window }, { as: own.cookie })
  const { rows: all, total } = await page({})
  assert.ok(total > 3 && all.length === total)
  const parts = await Promise.all(Array.from({ length: total }, (_, offset) => page({ offset, limit: 1 })))
  assert.deepEqual(parts.flatMap(({ rows }) => rows.map(({ objectionId }) => objectionId)), all.map(({ objectionId }) => objectionId))
  assert.deepEqual((await page({ offset: total })).rows, [])
})

test('a statement stands beside the record until it is taken back; an agent who may only look files none', async () => {
  const { statementId } = await program.call(objections.fileStatement, { subjectId: record.subjectId, recordId: record.recordId, words: '我公司已全面整改' }, { as: own.cookie })
  const said = async () => (await program.call(objections.getBeside, { subjectId: record.subjectId }, { as: market.cookie })).statements
  assert.deepEqual((await said()).map((one) => [one.words, one.recordId, one.filedAt.getTime()]), [['我公司已全面整改', record.recordId, clock.now().getTime()]], 'with the record that it is about, and the day')
  await program.call(objections.withdrawStatement, { subjectId: record.subjectId, statementId }, { as: own.cookie })
  assert.deepEqual(await said(), [])
  await assert.rejects(program.call(objections.withdrawStatement, { subjectId: record.subjectId, statementId }, { as: own.cookie }), refuses('statement.missing', 404))
  const looking = await program.person({ subjectId: record.subjectId, capacity: 'agent', limits: [] })
  await assert.rejects(file({}, looking.cookie), refuses('act.not-allowed', 403))
})

test('the ledger rebuilds every objection, step and statement', async () => {
  await program.xinheng.settled()
  const audited = await program.call(auditLedger, {}, { as: (await program.officer(['auditor'])).cookie })
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

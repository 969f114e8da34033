import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { usccFrom } from '../../kernel/codes/index.ts'
import { day, startOf } from '../../kernel/day.ts'
import { audit, signerOfSeed, startLedger } from '../../engines/ledger/index.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { sql } from '../../platform/db/index.ts'
import { adoptPolicyModels, dailyRuns as evaluationRuns, evaluationEntryTypes, evaluationFollower, evaluationRoutes, publicGradeKind } from '../evaluation/index.ts'
import { explainScore, getModel, listModels, listScores, listScoresOfSubject } from '../evaluation/contract.ts'
import { organisationEntryTypes } from '../organisation/index.ts'
import { recordEntryTypes, fileRecords, type NewFact } from '../records/index.ts'
import { subjectEntryTypes, subjectKind } from '../subjects/index.ts'
import { submissionEntryTypes, submitRows } from '../submissions/index.ts'
import { askOf, testWorld } from '../submissions/testing/world.ts'
import { getGrades, listGradeChanges } from './contract.ts'
import { act, type ActContext } from '../../engines/procedure/index.ts'
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import { dailyRuns as gradingRuns, gradingEntryTypes, gradingFollower, gradingRoutes } from './index.ts'

const { world, clock, close } = await testWorld('2026-11-22T10:00:00+08:00')
const faults: unknown[] = []
const signer = signerOfSeed('haitang.example/xinheng', new Uint8Array(32).fill(7))
const ledger = startLedger({ db: world.db, clock, signers: [signer], followers: [evaluationFollower, gradingFollower], world, everyMs: 0, log: { error: ({ error }) => void faults.push(error) } })
after(async () => {
  await ledger.stop()
  await close()
})
const ask = askOf(world, [...evaluationRoutes(async () => []), ...gradingRoutes(async () => [])])
const officer = systemActor('testing')
const settled = async () => {
  await ledger.settled()
  assert.deepEqual(faults, [])
}
const uscc = usccFrom('91460200', 'MA5T0X12')
const subjectId = async () => (await sql<{ id: number }>`select subject_id as id from subjects.subject where uscc = ${uscc}`.execute(world.db)).rows[0]!.id
const file = (facts: readonly NewFact[]) => act({ name: 'testing.act', permission: 'testing', basis: basis('practice', 'practice'), input: z.object({}), run: (context: ActContext) => fileRecords(context, facts) }).perform(world, officer, {})
const penalty = (id: number, number: string, severity: 'minor' | 'general' | 'serious', decidedOn = day('2026-11-20')): NewFact => ({
  subjectId: id, kind: 'penalty', documentNumber: number, fields: { CF_WSH: number, severity }, receivedOn: day('2026-11-22'), department: 'tourism', batchId: null, rowNumber: null, reason: null,
  effect: {
    decidedOn, reportDueOn: null, reportDueProvisional: false, endsOn: null, class: severity, tags: ['fine'], sector: 'tourism', amountFen: 5_000_000n, grade: null, public: true, withheldReason: null,
    repairableOn: null, publicity: null, sharing: null, use: null, series: null,
  },
})

test('a registered business is scored and graded by the models that concern it', async () => {
  await adoptPolicyModels(world)
  const [counts] = await submitRows(world, officer, [{
    kind: subjectKind, department: 'credit-office', receivedOn: day('2026-11-22'), name: '主体.csv', rows: [{ ZT_TYSHXYDM: uscc, ZT_MC: '三亚演示酒店有限公司', ZT_LX: '企业', ZT_ZT: '存续', ZT_LY: '旅游和文化', ZT_CLRQ: '2015-01-01' }],
  }])
  assert.equal(counts!.accepted, 1)
  await settled()
  const { rows } = await ask(listScoresOfSubject, { subjectId: await subjectId() })
  assert.deepEqual(rows.map(({ model }) => model), ['public-credit', 'tourism'])
  const { present, publicGrade, supervision } = await ask(getGrades, { subjectId: await subjectId() })
  assert.deepEqual(present.map(({ model, origin }) => [model, origin]), [['public-credit', 'local'], ['tourism', 'local']])
  assert.equal(publicGrade, null)
  assert.deepEqual(supervision.map(({ sector }) => sector), ['tourism'])
  assert.ok(supervision[0]!.lines.some(({ policyKey, basis: why }) => policyKey === 'inspections/ratio' && why !== null))
})

test('a score explains itself: its lines add up, and it says what it may be used for', async () => {
  await file([penalty(await subjectId(), 'P1', 'general')])
  await settled()
  const explained = await ask(explainScore, { subjectId: await subjectId(), model: 'public-credit' })
  const sum = explained.lines.reduce((total, { points }) => total + Math.round(Number(points) * 1e10), 0)
  assert.equal(sum, Math.round(Number(explained.score) * 1e10))
  const line = explained.lines.find(({ key }) => key === 'general-penalties')!
  assert.deepEqual(line.records.map(({ documentNumber }) => documentNumber), ['P1'])
  assert.ok(line.records[0]!.fallsAwayOn! > '2026-11-22' && line.basis !== null)
  assert.match(explained.standing.zh, /内部监管分类.*不对外公开.*不得用于招标投标.*上级评定.*未经/)
  assert.ok(explained.ahead.length > 0 && explained.ahead.length <= 3)
  assert.ok(explained.ahead.every(({ why, on }) => why.zh.includes('分') && on > '2026-11-22'))
  const { rows } = await ask(listScoresOfSubject, { subjectId: await subjectId() })
  assert.deepEqual(rows.filter(({ model }) => model === 'public-credit').map(({ score, grade, holdsUntil }) => [score, grade, holdsUntil]), [[explained.score, explained.grade, explained.holdsUntil]])
})

test('as known before the penalty came, the score is another', async () => {
  const [now, before] = [await ask(explainScore, { subjectId: await subjectId(), model: 'public-credit' }), await ask(explainScore, { subjectId: await subjectId(), model: 'public-credit', on: '2026-11-22', knownAt: '2026-11-22T09:59:59+08:00' }).catch((error: { code: string }) => error.code)]
  assert.equal(before, 'score.no-model', 'before the models were adopted there was none to score by')
  clock.set(new Date('2026-11-23T10:00:00+08:00'))
  await file([penalty(await subjectId(), 'P2', 'serious')])
  await settled()
  const later = await ask(explainScore, { subjectId: await subjectId(), model: 'public-credit' })
  const asKnown = await ask(explainScore, { subjectId: await subjectId(), model: 'public-credit', on: '2026-11-22', knownAt: '2026-11-22T12:00:00+08:00' })
  assert.ok(Number(later.score) < Number(now.score))
  assert.equal(asKnown.score, now.score)
})

test('a public grade comes in by file: known codes only, and it outranks the local reference', async () => {
  const row = { PJ_TYSHXYDM: uscc, PJ_MC: '三亚演示酒店有限公司', PJ_DJ: 'D', PJ_RQ: '2026-10-31', PJ_JG: '国家发展改革委' }
  const [counts] = await submitRows(world, officer, [{
    kind: publicGradeKind, department: 'credit-office', receivedOn: day('2026-11-23'), name: '公共信用.csv', rows: [row, { ...row, PJ_TYSHXYDM: usccFrom('91460200', 'MA5T0X13') }, { ...row, PJ_MC: '别的公司', PJ_RQ: '2026-10-30' }],
  }])
  assert.deepEqual([counts!.accepted, counts!.rejected], [1, 2])
  await settled()
  const { present, publicGrade, history } = await ask(getGrades, { subjectId: await subjectId() })
  assert.deepEqual([publicGrade!.grade, publicGrade!.scale, publicGrade!.origin, publicGrade!.rank], ['D', 'public-2026', 'received', 4])
  assert.match(publicGrade!.because.words.zh, /2026-10-31.*优先/)
  assert.equal(present[0]!.model, 'public-credit')
  assert.ok(history.some(({ origin, model }) => model === 'public-credit' && origin === 'local'))
  const [again] = await submitRows(world, officer, [{ kind: publicGradeKind, department: 'credit-office', receivedOn: day('2026-11-23'), name: '公共信用.csv', rows: [row] }])
  assert.deepEqual([again!.accepted, again!.unchanged], [0, 1])
})

test('the strictest of the grades decides the supervision', async () => {
  const { supervision } = await ask(getGrades, { subjectId: await subjectId() })
  assert.deepEqual(supervision.map(({ supervisionClass, strict, greenChannel, ratio }) => [supervisionClass, strict, greenChannel, ratio]), [['D', true, false, '1']])
  assert.ok(supervision[0]!.lines.some(({ what, basis: why }) => what.zh === '合并规则' && why!.status === 'unconfirmed'))
})

test('who changed today, in which direction and why', async () => {
  const { rows, total } = await ask(listGradeChanges, { from: '2026-11-23', direction: 'down' })
  assert.ok(total >= 1 && rows.every(({ direction, on }) => direction === 'down' && on === '2026-11-23'))
  assert.ok(rows.some(({ because }) => because.cause === 'records' && because.recordIds.length > 0))
})

test('every model has a page with its words, its statement and its distribution', async () => {
  const { rows } = await ask(listModels, {})
  assert.equal(rows.length, 9)
  for (const { key } of rows) {
    const page = await ask(getModel, { key })
    assert.equal(page.distribution.length, 20)
    assert.equal(page.distribution.reduce((sum, { subjects }) => sum + subjects, 0), page.subjects)
    assert.match(page.sql, /group by r\.subject_id/)
    assert.ok(page.dimensions.every(({ characteristics }) => characteristics.every(({ words }) => words.zh !== '' && !words.zh.includes('undefined') && !words.en.includes('undefined'))))
  }
  const { rows: scores, total } = await ask(listScores, { key: 'tourism' })
  assert.deepEqual([scores.length, total], [1, 1])
  const earlier = await ask(listScores, { key: 'tourism', on: '2026-11-01' })
  assert.ok(earlier.total === 1 && Number(earlier.rows[0]!.score) > Number(scores[0]!.score), 'on an earlier day neither penalty had been decided')
})

test('the daily runs change nothing twice', async () => {
  for (const run of [...evaluationRuns, ...gradingRuns]) await run.run(world, day('2026-11-23'))
  await settled()
  const count = async () => (await sql<{ count: number }>`select count(*) as count from ledger.entry`.execute(world.db)).rows[0]!.count
  const before = await count()
  for (const run of [...evaluationRuns, ...gradingRuns]) await run.run(world, day('2026-11-23'))
  await settled()
  assert.equal(await count(), before)
})

test('the audit is clean after all this, and names a score that was changed behind its back', async () => {
  const types = [...organisationEntryTypes, ...submissionEntryTypes, ...subjectEntryTypes, ...recordEntryTypes, ...evaluationEntryTypes, ...gradingEntryTypes]
  const check = () => audit(world.db, types, { verifierKeys: [signer.verifierKey], now: new Date(startOf(day('2026-11-24')).getTime()) })
  const clean = await check()
  assert.deepEqual(clean.problems, [])
  await sql`update evaluation.result set score = 100 where model_key = 'tourism'`.execute(world.db)
  assert.equal((await check()).firstProblem?.name, 'evaluation.run')
  await sql`update grading.grade set grade = 'A' where model_key = 'public-credit' and until_on is null`.execute(world.db)
  assert.ok((await check()).problems.some(({ name }) => name === 'grade.changed'))
})

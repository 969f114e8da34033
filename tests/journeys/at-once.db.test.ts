// @clause X.4, 4.8
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileClaim as fileClaimAct } from '../../src/modules/agents/index.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import * as objections from '../../src/modules/objections/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { getSubject } from '../../src/modules/subjects/contract.ts'
import type { Actor } from '../../src/engines/procedure/index.ts'
import { sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

type Person = Awaited<ReturnType<typeof program.person>>
let record: { readonly subjectId: number; readonly recordId: number }
let uscc = ''
let wang: Person
let owner: Person
let counter: string[]

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation')
  await program.xinheng.settled()
  const { rows } = await program.call(listRecords, { kind: 'penalty' })
  record = rows[0]!
  uscc = (await program.call(getSubject, { subjectId: rows.find(({ subjectId }) => subjectId !== record.subjectId)!.subjectId })).uscc!
  wang = await program.person(null, '王芳')
  owner = await program.person({ subjectId: record.subjectId, capacity: 'legal-representative', limits: [] })
  counter = [(await program.officer(['window'])).cookie, (await program.officer(['credit-officer'])).cookie]
})

/** What came of several requests sent at once: answers first, then codes of refusals. */
async function atOnce(requests: readonly Promise<unknown>[]): Promise<{ answers: unknown[]; codes: string[] }> {
  const settled = await Promise.allSettled(requests)
  for (const one of settled) if (one.status === 'rejected' && !(one.reason instanceof HttpRefusal)) throw one.reason
  return { answers: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), codes: settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as HttpRefusal).problem.code] : [])) }
}
async function count(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.raw(table)}`.execute(program.xinheng.database.db)
  return rows[0]!.count
}
const upload = async () => (await program.call(agents.uploadEvidence, { name: '营业执照.png' }, { as: wang.cookie, upload: PNG })).uploadId
const claim = (uploadIds: number[], requestId?: string) => program.call(agents.fileClaim, { uscc, capacity: 'legal-representative', untilOn: '2027-01-01', uploadIds, requestId }, { as: wang.cookie })

test('killed after the upload, or in the middle of the claim, nothing half stands and the same file goes along afterwards', async () => {
  const uploadId = await upload()
  const { world, database } = program.xinheng
  const actor: Actor = { id: `agent:${wang.userName}`, name: wang.name, department: null, accountId: wang.accountId, may: () => true, scope: () => 'all' }
  const { subjectId, name } = (await database.db.transaction().execute(async (tx) => (await sql<{ subjectId: number; name: string }>`select subject_id as "subjectId", name from subjects.subject where uscc = ${uscc}`.execute(tx)).rows[0]))!
  await assert.rejects(database.db.transaction().execute(async (tx) => {
    await fileClaimAct.performIn(tx, world, actor, { accountId: wang.accountId, name: wang.name, subject: { subjectId, name, uscc, status: 'active', type: 'enterprise' }, capacity: 'legal-representative', limits: [], untilOn: '2027-01-01', words: null, uploadIds: [uploadId] })
    throw new Error('killed')
  }), /killed/)
  assert.deepEqual([await count('agents.claim'), await count('agents.evidence'), await count('agents.upload')], [0, 0, 1])
  const { claimId } = await claim([uploadId])
  assert.equal((await program.call(agents.getClaim, { claimId })).files.length, 1)
  await program.call(agents.withdrawClaim, { claimId }, { as: wang.cookie })
})

test('a claim with files sent twice at once is one: a double click gets the same answer, a second form is refused', async () => {
  const files = [await upload(), await upload()]
  const twice = await atOnce([claim(files, 'claim-twice'), claim(files, 'claim-twice')])
  assert.deepEqual(twice.codes, [])
  assert.deepEqual(twice.answers[0], twice.answers[1])
  const { claimId } = twice.answers[0] as { claimId: number }
  assert.equal((await program.call(agents.getClaim, { claimId })).files.length, 2)
  await program.call(agents.withdrawClaim, { claimId }, { as: wang.cookie })
  const two = await atOnce([claim(files), claim(files)])
  assert.deepEqual([two.answers.length, two.codes], [1, ['claim.waiting-already']])
})

test('two officers answer one claim at once: one answer stands, the other is told so, and no mandate is left over', async () => {
  const { rows: [waiting] } = await program.call(agents.listClaims, { state: 'waiting' })
  const answer = (outcome: 'confirmed' | 'refused', as: string) => program.call(agents.answerClaim, { claimId: waiting!.claimId, outcome, reason: '材料不全，请补齐' }, { as })
  const { answers, codes } = await atOnce([answer('confirmed', counter[0]!), answer('refused', counter[1]!), answer('confirmed', counter[1]!)])
  assert.deepEqual([answers.length, codes], [1, ['claim.answered-already', 'claim.answered-already']])
  const { outcome, standing } = await program.call(agents.getClaim, { claimId: waiting!.claimId })
  assert.equal(standing.length, outcome === 'confirmed' ? 1 : 0)
})

test('an objection sent twice at once is one with one mark, and two officers who act on it at once follow one another', async () => {
  const file = (requestId?: string) => program.call(objections.fileObjection, { ...record, about: 'record', grounds: '处罚决定已被撤销', wish: '请撤回该记录', requestId }, { as: owner.cookie })
  const filed = await atOnce([file('objection-twice'), file('objection-twice')])
  assert.deepEqual([filed.answers[0], filed.codes], [filed.answers[1], []])
  assert.deepEqual((await atOnce([file(), file()])).codes, ['objection.open-already', 'objection.open-already'])
  assert.deepEqual([await count('objections.objection'), await count('records.mark')], [1, 1])
  const { objectionId } = filed.answers[0] as { objectionId: number }
  const officers = [(await program.officer(['department-officer'], 'market-regulation')).cookie, (await program.officer(['department-officer'], 'market-regulation')).cookie]
  const answered = await atOnce(officers.map((as) => program.call(objections.answerObjection, { objectionId, words: '已核查，情况属实' }, { as })))
  assert.deepEqual([answered.answers.length, answered.codes], [1, ['objection.not-now']])
  const heads = [(await program.officer(['department-head'], 'market-regulation')).cookie, (await program.officer(['credit-head'])).cookie]
  const decided = await atOnce([program.call(objections.decideObjection, { objectionId, act: 'uphold', words: '异议成立' }, { as: heads[0]! }), program.call(objections.decideObjection, { objectionId, act: 'reject', words: '异议不成立', remedy: '可向信用主管部门申请复核' }, { as: heads[1]! })])
  assert.deepEqual([decided.answers.length, decided.codes], [1, ['objection.not-now']])
  assert.equal(await count('objections.step'), 2)
})

test('two legal representatives end one mandate at once, and the ledger holds all of it once', async () => {
  const agent = await program.person({ subjectId: record.subjectId, capacity: 'agent', limits: [] })
  const { mandateId } = (await program.call(agents.getSpace, {}, { as: agent.cookie })).subjects[0]!
  const ends = await atOnce([program.call(agents.endAgent, { subjectId: record.subjectId, mandateId }, { as: owner.cookie }), program.call(agents.endOwnMandate, { subjectId: record.subjectId, mandateId }, { as: agent.cookie })])
  assert.equal(ends.answers.length, 1)
  assert.ok(['mandate.missing', 'act.not-allowed'].includes(ends.codes[0]!))
  await program.xinheng.settled()
  const audited = await program.call(auditLedger, {}, { as: (await program.officer(['auditor'])).cookie })
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

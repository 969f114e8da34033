// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { confirmByIdentityService } from '../../src/modules/agents/index.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { listTrail } from '../../src/modules/audit/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { day } from '../../src/kernel/day.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())

const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
const CODES = ['XHYX0001', 'XHYX0002', 'XHYX0003'].map((serial) => usccFrom('91460202', serial))
const [OWN, OTHER, GONE] = CODES as [string, string, string]
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const subjects = new Map<string, number>()
type Person = Awaited<ReturnType<typeof program.person>>
const people: Record<string, Person> = {}

before(async () => {
  const rows = ['统一社会信用代码,主体名称,主体类型,登记状态,法定代表人', `${OWN},海棠湾酒店有限公司,企业,存续,王芳`, `${OTHER},另一家有限公司,企业,存续,李四`, `${GONE},已注销有限公司,企业,注销,赵六`]
  await program.import('subject', Buffer.from(`﻿${rows.join('\n')}\n`), 'market-regulation')
  for (const { subjectId, uscc } of (await program.call(listSubjects, {})).rows) subjects.set(uscc!, subjectId)
  for (const [key, name] of [['wang', '王芳'], ['li', '李雷'], ['stranger', '路人'], ['second', '王小明']] as const) people[key] = await program.person(null, name)
})
const as = (key: string) => ({ as: people[key]!.cookie })
async function upload(key: string): Promise<number> {
  return (await program.call(agents.uploadEvidence, { name: '营业执照.png' }, { ...as(key), upload: PNG })).uploadId
}
async function claim(key: string, more: object = {}) {
  return program.call(agents.fileClaim, { uscc: OWN, capacity: 'legal-representative', untilOn: '2028-01-01', uploadIds: [await upload(key)], ...more }, as(key))
}

test('a claim needs evidence of one’s own, a registered business that still is, and a file that is what it says', async () => {
  const strangers = await upload('stranger')
  await assert.rejects(claim('wang', { uploadIds: [] }), refuses('claim.evidence-missing'))
  await assert.rejects(claim('wang', { uploadIds: [strangers] }), refuses('claim.evidence-missing'), 'the upload of another cannot be named')
  await assert.rejects(claim('wang', { uscc: usccFrom('91460202', 'XHYX0009') }), refuses('claim.subject-unknown', 404))
  await assert.rejects(claim('wang', { uscc: GONE }), refuses('claim.subject-gone'))
  await assert.rejects(program.call(agents.uploadEvidence, { name: 'x.png' }, { ...as('wang'), upload: Buffer.from('<html>') }), refuses('record.document-kind'))
})

let wangs = 0
test('a claim waits for an officer, once, and shows whether the name is the registered one', async () => {
  const filed = await claim('wang')
  wangs = filed.claimId
  assert.equal(filed.subjectName, '海棠湾酒店有限公司')
  assert.equal(filed.dueOn, '2026-11-27', 'five working days')
  await assert.rejects(claim('wang'), refuses('claim.waiting-already', 409))
  const page = await program.call(agents.getClaim, { claimId: wangs })
  assert.equal(page.nameFits, true)
  assert.equal(page.files.length, 1)
  const { claimId } = await claim('stranger')
  assert.equal((await program.call(agents.getClaim, { claimId })).nameFits, false, 'shown, and nothing more')
  assert.equal((await program.call(agents.getSpace, {}, as('wang'))).subjects.length, 0, 'a claim opens nothing')
})

test('only the credit office and the window answer; nobody sees the claims of others', async () => {
  const { cookie } = await program.officer(['department-officer'], 'market-regulation')
  await assert.rejects(program.call(agents.answerClaim, { claimId: wangs, outcome: 'confirmed' }, { as: cookie }), refuses('act.not-allowed', 403))
  await assert.rejects(program.call(agents.answerClaim, { claimId: wangs, outcome: 'confirmed' }, as('wang')), refuses('act.not-allowed', 403))
  await assert.rejects(program.call(agents.withdrawClaim, { claimId: wangs }, as('stranger')), refuses('claim.missing', 404))
  await assert.rejects(program.call(agents.answerClaim, { claimId: wangs, outcome: 'refused' }), refuses('claim.reason-missing'))
})

test('while a claim waits, whoever answers it sees the claimant’s number whole for a purpose that the trail keeps; nobody else, and afterwards only whoever may see persons', async () => {
  const caller = await program.person(null, '陈晓东', '13800138000')
  const { claimId } = await program.call(agents.fileClaim, { uscc: OTHER, capacity: 'legal-representative', untilOn: '2028-01-01', uploadIds: [(await program.call(agents.uploadEvidence, { name: '营业执照.png' }, { as: caller.cookie, upload: PNG })).uploadId] }, { as: caller.cookie })
  const [window, auditor] = [await program.officer(['window'], 'market-regulation'), await program.officer(['auditor'])]
  const seen = async ({ cookie }: { cookie: string }, more: object = {}, purpose?: string) => program.call(agents.getClaim, { claimId, ...more }, { as: cookie, ...(purpose === undefined ? {} : { purpose }) })
  const inPart = await seen(window)
  assert.deepEqual([inPart.masked, inPart.mayFull, inPart.phone === '13800138000'], [true, true, false])
  await assert.rejects(seen(window, { full: 'true' }), refuses('purpose.missing', 403))
  assert.equal((await seen(window, { full: 'true' }, '核对企业认领')).phone, '13800138000')
  const { rows: [line] } = await program.call(listTrail, { actor: `officer:${window.userName}`, purpose: '核对企业认领' }, { as: auditor.cookie })
  assert.deepEqual([line!.what, line!.subjectIds], ['/claims/:claimId', [subjects.get(OTHER)]])
  assert.equal((await seen(auditor)).mayFull, false)
  await assert.rejects(seen(auditor, { full: 'true' }, '核对企业认领'), refuses('act.not-allowed', 403))
  await program.call(agents.answerClaim, { claimId, outcome: 'refused', reason: '材料看不清，请重新上传' }, { as: window.cookie })
  assert.equal((await seen(window)).mayFull, false)
  await assert.rejects(seen(window, { full: 'true' }, '核对企业认领'), refuses('act.not-allowed', 403))
  const credit = await program.officer(['credit-officer'])
  assert.equal((await seen(credit, { full: 'true' }, '核对企业认领')).phone, '13800138000')
})

test('once confirmed, the legal representative reaches this business from the next request on, and no other', async () => {
  const first = await program.call(agents.answerClaim, { claimId: wangs, outcome: 'confirmed', requestId: 'confirm-wang-1' })
  assert.deepEqual(await program.call(agents.answerClaim, { claimId: wangs, outcome: 'confirmed', requestId: 'confirm-wang-1' }), first, 'a repetition gets the first answer')
  await assert.rejects(program.call(agents.answerClaim, { claimId: wangs, outcome: 'refused', reason: '晚了一步' }), refuses('claim.answered-already', 409))
  const space = await program.call(agents.getSpace, {}, as('wang'))
  assert.deepEqual(space.subjects.map(({ uscc, capacity }) => [uscc, capacity]), [[OWN, 'legal-representative']])
  assert.equal((await program.call(agents.listAgents, { subjectId: subjects.get(OWN)! }, as('wang'))).rows.length, 1)
  await assert.rejects(program.call(agents.listAgents, { subjectId: subjects.get(OTHER)! }, as('wang')), refuses('my.subject-missing', 404))
  await assert.rejects(program.call(agents.listAgents, { subjectId: 424242 }, as('wang')), refuses('my.subject-missing', 404), 'a guessed number sounds the same')
  await assert.rejects(claim('wang'), refuses('claim.granted-already', 409))
})

test('another legal representative takes the place of the first only when the officer says so', async () => {
  const { rows } = await program.call(agents.listClaims, { state: 'waiting' })
  const strangers = rows.find(({ name }) => name === '路人')!.claimId
  await assert.rejects(program.call(agents.answerClaim, { claimId: strangers, outcome: 'confirmed' }), refuses('claim.other-representative', 409))
  await program.call(agents.answerClaim, { claimId: strangers, outcome: 'refused', reason: '姓名与登记的法定代表人不符' })
  assert.equal((await program.call(agents.getSpace, {}, as('stranger'))).claims[0]!.reason, '姓名与登记的法定代表人不符')
})

test('the legal representative lets an agent act within limits until a day, sees every new one, and ends it', async () => {
  const subjectId = subjects.get(OWN)!
  const appoint = (more: object = {}) => program.call(agents.appointAgent, { subjectId, userName: people.li!.userName, name: '李雷', untilOn: '2027-06-30', ...more }, as('wang'))
  await assert.rejects(appoint({ name: '李蕾' }), refuses('agent.person-unknown', 404))
  await assert.rejects(appoint({ untilOn: '2030-01-01' }), refuses('mandate.too-long'))
  await assert.rejects(appoint({ subjectId: subjects.get(OTHER)! }), refuses('my.subject-missing'))
  const { mandateId } = await appoint()
  await assert.rejects(appoint(), refuses('mandate.stands-already', 409))
  await assert.rejects(program.call(agents.appointAgent, { subjectId, userName: people.second!.userName, name: '王小明', untilOn: '2027-06-30' }, as('li')), refuses('act.not-allowed'))
  assert.deepEqual((await program.call(agents.getSpace, {}, as('li'))).subjects[0]!.may, ['my.read'])
  const { claimId } = await claim('second', { capacity: 'agent', limits: ['objections'], untilOn: '2027-06-30' })
  await program.call(agents.answerClaim, { claimId, outcome: 'confirmed' })
  assert.deepEqual((await program.call(agents.listAgents, { subjectId }, as('wang'))).rows.filter(({ isNew }) => isNew).map(({ name }) => name), ['王小明'], 'whom an officer let act is told')
  await program.call(agents.endAgent, { subjectId, mandateId }, as('wang'))
  await assert.rejects(program.call(agents.listAgents, { subjectId }, as('li')), refuses('act.not-allowed'), 'from the next request on')
  await assert.rejects(program.call(agents.endAgent, { subjectId, mandateId }, as('wang')), refuses('mandate.missing', 404))
})

test('whoever acts for a business stops by themselves, and nothing more is answered; the mandate of another is not theirs to end', async () => {
  const subjectId = subjects.get(OWN)!
  const { mandateId } = (await program.call(agents.getSpace, {}, as('second'))).subjects[0]!
  const wangsMandate = (await program.call(agents.getSpace, {}, as('wang'))).subjects[0]!.mandateId
  await assert.rejects(program.call(agents.endOwnMandate, { subjectId, mandateId: wangsMandate }, as('second')), refuses('mandate.missing', 404))
  await program.call(agents.getOwnRecord, { subjectId }, as('second'))
  await program.call(agents.endOwnMandate, { subjectId, mandateId }, as('second'))
  await assert.rejects(program.call(agents.getOwnRecord, { subjectId }, as('second')), refuses('act.not-allowed', 403), 'the next request')
  assert.deepEqual((await program.call(agents.getSpace, {}, as('second'))).subjects, [])
})

test('the identity service confirms by the code that it vouches for, and answers the claim that waits', async () => {
  const { claimId } = await claim('li', { uscc: OTHER, capacity: 'agent', untilOn: '2027-06-30' })
  await confirmByIdentityService(program.xinheng.keeper, program.xinheng.world.db, 'province', { accountId: people.li!.accountId, name: '李雷', uscc: OTHER, capacity: 'agent', untilOn: day('2027-06-30') })
  assert.equal((await program.call(agents.getClaim, { claimId })).outcome, 'confirmed')
  assert.deepEqual((await program.call(agents.getSpace, {}, as('li'))).subjects.map(({ uscc }) => uscc), [OTHER])
})

test('the list of claims is narrowed by state, capacity, words and lateness, and exported as such', async () => {
  const list = async (filter: Parameters<typeof program.call<typeof agents.listClaims>>[1]) => (await program.call(agents.listClaims, filter)).rows.map(({ name, outcome }) => `${name} ${outcome}`)
  assert.deepEqual(await list({ state: 'refused' }), ['陈晓东 refused', '路人 refused'])
  assert.deepEqual(await list({ state: 'confirmed', capacity: 'agent' }), ['李雷 confirmed', '王小明 confirmed'])
  assert.deepEqual(await list({ find: OTHER }), ['李雷 confirmed', '陈晓东 refused'])
  assert.deepEqual(await list({ late: 'true' }), [], 'an answered claim is not late')
  const csv = (await program.download(agents.exportClaims, { state: 'refused', form: 'csv' })).toString()
  assert.ok(csv.includes('路人') && csv.includes('不予核准') && !csv.includes('王小明'))
})

test('in its last thirty days a mandate is shown as ending, and goes on without a gap: renewed by the legal representative, or claimed anew', async () => {
  const subjectId = subjects.get(OWN)!
  const { mandateId } = await program.call(agents.appointAgent, { subjectId, userName: people.second!.userName, name: '王小明', limits: ['objections'], untilOn: '2027-03-31' }, as('wang'))
  const renew = (id: number) => program.call(agents.renewAgent, { subjectId, mandateId: id, untilOn: '2027-06-30' }, as('wang'))
  const shown = async () => (await program.call(agents.getSpace, {}, as('second'))).subjects.map(({ untilOn, endsSoon, may }) => [untilOn, endsSoon, may.includes('my.object')])
  const on = async (day: string) => {
    clock.set(new Date(`${day}T01:00:00Z`))
    for (const key of ['wang', 'second']) people[key]!.cookie = await program.signedIn(people[key]!.accountId)
  }
  await on('2027-02-28')
  assert.deepEqual(await shown(), [['2027-03-31', false, true]])
  await assert.rejects(renew(mandateId), refuses('mandate.stands-already', 409))
  await on('2027-03-01')
  assert.deepEqual(await shown(), [['2027-03-31', true, true]])
  const { mandateId: next } = await renew(mandateId)
  assert.deepEqual(await shown(), [['2027-06-30', false, true]], 'within the same limits')
  await assert.rejects(renew(mandateId), refuses('mandate.missing', 404), 'the earlier one gave way')
  await on('2027-06-10')
  const { claimId } = await claim('second', { capacity: 'agent', limits: ['objections'], untilOn: '2027-12-31' })
  assert.deepEqual(await shown(), [['2027-06-30', true, true]], 'while it is checked the present one stands')
  await program.call(agents.answerClaim, { claimId, outcome: 'confirmed' }, { as: (await program.officer(['window'])).cookie })
  assert.deepEqual(await shown(), [['2027-12-31', false, true]])
  const own = (await program.call(agents.listAgents, { subjectId }, as('wang'))).rows.find(({ own }) => own)!.mandateId
  await assert.rejects(renew(own), refuses('mandate.missing', 404), 'nobody renews oneself')
  assert.notEqual(next, mandateId)
})

test('a mandate is over after its last day', async () => {
  clock.set(new Date('2027-07-01T01:00:00Z'))
  people.li!.cookie = await program.signedIn(people.li!.accountId)
  assert.deepEqual((await program.call(agents.getSpace, {}, as('li'))).subjects, [])
})

test('the ledger rebuilds claims, answers and mandates', async () => {
  await program.xinheng.settled()
  const { cookie } = await program.officer(['auditor'])
  const audited = await program.call(auditLedger, {}, { as: cookie })
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

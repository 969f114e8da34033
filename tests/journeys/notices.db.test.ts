// @clause X.4, 4.8
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import * as agents from '../../src/modules/agents/contract.ts'
import { listNotices, readNotices } from '../../src/modules/notices/contract.ts'
import * as objections from '../../src/modules/objections/contract.ts'
import { listRecords, withdrawRecord } from '../../src/modules/records/contract.ts'
import { getSubject } from '../../src/modules/subjects/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

type Person = Awaited<ReturnType<typeof program.person>>
let wang: Person
let clerk: Person
let stranger: Person
let record: { readonly subjectId: number; readonly recordId: number; readonly documentNumber: string }
const told = async (one: Person, window: object = {}) => program.call(listNotices, window, { as: one.cookie })
const titles = async (one: Person) => (await told(one)).rows.map(({ title }) => title.zh)
const on = async (day: string) => {
  clock.set(new Date(`${day}T01:00:00Z`))
  for (const one of [wang, clerk, stranger]) one.cookie = await program.signedIn(one.accountId)
}

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation')
  await program.xinheng.settled()
  record = (await program.call(listRecords, { kind: 'penalty' })).rows[0]!
  wang = await program.person(null, '王芳')
  clerk = await program.person(null, '李雷')
  stranger = await program.person(null, '路人')
})

test('a person who has done nothing is told nothing', async () => {
  assert.deepEqual(await told(stranger), { rows: [], total: 0, unread: 0 })
})

test('the answer to a claim reaches whoever claimed, and nobody else; an agent is told of being let act', async () => {
  const { uscc } = await program.call(getSubject, { subjectId: record.subjectId })
  const claim = async (one: Person) => (await program.call(agents.fileClaim, { uscc: uscc!, capacity: 'legal-representative', untilOn: '2029-01-01', uploadIds: [(await program.call(agents.uploadEvidence, { name: '营业执照.png' }, { as: one.cookie, upload: PNG })).uploadId] }, { as: one.cookie })).claimId
  const [good, bad] = [await claim(wang), await claim(stranger)]
  assert.equal((await told(wang)).total, 0, 'what one did oneself is no notice')
  await program.call(agents.answerClaim, { claimId: good, outcome: 'confirmed' })
  await program.call(agents.answerClaim, { claimId: bad, outcome: 'refused', reason: '姓名与登记的法定代表人不符' })
  const { rows: [first], unread } = await told(wang)
  assert.deepEqual([first!.kind, first!.title.zh, first!.read, unread], ['claim', '认领已核准，可代办至 2029-01-01', false, 1])
  assert.ok(first!.subjectName.length > 2)
  assert.deepEqual((await told(stranger)).rows.map(({ title, words }) => [title.zh, words?.zh]), [['认领未核准', '姓名与登记的法定代表人不符']])
  await program.call(agents.appointAgent, { subjectId: record.subjectId, userName: clerk.userName, name: clerk.name, limits: ['objections'], untilOn: '2027-02-20' }, { as: wang.cookie })
  assert.deepEqual(await titles(clerk), ['您可代办至 2027-02-20'])
})

test('a step of an objection and a record that changes reach everybody who acts for the business', async () => {
  await on('2026-11-23')
  const { objectionId } = await program.call(objections.fileObjection, { subjectId: record.subjectId, about: 'record', recordId: record.recordId, grounds: '处罚决定已被撤销', wish: '请撤回该记录' }, { as: clerk.cookie })
  await program.call(objections.answerObjection, { objectionId, words: '已核查，情况属实' }, { as: (await program.officer(['department-officer'], 'market-regulation')).cookie })
  await on('2026-11-24')
  await program.call(withdrawRecord, { ...record, reason: '原处罚决定已撤销' }, { as: (await program.officer(['credit-officer'])).cookie })
  for (const one of [wang, clerk]) {
    const [withdrawn, answered] = (await told(one)).rows
    assert.equal(withdrawn!.kind, 'record')
    assert.match(withdrawn!.title.zh, /^撤回行政处罚：/)
    assert.equal(answered!.title.zh, `异议（记录 ${record.documentNumber}）：核查答复`)
    assert.match(answered!.words!.zh, /情况属实/)
  }
  assert.deepEqual(await titles(stranger), ['认领未核准'])
})

test('what was read is kept for each account, one by one or all at once, and the list is paged', async () => {
  const { rows, unread, total } = await told(wang)
  assert.deepEqual([unread, total], [3, 3])
  assert.deepEqual(await program.call(readNotices, { notices: [rows[0]!.notice] }, { as: wang.cookie }), { unread: 2 })
  assert.deepEqual((await told(wang)).rows.map(({ read }) => read), [true, false, false])
  assert.equal((await told(clerk)).unread, 3, 'another has read nothing')
  assert.deepEqual((await told(wang, { offset: 1, limit: 1 })).rows.map(({ notice }) => notice), [rows[1]!.notice])
  assert.deepEqual(await program.call(readNotices, {}, { as: wang.cookie }), { unread: 0 })
  await assert.rejects(program.call(readNotices, { notices: ['whatever'] }, { as: wang.cookie }))
})

test('thirty days before its end a mandate is announced, its end is told, and with it everything of the business falls silent', async () => {
  await on('2027-01-20')
  assert.ok(!(await titles(clerk)).includes('授权将于 2027-02-20 到期'))
  await on('2027-01-21')
  const ends = (await told(clerk)).rows[0]!
  assert.deepEqual([ends.title.zh, ends.words?.zh], ['授权将于 2027-02-20 到期', '请法定代表人在“经办人”页续期，或重新认领'])
  const { rows } = await program.call(agents.listAgents, { subjectId: record.subjectId }, { as: wang.cookie })
  const mandateId = rows.find(({ name }) => name === '李雷')!.mandateId
  await program.call(agents.renewAgent, { subjectId: record.subjectId, mandateId, untilOn: '2027-03-20' }, { as: wang.cookie })
  assert.deepEqual((await titles(clerk))[0], '您可代办至 2027-03-20', 'renewed, and not said to be ended')
  assert.ok((await titles(clerk)).every((title) => !title.includes('终止') && !title.includes('到期')))
  await program.call(agents.endAgent, { subjectId: record.subjectId, mandateId: (await program.call(agents.listAgents, { subjectId: record.subjectId }, { as: wang.cookie })).rows.find(({ name, stands }) => name === '李雷' && stands)!.mandateId }, { as: wang.cookie })
  const left = await told(clerk)
  assert.equal(left.rows.some(({ title }) => title.zh === '授权已被终止，您不再能代办'), true)
  assert.deepEqual([...new Set(left.rows.map(({ kind }) => kind))], ['mandate'], 'nothing of the business any more')
})

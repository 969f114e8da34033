// @clause X.4, 4.3
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addDays, dayOf } from '../../src/kernel/day.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { listTrail } from '../../src/modules/audit/contract.ts'
import { delegate } from '../../src/modules/organisation/index.ts'
import { listPurposes } from '../../src/modules/privacy/contract.ts'
import { attachDocument, downloadDocument, getRecord, listRecords, withdrawRecord } from '../../src/modules/records/contract.ts'
import { downloadFailedRows, getBatch, listFlaggedRows, listOpenRejections } from '../../src/modules/submissions/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const OWNER = 'water'
const SHOP = { name: '麤籱', uscc: usccFrom('92460202', 'XHYX0011') }
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const PURPOSE = '联合检查前核对处罚'
const program = await startProgram()
after(() => program.close())

const csv = (...rows: readonly (readonly string[])[]) => Buffer.from(`﻿${rows.map((row) => row.join(',')).join('\n')}\n`)
const HEADS = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM,BZ'.split(',')
const penalty = (number: string, note = '', name = SHOP.name) => [name, '个体工商户', SHOP.uscc, SHOP.name, number, '擅自取水', `未经批准擅自取水${note}`, '《中华人民共和国水法》第六十九条', '罚款', '罚款', '5', '2026-11-10', '2027-12-31', '海棠区水务局', '11460202MB9XH0077Y', '海棠区水务局', '11460202MB9XH0077Y', `内部备注${note}`]
const PUBLISHED = '海棠水罚〔2026〕第1号'
const KEPT = '海棠水简罚〔2026〕第2号'
let subjectId = 0
const ids: Record<string, { recordId: number; subjectId: number; attachmentId?: number }> = {}
const who: Record<string, string> = {}

before(async () => {
  await program.import('subject', csv(['统一社会信用代码', '名称', '主体类型', '状态', '所属行业领域', '法定代表人', '主管部门', '曾用名'], [SHOP.uscc, SHOP.name, '个体工商户', '存续', '水务', SHOP.name, OWNER, '']), OWNER)
  await program.import('penalty', csv(HEADS, penalty(PUBLISHED), penalty(KEPT, '（当场处罚）')), OWNER)
  await program.xinheng.settled()
  const { rows } = await program.call(listRecords, {})
  for (const { recordId, subjectId, documentNumber } of rows) ids[documentNumber] = { recordId, subjectId }
  subjectId = rows[0]!.subjectId
  ids[PUBLISHED]!.attachmentId = (await program.call(attachDocument, { ...ids[PUBLISHED]!, name: '决定书.png' }, { upload: PNG })).attachmentId
  for (const [name, roles, department] of [['own', ['department-officer'], OWNER], ['other', ['department-officer'], 'housing'], ['inspector', ['inspector'], 'housing'], ['window', ['window'], 'credit-office'], ['credit', ['credit-officer'], 'credit-office'], ['auditor', ['auditor'], 'credit-office']] as const) {
    who[name] = (await program.officer(roles, department)).cookie
  }
})

const record = (number: string, as: string, purpose?: string) => program.call(getRecord, ids[number]!, { as: who[as]!, ...(purpose === undefined ? {} : { purpose }) })
const subject = (as: string, purpose?: string) => program.call(getSubject, { subjectId }, { as: who[as]!, ...(purpose === undefined ? {} : { purpose }) })
const fieldsOf = ({ versionList: [latest] }: Awaited<ReturnType<typeof record>>) => Object.fromEntries(latest!.fields.map(({ id, value }) => [id, value]))
const missing = (error: unknown) => error instanceof HttpRefusal && error.problem.code === 'purpose.missing' && error.status === 403

test('a record leads to its batch exactly where the server opens that batch', async () => {
  for (const [as, opens] of [['own', true], ['credit', true], ['auditor', true], ['other', false], ['inspector', false], ['window', false]] as const) {
    const { versionList: [version] } = await record(PUBLISHED, as)
    const opened = await program.call(getBatch, { batchId: version!.batchId! }, { as: who[as]! }).then(() => true, () => false)
    assert.deepEqual([version!.batchOpens, opened], [opens, opens], as)
  }
})

test('what is published of another department stands open; the rest is left out until a purpose is said', async () => {
  for (const as of ['other', 'inspector', 'window']) {
    const open = await record(PUBLISHED, as)
    assert.deepEqual([open.withheld, open.documents.length, open.attachments], [true, 0, 1], as)
    assert.deepEqual([fieldsOf(open).CF_WFXW, fieldsOf(open).CF_XDR_MC, fieldsOf(open).BZ, fieldsOf(open).CF_SJLYDM], ['擅自取水', '麤*', undefined, undefined])
    assert.ok(!JSON.stringify(open).includes(SHOP.name))
    const whole = await record(PUBLISHED, as, PURPOSE)
    assert.deepEqual([whole.withheld, whole.documents.length, fieldsOf(whole).BZ, fieldsOf(whole).CF_XDR_MC], [false, 1, '内部备注', SHOP.name])
  }
})

test('of what is not published no field is shown; the list still says that it is there', async () => {
  const kept = await record(KEPT, 'other')
  assert.deepEqual([kept.publicity.on, kept.withheld, fieldsOf(kept)], [false, true, {}])
  const { rows, total } = await program.call(listRecords, { subjectId }, { as: who.other! })
  assert.deepEqual([total, rows.map(({ documentNumber }) => documentNumber).sort()], [2, [PUBLISHED, KEPT].sort()])
  assert.equal(fieldsOf(await record(KEPT, 'other', PURPOSE)).CF_WFXW, '擅自取水')
})

test('the own department, whoever is the deputy of one of its officers, the credit office and the auditor are not asked', async () => {
  for (const as of ['own', 'credit', 'auditor']) assert.deepEqual([(await record(KEPT, as)).withheld, fieldsOf(await record(KEPT, as)).BZ], [false, '内部备注（当场处罚）'], as)
  const [absent, deputy] = [await program.officer(['department-head'], OWNER), await program.officer(['department-officer'], 'housing')]
  who.deputy = deputy.cookie
  assert.equal((await record(KEPT, 'deputy')).withheld, true)
  const today = dayOf(program.xinheng.world.clock.now())
  await delegate.perform(program.xinheng.keeper, systemActor('test'), { officerId: absent.officerId, deputyId: deputy.officerId, fromOn: today, untilOn: addDays(today, 3), reason: '出差' })
  assert.equal((await record(KEPT, 'deputy')).withheld, false)
})

test('a document is fetched for a purpose only, and the refusal says what to give', async () => {
  const document = ids[PUBLISHED] as { recordId: number; subjectId: number; attachmentId: number }
  await assert.rejects(program.download(downloadDocument, document, { as: who.other! }), missing)
  await assert.rejects(program.download(downloadDocument, document, { as: who.other!, purpose: '看看' }), missing, 'two characters say nothing')
  assert.deepEqual(await program.download(downloadDocument, document, { as: who.other!, purpose: PURPOSE }), PNG)
  assert.deepEqual(await program.download(downloadDocument, document, { as: who.own! }), PNG)
})

test('of a subject that another department looks after the public view is shown: who an individual business is stays in part', async () => {
  const [open, whole] = [await subject('other'), await subject('other', PURPOSE)]
  assert.deepEqual([open.name, open.legalRepresentative, open.uscc, open.withheld], ['麤*', '麤*', SHOP.uscc, true])
  assert.ok(!JSON.stringify(open).includes(SHOP.name))
  assert.deepEqual([whole.name, whole.legalRepresentative, whole.withheld], [SHOP.name, SHOP.name, false])
  assert.deepEqual([(await subject('own')).name, (await subject('auditor')).withheld], [SHOP.name, false])
  assert.equal((await program.call(listSubjects, { find: SHOP.uscc }, { as: who.other! })).total, 1, 'lists stay as they are')
})

test('the purpose stands in the trail beside what was opened, and one that says nothing does not', async () => {
  await record(KEPT, 'inspector', PURPOSE)
  await record(KEPT, 'inspector', '看看')
  const { rows } = await program.call(listTrail, { recordId: ids[KEPT]!.recordId, limit: 50 }, { as: who.auditor! })
  const purposes = rows.filter(({ what, roles }) => what === '/records/:recordId' && roles.includes('inspector')).map(({ purpose }) => purpose)
  assert.deepEqual(purposes, [null, PURPOSE])
})

test('whoever may be asked for a purpose is offered some', async () => {
  for (const as of ['window', 'inspector']) assert.ok((await program.call(listPurposes, {}, { as: who[as]! })).choices.length > 0, as)
})

test('a purpose opens one thing, never a list of many: of what is shared no more a list says no more to whoever brings one', async () => {
  const number = '海棠水罚〔2026〕第3号'
  await program.import('penalty', csv(HEADS, penalty(number)), OWNER)
  const { recordId } = (await program.call(listRecords, { find: number })).rows[0]!
  await program.call(withdrawRecord, { subjectId, recordId, reason: '处罚决定已撤销' })
  const listed = async (as: string, purpose?: string) => {
    const { title, amountFen, tags } = (await program.call(listRecords, { subjectId }, { as: who[as]!, ...(purpose === undefined ? {} : { purpose }) })).rows.find((row) => row.recordId === recordId)!
    return [title, amountFen, tags.length > 0]
  }
  assert.deepEqual(await listed('own'), ['擅自取水', '5000000', true])
  for (const purpose of [undefined, PURPOSE]) assert.deepEqual(await listed('other', purpose), [number, null, false])
  assert.equal((await program.call(getRecord, { subjectId, recordId }, { as: who.other!, purpose: PURPOSE })).title, '擅自取水')
})

test('the rejected rows of another department, where no post is the purpose, are told by their number only', async () => {
  const policy = mkdtempSync(join(tmpdir(), 'xinheng-policy-'))
  cpSync('policy', policy, { recursive: true })
  const path = join(policy, 'national/privacy/purpose-by-post.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('roles: [credit-officer, credit-head, auditor]', 'roles: []'))
  const strict = await startProgram({ policy })
  try {
    const { batchId } = await strict.import('penalty', csv(HEADS, penalty(PUBLISHED)), OWNER)
    assert.deepEqual(await strict.call(listFlaggedRows, { batchId }).then(({ rows, total, withheld }) => [rows, total, withheld]), [[], 1, true])
    assert.deepEqual((await strict.call(listOpenRejections, {})).rows.map(({ partyName }) => partyName), [null])
    await assert.rejects(strict.download(downloadFailedRows, { batchId }), missing)
    assert.equal((await strict.call(listFlaggedRows, { batchId }, { purpose: PURPOSE })).rows.length, 1)
    assert.ok((await strict.download(downloadFailedRows, { batchId }, { purpose: PURPOSE })).length > 0)
    const { cookie: as } = await strict.officer(['department-officer'], OWNER)
    assert.equal((await strict.call(listFlaggedRows, { batchId }, { as })).rows.length, 1)
  } finally {
    await strict.close()
    rmSync(policy, { recursive: true })
  }
})

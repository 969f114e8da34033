// @clause X.4
import assert from 'node:assert/strict'
import { text as readAll } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { act, systemActor, type ActContext } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { day } from '../../src/kernel/day.ts'
import { REMOVED } from '../../src/kernel/masking/index.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { listTrail } from '../../src/modules/audit/contract.ts'
import { auditLedger, listEntries, proveEntry } from '../../src/modules/evidence/contract.ts'
import { closeAccount, redeemCode, resetPassword } from '../../src/modules/identity/contract.ts'
import { attachDocument, downloadDocument, getRecord, withdrawRecord } from '../../src/modules/records/contract.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import * as removals from '../../src/modules/removals/contract.ts'
import { listFlaggedRows } from '../../src/modules/submissions/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { atStart, dailyRuns } from '../../src/app/modules.ts'
import { listKeys, retireKeys, rotateKeys } from '../../src/app/operate/contract.ts'
import { newSubjectIds } from '../../src/modules/subjects/queries/write.ts'
import { writeRegistrations } from '../../src/modules/subjects/register.ts'
import { registerRow } from '../../src/modules/subjects/subjects.ts'
import { listWork } from '../../src/modules/worklist/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { listTables, readRows, sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T02:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())

const MARKET = 'market-regulation'
const NAME = '欧阳删除甲'
const ID = '460200199003078538'
const USCC = usccFrom('91460202', 'XHYX0001')
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
const inAct = <T>(run: (context: ActContext) => Promise<T>) => act({ name: 'test.act', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run }).perform(program.xinheng.world, systemActor('test'), {})
const fact = (subjectId: number, serial: number, fields: Readonly<Record<string, string>>, useEnds: string): NewFact => ({
  subjectId, kind: 'penalty', documentNumber: `海棠市监罚〔2026〕${serial}号`, fields, effect: plainEffect(day('2020-01-05'), { use: { endsOn: day(useEnds), reason: 'time' }, public: false }), receivedOn: day('2020-01-10'), department: MARKET,
  batchId: null, rowNumber: null, reason: null,
})

let subjectId = 0
let business = 0
let own = 0
let inUse = 0
let mention = 0
let batchId = 0
let credit = ''
let head = ''
let attached = { attachmentId: 0, digest: '' }

before(async () => {
  await program.import('subject', Buffer.from(`﻿统一社会信用代码,主体名称,主体类型,登记状态,法定代表人\n${USCC},海棠湾酒店有限公司,企业,存续,${NAME}\n`), MARKET)
  business = (await program.call(listSubjects, {})).rows[0]!.subjectId
  subjectId = await inAct(async (context) => {
    const [id] = await newSubjectIds(context.tx, 1)
    const done = registerRow({
      name: NAME, type: 'natural-person', codes: [{ kind: 'resident-id', value: ID }], status: null, industry: null, sectors: [], place: '海棠湾镇某路1号', department: null, foundedOn: day('1990-03-07'), legalRepresentative: null,
      formerNames: ['欧阳曾用'], nameChangedOn: day('2015-01-01'),
    }, () => undefined, () => id!, context.today)
    if (done.outcome !== 'accepted') throw new Error(JSON.stringify(done))
    await writeRegistrations(context, [{ next: done.next, first: true, effectiveOn: context.today, rowNumber: null, reason: `${NAME}到窗口登记` }], null, 'subject.registered')
    return id!
  })
  const filed = await inAct((context) => fileRecords(context, [
    fact(subjectId, 1, { CF_XDR_MC: NAME, CF_XDR_LB: 'natural-person', CF_XDR_ZJLX: '身份证', CF_XDR_ZJHM: ID, CF_SY: `${NAME}无证经营`, CF_CFLB: 'fine', CF_JDRQ: '2020-01-05', CF_NR_FK: '200000' }, '2023-01-05'),
    fact(subjectId, 2, { CF_XDR_MC: NAME, CF_XDR_ZJHM: ID, CF_CFLB: 'fine' }, '2030-01-05'),
    fact(business, 3, { CF_XDR_MC: '海棠湾酒店有限公司', CF_FRDB: NAME, CF_FR_ZJLX: '身份证', CF_FR_ZJHM: ID, CF_CFLB: 'fine' }, '2023-01-05'),
  ]))
  ;[own, inUse, mention] = filed.map(({ recordId }) => recordId) as [number, number, number]
  const heads = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_FR_ZJLX,CF_FR_ZJHM,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_GSJZQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM'
  const common = '经营超过保质期的食品,超过保质期,食品安全法第一百二十四条,罚款,罚款人民币壹万元,1,2026-11-05,2027-11-05,2027-11-05,三亚市海棠区市场监督管理局,11460202XHYX100189,三亚市海棠区市场监督管理局,11460202XHYX100189'
  const batch = await program.import('penalty', Buffer.from(`﻿${heads}\n海棠湾酒店有限公司,法人及非法人组织,${USCC},演示,,,,,海棠市监罚〔2026〕4号,${common}\n另一名字,自然人,,,,,身份证,${ID},海棠市监罚〔2026〕5号,${common}\n`), MARKET)
  batchId = batch.batchId
  assert.deepEqual([batch.accepted, batch.rejected], [1, 1])
  const { attachmentId } = await program.call(attachDocument, { subjectId, recordId: own, name: `${NAME}处罚决定书.png` }, { upload: PNG })
  const { rows: [kept] } = await sql<{ digest: string }>`select digest from records.attachment where attachment_id = ${attachmentId}`.execute(program.xinheng.database.db)
  attached = { attachmentId, digest: kept!.digest }
  credit = (await program.officer(['credit-officer'])).cookie
  head = (await program.officer(['credit-head'])).cookie
  await program.xinheng.settled()
})

const isKept = (digest: string): Promise<boolean> => program.xinheng.world.files.read(digest).then(readAll).then(() => true, () => false)
const as = (cookie: string) => ({ as: cookie })
const request = { idNumber: ID, askedBy: 'person', askedOn: '2026-11-20', ground: 'period-over', words: '本人到窗口申请删除' } as const
let removalId = 0

/** Every table as text, and every kept file. */
async function whereStands(...values: string[]): Promise<string[]> {
  const { db } = program.xinheng.database
  const found = new Set<string>()
  for (const table of await listTables(db)) {
    for await (const { lines } of readRows(db, table)) for (const line of lines) for (const value of values) if (line.includes(value)) found.add(`${table.schema}.${table.name}`)
  }
  return [...found].sort()
}

test('what is held of a person is found by the number, never by the name, and told with what goes, stays and bars', async () => {
  const { held } = await program.call(removals.previewRemoval, { idNumber: ' 460200199003078538 ' }, as(credit))
  assert.deepEqual(held.filter(({ fate }) => fate === 'bars').map(({ what, count }) => [what.zh, count]), [['等待重新报送的退回行', 1], ['仍在使用的信用记录', 1]])
  assert.deepEqual(held.filter(({ fate }) => fate === 'goes').map(({ what, count }) => [what.zh.slice(0, 8), count]), [['问题行的单元格', 1], ['含有该人的原始报', 1], ['本人信用记录的全', 2], ['记录所附文书', 1], ['他人记录中的姓名', 1], ['主体登记信息（姓', 1]])
  assert.deepEqual((await program.call(removals.previewRemoval, { idNumber: '11010519491231002X' }, as(credit))).held, [])
  await assert.rejects(program.call(removals.previewRemoval, {}, as(credit)), refuses('removal.person-needed'))
  await assert.rejects(program.call(removals.fileRemoval, { ...request, idNumber: '11010519491231002X' }, as(credit)), refuses('removal.nothing-held', 404))
  await assert.rejects(program.call(removals.fileRemoval, { ...request, askedOn: '2026-11-21' }, as(credit)), refuses('removal.asked-in-future'))
})

test('a request is filed by the credit office, waits in the work list, and is decided by somebody else', async () => {
  removalId = (await program.call(removals.fileRemoval, { ...request, requestId: 'one-click' }, as(credit))).removalId
  assert.equal((await program.call(removals.fileRemoval, { ...request, requestId: 'one-click' }, as(credit))).removalId, removalId, 'a second click files nothing')
  assert.ok((await program.call(listWork, { view: 'all' }, as(head))).rows.some(({ kind, next }) => kind === 'removals.open' && next.to === `/removals/${removalId}`))
  const both = (await program.officer(['credit-officer', 'credit-head'])).cookie
  const { removalId: hers } = await program.call(removals.fileRemoval, request, as(both))
  await assert.rejects(program.call(removals.decideRemoval, { removalId: hers, act: 'refuse', words: '不符合条件', remedy: '可以起诉' }, as(both)), refuses('act.same-person'))
  await assert.rejects(program.call(removals.decideRemoval, { removalId: hers, act: 'refuse', words: '不符合条件' }, as(head)), refuses('removal.remedy-missing'))
  assert.equal((await program.call(removals.decideRemoval, { removalId: hers, act: 'refuse', words: '不符合条件', remedy: '可以依法向人民法院起诉' }, as(head))).state, 'refused')
  assert.deepEqual(await whereStands(ID), [], 'the number of a request is sealed, and gone with its end')
})

test('a new key seals the number of a request anew, so that the earlier key can be forgotten', async () => {
  const { cookie } = await program.officer(['security-administrator'])
  const { present } = await program.call(listKeys, {}, as(cookie))
  await program.call(rotateKeys, {}, as(cookie))
  assert.deepEqual((await program.call(retireKeys, {}, as(cookie))).retired, [present])
  assert.ok((await program.call(removals.getRemoval, { removalId }, as(head))).held.length > 0)
})

test('while something bars, nobody approves', async () => {
  await assert.rejects(program.call(removals.decideRemoval, { removalId, act: 'approve', words: '保存期限已届满' }, as(head)), (error: unknown) => refuses('removal.barred', 409)(error) && /使用到 2030-01-05/.test((error as HttpRefusal).problem.fix.zh))
  await assert.rejects(program.call(removals.carryOutRemoval, { removalId, words: '依决定执行' }, as(credit)), refuses('removal.not-now'))
  const page = await program.call(removals.getRemoval, { removalId }, as(head))
  assert.deepEqual(page.acts.map(({ act, whyNot }) => [act, whyNot?.zh ?? null]), [['approve', '还有不能删除的情形，见持有情况'], ['refuse', null], ['withdraw', '您的岗位没有这项权限'], ['remove', '现在的状态不能这样办理']])
  assert.deepEqual(page.senders, [MARKET])
  await program.call(withdrawRecord, { subjectId, recordId: inUse, reason: '处罚决定已撤销' })
  await sql`update submissions.flagged_row set settled_by = ${batchId} where settled_by is null and batch_id = ${batchId}`.execute(program.xinheng.database.db)
})

test('a removal empties everything that tells who it was, in one step, and the audit stays clean', async () => {
  assert.deepEqual((await whereStands(NAME)).filter((table) => !table.startsWith('submissions.')), ['records.attachment', 'records.fact', 'subjects.name', 'subjects.registration', 'subjects.subject'])
  assert.equal((await program.call(removals.decideRemoval, { removalId, act: 'approve', words: '保存期限已届满' }, as(head))).state, 'approved')
  const { rows: [batch] } = await sql<{ digest: string }>`select file_digest as digest from submissions.batch where batch_id = ${batchId}`.execute(program.xinheng.database.db)
  assert.ok(await isKept(attached.digest) && await isKept(batch!.digest))
  const done = await program.call(removals.carryOutRemoval, { removalId, words: '依决定执行', requestId: 'carry-out-1' }, as(credit))
  assert.equal(done.state, 'removed')
  assert.ok(done.entries >= 6 && done.files === 2, JSON.stringify(done))
  assert.deepEqual(await program.call(removals.carryOutRemoval, { removalId, words: '依决定执行', requestId: 'carry-out-1' }, as(credit)), done, 'a second click does nothing twice')
  // The business keeps the name of its legal representative in the register: no name alone is ever joined.
  assert.deepEqual(await whereStands(NAME), ['subjects.registration', 'subjects.subject'])
  assert.deepEqual(await whereStands(ID, '欧阳曾用', '某路1号'), [])
  assert.deepEqual([await isKept(attached.digest), await isKept(batch!.digest)], [false, false])
  await program.xinheng.settled()
  const audit = await program.call(auditLedger, {})
  assert.deepEqual([audit.valid, audit.redacted], [true, done.entries], JSON.stringify(audit.firstProblem))
})

test('afterwards the record counts on without the person, the search finds nobody, and what is gone says so', async () => {
  const record = await program.call(getRecord, { subjectId, recordId: own }, as(credit))
  const fields = Object.fromEntries(record.versionList[0]!.fields.map(({ id, value }) => [id, value]))
  assert.deepEqual([fields['CF_XDR_MC'], fields['CF_SY'], fields['CF_XDR_ZJHM'], fields['CF_CFLB'] !== undefined], [REMOVED, undefined, undefined, true])
  const others = await program.call(getRecord, { subjectId: business, recordId: mention }, as(credit))
  assert.deepEqual(others.versionList[0]!.fields.filter(({ id }) => /FR/.test(id)), [])
  assert.deepEqual((await program.call(listSubjects, { find: NAME }, as(credit))).rows.map((row) => row.subjectId).filter((id) => id === subjectId), [])
  assert.equal((await program.call(getSubject, { subjectId }, as(credit))).name, REMOVED)
  await assert.rejects(program.download(downloadDocument, { subjectId, recordId: own, attachmentId: attached.attachmentId }, as(credit)), refuses('file.missing'))
  const flagged = await program.call(listFlaggedRows, { batchId }, as(credit))
  assert.deepEqual(flagged.rows.filter(({ rejected }) => rejected).map(({ cells, problems }) => [cells, problems[0]!.message.zh]), [[{}, REMOVED]])
  const { held } = await program.call(removals.previewRemoval, { idNumber: ID }, as(credit))
  assert.deepEqual(held, [])
  const page = await program.call(removals.getRemoval, { removalId }, as(head))
  assert.ok(page.held.some(({ fate, why }) => fate === 'stays' && why !== null) && page.who.zh === '号码已删除')
})

test('an entry that lost its content is still proved to stand in the log, without it', async () => {
  const { rows } = await program.call(listEntries, { subjectId, name: 'subject.registered' })
  assert.equal(rows[0]!.removalId, removalId)
  const { proof } = await program.call(proveEntry, { entryId: rows[0]!.entryId })
  assert.equal((proof as { disclosed?: unknown }).disclosed, undefined)
})

test('whoever changes a row afterwards, or makes up a removal, is found', async () => {
  const { db } = program.xinheng.database
  const misfit = async () => (await program.call(auditLedger, {})).firstProblem?.about ?? null
  await sql`update subjects.registration set content = jsonb_set(content, '{place}', '"别处"') where subject_id = ${subjectId}`.execute(db)
  assert.match((await misfit())!, /^subjects\.registration/)
  await sql`update subjects.registration set content = jsonb_set(content, '{place}', 'null') where subject_id = ${subjectId}`.execute(db)
  assert.equal(await misfit(), null)
  await sql`update ledger.redaction set digest = sha256(digest) where removal_id = ${removalId}`.execute(db)
  assert.notEqual(await misfit(), null)
})

test('whoever looks up what is held of a person leaves a line by which the look-up of that person is found', async () => {
  const { cookie } = await program.officer(['auditor'])
  const lookedUp = async () => (await program.call(listTrail, { sought: ID, limit: 100 }, as(cookie))).rows.filter(({ what, kind }) => what === '/removals/preview' && kind === 'view').length
  const before = await lookedUp()
  await program.call(removals.previewRemoval, { idNumber: ID }, as(credit))
  assert.equal(await lookedUp(), before + 1)
})

test('only whoever may sees and does any of it', async () => {
  for (const roles of [['department-officer'], ['department-head'], ['window'], ['inspector'], ['system-administrator'], ['security-administrator'], ['audit-administrator']]) {
    const { cookie } = await program.officer(roles)
    for (const ask of [() => program.call(removals.listRemovals, {}, as(cookie)), () => program.call(removals.previewRemoval, { idNumber: ID }, as(cookie)), () => program.call(removals.fileRemoval, request, as(cookie)), () => program.call(removals.carryOutRemoval, { removalId, words: '依决定执行' }, as(cookie))]) {
      await assert.rejects(ask(), refuses('act.not-allowed', 403), roles[0])
    }
  }
})

test('a person asks for the own account: closed first, then nothing of it is left but its number', async () => {
  const person = await program.person(null, '欧阳账号乙')
  const reset = await program.person(null, '欧阳账号丙')
  const { code } = await program.call(resetPassword, { accountId: reset.accountId }, as((await program.officer(['system-administrator'])).cookie))
  const { headers } = await program.server.inject({ method: 'POST', url: `/api${redeemCode.path}`, payload: { code, password: 'Regen-2026-Wind' } })
  await assert.rejects(program.call(removals.askOwnRemoval, { words: '不再使用，请删除' }, as(String(headers['set-cookie']).split(';')[0]!)), refuses('account.not-verified', 403), 'who gives out codes asks for nobody')
  const { uploadId } = await program.call(agents.uploadEvidence, { name: '欧阳账号乙执照.png' }, { as: person.cookie, upload: Buffer.concat([PNG, Buffer.from('own')]) })
  const { claimId } = await program.call(agents.fileClaim, { uscc: USCC, capacity: 'legal-representative', untilOn: '2028-01-01', words: '我是欧阳账号乙', uploadIds: [uploadId] }, as(person.cookie))
  const { removalId: asked } = await program.call(removals.askOwnRemoval, { words: '不再使用，请删除' }, as(person.cookie))
  await assert.rejects(program.call(removals.askOwnRemoval, { words: '再次申请删除' }, as(person.cookie)), refuses('removal.under-way'))
  assert.deepEqual((await program.call(removals.listOwnRemovals, {}, as(person.cookie))).rows.map(({ removalId: id, state }) => [id, state]), [[asked, 'filed']])
  await assert.rejects(program.call(removals.withdrawRemoval, { removalId: asked, words: '当事人不再要求' }, as(credit)), refuses('removal.not-yours', 403), 'what a person asked for no officer ends alone')
  await assert.rejects(program.call(removals.decideRemoval, { removalId: asked, act: 'approve', words: '本人撤回同意' }, as(head)), refuses('removal.barred'))
  await program.call(agents.withdrawClaim, { claimId }, as(person.cookie))
  await program.call(closeAccount, { accountId: person.accountId }, as((await program.officer(['system-administrator'])).cookie))
  await program.call(removals.decideRemoval, { removalId: asked, act: 'approve', words: '本人撤回同意' }, as(head))
  await program.call(removals.carryOutRemoval, { removalId: asked, words: '依决定执行' }, as(credit))
  assert.deepEqual(await whereStands('欧阳账号乙', person.userName), [])
})

test('a received file goes when its time of keeping is over, and what was taken in of it stays', async () => {
  const { world } = program.xinheng
  const { db } = program.xinheng.database
  const run = (today: string) => dailyRuns.find(({ name }) => name === 'submissions.originals')!.run(world, day(today))
  const { digest } = await world.files.keep(Readable.from([Buffer.concat([PNG, Buffer.from('needed')])]), 100)
  const ended = () => sql`update submissions.batch set file_digest = ${digest}, finished_at = '2026-08-21T08:00:00+08:00', original_gone_at = null where batch_id = ${batchId}`.execute(db)
  await ended()
  await run('2026-11-19')
  assert.ok(await isKept(digest), 'the ninetieth day')
  const { attachmentId } = await program.call(attachDocument, { subjectId: business, recordId: mention, name: '同一文件.png' }, { upload: Buffer.concat([PNG, Buffer.from('needed')]) })
  await run('2026-11-20')
  assert.ok(await isKept(digest), 'a record needs it still')
  await sql`delete from records.attachment where attachment_id = ${attachmentId}`.execute(db)
  await ended()
  await run('2026-11-20')
  assert.ok(!(await isKept(digest)))
  assert.equal((await program.call(getRecord, { subjectId: business, recordId: mention }, as(credit))).versionList.length, 1)
})

test('a kill after the commit leaves the files to go remembered, and the next start takes them', async () => {
  const { world } = program.xinheng
  const { digest } = await world.files.keep(Readable.from([Buffer.from('left behind')]), 100)
  await sql`insert into removals.file (digest, removal_id) values (${digest}, ${removalId})`.execute(program.xinheng.database.db)
  await atStart(world, program.xinheng.keeper)
  assert.ok(!(await isKept(digest)))
  await atStart(world, program.xinheng.keeper)
})

// @clause X.4
import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { listKeys, retireKeys, rotateKeys } from '../../src/app/operate/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { z } from 'zod'
import { act, systemActor } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { day } from '../../src/kernel/day.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import { getRecord, listRecords } from '../../src/modules/records/contract.ts'
import { maskedPhone } from '../../src/modules/privacy/index.ts'
import { listPurposes } from '../../src/modules/privacy/contract.ts'
import { findAccountByName, findPhone } from '../../src/modules/identity/index.ts'
import { registerPerson } from '../../src/modules/identity/contract.ts'
import { listFlaggedRows } from '../../src/modules/submissions/contract.ts'
import { listTables, readRows, sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())

// Planted: the representative's id in a record that is taken in, a person's in a row that is not.
const REPRESENTATIVE = '460200199003078538'
const PERSON = '11010519491231002X'
const PHONE = '13876543210'
const TAX = 'market-regulation'
const csv = (...rows: string[]) => Buffer.from(`﻿${rows.join('\n')}\n`)
const heads = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_FR_ZJLX,CF_FR_ZJHM,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_GSJZQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM'
const common = '经营超过保质期的食品,超过保质期,食品安全法第一百二十四条,罚款,罚款人民币壹万元,1,2026-01-05,2027-01-05,2027-01-05,三亚市海棠区市场监督管理局,11460202XHYX100189,三亚市海棠区市场监督管理局,11460202XHYX100189'
let batchId = 0
let sendAgain: () => Promise<string>
let record: { recordId: number; subjectId: number }

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), TAX)
  const batch = await program.import('penalty', csv(heads,
    `三亚演示海棠湾餐饮管理有限公司,法人及非法人组织,91460202XHYX00012N,演示甲,身份证,${REPRESENTATIVE},,,海棠市监罚〔2026〕901号,${common}`,
    `李演示,自然人,,,,,身份证,${PERSON},海棠市监罚〔2026〕902号,${common}`), TAX, '2026-01-10')
  batchId = batch.batchId
  // Every person's phone number is kept for the officer who confirms a claim.
  await program.call(registerPerson, { userName: 'li.yanshi', password: 'Sealed-Phones-2026', name: '李演示', phone: PHONE }, { as: '' })
  await program.xinheng.settled()
  const flagged = await program.call(listFlaggedRows, { batchId })
  assert.deepEqual([batch.accepted, batch.rejected], [1, 1], JSON.stringify(flagged.rows.map(({ problems }) => problems.map(({ field, message }) => [field, message.zh]))))
  // An id that another way than the import brings in: the door of records is the same.
  const { subjectId } = (await program.call(listRecords, { kind: 'penalty' })).rows[0]!
  const fact: NewFact = {
    subjectId, kind: 'penalty', documentNumber: '海棠市监罚〔2026〕903号', fields: { CF_XDR_MC: '演示', CF_FR_ZJHM: REPRESENTATIVE, CF_WFXW: `李演示（身份证号${PERSON}）经营超过保质期的食品` }, effect: plainEffect(day('2026-01-05')), receivedOn: day('2026-01-10'), department: TAX,
    batchId: null, rowNumber: null, reason: null,
  }
  const file = act({ name: 'test.file', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run: (context) => fileRecords(context, [fact]) })
  const [filed] = await file.perform(program.xinheng.world, systemActor('test'), {})
  assert.equal((await file.perform(program.xinheng.world, systemActor('test'), {}))[0]!.outcome, 'unchanged')
  record = { recordId: filed!.recordId, subjectId }
  sendAgain = async () => (await file.perform(program.xinheng.world, systemActor('test'), {}))[0]!.outcome
})

test('nobody registers under a name with signs that nobody sees or that turn what follows: it would look like another', async () => {
  for (const name of ['王\u200b芳', '\u202e芳王', '王\u0007芳', '王\n芳']) {
    await assert.rejects(program.call(registerPerson, { userName: 'wang.fang', password: 'Sealed-Phones-2026', name }, { as: '' }), (error) => error instanceof HttpRefusal && error.problem.code === 'input.invalid', JSON.stringify(name))
  }
})

test('no table of the database holds an id or phone number that can be read', async () => {
  const { db } = program.xinheng.database
  for (const table of await listTables(db)) {
    for await (const { lines } of readRows(db, table)) for (const line of lines) for (const id of [REPRESENTATIVE, PERSON, PHONE]) assert.ok(!line.includes(id), `${table.schema}.${table.name}: ${line}`)
  }
  assert.equal(statSync(join(program.data, 'keys', 'sealing-keys.json')).mode & 0o777, 0o600)
})

test('no file in the data folder holds an id number that can be read, though the files that were sent in do', () => {
  const files = globSync('**', { cwd: program.data }).map((name) => join(program.data, name)).filter((path) => statSync(path).isFile() && !path.includes('/database/'))
  assert.ok(files.some((path) => path.includes('/files/')))
  assert.deepEqual(files.filter((path) => [REPRESENTATIVE, PERSON].some((id) => readFileSync(path).includes(id))), [])
})

test('an id that was written into the column of a credit code is kept sealed, shown in part, and known again by its digest', async () => {
  const head = '统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人'
  const { batchId: sent, rejected } = await program.import('subject', csv(head, `${PERSON},海棠区李记海鲜店,个体工商户,存续,62,市场监管,2015-03-01,李演示`), TAX)
  assert.equal(rejected, 1)
  const { rows: [row] } = await program.call(listFlaggedRows, { batchId: sent })
  assert.equal(row!.cells['ZT_TYSHXYDM'], '1101**********002X')
  assert.ok(!JSON.stringify(row).includes(PERSON))
  const { rows: [kept] } = await sql<{ line: string; party: string }>`select f::text as line, party_code as party from submissions.flagged_row f where batch_id = ${sent}`.execute(program.xinheng.database.db)
  assert.ok(!kept!.line.includes(PERSON) && kept!.party === `person:${program.xinheng.world.sealing.digestOf(PERSON)}`)
})

test('whoever has the right sees the id whole for a purpose, and the purpose stands in the trail', async () => {
  const ask = async (role: string, purpose: string | null) => {
    const { cookie } = await program.officer([role], TAX)
    return program.server.inject({ url: `/api/records/${record.recordId}?subjectId=${record.subjectId}&full=true`, headers: { cookie, ...(purpose === null ? {} : { 'x-purpose': encodeURIComponent(purpose) }) } })
  }
  const valueIn = (body: string) => (JSON.parse(body) as { versionList: { fields: { id: string; value: string }[] }[] }).versionList[0]!.fields.find(({ id }) => id === 'CF_FR_ZJHM')!.value
  assert.equal((await ask('department-officer', null)).json().code, 'purpose.missing')
  assert.equal((await ask('window', '窗口核对身份')).statusCode, 403)
  assert.equal(valueIn((await ask('department-officer', '复核处罚决定书')).body), REPRESENTATIVE)
  assert.equal((await program.call(getRecord, record)).versionList[0]!.fields.find(({ id }) => id === 'CF_FR_ZJHM')!.value, '4602**********8538')
})

test('an id in the running text of a decision is sealed with it, and shown in part in titles, lists and on the page', async () => {
  const { rows: [kept] } = await sql<{ words: string }>`select fields->>'CF_WFXW' as words from records.fact where record_id = ${record.recordId}`.execute(program.xinheng.database.db)
  assert.match(kept!.words, /^v1:k/)
  const page = await program.call(getRecord, record)
  assert.equal(page.title, '李演示（身份证号1101**********002X）经营超过保质期的食品')
  assert.equal(page.versionList[0]!.fields.find(({ id }) => id === 'CF_WFXW')!.value, page.title)
  assert.ok((await program.call(listRecords, { kind: 'penalty' })).rows.some(({ title }) => title === page.title))
})

test('a page knows that a person is shown in part, also when it shows all, and which purposes to offer', async () => {
  const { cookie: as } = await program.officer(['department-officer'], TAX)
  assert.equal((await program.call(getRecord, record, { as })).masked, true)
  const { keepMinutes, choices } = await program.call(listPurposes, {}, { as })
  assert.ok(keepMinutes > 0 && choices.length > 0)
  assert.deepEqual(choices.filter(({ zh }) => [...zh].length < 4), [], 'what is offered is long enough to be a purpose')
  const { cookie: administrator } = await program.officer(['system-administrator'], TAX)
  await assert.rejects(program.call(listPurposes, {}, { as: administrator }))
})

test('a new key seals everything anew; the audit stays clean, and the earlier key can be forgotten', async () => {
  const { cookie: as } = await program.officer(['security-administrator'], TAX)
  const earlier = (await program.call(listKeys, {}, { as })).present
  const { present, resealed, files, unreadableFiles } = await program.call(rotateKeys, {}, { as })
  assert.ok(resealed >= 2 && files === 3 && present !== earlier)
  assert.deepEqual(unreadableFiles, [])
  assert.equal((await program.call(rotateKeys, { newKey: false }, { as })).resealed, 0)
  const { keys, clear } = await program.call(listKeys, {}, { as })
  assert.deepEqual([keys.at(-1)!.sealed.find(({ place }) => place === 'files'), clear], [{ place: 'files', count: 3 }, []])
  assert.deepEqual((await program.call(retireKeys, {}, { as })).retired, [earlier])
  assert.equal((await program.call(getRecord, record)).versionList[0]!.fields.find(({ id }) => id === 'CF_FR_ZJHM')!.value, '4602**********8538')
  const { database: { db }, world: { sealing } } = program.xinheng
  assert.equal(await findPhone(db, sealing, (await findAccountByName(db, 'li.yanshi'))!.accountId), PHONE)
  const { valid, firstProblem } = await program.call(auditLedger, {})
  assert.ok(valid, JSON.stringify(firstProblem))
})

test('a new key may seal by SM4; the same holds', async () => {
  const { cookie: as } = await program.officer(['security-administrator'], TAX)
  const { files } = await program.call(rotateKeys, { algorithm: 'sm4-gcm' }, { as })
  assert.equal(files, 3)
  const { keys, present } = await program.call(listKeys, {}, { as })
  assert.equal(keys.find(({ id }) => id === present)!.algorithm, 'sm4-gcm')
  assert.equal((await program.call(retireKeys, {}, { as })).retired.length, 1)
  assert.equal((await program.call(getRecord, record)).versionList[0]!.fields.find(({ id }) => id === 'CF_FR_ZJHM')!.value, '4602**********8538')
  assert.ok((await program.call(auditLedger, {})).valid)
})

test('the same record again changes nothing, though its id is sealed by another key now', async () => {
  assert.equal(await sendAgain(), 'unchanged')
  const { rows } = await program.call(listFlaggedRows, { batchId })
  assert.deepEqual(rows.flatMap(({ cells }) => cells['CF_XDR_ZJHM'] ?? []), ['1101**********002X'])
})

test('a row whose document number holds an id comes back whole to be corrected, lies sealed meanwhile, and is settled when it comes with its number', async () => {
  const row = (number: string) => csv(heads, `三亚演示海棠湾餐饮管理有限公司,法人及非法人组织,91460202XHYX00012N,演示甲,,,,,${number},${common}`)
  const sent = await program.import('penalty', row(`海棠市监罚〔2026〕${PERSON}号`), TAX, '2026-01-10')
  assert.equal(sent.rejected, 1)
  const { rows: [flagged] } = await program.call(listFlaggedRows, { batchId: sent.batchId })
  assert.deepEqual(flagged!.problems.map(({ code, field }) => [code, field]), [['field.personal-number', 'CF_WSH']])
  assert.equal(flagged!.cells['CF_WSH'], '海棠市监罚〔2026〕1101**********002X号')
  const mobile = await program.import('penalty', row(PHONE), TAX, '2026-01-10')
  assert.deepEqual([mobile.rejected, (await program.call(listFlaggedRows, { batchId: mobile.batchId })).rows[0]!.cells['CF_WSH']], [1, maskedPhone(program.xinheng.world.policy, PHONE)])
  const { rows: kept } = await sql<{ line: string }>`select f::text as line from submissions.flagged_row f where batch_id = any(${[sent.batchId, mobile.batchId]}::bigint[])`.execute(program.xinheng.database.db)
  assert.ok(kept.length === 2 && kept.every(({ line }) => !line.includes(PERSON) && !line.includes(PHONE)))
  assert.equal((await program.import('penalty', row('海棠市监罚〔2026〕905号'), TAX, '2026-01-10')).accepted, 1)
  const { rows: open } = await sql`select 1 from submissions.flagged_row where batch_id = any(${[sent.batchId, mobile.batchId]}::bigint[]) and settled_by is null`.execute(program.xinheng.database.db)
  assert.equal(open.length, 0)
})

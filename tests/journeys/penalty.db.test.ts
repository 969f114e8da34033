import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { decimal, scaled } from '../../src/kernel/money.ts'
import { openSheet, writeSheet } from '../../src/platform/sheets/index.ts'
import { sql } from '../../src/platform/db/index.ts'
import { auditLedger, listEntries, proveEntry, verifyProof } from '../../src/modules/evidence/contract.ts'
import { explainScore, listScoresOfSubject } from '../../src/modules/evaluation/contract.ts'
import { getGrades, listGradeChanges } from '../../src/modules/grading/contract.ts'
import { getRecord, listRecords, withdrawRecord } from '../../src/modules/records/contract.ts'
import { downloadFailedRows, listFlaggedRows } from '../../src/modules/submissions/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())

const RESTAURANT = usccFrom('91460202', 'XH900001')
const HOTEL = usccFrom('91460202', 'XH900002')
const WATER = 'market-regulation'
const AUTHORITY = '11460202MB9XH0018U'

const subjects = Buffer.from([
  '统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人',
  `${RESTAURANT},三亚椰岚海鲜餐饮有限公司,企业,存续,62,市场监管,2015-03-01,符海`,
  `${HOTEL},三亚澜汀度假酒店有限公司,企业,存续,61,市场监管;旅游,2012-06-18,王丽`,
].join('\n'))

type Penalty = { code: string; name: string; number: string; decided: string; fine: string; kinds?: string; content?: string }
const HEADINGS = ['行政相对人名称', '行政相对人类别', '统一社会信用代码', '法定代表人', '行政处罚决定书文号', '违法行为类型', '违法事实', '处罚依据', '处罚类别', '处罚内容', '罚款金额（万元）', '处罚决定日期', '处罚有效期', '处罚机关', '处罚机关统一社会信用代码', '数据来源单位', '数据来源单位统一社会信用代码']
async function penalties(rows: readonly Penalty[]): Promise<Uint8Array> {
  const cells = rows.map(({ code, name, number, decided, fine, kinds = '罚款', content = '罚款' }) => [
    name, '法人及非法人组织', code, '符海', number, '经营超过保质期的食品', '货架上有超过保质期的食品', '《中华人民共和国食品安全法》第一百二十四条', kinds, content, fine, decided, '2027-12-31', '海棠区市场监督管理局', AUTHORITY, '海棠区市场监督管理局', AUTHORITY])
  return Buffer.concat(await Array.fromAsync(writeSheet(HEADINGS.map((title) => ({ heading: title })), cells, { sheetName: '行政处罚' })))
}

let restaurant = 0
let hotel = 0

test('the register takes in subjects, and finds them by a part of the name', async () => {
  const batch = await program.import('subject', subjects, WATER, '2024-01-05')
  assert.deepEqual([batch.accepted, batch.rejected], [2, 0])
  restaurant = (await program.call(listSubjects, { find: '椰岚' })).rows[0]!.subjectId
  hotel = (await program.call(listSubjects, { find: HOTEL })).rows[0]!.subjectId
})

test('a workbook of penalties gives accepted rows, and rejected ones with cause and fix in the same layout', async () => {
  await program.xinheng.settled()
  const before = (await program.call(listScoresOfSubject, { subjectId: restaurant })).rows
  const batch = await program.import('penalty', await penalties([
    { code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第1号', decided: '2026-11-10', fine: '5' },
    { code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第2号', decided: '2026-11-11', fine: '' },
    { code: `${RESTAURANT.slice(0, 17)}${RESTAURANT[17] === '0' ? '1' : '0'}`, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第3号', decided: '2026-11-11', fine: '1' },
    { code: usccFrom('91460202', 'XH999999'), name: '查无此企业有限公司', number: '海棠市监罚〔2026〕第4号', decided: '2026-11-12', fine: '1' },
    { code: HOTEL, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第5号', decided: '2026-11-12', fine: '1' },
  ]), WATER, '2026-11-20')
  assert.deepEqual([batch.read, batch.accepted, batch.rejected], [5, 1, 4])
  const { rows } = await program.call(listFlaggedRows, { batchId: batch.batchId, rejected: 'true' })
  for (const { problems } of rows) for (const { message, fix } of problems) assert.ok(message.zh && message.en && fix.zh && fix.en)

  const path = join(tmpdir(), `failed-${process.pid}.xlsx`)
  writeFileSync(path, await program.download(downloadFailedRows, { batchId: batch.batchId }))
  const sheet = await openSheet(path, { name: 'failed.xlsx' })
  const lines = (await Array.fromAsync(sheet.rows)).flat().map(({ cells }) => cells.map(String))
  assert.ok(lines.some((cells) => cells.includes('海棠市监罚〔2026〕第3号')), 'the failed row stands in the workbook as it was sent')

  for (let waited = 0; ; waited += 20) {
    const after = (await program.call(listScoresOfSubject, { subjectId: restaurant })).rows
    if (JSON.stringify(after) !== JSON.stringify(before)) break
    assert.ok(waited < 1000, 'the new penalty changes the score within a second')
    await setTimeout(20)
  }
})

test('the corrected workbook imports again without doubling anything', async () => {
  const corrected = await penalties([
    { code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第1号', decided: '2026-11-10', fine: '5' },
    { code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第2号', decided: '2026-11-11', fine: '0.5' },
    { code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第3号', decided: '2026-11-11', fine: '1' },
  ])
  const batch = await program.import('penalty', corrected, WATER, '2026-11-20')
  assert.deepEqual([batch.accepted, batch.unchanged, batch.corrected, batch.rejected], [2, 1, 0, 0])
  const again = await program.import('penalty', corrected, WATER, '2026-11-20')
  assert.deepEqual([again.accepted, again.unchanged], [0, 3])
  assert.equal((await program.call(listRecords, { subjectId: restaurant, kind: 'penalty' })).total, 3)
})

test('changed content is a correction: the old version stays visible', async () => {
  const batch = await program.import('penalty', await penalties([{ code: RESTAURANT, name: '三亚椰岚海鲜餐饮有限公司', number: '海棠市监罚〔2026〕第1号', decided: '2026-11-10', fine: '6' }]), WATER, '2026-11-21')
  assert.equal(batch.corrected, 1)
  const { rows } = await program.call(listRecords, { subjectId: restaurant, find: '海棠市监罚〔2026〕第1号' })
  const record = await program.call(getRecord, { recordId: rows[0]!.recordId, subjectId: restaurant })
  assert.equal(record.versionList.length, 2)
  assert.ok(record.versionList.some(({ fields }) => fields.some(({ value, changed }) => changed && value === '6')))
})

test('every line of a score adds up to it exactly, and names its records', async () => {
  await program.xinheng.settled()
  for (const { model } of (await program.call(listScoresOfSubject, { subjectId: restaurant })).rows) {
    const { lines, score, holdsUntil } = await program.call(explainScore, { subjectId: restaurant, model })
    assert.equal(decimal(lines.reduce((sum, { points }) => sum + scaled(points, 12)!, 0n), 12), decimal(scaled(score, 12)!, 12), model)
    for (const { fallsAwayOn } of lines) assert.ok(fallsAwayOn === null || holdsUntil === null || holdsUntil <= fallsAwayOn)
  }
  const grades = await program.call(getGrades, { subjectId: restaurant })
  assert.ok(grades.supervision.length > 0 && grades.supervision.every(({ ratio, lines }) => ratio !== null && lines.every(({ policyKey }) => policyKey)))
  assert.ok((await program.call(listGradeChanges, {})).total > 0)
})

test('a subject without new facts is not touched', async () => {
  assert.equal((await program.call(listRecords, { subjectId: hotel })).total, 0)
})

test('a withdrawn record counts no more, and a second click withdraws nothing twice', async () => {
  const { rows } = await program.call(listRecords, { subjectId: restaurant, find: '海棠市监罚〔2026〕第2号' })
  const { recordId } = rows[0]!
  const withdrawal = { recordId, subjectId: restaurant, reason: '处罚决定经复议撤销', requestId: 'withdrawal-0001' }
  const first = await program.call(withdrawRecord, withdrawal)
  assert.deepEqual(await program.call(withdrawRecord, withdrawal), first)
  assert.equal((await program.call(getRecord, { recordId, subjectId: restaurant })).withdrawn, true)
})

test('the audit is clean, a proof verifies, and a row changed behind the back of the program is named', async () => {
  await program.xinheng.settled()
  const clean = await program.call(auditLedger, {})
  assert.deepEqual([clean.valid, clean.firstProblem], [true, null])
  const { rows } = await program.call(listEntries, { name: 'record.filed', subjectId: restaurant })
  const { proof } = await program.call(proveEntry, { entryId: rows[0]!.entryId })
  assert.equal((await program.call(verifyProof, { proof })).valid, true)

  await sql`update records.fact set document_number = '海棠市监罚〔2026〕第9号' where subject_id = ${restaurant} and fact_id = ${rows[0]!.aboutId}`.execute(program.xinheng.database.db)
  const found = await program.call(auditLedger, {})
  assert.equal(found.valid, false)
  assert.equal(found.firstProblem!.entryId, rows[0]!.entryId)
  assert.match(found.firstProblem!.about!, /records\.fact/)
})

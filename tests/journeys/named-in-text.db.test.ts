// @clause X.4
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { act, systemActor, type ActContext } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { residentIdFrom, usccFrom } from '../../src/kernel/codes/index.ts'
import { day } from '../../src/kernel/day.ts'
import { canonicalJson } from '../../src/kernel/json.ts'
import { REMOVED } from '../../src/kernel/masking/index.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { fileStatement } from '../../src/modules/objections/index.ts'
import { getRecord, withdrawRecord } from '../../src/modules/records/contract.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import * as removals from '../../src/modules/removals/contract.ts'
import { listFlaggedRows } from '../../src/modules/submissions/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { listTables, readRows, sql } from '../../src/platform/db/index.ts'
import { startProgram } from '../support/program.ts'

const program = await startProgram({ clock: standingClock(new Date('2026-11-20T02:00:00Z')) })
after(() => program.close())

const MARKET = 'market-regulation'
const ID = residentIdFrom('46020019900307853')
const OLD = ID.slice(0, 6) + ID.slice(8, 17)
const GROUPED = `${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`
const OTHER = '11010519491231002X'
const USCC = usccFrom('91460202', 'XHYX0001')
const inAct = <T>(run: (context: ActContext) => Promise<T>) => act({ name: 'test.act', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run }).perform(program.xinheng.world, systemActor('test'), {})
const { db } = program.xinheng.database
const sealing = () => program.xinheng.world.sealing
let business = 0
let recordId = 0
let batchId = 0
let credit = { as: '' }
let head = { as: '' }
let removalId = 0

const fact = (facts: string, remark: string): NewFact => ({
  subjectId: business, kind: 'penalty', documentNumber: '海棠市监罚〔2026〕1号', fields: { CF_XDR_MC: '海棠湾酒店有限公司', CF_SY: facts, BZ: remark, CF_CFLB: 'fine' }, effect: plainEffect(day('2026-01-05'), { use: { endsOn: day('2030-01-05'), reason: 'time' } }),
  receivedOn: day('2026-01-10'), department: MARKET, batchId: null, rowNumber: null, reason: null,
})

before(async () => {
  await program.import('subject', Buffer.from(`﻿统一社会信用代码,主体名称,主体类型,登记状态\n${USCC},海棠湾酒店有限公司,企业,存续\n`), MARKET)
  business = (await program.call(listSubjects, {})).rows[0]!.subjectId
  const [filed] = await inAct((context) => fileRecords(context, [fact(`与王某（身份证${ID}）、李某（${OTHER}）合伙无证经营`, `王某旧号${OLD}`)]))
  await inAct((context) => fileRecords(context, [fact(`与王某（身份证${GROUPED}）、李某（${OTHER}）合伙无证经营，已停业`, '无')]))
  recordId = filed!.recordId
  const heads = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM'
  const row = (number: string, code: string) => `海棠湾酒店有限公司,法人及非法人组织,${code},演示,${number},超过保质期,由王某 ${ID} 经手,食品安全法,罚款,罚款人民币壹万元,1,2026-11-05,2027-11-05,三亚市海棠区市场监督管理局,11460202XHYX100189,三亚市海棠区市场监督管理局,11460202XHYX100189`
  const batch = await program.import('penalty', Buffer.from(`﻿${heads}\n${row('海棠市监罚〔2026〕4号', USCC)}\n${row('海棠市监罚〔2026〕5号', usccFrom('91460202', 'XHYX0009'))}\n`), MARKET)
  batchId = batch.batchId
  assert.deepEqual([batch.accepted, batch.rejected], [1, 1])
  await fileStatement.perform({ ...program.xinheng.world, db }, systemActor('test'), { subjectId: business, recordId, words: `王某（${ID}）已离职` })
  await program.call(withdrawRecord, { subjectId: business, recordId, reason: `查明当事人应为王某 ${ID}` })
  credit = { as: (await program.officer(['credit-officer'])).cookie }
  head = { as: (await program.officer(['credit-head'])).cookie }
  await program.xinheng.settled()
})

/** Tables in which one of some values can be read. */
async function readableIn(...values: string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const table of await listTables(db)) for await (const { lines } of readRows(db, table)) for (const line of lines) for (const value of values) if (line.includes(value)) found.add(`${table.schema}.${table.name}`)
  return [...found].sort()
}
const textsOf = async (): Promise<string[]> => (await program.call(getRecord, { subjectId: business, recordId }, credit)).versionList.flatMap(({ fields }) => fields.filter(({ id }) => id === 'CF_SY' || id === 'BZ').map(({ value }) => value))

test('a person who is only named in what is said of others is found by the number, and it is told what of it goes', async () => {
  const { held } = await program.call(removals.previewRemoval, { idNumber: ID }, credit)
  assert.deepEqual(held.map(({ what, count, fate }) => [what.zh.slice(0, 12), count, fate]), [
    ['他人问题行的文字中的证件', 1, 'goes'], ['他人记录的叙述文字（违法', 4, 'goes'], ['送来这些文字的原始报送文', 1, 'goes'], ['异议、答复和信用说明的文', 1, 'goes'],
  ])
  assert.ok((await program.call(removals.previewRemoval, { idNumber: OLD }, credit)).held.length > 0, 'the old number is the same person’s')
  assert.deepEqual((await program.call(removals.previewRemoval, { idNumber: '460200198506121016' }, credit)).held, [])
})

test('a removal takes just the number out of every version of the text, and the audit stays clean', async () => {
  const request = { askedBy: 'person', askedOn: '2026-11-20', ground: 'period-over', words: `王某（${ID}）到窗口申请` } as const
  removalId = (await program.call(removals.fileRemoval, { idNumber: ID, ...request, requestId: 'filed-once' }, credit)).removalId
  const { rows: [known] } = await sql<{ digest: string }>`select input_digest as digest from platform.performed_act where request_id = 'filed-once'`.execute(db)
  assert.notEqual(known!.digest, hash('sha256', canonicalJson({ ...request, accountId: null, idNumber: ID })), 'the number cannot be tried out against what a repetition is known by')
  await program.call(removals.decideRemoval, { removalId, act: 'approve', words: '保存期限已届满' }, head)
  const { rows: [file] } = await sql<{ digest: string }>`select file_digest as digest from submissions.batch where batch_id = ${batchId}`.execute(db)
  const done = await program.call(removals.carryOutRemoval, { removalId, words: '依决定执行' }, credit)
  assert.equal(done.state, 'removed')
  assert.equal(await program.xinheng.world.files.read(file!.digest).then(readAll).then(() => 'kept', () => 'gone'), 'gone')
  const texts = await textsOf()
  assert.ok(texts.filter((text) => text.includes(REMOVED)).length >= 3, JSON.stringify(texts))
  assert.ok(texts.some((text) => text === `与王某（身份证${REMOVED}）、李某（1101**********002X）合伙无证经营`), JSON.stringify(texts))
  assert.ok(texts.some((text) => text === `王某旧号${REMOVED}`))
  const { rows: facts } = await sql<{ subject_id: number; fields: Record<string, string>; reason: string | null }>`select subject_id, fields, reason from records.fact`.execute(db)
  const opened = facts.map(({ subject_id, fields, reason }) => Object.entries(fields).map(([id, value]) => sealing().open(value, `records.fact.fields.${id}/${subject_id}`)).join() + reason)
  assert.ok(opened.some((text) => text.includes(OTHER)), 'another’s number in the same text stays')
  assert.deepEqual(opened.filter((text) => [ID, OLD, GROUPED].some((id) => text.includes(id))), [])
  const flagged = await program.call(listFlaggedRows, { batchId }, credit)
  assert.ok(flagged.rows.some(({ cells }) => cells['CF_SY'] === `由王某 ${REMOVED} 经手`))
  assert.deepEqual(await readableIn(ID, OLD), [])
  await program.xinheng.settled()
  const audit = await program.call(auditLedger, {})
  assert.deepEqual([audit.valid, audit.redacted], [true, done.entries], JSON.stringify(audit.firstProblem))
  assert.ok(done.entries >= 6)
  assert.deepEqual((await program.call(removals.previewRemoval, { idNumber: ID }, credit)).held, [])
})

test('a text that is changed afterwards, and a redaction that was made up, are found', async () => {
  const problem = async () => (await program.call(auditLedger, {})).firstProblem?.about ?? null
  const change = (to: string) => sql`update objections.statement set words = ${to}`.execute(db)
  await change(`王某（${REMOVED}）没有离职`)
  assert.match((await problem())!, /^objections\.statement/)
  await change(`王某（${REMOVED}）已离职`)
  assert.equal(await problem(), null)
  // Somebody rewrites another record of the business and makes up a redaction under the same removal.
  const { rows: [entry] } = await sql<{ id: number }>`select entry_id as id from ledger.entry where name = 'record.filed' and entry_id not in (select entry_id from ledger.redaction) limit 1`.execute(db)
  assert.equal(entry, undefined, 'every record here named the person')
  await sql`insert into ledger.redaction (entry_id, removal_id, digest, redaction_id) select entry_id, ${removalId}, sha256(digest), nextval('ledger.redaction_id') from ledger.entry where name = 'batch.received' limit 1`.execute(db)
  assert.notEqual(await problem(), null)
})

// @clause X.4
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { act, systemActor, type ActContext } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { residentIdFrom, usccFrom } from '../../src/kernel/codes/index.ts'
import { day } from '../../src/kernel/day.ts'
import { listKeys, retireKeys, rotateKeys } from '../../src/app/operate/contract.ts'
import { auditLedger, listEntries, proveEntry } from '../../src/modules/evidence/contract.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import { getRecord } from '../../src/modules/records/contract.ts'
import * as removals from '../../src/modules/removals/contract.ts'
import { newSubjectIds } from '../../src/modules/subjects/queries/write.ts'
import { writeRegistrations } from '../../src/modules/subjects/register.ts'
import { registerRow } from '../../src/modules/subjects/subjects.ts'
import { findRegistered, findSubjectsByCodes } from '../../src/modules/subjects/index.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { listTables, readRows, sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram({ clock: standingClock(new Date('2026-11-20T02:00:00Z')) })
after(() => program.close())

const MARKET = 'market-regulation'
const ID = residentIdFrom('46020019900307853')
const { db } = program.xinheng.database
const { sealing } = program.xinheng.world
const refuses = (code: string) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code
const inAct = <T>(run: (context: ActContext) => Promise<T>) => act({ name: 'test.act', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run }).perform(program.xinheng.world, systemActor('test'), {})
const heads = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM'
const rejected = (name: string) => Buffer.from(`﻿${heads}\n${name},自然人,身份证,${ID.toLowerCase()},海棠市监罚〔2026〕5号,超过保质期,无证,食品安全法,罚款,罚款人民币壹万元,1,2026-11-05,2027-11-05,三亚市海棠区市场监督管理局,11460202XHYX100189,三亚市海棠区市场监督管理局,11460202XHYX100189\n`)
let subjectId = 0
let earlierDigest = ''
let security = { as: '' }
let credit = { as: '' }
let record = { subjectId: 0, recordId: 0 }
let batchId = 0

const fact = (number = 1, remark = '无'): NewFact => ({
  subjectId, kind: 'penalty', documentNumber: `海棠市监罚〔2026〕${number}号`, fields: { CF_XDR_MC: '欧阳甲', CF_XDR_ZJHM: ID, CF_SY: `当事人（${ID}）无证经营`, CF_CFLB: 'fine', BZ: remark }, effect: plainEffect(day('2026-01-05'), { use: { endsOn: day('2030-01-05'), reason: 'time' } }),
  receivedOn: day('2026-01-10'), department: MARKET, batchId: null, rowNumber: null, reason: null,
})
const send = async (...given: Parameters<typeof fact>) => (await inAct((context) => fileRecords(context, [fact(...given)])))[0]!
const register = (name: string, formerNames: readonly string[], known: number | undefined) => inAct(async (context) => {
  const id = known ?? (await newSubjectIds(context.tx, 1))[0]!
  const registered = known === undefined ? undefined : (await findRegistered(context.tx, sealing, [id])).get(id)
  const done = registerRow({
    name, type: 'natural-person', codes: [{ kind: 'resident-id', value: ID }], status: null, industry: null, sectors: [], place: null, department: null, foundedOn: null, legalRepresentative: null, formerNames: [...formerNames], nameChangedOn: null,
  }, () => registered, () => id, context.today)
  if (!('next' in done)) throw new Error(JSON.stringify(done))
  await writeRegistrations(context, [{ next: done.next, first: known === undefined, effectiveOn: context.today, rowNumber: null, reason: null }], null, known === undefined ? 'subject.registered' : 'subject.changed')
  return id
})

before(async () => {
  await program.import('subject', Buffer.from(`﻿统一社会信用代码,主体名称,主体类型,登记状态\n${usccFrom('91460202', 'XHYX0001')},海棠湾酒店有限公司,企业,存续\n`), MARKET)
  subjectId = await register('欧阳甲', [], undefined)
  record = { subjectId, recordId: (await send()).recordId }
  await send(2)
  const batch = await program.import('penalty', rejected('另一名字'), MARKET)
  batchId = batch.batchId
  assert.equal(batch.rejected, 1)
  credit = { as: (await program.officer(['credit-officer'])).cookie }
  security = { as: (await program.officer(['security-administrator'])).cookie }
  await program.call(removals.fileRemoval, { idNumber: ID, askedBy: 'person', askedOn: '2026-11-20', ground: 'period-over', words: '本人到窗口申请' }, credit)
  await program.xinheng.settled()
  earlierDigest = sealing.digestOf(ID)
})

/** Tables in which a value can be read. */
async function standsIn(value: string): Promise<string[]> {
  const found = new Set<string>()
  for (const table of await listTables(db)) for await (const { lines } of readRows(db, table)) for (const line of lines) if (line.includes(value)) found.add(`${table.schema}.${table.name}`)
  return [...found].sort()
}

/** A rotation that dies when it comes to a table; what it did before stays. */
async function cutOffAt(table: string, how: { readonly digest?: boolean; readonly newKey?: boolean }): Promise<void> {
  await sql`create or replace function cut_off() returns trigger language plpgsql as $$ begin raise exception 'cut off'; end $$`.execute(db)
  await sql`create trigger cut_off before update on ${sql.table(table)} for each row execute function cut_off()`.execute(db)
  await assert.rejects(program.call(rotateKeys, how, security))
  await sql`drop trigger cut_off on ${sql.table(table)}`.execute(db)
}

/** All that is found by an id, and that must be found whatever key made its digest. */
async function mustBeFound(): Promise<void> {
  assert.equal((await findSubjectsByCodes(db, sealing, [{ kind: 'resident-id', value: ID }])).size, 1)
  assert.deepEqual((await program.call(listSubjects, { find: ID }, credit)).rows.map((row) => row.subjectId), [subjectId])
  assert.equal((await send()).outcome, 'unchanged', 'the same decision again is no correction')
  const { held } = await program.call(removals.previewRemoval, { idNumber: ID }, credit)
  for (const what of ['本人信用记录', '问题行的单元格', '主体登记信息']) assert.ok(held.some((one) => one.what.zh.startsWith(what)), `${what}: ${JSON.stringify(held)}`)
  assert.ok((await program.call(getRecord, record, credit)).versionList.every(({ fields }) => fields.every(({ changed }) => !changed)))
  await program.xinheng.settled()
  const { valid, firstProblem, redacted } = await program.call(auditLedger, {})
  assert.deepEqual([valid, redacted], [true, 0], JSON.stringify(firstProblem))
}

test('a change of the key of the digests that is cut off midway loses nothing: both keys are tried, the audit is clean, and it goes on', async () => {
  assert.deepEqual((await program.call(listKeys, {}, security)).digests, { present: 'look-up', former: null, underFormer: 0 })
  await mustBeFound()
  await cutOffAt('submissions.flagged_row', { digest: true })
  const { digests, keys } = await program.call(listKeys, {}, security)
  assert.ok(digests.former === 'look-up' && digests.underFormer > 0 && digests.present !== 'look-up', JSON.stringify(digests))
  assert.deepEqual(keys.map(({ digest }) => digest), ['look-up', digests.present])
  await mustBeFound()
  // What goes on meanwhile: a change of the registration, a correction.
  await register('欧阳甲乙', ['欧阳甲'], subjectId)
  assert.equal((await send(2, '另有说明')).outcome, 'corrected')
  const { rows: [corrected] } = await sql<{ reason: string }>`select reason from records.fact where operation = 'corrected'`.execute(db)
  assert.equal(corrected!.reason, '更正报送：备注', 'the id, by another digest now, did not change')
  await mustBeFound()
  await cutOffAt('records.fact', { newKey: false })
  assert.deepEqual(await standsIn(earlierDigest), ['records.fact', 'removals.removal'])
  await mustBeFound()
  await assert.rejects(program.call(rotateKeys, { digest: true }, security), refuses('sealing.digest-under-way'))
  assert.ok(!(await program.call(retireKeys, {}, security)).retired.includes('look-up'), 'what still stands under the earlier key keeps it')
})

test('when it is at its end no digest of the earlier key stands anywhere, and the key goes', async () => {
  const { entries } = await program.call(rotateKeys, { newKey: false }, security)
  assert.ok(entries > 0)
  assert.deepEqual(await standsIn(earlierDigest), [])
  const { digests } = await program.call(listKeys, {}, security)
  assert.deepEqual([digests.former, digests.underFormer], ['look-up', 0])
  await mustBeFound()
  assert.ok((await program.call(retireKeys, {}, security)).retired.includes('look-up'))
  assert.deepEqual((await program.call(listKeys, {}, security)).digests, { present: digests.present, former: null, underFormer: 0 })
  assert.ok(!readFileSync(join(program.data, 'keys', 'sealing-keys.json'), 'utf8').includes('former'))
  assert.equal(sealing.digestsOf(ID).length, 1)
  await mustBeFound()
  const again = await program.import('penalty', rejected('另一名字'), MARKET)
  assert.equal(again.rejected, 1)
  const { rows: [row] } = await sql<{ settled: number | null }>`select settled_by as settled from submissions.flagged_row where batch_id = ${batchId}`.execute(db)
  assert.equal(row!.settled, again.batchId, 'a rejected row is known again by the new digest')
})

test('the change stands in the ledger, and under its pretext nothing can be changed', async () => {
  const { rows, total } = await program.call(listEntries, { name: 'ledger.digests-renewed' })
  assert.ok(total >= 2 && rows.every(({ aboutId }) => aboutId! < 0))
  const filed = (await program.call(listEntries, { name: 'record.filed', subjectId })).rows[0]!
  assert.ok(filed.removalId! < 0)
  assert.equal(((await program.call(proveEntry, { entryId: filed.entryId })).proof as { disclosed?: unknown }).disclosed, undefined)
  const problem = async () => (await program.call(auditLedger, {})).firstProblem?.about ?? null
  // Changed before another rotation: it is still found after it.
  await sql`update records.fact set received_on = received_on + 1 where subject_id = ${subjectId}`.execute(db)
  assert.match((await problem())!, /^records\.fact/)
  await program.call(rotateKeys, { digest: true }, security)
  assert.match((await problem())!, /^records\.fact/)
  await sql`delete from ledger.redaction where removal_id = ${rows[0]!.aboutId}`.execute(db)
  assert.notEqual(await problem(), null)
})

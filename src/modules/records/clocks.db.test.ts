// @clause 4.5
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { endPublicity, recomputeProvisionalDeadlines } from './acts.ts'
import { adoptDepartments } from '../organisation/index.ts'
import { bookWith2027, officer, penalty, registerSubject, streamOf, within, worldAt } from './testing/fixture.ts'
import type { PenaltyFields } from '../submissions/index.ts'
import { penaltyKind } from './kinds.ts'
import { publicOn } from './queries/list.ts'
import { recordRoutes } from './routes.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
const { world, set } = worldAt(database, '2026-11-20')
await adoptDepartments(world)
await registerSubject(database, { id: 1, name: '三亚海棠湾酒店有限公司', codes: [['uscc', '91460200MA5TXXXX01']] })

let batchId = 0
async function send(rows: readonly PenaltyFields[], receivedOn: string, department = 'market-regulation') {
  batchId += 1
  const batch = { batchId, department, receivedOn: receivedOn as Day }
  return within(world, (context) => penaltyKind.take(context, batch, rows.map((fields, at) => ({ rowNumber: at + 2, fields, warnings: [] }))))
}
async function ask(path: string, input: object, upload?: NodeJS.ReadableStream): Promise<any> {
  const { endpoint, handle } = recordRoutes.find((one) => `${one.endpoint.method} ${one.endpoint.path}` === path)!
  const answer = await handle({ world, actor: officer, ...(upload ? { upload } : {}) } as never, endpoint.input.parse(input) as never)
  return endpoint.gives === 'file' ? answer : endpoint.output.parse(answer)
}

test('a make-up workday counts: due on 15 October, a receipt on the 16th is late by one', async () => {
  set('2026-10-16')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕101号', decidedOn: '2026-09-30' as Day })], '2026-10-15')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕102号', decidedOn: '2026-09-30' as Day })], '2026-10-16')
  const { rows } = await ask('GET /records', { subjectId: 1 })
  assert.deepEqual(rows.map((row: any) => [row.documentNumber, row.reportDueOn, row.lateBy]), [['海棠市监罚〔2026〕102号', '2026-10-15', 1], ['海棠市监罚〔2026〕101号', '2026-10-15', 0]])
  assert.equal((await ask('GET /records', { late: 'true' })).total, 1)
})

test('what is corrected late was not reported late', async () => {
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕101号', decidedOn: '2026-09-30' as Day, fineFen: 1_000n })], '2026-11-20')
  const { rows: [row] } = await ask('GET /records', { find: '海棠市监罚〔2026〕101' })
  assert.deepEqual([row.lateBy, row.receivedOn, row.versions], [0, '2026-10-15', 2])
})

test('publicity ends by the day alone: nothing has to run', async () => {
  set('2026-11-20')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕103号', decidedOn: '2026-11-10' as Day })], '2026-11-20')
  const published = async (on: string) => (await sql`select 1 from records.standing as s where known_until = 'infinity' and document_number = '海棠市监罚〔2026〕103号' and ${publicOn(on)}`.execute(db)).rows.length
  assert.deepEqual([await published('2027-11-09'), await published('2027-11-10')], [1, 0])
  set('2027-11-10')
  const { rows: [row] } = await ask('GET /records', { find: '海棠市监罚〔2026〕103' })
  assert.deepEqual(row.publicity, { on: false, endsOn: '2027-11-10', reason: 'maximum', repairableOn: '2027-02-10', withheldReason: null })
  set('2026-11-20')
})

test('a decision (repair) ends all three switches, and a correction afterwards does not open them again', async () => {
  const number = '海棠市监罚〔2026〕104号'
  set('2027-03-01')
  await send([penalty({ documentNumber: number, decidedOn: '2026-11-10' as Day })], '2026-11-20')
  const { rows: [{ recordId }] } = await ask('GET /records', { find: number })
  await within(world, (context) => endPublicity(context, [{ subjectId: 1, recordId }], { endsOn: '2027-03-01' as Day, reason: 'repaired', words: '准予修复' }))
  set('2027-03-02')
  await send([penalty({ documentNumber: number, decidedOn: '2026-11-10' as Day, fineFen: 5n })], '2027-03-02')
  const page = await ask('GET /records/:recordId', { recordId, subjectId: 1 })
  assert.deepEqual([page.publicity.on, page.sharing.on, page.use.on, page.use.reason], [false, false, false, 'repaired'])
  assert.deepEqual(page.versionList.map(({ operation }: any) => operation), ['corrected', 'ended', 'filed'])
  set('2026-11-20')
})

test('a deadline that reaches into 2027 is provisional; the notice moves it later, never earlier, once', async () => {
  set('2026-12-28')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕105号', decidedOn: '2026-12-28' as Day })], '2026-12-28')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕106号', decidedOn: '2026-12-25' as Day })], '2026-12-28')
  const due = async (number: string) => ((await ask('GET /records', { find: number })).rows as any[]).map((row) => [row.reportDueOn, row.reportDueProvisional, row.versions])[0]
  assert.deepEqual(await due('海棠市监罚〔2026〕105'), ['2027-01-06', true, 1])
  assert.deepEqual(await recomputeProvisionalDeadlines(world), { changed: 0 }, 'no notice, nothing to recompute')
  set('2026-12-31')
  const informed = { ...world, policy: bookWith2027(['2027-01-01', '2027-01-02', '2027-01-03']) }
  assert.deepEqual(await recomputeProvisionalDeadlines(informed), { changed: 2 })
  assert.deepEqual([await due('海棠市监罚〔2026〕105'), await due('海棠市监罚〔2026〕106')], [['2027-01-07', false, 1], ['2027-01-06', false, 1]])
  assert.deepEqual(await recomputeProvisionalDeadlines(informed), { changed: 0 })
  const { rows } = await sql<{ name: string; count: number }>`select name, count(*) as count from ledger.entry where name = 'record.deadline-recomputed' group by 1`.execute(db)
  assert.deepEqual(rows, [{ name: 'record.deadline-recomputed', count: 2 }])
})

test('a notice that makes days worked does not bring a provisional deadline forward', async () => {
  set('2026-12-29')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕107号', decidedOn: '2026-12-29' as Day })], '2026-12-29')
  set('2026-12-31')
  await recomputeProvisionalDeadlines({ ...world, policy: bookWith2027([], ['2027-01-02', '2027-01-03']) })
  const { rows: [row] } = await ask('GET /records', { find: '海棠市监罚〔2026〕107' })
  assert.deepEqual([row.reportDueOn, row.reportDueProvisional], ['2027-01-07', false])
  set('2026-11-20')
})

test('the page of a record shows its versions with what changed, its articles, and identity numbers in part only', async () => {
  await registerSubject(database, { id: 3, name: '李某', type: 'natural-person', codes: [['resident-id', '460200199001011234']] })
  const party = { name: '李某', category: 'natural-person', uscc: null, naturalId: { type: 'resident-id', number: '460200199001011234' } } as const
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕108号', party })], '2026-11-20')
  await send([penalty({ documentNumber: '海棠市监罚〔2026〕108号', party, fineFen: 100n })], '2026-11-21')
  const { rows: [{ recordId }] } = await ask('GET /records', { find: '李某' })
  const page = await ask('GET /records/:recordId', { recordId, subjectId: 3 })
  const [latest] = page.versionList
  assert.deepEqual(latest.fields.filter(({ changed }: any) => changed).map(({ id, title, value }: any) => [id, title, value]), [['CF_NR_FK', '罚款金额（万元）', '100']])
  assert.equal(latest.fields.find(({ id }: any) => id === 'CF_XDR_ZJHM').value, '4602**********1234')
  assert.deepEqual(page.bases.map(({ policyKey }: any) => policyKey), ['records/report-within', 'records/class-of-penalty', 'records/publicity-periods', 'records/withdraw-within'])
  assert.deepEqual(page.publicity.withheldReason, 'natural-person')
  await assert.rejects(ask('GET /records/:recordId', { recordId: 9_999, subjectId: 3 }), { code: 'record.not-found' })
})

test('a document is known by its bytes, kept once, and handed out again; anything else is refused', async () => {
  const { rows: [{ recordId }] } = await ask('GET /records', { find: '李某' })
  const at = { recordId, subjectId: 3 }
  await assert.rejects(ask('POST /records/:recordId/documents', { ...at, name: '决定书.pdf' }, streamOf('PK\u0003\u0004 not a document at all')), { code: 'record.document-kind' })
  await assert.rejects(ask('POST /records/:recordId/documents', { ...at, recordId: 9_999, name: '决定书.pdf' }, streamOf('%PDF-1.7')), { code: 'record.not-found' })
  await assert.rejects(ask('POST /records/:recordId/documents', { ...at, name: '空.pdf' }, streamOf()), { code: 'file.empty' })
  const { attachmentId } = await ask('POST /records/:recordId/documents', { ...at, name: '决定书.pdf' }, streamOf('%P', 'DF-1.7', Buffer.alloc(5_000, 'x')))
  assert.equal((await ask('POST /records/:recordId/documents', { ...at, name: '决定书(1).pdf' }, streamOf('%PDF-1.7', Buffer.alloc(5_000, 'x')))).attachmentId, attachmentId)
  const page = await ask('GET /records/:recordId', at)
  assert.partialDeepStrictEqual(page.documents, [{ fileName: '决定书.pdf', contentType: 'application/pdf', size: 5_008, actor: 'officer:test' }])
  const file = await ask('GET /records/:recordId/documents/:attachmentId', { ...at, attachmentId })
  const bytes = Buffer.concat(await file.stream.toArray())
  assert.deepEqual([file.fileName, bytes.length, bytes.subarray(0, 8).toString()], ['决定书.pdf', 5_008, '%PDF-1.7'])
})

test('the league table: punctual departments first, rows of files, open rejections and gaps beside', async () => {
  await sql`insert into submissions.batch (kind, file_name, file_digest, file_size, department, received_on, received_at, actor, state, rows_read, accepted, rejected)
    values ('penalty', 'a.xlsx', 'x', 1, 'tourism', '2026-11-20', now(), 'officer:test', 'done', 10, 8, 2)`.execute(db)
  await sql`insert into submissions.flagged_row (batch_id, row_number, rejected, cells, problems, document_number)
    select batch_id, n, true, '{}', '[]', '海棠旅罚〔2026〕' || n || '号' from submissions.batch cross join generate_series(1, 2) as n where department = 'tourism'`.execute(db)
  await send([1, 2, 6, 9].map((serial) => penalty({ documentNumber: `海棠旅罚〔2026〕${serial}号` })), '2026-11-18', 'tourism')
  const { rows, from, until } = await ask('GET /records/league', { from: '2026-10', until: '2026-11', kind: 'penalty' })
  assert.deepEqual([from, until, rows[0].department, rows.length], ['2026-10', '2026-11', 'tourism', 9])
  assert.partialDeepStrictEqual(rows[0], { reported: 4, late: 0, timeliness: 1, rowsSent: 10, rowsAccepted: 8, compliance: 0.8, gaps: 5, openRejections: 2 })
  const market = rows.find(({ department }: any) => department === 'market-regulation')
  assert.ok(Math.abs(market.timeliness + market.lateRate - 1) < 1e-9)
  assert.partialDeepStrictEqual(market.months[0], { month: '2026-10', reported: 2, timeliness: 0.5 })
  assert.deepEqual((await ask('GET /records/gaps', { department: 'tourism' })).rows, [{ department: 'tourism', kind: 'penalty', series: '海棠旅罚', year: 2026, from: 1, until: 9, missing: [3, 4, 5, 7, 8], missingCount: 5 }])
})

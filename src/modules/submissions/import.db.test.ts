// @clause 4.2
// @clause 4.2
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { audit, sequencePending, signerOfSeed } from '../../engines/ledger/index.ts'
import { makeBook, type CalendarNotice } from '../../engines/policy/index.ts'
import { day } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { sql } from '../../platform/db/index.ts'
import { openSheet, writeSheet } from '../../platform/sheets/index.ts'
import { organisationEntryTypes } from '../organisation/index.ts'
import * as contract from './contract.ts'
import { makeImportDesk, receiveBatch, submissionEntryTypes, submissionRoutes, type PenaltyFields, type RowInHand, type RowOutcome, type SubmissionKind } from './index.ts'
import { askOf, bytesOf, officer, testWorld } from './testing/world.ts'

const { world, clock, folder, close } = await testWorld()
after(close)

// A kind whose memory is a map: what it took in, by document number and party. The rest of the module is the real one.
const memory = new Map<string, string>()
let onTake: (rows: readonly RowInHand<PenaltyFields>[]) => void | Promise<void> = () => undefined
const penaltyKind: SubmissionKind<PenaltyFields> = {
  kind: 'penalty', standard: 'administrative-penalty',
  async take(_context, _batch, rows) {
    await onTake(rows)
    return rows.map(({ rowNumber, fields }): RowOutcome => {
      if (fields.party.name === '库外公司') return { rowNumber, outcome: 'rejected', problems: [{ code: 'test.unknown-subject', severity: 'error', field: 'CF_XDR_SHXYM', message: text('主体不在库', 'The subject is unknown'), fix: text('先导入主体', 'Import the subject first') }] }
      const [key, content] = [`${fields.documentNumber} ${fields.party.uscc}`, JSON.stringify(fields.values)]
      const before = memory.get(key)
      memory.set(key, content)
      return { rowNumber, outcome: before === undefined ? 'accepted' : before === content ? 'unchanged' : 'corrected' }
    })
  },
  async takeTogether(context, lots) {
    const outcomes: (readonly RowOutcome[])[] = []
    for (const { batch, rows } of lots) outcomes.push(await penaltyKind.take(context, batch, rows))
    return outcomes
  },
}
const desk = makeImportDesk([penaltyKind])
const ask = askOf(world, submissionRoutes(desk))
beforeEach(() => {
  onTake = () => undefined
})

const FIRM = '91330100716105852F'
const BUREAU = '11460202MB9XH0018U'
const HEAD = '行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码'
type Row = { name?: string; uscc?: string; number: string; fine?: string; on?: string }
const line = ({ name = '某某公司', uscc = FIRM, number, fine = '0.5', on = '2026-11-16' }: Row) => `${name},法人及非法人组织,${uscc},张三,${number},违法,事实,依据,罚款,罚款5000元,${fine},${on},2027-11-16,市监局,${BUREAU},市监局,${BUREAU}`
const numbered = (serial: number) => `琼三海市监罚〔2026〕${serial}号`

async function keep(rows: Row[]): Promise<string> {
  return (await ask(contract.recogniseFile, { name: '处罚.csv' }, [HEAD, ...rows.map(line)].join('\n'))).file
}
async function send(rows: Row[], more: { receivedOn?: string } = {}) {
  const { batchId } = await ask(contract.importFile, { file: await keep(rows), name: '处罚.csv', kind: 'penalty', department: BUREAU, ...more })
  await desk.settled()
  return ask(contract.getBatch, { batchId })
}
const countsOf = ({ read, accepted, unchanged, corrected, rejected }: Awaited<ReturnType<typeof send>>) => ({ read, accepted, unchanged, corrected, rejected })

test('a file is recognised with its columns, what is missing and a sample, before anything is stored', async () => {
  const { recognition, size } = await ask(contract.recogniseFile, { name: '处罚.csv' }, [HEAD, line({ number: numbered(1) })].join('\n'))
  assert.deepEqual([recognition.kind, recognition.format, recognition.encoding, recognition.headingRow, recognition.columns[4]!.field], ['penalty', 'csv', 'utf-8', 1, 'CF_WSH'])
  assert.equal(recognition.missing.some(({ required }) => required), false)
  assert.equal(recognition.sample[0]![4], numbered(1))
  assert.ok(size > 100)
  assert.equal((await ask(contract.listBatches, {})).total, 0)
})

test('files that are no data are refused at once: empty, without headings, without a mandatory column, of an unknown department, from the future', async () => {
  await assert.rejects(ask(contract.recogniseFile, { name: '空.csv' }, ''), /file.empty/)
  await assert.rejects(ask(contract.recogniseFile, { name: '旧.xls' }, Buffer.from('d0cf11e0a1b11ae1', 'hex')), /sheet\./)
  const { file, recognition } = await ask(contract.recogniseFile, { name: '别的.csv' }, '甲,乙,丙\n1,2,3')
  assert.equal(recognition.kind, null)
  const imported = { file, name: '别的.csv', kind: 'penalty', department: 'market-regulation' } as const
  await assert.rejects(ask(contract.importFile, imported), /heading.none/)
  const { file: short } = await ask(contract.recogniseFile, { name: '缺列.csv' }, '行政相对人名称,统一社会信用代码,行政处罚决定书文号\n甲,乙,丙')
  await assert.rejects(ask(contract.importFile, { ...imported, file: short }), /heading.missing/)
  const right = await keep([{ number: numbered(1) }])
  await assert.rejects(ask(contract.importFile, { ...imported, file: right, department: 'nobody' }), /department.unknown/)
  await assert.rejects(ask(contract.importFile, { ...imported, file: right, receivedOn: '2026-11-23' }), /batch.received-in-future/)
  await assert.rejects(ask(contract.importFile, { ...imported, file: 'a'.repeat(64) }), /file.missing/)
  assert.equal((await ask(contract.listBatches, {})).total, 0)
})

test('failed rows come back with cause and fix; corrected and sent again they are taken in, nothing is doubled, and the rejections close', async () => {
  const first = await send([{ number: numbered(1) }, { number: numbered(2), fine: '' }, { number: numbered(3), name: '库外公司', on: '2026-11-03' }, { number: numbered(4), on: '2026-11-13', fine: '五千' }])
  assert.deepEqual([first.state, countsOf(first), first.department], ['done', { read: 4, accepted: 1, unchanged: 0, corrected: 0, rejected: 3 }, 'market-regulation'])
  const open = await ask(contract.listOpenRejections, {})
  // Seven working days: decided on 3 November, due on the 12th; on the 13th, due on the 24th (Tuesday), two working days ahead.
  assert.deepEqual(open.rows.map(({ documentNumber, dueOn, state }) => [documentNumber, dueOn, state]), [[numbered(4), '2026-11-24', 'due-soon'], [numbered(2), '2026-11-25', 'open'], [numbered(3), '2026-11-12', 'late']])
  assert.deepEqual([open.total, open.late, open.dueSoon], [3, 1, 1])

  const workbook = join(folder, 'failed.xlsx')
  writeFileSync(workbook, await bytesOf(await ask(contract.downloadFailedRows, { batchId: first.batchId })))
  const rows = []
  for await (const chunk of (await openSheet(workbook, { name: 'failed.xlsx' })).rows) rows.push(...chunk.map(({ cells }) => cells))
  const [heading, second] = rows
  assert.deepEqual(heading!.slice(-3), ['行号', '原因', '怎样改正'])
  assert.equal(rows.length, 4)
  assert.match(String(second!.at(-2)), /罚款[\s\S]*fine/)
  // The officer corrects the rows in that very workbook.
  const place = (title: string) => heading!.indexOf(title)
  for (const row of rows.slice(1) as (string | null)[][]) {
    row[place('罚款金额（万元）')] = '0.5'
    row[place('行政相对人名称')] = '某某公司'
  }
  const pieces: Buffer[] = []
  for await (const piece of writeSheet(heading!.map((title) => ({ heading: String(title) })), rows.slice(1) as string[][], { sheetName: '改正' })) pieces.push(Buffer.from(piece as Uint8Array))
  const { file, recognition } = await ask(contract.recogniseFile, { name: '改正.xlsx' }, Buffer.concat(pieces))
  assert.deepEqual(recognition.problems, [])
  const { batchId } = await ask(contract.importFile, { file, name: '改正.xlsx', kind: 'penalty', department: 'market-regulation' })
  await desk.settled()
  assert.deepEqual(countsOf(await ask(contract.getBatch, { batchId })), { read: 3, accepted: 3, unchanged: 0, corrected: 0, rejected: 0 })
  assert.deepEqual(await ask(contract.listOpenRejections, {}), { rows: [], total: 0, late: 0, dueSoon: 0, lateBatches: [] })
  const again = await send([{ number: numbered(1) }, { number: numbered(1) }])
  assert.deepEqual(countsOf(again), { read: 2, accepted: 0, unchanged: 2, corrected: 0, rejected: 0 })
})

test('sent again and rejected again, a decision is open once, and its time goes on from the decision', async () => {
  await send([{ number: numbered(11), fine: '' }])
  await send([{ number: numbered(11), fine: '' }])
  const { rows } = await ask(contract.listOpenRejections, { department: 'market-regulation' })
  assert.deepEqual(rows.map(({ documentNumber, dueOn }) => [documentNumber, dueOn]), [[numbered(11), '2026-11-25']])
  await send([{ number: numbered(11) }])
  assert.equal((await ask(contract.listOpenRejections, {})).total, 0)
})

test('while an import stores, its progress and the list are answered without the database', async () => {
  let go = () => {}
  const held = new Promise<void>((resolve) => (go = resolve))
  let taking = () => {}
  const reached = new Promise<void>((resolve) => (taking = resolve))
  onTake = () => {
    taking()
    return held
  }
  const { batchId, state } = await ask(contract.importFile, { file: await keep([{ number: numbered(21) }]), name: '慢.csv', kind: 'penalty', department: 'market-regulation' })
  assert.equal(state, 'received')
  await reached
  const running = await ask(contract.getBatch, { batchId })
  assert.deepEqual([running.state, running.progress!.stage], ['reading', 'storing'])
  const list = await ask(contract.listBatches, {})
  assert.deepEqual([list.rows[0]!.batchId, list.rows[0]!.progress!.stage], [batchId, 'storing'])
  go()
  await desk.settled()
  const done = await ask(contract.getBatch, { batchId })
  assert.deepEqual([done.state, done.progress, done.accepted], ['done', null, 1])
})

test('a failure in the middle leaves nothing, and the next attempt takes the whole file in once', async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => ({ number: numbered(1_000 + at) }))
  let calls = 0
  onTake = () => {
    calls++
    if (calls === 2) throw new Error('power cut')
  }
  const said = console.error
  console.error = () => undefined
  const batch = await send(rows).finally(() => (console.error = said))
  // The stub's memory is no database: the rows of the chunk that was rolled back are known to it.
  assert.deepEqual([batch.state, batch.read, batch.accepted + batch.unchanged], ['done', 1_200, 1_200])
  const { rows: [entries] } = await sql<{ n: number }>`select count(*) as n from ledger.entry where name = 'batch.imported' and about_id = ${batch.batchId}`.execute(world.db)
  assert.equal(entries!.n, 1)
})

/** Batches of one row each that wait for a desk that is about to be opened. */
async function waitingBatches(serials: readonly number[]): Promise<number[]> {
  const made: number[] = []
  for (const serial of serials) {
    const file = await keep([{ number: numbered(serial) }])
    const { batchId } = await receiveBatch.perform(world, officer, { kind: 'penalty', fileName: `${serial}.csv`, fileDigest: file, fileSize: 700, department: 'market-regulation', receivedOn: day('2026-11-20'), layout: { columns: [] } })
    made.push(batchId)
  }
  return made
}

test('small files that wait are stored in one transaction, each with its own batch and entries', async () => {
  const made = await waitingBatches([61, 62, 63])
  const opened = makeImportDesk([penaltyKind])
  await opened.resumeUnfinished(world)
  await opened.settled()
  const { rows } = await sql<{ transactions: number; batches: number; entries: number }>`select count(distinct b.xmin::text) as transactions, count(distinct batch_id) as batches, count(*) as entries
    from submissions.batch b join ledger.entry e on e.about_id = batch_id and e.name = 'batch.imported' where state = 'done' and accepted = 1 and batch_id = any(${made}::bigint[])`.execute(world.db)
  assert.deepEqual(rows, [{ transactions: 1, batches: 3, entries: 3 }])
})

test('one of several small files that fails takes nothing from the others', async () => {
  onTake = ([row]) => {
    if (row!.fields.documentNumber === numbered(65)) throw new Error('power cut')
  }
  const made = await waitingBatches([64, 65, 66])
  const opened = makeImportDesk([penaltyKind])
  await opened.resumeUnfinished(world)
  const said = console.error
  console.error = () => undefined
  await opened.settled().finally(() => (console.error = said))
  const batches = []
  for (const batchId of made) batches.push(await ask(contract.getBatch, { batchId }))
  assert.deepEqual(batches.map(({ state, accepted, unchanged, refusal }) => [state, accepted + unchanged, refusal?.code ?? null]), [['done', 1, null], ['refused', 0, 'batch.fault'], ['done', 1, null]])
  const { rows } = await sql<{ id: number; name: string }>`select about_id as id, name from ledger.entry where about_id = any(${made}::bigint[]) and name in ('batch.imported', 'batch.refused') order by 1`.execute(world.db)
  assert.deepEqual(rows.map(({ id, name }) => [made.indexOf(id), name]), [[0, 'batch.imported'], [1, 'batch.refused'], [2, 'batch.imported']])
})

test('a batch that a kill left unfinished is taken up at the next start, once', async () => {
  const file = await keep([{ number: numbered(31) }, { number: numbered(32) }])
  const { batchId } = await receiveBatch.perform(world, officer, { kind: 'penalty', fileName: '断.csv', fileDigest: file, fileSize: 1, department: 'market-regulation', receivedOn: day('2026-11-20'), layout: { columns: [] } })
  await sql`update submissions.batch set state = 'reading' where batch_id = ${batchId}`.execute(world.db)
  const restarted = makeImportDesk([penaltyKind])
  assert.equal(await restarted.resumeUnfinished(world), 1)
  await restarted.resumeUnfinished(world)
  await restarted.settled()
  const batch = await ask(contract.getBatch, { batchId })
  assert.deepEqual([batch.state, batch.accepted, batch.actor], ['done', 2, 'officer:test'])
  assert.equal(await makeImportDesk([penaltyKind]).resumeUnfinished(world), 0)
})

test('a stop undoes the running import, and the next start takes the file in whole', async () => {
  const stopped = makeImportDesk([penaltyKind])
  onTake = () => void stopped.stop()
  const { batchId } = await askOf(world, submissionRoutes(stopped))(contract.importFile, { file: await keep([{ number: numbered(35), fine: '' }, { number: numbered(36) }]), name: '停.csv', kind: 'penalty', department: 'market-regulation' })
  await stopped.settled()
  assert.deepEqual([(await ask(contract.getBatch, { batchId })).state, (await ask(contract.listFlaggedRows, { batchId })).total], ['reading', 0])
  onTake = () => undefined
  const next = makeImportDesk([penaltyKind])
  await next.resumeUnfinished(world)
  await next.settled()
  assert.deepEqual(countsOf(await ask(contract.getBatch, { batchId })).read, 2)
})

test('a workbook that proves broken after storing has begun is refused as a whole, with the reason, and leaves nothing', async () => {
  const values = Array.from({ length: 6_000 }, (_, at) => line({ number: numbered(5_000 + at), ...(at < 3 ? { fine: '' } : {}) }).split(','))
  const pieces: Buffer[] = []
  for await (const piece of writeSheet(HEAD.split(',').map((heading) => ({ heading })), values.map((row, at) => [...row.slice(0, 6), `事实${at * 7919 % 10007}-${at}`, ...row.slice(7)]), { sheetName: '处罚' })) pieces.push(Buffer.from(piece as Uint8Array))
  const bytes = Buffer.concat(pieces)
  bytes.fill(0xff, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.6) + 40)
  let stored = 0
  onTake = (rows) => void (stored += rows.length)
  const { file } = await ask(contract.recogniseFile, { name: '坏.xlsx' }, bytes)
  const { batchId } = await ask(contract.importFile, { file, name: '坏.xlsx', kind: 'penalty', department: 'market-regulation' })
  await desk.settled()
  const batch = await ask(contract.getBatch, { batchId })
  assert.deepEqual([batch.state, batch.refusal?.code, batch.read, batch.rejected], ['refused', 'sheet.broken', 0, 0])
  assert.equal((await ask(contract.listFlaggedRows, { batchId })).total, 0)
  assert.ok(stored > 0 && stored < 6_000, `${stored}`)
  const { rows: entries } = await sql<{ name: string }>`select name from ledger.entry where about_id = ${batchId} and name like 'batch.%' order by entry_id`.execute(world.db)
  assert.deepEqual(entries.map(({ name }) => name), ['batch.received', 'batch.refused'])
})

test('a text file whose last line is broken is refused as a whole after all lines above it were stored', async () => {
  let stored = 0
  onTake = (rows) => void (stored += rows.length)
  const lines = Array.from({ length: 2_300 }, (_, at) => line({ number: numbered(20_000 + at), ...(at === 5 ? { fine: '' } : {}) }))
  const { file } = await ask(contract.recogniseFile, { name: '断.csv' }, [HEAD, ...lines, '某某公司,"没有结束'].join('\n'))
  const { batchId } = await ask(contract.importFile, { file, name: '断.csv', kind: 'penalty', department: 'market-regulation' })
  await desk.settled()
  const batch = await ask(contract.getBatch, { batchId })
  assert.deepEqual([batch.state, batch.refusal?.code, batch.read], ['refused', 'sheet.csv-quotes', 0])
  assert.match(batch.refusal!.message.zh, /第 2302 行/)
  assert.ok(stored > 1_900, `${stored}`)
  assert.equal((await ask(contract.listFlaggedRows, { batchId })).total, 0)
})

test('the same request twice is one batch', async () => {
  const file = await keep([{ number: numbered(51) }])
  const before = (await ask(contract.listBatches, {})).total
  const twice = { ...world, wake: () => undefined }
  const handle = submissionRoutes(desk).find(({ endpoint }) => endpoint.path === '/imports' && endpoint.method === 'POST')!.handle
  const asked = () => handle({ world: twice, actor: officer, requestId: 'r-1' }, { file, name: 'x.csv', kind: 'penalty', department: 'market-regulation' } as never) as Promise<{ batchId: number }>
  const [one, other] = [await asked(), await asked()]
  await desk.settled()
  assert.equal(one.batchId, other.batchId)
  assert.equal((await ask(contract.listBatches, {})).total, before + 1)
})

test('templates have the layout of the standard and are recognised', async () => {
  const { recognition } = await ask(contract.recogniseFile, { name: '模板.xlsx' }, await bytesOf(await ask(contract.downloadTemplate, { kind: 'penalty' })))
  assert.deepEqual([recognition.kind, recognition.missing], ['penalty', []])
})

test('the audit is clean after all this, and names a failed row that was changed behind its back', async () => {
  const signer = signerOfSeed('test', world.randomness.bytes(32))
  const now = clock.now()
  await sequencePending(world.db, { now, signers: [signer] })
  const check = () => audit(world.db, [...organisationEntryTypes, ...submissionEntryTypes], { verifierKeys: [signer.verifierKey], now })
  assert.deepEqual((await check()).problems, [])
  await sql`update submissions.flagged_row set cells = '{}' where batch_id = 1 and row_number = 3`.execute(world.db)
  const { firstProblem } = await check()
  assert.deepEqual([firstProblem?.code, firstProblem?.name, firstProblem?.about?.id], ['content-changed', 'batch.imported', 1])
})

test('when the notice of next year comes, the time of a rejected decision is put off by it and never brought forward', async () => {
  clock.set(new Date('2026-12-30T10:00:00+08:00'))
  await send([{ number: numbered(91), fine: '', on: '2026-12-28' }])
  const dueWith = async (parts: Pick<CalendarNotice, 'off' | 'makeUp'>) => {
    const notice: CalendarNotice = { layer: 'national', file: 'test', year: 2027, title: '2027', number: null, announcedOn: day('2026-12-30'), status: 'confirmed', source: 'test', place: null, ...parts }
    const later = { ...world, policy: makeBook({ ...world.policy.parts, notices: [...world.policy.parts.notices, notice] }) }
    const { rows } = await askOf(later, submissionRoutes(desk))(contract.listOpenRejections, {})
    return rows.find(({ documentNumber }) => documentNumber === numbered(91))!.dueOn
  }
  assert.equal((await ask(contract.listOpenRejections, {})).rows.find(({ documentNumber }) => documentNumber === numbered(91))!.dueOn, '2027-01-06')
  assert.equal(await dueWith({ off: [{ name: '元旦', days: ['2027-01-01', '2027-01-04', '2027-01-05'].map(day) }], makeUp: [] }), '2027-01-11')
  assert.equal(await dueWith({ off: [], makeUp: [day('2027-01-02')] }), '2027-01-06')
})

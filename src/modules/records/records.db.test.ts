// @clause 4.3, 4.7
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { recordEntryTypes } from './entries.ts'
import { adoptDepartments } from '../organisation/index.ts'
import { officer, penalty, registerSubject, within, worldAt } from './testing/fixture.ts'
import { licenceKind, penaltyKind } from './kinds.ts'
import type { LicenceFields, PenaltyFields } from '../submissions/index.ts'
import { withdrawRecord } from './acts.ts'
import { listVersions } from './queries/versions.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
const { world, set } = worldAt(database, '2026-11-20')
await adoptDepartments(world)
await registerSubject(database, { id: 1, name: '三亚海棠湾酒店有限公司', formerNames: ['三亚海棠湾旅馆有限公司'], codes: [['uscc', '91460200MA5TXXXX01'], ['registration-number', '460200000000011']] })
await registerSubject(database, { id: 2, name: '海棠区林旺百货店', type: 'individual-business', codes: [['registration-number', '460200600000022']] })
await registerSubject(database, { id: 3, name: '李某', type: 'natural-person', codes: [['resident-id', '460200199001011234']] })

let batchId = 0
const take = (rows: readonly PenaltyFields[], receivedOn = '2026-11-20', department = 'market-regulation') =>
  within(world, (context) => penaltyKind.take(context, { batchId: (batchId += 1), department, receivedOn: receivedOn as Day }, rows.map((fields, at) => ({ rowNumber: at + 2, fields, warnings: [] }))))
const standing = async (documentNumber: string) => (await sql<Record<string, unknown>>`select * from records.standing where document_number = ${documentNumber} order by version`.execute(db)).rows
const entries = async (factIds: number[]) => (await sql<{ name: string; about_id: number }>`select name, about_id from ledger.entry where about_id = any(${factIds}::bigint[]) and name like 'record.%' order by entry_id`.execute(db)).rows

test('a penalty that arrives becomes a fact, a standing and an entry', async () => {
  const [outcome] = await take([penalty({ documentNumber: '海棠市监罚〔2026〕1号' })])
  assert.deepEqual(outcome, { rowNumber: 2, outcome: 'accepted', warnings: [] })
  const [row] = await standing('海棠市监罚〔2026〕1号')
  assert.partialDeepStrictEqual(row, {
    subject_id: 1, version: 1, class: 'general', amount_fen: 200_000, tags: ['fine'], sector: 'market-regulation', public: true, decided_on: '2026-11-10', report_due_on: '2026-11-19', report_due_provisional: false,
    repairable_on: '2027-02-10', publicity_ends_on: '2027-11-10', publicity_end_reason: 'maximum', use_ends_on: '2027-11-10', ends_on: '2027-11-11', document_series: '海棠市监罚', document_year: 2026, document_serial: 1, withdrawn: false,
  })
  assert.deepEqual((await entries([row!['fact_id'] as number])).map(({ name }) => name), ['record.filed'])
})

test('sent again it doubles nothing; with other content it is a correction that keeps what was known before', async () => {
  const number = '海棠市监罚〔2026〕2号'
  await take([penalty({ documentNumber: number })])
  set('2026-11-20 11:00')
  assert.equal((await take([penalty({ documentNumber: number })]))[0]!.outcome, 'unchanged')
  assert.equal((await standing(number)).length, 1)
  set('2026-11-25 09:00')
  assert.equal((await take([penalty({ documentNumber: number, fineFen: 500_000n, values: { CF_NR: '罚款5000元' } })], '2026-11-25'))[0]!.outcome, 'corrected')
  const [before, now] = await standing(number)
  assert.deepEqual([before!['amount_fen'], now!['amount_fen'], now!['version'], now!['received_on']], [200_000, 500_000, 2, '2026-11-20'])
  const knownOn = async (at: string) => (await sql<{ amount_fen: number }>`select amount_fen from records.standing where document_number = ${number} and known_from <= ${at}::timestamptz and known_until > ${at}::timestamptz`.execute(db)).rows
  assert.deepEqual([await knownOn('2026-11-24 12:00+08'), await knownOn('2026-11-26 12:00+08')], [[{ amount_fen: 200_000 }], [{ amount_fen: 500_000 }]])
  const versions = await listVersions(db, 1, now!['record_id'] as number)
  assert.deepEqual(versions.map(({ operation, reason }) => [operation, reason]), [['filed', null], ['corrected', '更正报送：罚款金额（万元）、处罚内容']])
  set('2026-11-20 10:00')
})

test('the same decision twice in one file: the later row corrects the earlier one, and a third that repeats it changes nothing', async () => {
  const number = '海棠市监罚〔2026〕3号'
  const outcomes = await take([penalty({ documentNumber: number }), penalty({ documentNumber: number, fineFen: 300_000n }), penalty({ documentNumber: number, fineFen: 300_000n }), penalty({ documentNumber: '海棠市监罚〔2026〕4号' })])
  assert.deepEqual(outcomes.map(({ rowNumber, outcome }) => [rowNumber, outcome]), [[2, 'accepted'], [3, 'corrected'], [4, 'unchanged'], [5, 'accepted']])
  const rows = await standing(number)
  assert.deepEqual(rows.map((row) => [row['version'], row['amount_fen'], row['known_until'] === Infinity]), [[1, 200_000, false], [2, 300_000, true]])
})

test('the party is found by its code alone: unknown code, other name and wrong category are told with their fix', async () => {
  const codes = async (fields: PenaltyFields) => {
    const [outcome] = await take([fields])
    return outcome!.outcome === 'rejected' ? outcome!.problems.map(({ code, field, fix }) => [code, field, fix.zh !== '']) : outcome!.outcome
  }
  assert.deepEqual(await codes(penalty({ party: { uscc: '91460200MA5TXXXX99' } })), [['record.subject-unknown', 'CF_XDR_SHXYM', true]])
  assert.deepEqual(await codes(penalty({ party: { name: '三亚某某酒店有限公司' } })), [['record.name-differs', 'CF_XDR_MC', true]])
  assert.deepEqual(await codes(penalty({ party: { category: 'individual-business' } })), [['record.category-differs', 'CF_XDR_LB', true]])
  assert.deepEqual(await codes(penalty({ party: { registrationNumber: '460200600000022' } })), [['record.codes-disagree', 'CF_XDR_SHXYM', true]])
  assert.equal(await codes(penalty({ party: { name: '三亚海棠湾旅馆有限公司' }, documentNumber: '海棠市监罚〔2026〕5号' })), 'accepted', 'a former name will do')
  assert.equal(await codes(penalty({ party: { name: '三亚海棠湾酒店（有限公司）'.replace('（有限公司）', '有限公司 ') }, documentNumber: '海棠市监罚〔2026〕6号' })), 'accepted', 'blanks make no difference')
  assert.equal(await codes(penalty({ party: { name: '海棠区林旺百货店', category: 'individual-business', uscc: null, registrationNumber: '460200600000022' }, documentNumber: '海棠市监罚〔2026〕7号' })), 'accepted')
})

test('a rejected row leaves nothing, and the rows around it are taken in', async () => {
  const outcomes = await take([penalty({ documentNumber: '海棠市监罚〔2026〕8号' }), penalty({ documentNumber: '海棠市监罚〔2026〕9号', party: { name: '别的公司' } }), penalty({ documentNumber: '海棠市监罚〔2026〕10号' })])
  assert.deepEqual(outcomes.map(({ rowNumber, outcome }) => [rowNumber, outcome]), [[2, 'accepted'], [3, 'rejected'], [4, 'accepted']])
  assert.equal((await standing('海棠市监罚〔2026〕9号')).length, 0)
})

test('a natural person is known by the identity number and not published', async () => {
  const number = '海棠市监罚〔2026〕11号'
  const [outcome] = await take([penalty({ documentNumber: number, party: { name: '李某', category: 'natural-person', uscc: null, naturalId: { type: 'resident-id', number: '460200199001011234' } } })])
  assert.equal(outcome!.outcome, 'accepted')
  assert.partialDeepStrictEqual((await standing(number))[0], { subject_id: 3, public: false, public_reason: 'natural-person' })
})

test('a simple-procedure penalty is kept, not published, and its sender is told why', async () => {
  const [number, plain] = ['海棠市监简罚〔2026〕1号', '海棠市监罚〔2026〕12号']
  const outcomes = await take([penalty({ documentNumber: number }), penalty({ documentNumber: plain, values: { BZ: '本案不适用简易程序' } })])
  assert.deepEqual(outcomes.map((one) => (one.outcome === 'accepted' ? one.warnings?.map(({ code }) => code) : one)), [['record.simple-procedure-read'], []])
  assert.partialDeepStrictEqual((await standing(number))[0], { public: false, public_reason: 'simple-procedure', class: 'minor', tags: ['fine', 'simple-procedure'] })
  assert.partialDeepStrictEqual((await standing(plain))[0], { public: true, class: 'general' })
})

test('an end of publicity beyond the maximum is told, and the rule holds', async () => {
  const [outcome] = await take([penalty({ documentNumber: '海棠市监罚〔2026〕13号', publicityEndStated: '2029-11-10' as Day })])
  assert.deepEqual(outcome!.outcome === 'accepted' && outcome!.warnings?.map(({ code }) => code), ['record.publicity-end-differs'])
})

test('withdrawn, all three switches are off at once; sent again it stands again, and every version is kept', async () => {
  const number = '海棠市监罚〔2026〕14号'
  await take([penalty({ documentNumber: number, decidedOn: '2026-11-12' as Day })])
  const [filed] = await standing(number)
  const record = { recordId: filed!['record_id'] as number, subjectId: 1 }
  set('2026-11-23 10:00')
  await assert.rejects(withdrawRecord.perform(world, officer, { ...record, reason: '复议决定撤销', occasionOn: '2026-11-30' }), { code: 'record.occasion-impossible' })
  const answer = await withdrawRecord.perform(world, officer, { ...record, reason: '复议决定撤销', occasionOn: '2026-11-20' })
  assert.deepEqual([answer.dueOn, answer.late], ['2026-11-25', false])
  await assert.rejects(withdrawRecord.perform(world, officer, { ...record, reason: '复议决定撤销' }), { code: 'record.already-withdrawn' })
  await assert.rejects(withdrawRecord.perform(world, officer, { recordId: 9_999, subjectId: 1, reason: '复议决定撤销' }), { code: 'record.not-found' })
  assert.partialDeepStrictEqual((await standing(number))[1], { withdrawn: true, publicity_ends_on: '2026-11-23', publicity_end_reason: 'withdrawn', sharing_ends_on: '2026-11-23', use_ends_on: '2026-11-23' })
  set('2026-11-24 10:00')
  const [again] = await take([penalty({ documentNumber: number, decidedOn: '2026-11-12' as Day })], '2026-11-24')
  assert.partialDeepStrictEqual(again, { outcome: 'accepted', warnings: [{ code: 'record.filed-after-withdrawal' }] })
  const rows = await standing(number)
  assert.deepEqual(rows.map((row) => [row['version'], row['withdrawn']]), [[1, false], [2, true], [3, false]])
  assert.partialDeepStrictEqual(rows[2], { received_on: '2026-11-20', publicity_ends_on: '2027-11-12', publicity_end_reason: 'maximum' })
  assert.deepEqual((await entries(rows.map((row) => row['fact_id'] as number))).map(({ name }) => name), ['record.filed', 'record.withdrawn', 'record.filed'])
  set('2026-11-20 10:00')
})

test('the witness rebuilt from the tables is the one that was entered, and tells every kind of tampering', async () => {
  const number = '海棠市监罚〔2026〕15号'
  const said: Record<string, unknown>[] = []
  await within(world, (context) => penaltyKind.take({ ...context, enter: async (all) => { said.push(...all.map(({ body }) => body)); await context.enter(all) } },
    { batchId: 900, department: 'market-regulation', receivedOn: '2026-11-20' as Day }, [penalty({ documentNumber: number }), penalty({ documentNumber: number, fineFen: 1n })].map((fields, at) => ({ rowNumber: at + 2, fields, warnings: [] }))))
  const ids = (await standing(number)).map((row) => row['fact_id'] as number)
  const { witness } = recordEntryTypes.find(({ name }) => name === 'record.filed')!
  const rebuilt = async () => [...(await witness(db, ids)).entries()].sort(([a], [b]) => a - b).map(([, body]) => body)
  assert.deepEqual(await rebuilt(), said)
  for (const change of ['fact set reason = \'x\'', 'fact set fields = fields || \'{"CF_NR":"罚款1元"}\'', 'standing set class = \'minor\'', 'standing set known_until = \'infinity\'', 'standing set use_ends_on = null']) {
    await db.transaction().execute(async (tx) => {
      await sql`${sql.raw(`update records.${change} where fact_id = ${ids[0]}`)}`.execute(tx)
      const changed = [...(await witness(tx as never, ids)).entries()].sort(([a], [b]) => a - b).map(([, body]) => body)
      assert.notDeepEqual(changed, said, change)
      throw new Error('undo')
    }).catch((error: Error) => assert.equal(error.message, 'undo'))
  }
})

test('a licence is filed without class or end of publicity; one that is no longer in force is marked', async () => {
  const party = penalty().party
  const licence = (documentNumber: string, status: '1' | '2', validUntil: string): LicenceFields => ({
    kind: 'licence', values: { XK_WSH: documentNumber, XK_ZT: status }, party, documentNumber, kinds: ['ordinary'], decidedOn: '2026-11-16' as Day, validFrom: '2026-11-16' as Day, validUntil: validUntil as Day, status,
  })
  const rows = [licence('海棠市监许〔2026〕1号', '1', '2031-11-15'), licence('海棠市监许〔2026〕2号', '2', '2099-12-31')]
  await within(world, (context) => licenceKind.take(context, { batchId: 950, department: 'market-regulation', receivedOn: '2026-11-20' as Day }, rows.map((fields, at) => ({ rowNumber: at + 2, fields, warnings: [] }))))
  assert.partialDeepStrictEqual((await standing('海棠市监许〔2026〕1号'))[0], { kind: 'licence', class: null, publicity_ends_on: null, ends_on: '2031-11-16', tags: ['ordinary'], public: true, report_due_on: '2026-11-25' })
  assert.partialDeepStrictEqual((await standing('海棠市监许〔2026〕2号'))[0], { ends_on: null, tags: ['ordinary', 'invalid'] })
})

test('two departments that file the same decision at the same moment make one record', async () => {
  const number = '海棠市监罚〔2026〕16号'
  const outcomes = await Promise.all([take([penalty({ documentNumber: number })]), take([penalty({ documentNumber: number })]), take([penalty({ documentNumber: number, fineFen: 7n })])])
  const rows = await standing(number)
  assert.deepEqual(rows.map((row) => row['version']), rows.map((_, at) => at + 1))
  assert.equal(rows.filter((row) => row['known_until'] === Infinity).length, 1)
  assert.equal(new Set(rows.map((row) => row['record_id'])).size, 1)
  assert.equal(outcomes.flat().filter(({ outcome }) => outcome === 'accepted').length, 1)
})

test('two corrections of one record at the same moment follow one another', async () => {
  const number = '海棠市监罚〔2026〕17号'
  await take([penalty({ documentNumber: number })])
  await Promise.all([take([penalty({ documentNumber: number, fineFen: 8n })]), take([penalty({ documentNumber: number, fineFen: 9n })])])
  assert.deepEqual((await standing(number)).map((row) => [row['version'], row['known_until'] === Infinity]), [[1, false], [2, false], [3, true]])
})

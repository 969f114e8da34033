// @clause 4.1
// @clause 4.1
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { audit, sequencePending, signerOfSeed } from '../../engines/ledger/index.ts'
import { registrationNumberFrom, usccFrom } from '../../kernel/codes/index.ts'
import { sql } from '../../platform/db/index.ts'
import { importFile, getBatch, listFlaggedRows, recogniseFile } from '../submissions/contract.ts'
import { organisationEntryTypes } from '../organisation/index.ts'
import { makeImportDesk, submissionEntryTypes, submissionRoutes } from '../submissions/index.ts'
import { askOf, testWorld } from '../submissions/testing/world.ts'
import { admitSubject, getSubject, listSubjects } from './contract.ts'
import { findSubjectsByCodes, subjectEntryTypes, subjectKind, subjectRoutes } from './index.ts'

const { world, close } = await testWorld()
after(close)
const desk = makeImportDesk([subjectKind])
const ask = askOf(world, [...submissionRoutes(desk), ...subjectRoutes(async () => [])])

const code = (body: string, prefix = '91460200') => usccFrom(prefix, body)
const HEAD = '统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,所在居/村,成立日期,法定代表人,注册号,主管部门,曾用名,变更日期'

async function send(...rows: string[]) {
  const { file, recognition } = await ask(recogniseFile, { name: '主体.csv' }, [HEAD, ...rows].join('\n'))
  assert.equal(recognition.kind, 'subject')
  const { batchId } = await ask(importFile, { file, name: '主体.csv', kind: 'subject', department: 'market-regulation' })
  await desk.settled()
  const batch = await ask(getBatch, { batchId })
  const flagged = await ask(listFlaggedRows, { batchId })
  const { read, accepted, unchanged, corrected, rejected, warned, state, refusal } = batch
  return { counts: { read, accepted, unchanged, corrected, rejected, warned }, state, refusal, flagged: flagged.rows.map(({ rowNumber, rejected, problems }) => [rowNumber, rejected, ...problems.map((problem) => problem.code)]) }
}
const find = async (filter: Parameters<typeof ask<typeof listSubjects>>[1]) => (await ask(listSubjects, filter)).rows

const a = code('MA5TAAA1')
const b = code('MA5TBBB2', '92460202')
const number = registrationNumberFrom('46020060012345')

test('a file of subjects becomes the register, and sent again changes nothing', async () => {
  const rows = [
    `${a},三亚海棠湾（国际）酒店有限公司,企业,存续,H61,旅游,林旺居委会,2019-05-06,张三,,海棠区旅游和文化广电体育局,,`,
    `${b},海棠区李记海鲜店,个体工商户,在业,6210,市场监管;旅游,龙海村委会,2021年3月5日,李四,,,,`,
    `00000000000000000X,无码小卖部,个体工商户,存续,F52,市场监管,,2001-01-01,王五,${number},,,`,
  ]
  assert.deepEqual(await send(...rows), { counts: { read: 3, accepted: 3, unchanged: 0, corrected: 0, rejected: 0, warned: 0 }, state: 'done', refusal: null, flagged: [] })
  assert.deepEqual((await send(...rows)).counts, { read: 3, accepted: 0, unchanged: 3, corrected: 0, rejected: 0, warned: 0 })
  const [hotel] = await find({ find: '棠湾(国际)' })
  assert.deepEqual({ ...hotel, subjectId: 0 }, {
    subjectId: 0, name: '三亚海棠湾（国际）酒店有限公司', uscc: a, type: 'enterprise', status: 'active', industry: 'H61', industryTitle: '住宿业', sectors: ['tourism'],
    place: '460202198002', placeTitle: '林旺居委会', department: 'tourism', foundedOn: '2019-05-06', legalRepresentative: '张三', foundBy: null, objectedSince: null,
  })
})

test('the placeholder code joins nothing: such a subject is known by its registration number', async () => {
  const [shop] = await find({ find: '无码小卖部' })
  assert.equal(shop!.uscc, null)
  const other = registrationNumberFrom('46020060099999')
  const { counts } = await send(`00000000000000000X,另一家小卖部,个体工商户,存续,,,,2002-01-01,赵六,${other},,,`)
  assert.equal(counts.accepted, 1)
  assert.deepEqual((await find({ find: number.slice(0, 9) })).map(({ name }) => name), ['无码小卖部', '另一家小卖部'])
  assert.deepEqual(await find({ find: '0000000000' }), [])
})

test('a new name keeps the old one, and the old one still finds the subject', async () => {
  const { counts } = await send(`${a},三亚蜈支洲度假有限公司,企业,存续,H61,旅游,林旺居委会,2019-05-06,张三,,,三亚海棠湾（国际）酒店有限公司,2026-10-08`)
  assert.deepEqual(counts, { read: 1, accepted: 0, unchanged: 0, corrected: 1, rejected: 0, warned: 0 })
  const [found] = await find({ find: '海棠湾（国际' })
  assert.equal(found!.name, '三亚蜈支洲度假有限公司')
  assert.equal(found!.foundBy, '三亚海棠湾（国际）酒店有限公司')
  const page = await ask(getSubject, { subjectId: found!.subjectId })
  assert.deepEqual(page.names, [
    { name: '三亚海棠湾（国际）酒店有限公司', fromOn: '2019-05-06', untilOn: '2026-10-08' }, { name: '三亚蜈支洲度假有限公司', fromOn: '2026-10-08', untilOn: null },
  ])
  assert.deepEqual(page.registrations[0]!.changes, [{ field: 'name', from: '三亚海棠湾（国际）酒店有限公司', to: '三亚蜈支洲度假有限公司' }])
  assert.equal(page.registrations.length, 2)
})

test('an old list with the former name does not rename the subject back', async () => {
  const sent = await send(`${a},三亚海棠湾(国际)酒店有限公司,企业,存续,H61,旅游,,2019-05-06,张三,,,,`)
  assert.deepEqual([sent.counts.unchanged, sent.counts.warned, sent.flagged], [1, 1, [[2, false, 'subject.former-name']]])
  assert.equal((await find({ find: a }))[0]!.name, '三亚蜈支洲度假有限公司')
})

test('names alone never join: the same name under another code is another subject', async () => {
  const { counts } = await send(`${code('MA5TCCC3')},三亚蜈支洲度假有限公司,企业,存续,H61,旅游,,2020-01-01,张三,,,,`)
  assert.equal(counts.accepted, 1)
  assert.equal((await find({ find: '三亚蜈支洲度假有限公司' })).length, 2)
})

test('a code that belongs to another subject rejects the row, with cause and fix', async () => {
  const sent = await send(`${code('MA5TDDD4', '92460202')},冒用注册号的店,个体工商户,存续,,,,2020-01-01,钱七,${number},,,`, `${a},三亚蜈支洲度假有限公司,企业,存续,,,,,,${number},,,`)
  // The first gives the shop that had no code its credit code: the registration number is the same subject's. The second has a code already.
  assert.deepEqual(sent.flagged.at(-1), [3, true, 'subject.code-taken'])
  assert.equal(sent.counts.rejected, 1)
})

test('rows that contradict each other in one file: the later one is rejected, an identical one is nothing new', async () => {
  const c = code('MA5TEEE5')
  const row = `${c},双行公司,企业,存续,,,,2020-01-01,孙八,,,,`
  const sent = await send(row, row, row.replace('孙八', '周九'))
  assert.deepEqual(sent.counts, { read: 3, accepted: 1, unchanged: 1, corrected: 0, rejected: 1, warned: 0 })
  assert.deepEqual(sent.flagged, [[4, true, 'row.contradicts-earlier']])
})

test('a code that fails its check is rejected until an officer admits it with a reason', async () => {
  const wrong = '91110000100003962T'
  const row = `${wrong},旧码公司,企业,存续,,旅游,,1999-01-01,吴十,,,,`
  assert.deepEqual((await send(row)).flagged, [[2, true, 'uscc.check-digit']])
  const { subjectId } = await ask(admitSubject, { uscc: wrong, name: '旧码公司', type: 'enterprise', reason: '执照原件即为此代码' })
  const sent = await send(row)
  assert.deepEqual([sent.counts.corrected, sent.flagged], [1, [[2, false, 'code.admitted']]])
  const page = await ask(getSubject, { subjectId })
  assert.equal(page.codeNote, '执照原件即为此代码')
  await assert.rejects(ask(admitSubject, { uscc: wrong, name: '旧码公司', type: 'enterprise', reason: '再来一次' }), /subject.code-taken/)
  await assert.rejects(ask(admitSubject, { uscc: a, name: '好码公司', type: 'enterprise', reason: '无需核准的' }), /subject.code-in-order/)
  await assert.rejects(ask(admitSubject, { uscc: '00000000000000000X', name: '占位', type: 'enterprise', reason: '占位代码' }), /uscc.placeholder/)
})

test('documents find their subject by any of its codes, the organisation code inside the credit code too', async () => {
  const found = await findSubjectsByCodes(world.db, world.sealing, [{ kind: 'uscc', value: a }, { kind: 'organisation-code', value: a.slice(8, 17) }, { kind: 'uscc', value: code('MA5TXXX9') }])
  assert.deepEqual([...found.keys()].sort(), [`organisation-code ${a.slice(8, 17)}`, `uscc ${a}`])
  assert.deepEqual(found.get(`uscc ${a}`)!.formerNames, ['三亚海棠湾（国际）酒店有限公司'])
})

test('search narrows by type, sector, place and status, and counts exactly', async () => {
  const { total } = await ask(listSubjects, { limit: 1 })
  const { rows: [count] } = await sql<{ n: number }>`select count(*) as n from subjects.subject`.execute(world.db)
  assert.equal(total, count!.n)
  assert.deepEqual((await find({ sector: 'tourism', type: 'individual-business' })).map(({ name }) => name), ['海棠区李记海鲜店'])
  assert.deepEqual((await find({ place: '460202198209' })).map(({ name }) => name), [])
  assert.deepEqual((await find({ place: '460202198203' })).map(({ name }) => name), ['海棠区李记海鲜店'])
  assert.deepEqual(await find({ find: '李记', status: 'revoked' }), [])
  assert.deepEqual((await find({ find: '记' })).map(({ name }) => name), ['海棠区李记海鲜店'])
})

test('every registration stands in the ledger, and the audit names one that was changed behind its back', async () => {
  const signer = signerOfSeed('test', world.randomness.bytes(32))
  const now = world.clock.now()
  await sequencePending(world.db, { now, signers: [signer] })
  const check = () => audit(world.db, [...organisationEntryTypes, ...subjectEntryTypes, ...submissionEntryTypes], { verifierKeys: [signer.verifierKey], now })
  assert.deepEqual((await check()).problems, [])
  await sql`update subjects.registration set content = jsonb_set(content, '{name}', '"另一个名字"') where registration_id = (select min(registration_id) from subjects.registration)`.execute(world.db)
  const { firstProblem } = await check()
  assert.deepEqual([firstProblem?.code, firstProblem?.name], ['content-changed', 'subject.registered'])
})

// @clause 4.3
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { serverOf } from '../../src/app/server.ts'
import { listLooks, sealTrail } from '../../src/modules/audit/index.ts'
import { exportTrail, listTrail, noteExport } from '../../src/modules/audit/contract.ts'
import { listOfficerNames, registerPerson, signIn } from '../../src/modules/identity/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { departOfficer, renameOfficer } from '../../src/modules/organisation/contract.ts'
import { getRecord, listRecords, withdrawRecord } from '../../src/modules/records/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
const { world } = program.xinheng

let auditor = ''
let market: Awaited<ReturnType<typeof program.officer>>
let water: Awaited<ReturnType<typeof program.officer>>
const trail = async (filter: Parameters<typeof program.call<typeof listTrail>>[1]) => (await program.call(listTrail, filter, { as: auditor })).rows
const settle = () => program.xinheng.settled()

before(async () => {
  auditor = (await program.officer(['audit-administrator'])).cookie
  market = await program.officer(['department-officer'], 'market-regulation')
  water = await program.officer(['department-officer'], 'water')
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation', '2026-11-20')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation', '2026-11-20')
  await settle()
})

test('opening a subject leaves who, when, by what right, from where, and for what purpose', async () => {
  const [subject] = (await program.call(listSubjects, { find: '演示海棠湾' }, { as: market.cookie })).rows
  await program.server.inject({ method: 'GET', url: `/api/subjects/${subject!.subjectId}`, headers: { cookie: market.cookie, 'x-purpose': encodeURIComponent('企业来窗口咨询') } })
  const [line] = await trail({ subjectId: subject!.subjectId, kind: 'view' })
  assert.ok(line)
  const { id: _id, at: _at, ms: _ms, sessionId, ...rest } = line
  assert.ok(sessionId !== null)
  assert.deepEqual(rest, {
    actor: `officer:${market.userName}`, name: market.name, department: 'market-regulation', roles: ['department-officer'], permission: 'subjects.read', reach: 'all', address: '127.0.0.1', method: 'GET', what: '/subjects/:subjectId', title: { zh: '主体详情', en: 'One subject' }, kind: 'view', outcome: 'given',
    subjectIds: [subject!.subjectId], recordIds: [], asked: {}, rows: null, purpose: '企业来窗口咨询', basis: null,
  })
})

test('a list leaves every subject that it showed and how many rows; what was looked for stands as a keyed digest, never as text', async () => {
  const { rows } = await program.call(listSubjects, { find: '演示海棠湾' }, { as: water.cookie })
  const [line] = await trail({ actor: `officer:${water.userName}` })
  assert.deepEqual([line!.rows, line!.subjectIds], [rows.length, rows.map(({ subjectId }) => subjectId).sort((one, other) => one - other)])
  assert.match((line!.asked['find'] as { digest: string }).digest, /^[0-9a-f]{32}$/)
  assert.deepEqual((await trail({ sought: ' 演示海棠湾', actor: `officer:${water.userName}` })).map(({ id }) => id), [line!.id])
  const { rows: kept } = await sql<{ found: number }>`select count(*) as found from audit.trail as line where line::text like '%海棠湾%'`.execute(program.xinheng.database.db)
  assert.equal(kept[0]!.found, 0)
})

test('what is refused is in the trail with its code and what was tried, also of one who is not signed in', async () => {
  await assert.rejects(program.call(getSubject, { subjectId: 424242 }, { as: 'xinheng=guessed' }), HttpRefusal)
  await assert.rejects(program.call(withdrawRecord, { recordId: 17, subjectId: 424242, reason: '张三要求撤回' }, { as: market.cookie }), HttpRefusal)
  const lines = await trail({ outcome: 'refused' })
  assert.deepEqual(lines.slice(0, 2).map(({ actor, outcome, kind, subjectIds, recordIds, reach }) => [actor, outcome, kind, subjectIds, recordIds, reach]), [
    [`officer:${market.userName}`, 'act.not-allowed', 'act', [], [17], null], ['visitor', 'session.missing', 'view', [424242], [], null],
  ])
})

test('a flood without a session fills nothing: of each address a few lines a minute, and one with the count', async () => {
  const ask = (remoteAddress: string, url = '/api/subjects/17') => program.server.inject({ url, remoteAddress })
  const before = (await trail({ outcome: 'refused' })).length
  for (const { statusCode } of await Promise.all(Array.from({ length: 400 }, () => ask('203.0.113.7')))) assert.equal(statusCode, 401)
  await Promise.all([ask('203.0.113.8'), ...Array.from({ length: 8 }, () => program.server.inject({ url: '/api/subjects/18', headers: { cookie: (water.cookie) } }))])
  const other = await serverOf(program.xinheng, { demo: false, filling: () => null })
  for (let at = 0; at < 30; at += 1) await other.inject({ url: '/api/subjects/17', remoteAddress: '203.0.113.9' })
  await other.close()
  const lines = (await program.call(listTrail, { outcome: 'refused', limit: 500 }, { as: auditor })).rows
  const of = (address: string) => lines.filter((line) => line.address === address).map(({ what, asked }) => [what, asked['times'] ?? null])
  assert.ok(lines.length - before < 30, `${lines.length - before} lines`)
  const ofFlood = of('203.0.113.7')
  assert.ok(ofFlood.length >= 5 && ofFlood.length <= 12 && ofFlood.filter(([what]) => what === '/subjects/:subjectId').length <= 10)
  assert.equal(of('203.0.113.8').length, 1)
  assert.equal(of('203.0.113.9').reduce((sum, [, times]) => sum + Number(times ?? 1), 0), 30, 'every one is counted')
  assert.equal(lines.filter(({ actor, subjectIds }) => actor === `officer:${water.userName}` && subjectIds.includes(18)).length, 8, 'of whoever is signed in, each stands')
})

test('of a record it answers who saw it and who changed it, by what right, in one list', async () => {
  const [record] = (await program.call(listRecords, { kind: 'penalty' })).rows
  const { recordId, subjectId } = record!
  await program.call(getRecord, { recordId, subjectId }, { as: market.cookie })
  await program.call(withdrawRecord, { recordId, subjectId, reason: '文书号登记错误' })
  const lines = await trail({ recordId, subjectId })
  const what = lines.map((line) => line.what)
  for (const one of ['record.filed', 'record.withdrawn', '/records/:recordId', '/records/:recordId/withdrawal', '/records']) assert.ok(what.includes(one), `${one} in ${what.join(' ')}`)
  assert.ok(lines.some((line) => line.what === 'record.withdrawn' && line.actor.startsWith('officer:') && line.basis !== null))
  const of = async (department: string) => (await trail({ recordId, subjectId, department })).map((line) => [line.what, line.department])
  assert.deepEqual((await of('credit-office')).filter(([name]) => name === 'record.withdrawn'), [['record.withdrawn', 'credit-office']], 'an entry stands with the department of whoever made it')
  assert.deepEqual((await of('water')).filter(([name]) => name!.startsWith('record.')), [])
  assert.ok(!JSON.stringify(lines.map(({ asked }) => asked)).includes('文书号'), 'the reason stands in the act, not here')
})

test('an officer is named as on that day, after another name and a departure too; by account and by either name the lines are found; a person of a business stays a number', async () => {
  const { officerId, userName, name, cookie } = await program.officer(['department-officer'], 'water')
  const admin = (await program.officer(['system-administrator'])).cookie
  await program.call(listRecords, {}, { as: cookie })
  await program.call(renameOfficer, { officerId, name: '改名者', reason: '婚后改姓' }, { as: admin })
  await program.call(listRecords, {}, { as: cookie })
  await program.call(departOfficer, { officerId }, { as: admin })
  const shown = async (filter: Parameters<typeof trail>[0]) => (await trail(filter)).filter(({ what }) => what === '/records').map((line) => [line.actor, line.name, line.department])
  const both = [[`officer:${userName}`, '改名者', 'water'], [`officer:${userName}`, name, 'water']]
  assert.deepEqual([await shown({ actor: `officer:${userName}` }), await shown({ find: userName }), await shown({ find: '改名' }), await shown({ find: name })], [both, both, both, both])
  assert.deepEqual(await trail({ find: '没有这个人' }), [])
  const file = (await program.download(exportTrail, { actor: `officer:${userName}`, form: 'csv' }, { as: auditor })).toString()
  assert.ok(file.includes(`改名者,officer:${userName}`) && file.includes(`${name},officer:${userName}`))
  const person = await program.person(null)
  await assert.rejects(program.call(listRecords, {}, { as: person.cookie }), HttpRefusal)
  assert.deepEqual((await trail({ actor: `agent:${person.accountId}` })).map((line) => [line.name, line.department]), [[null, null]])
  const { rows } = await program.call(listOfficerNames, { actors: `officer:${userName},agent:${person.accountId},officer:nobody,system:calendar` }, { as: water.cookie })
  assert.deepEqual(rows, [{ actor: `officer:${userName}`, name: '改名者' }], 'pages of acts show the name of today')
})

test('an export leaves its filter and its count, and its own line is not in the file', async () => {
  const { total } = await program.call(listTrail, { actor: `officer:${market.userName}` }, { as: auditor })
  assert.equal((await program.call(listTrail, { actor: `officer:${market.userName}`, from: '0001-01-01', until: '9999-12-31' }, { as: auditor })).total, total, 'from the first day that can be written until the last')
  const answer = await program.server.inject({ method: 'GET', url: `/api${exportTrail.path}?form=csv&actor=officer:${market.userName}`, headers: { cookie: auditor } })
  assert.equal(answer.body.trim().split('\r\n').length, total + 1)
  const [line] = await trail({ kind: 'export' })
  assert.deepEqual([line!.what, line!.rows], ['/audit/trail/export', total])
})

test('a list that a page hands out as a file is an export with its rows and its filter, and of free text only the digest', async () => {
  await program.call(noteExport, { table: 'subjects', rows: 137, filter: { status: 'active', find: '演示海棠湾', page: '2' } }, { as: water.cookie })
  const [line] = await trail({ kind: 'export', actor: `officer:${water.userName}` })
  assert.deepEqual([line!.rows, line!.asked['table'], (line!.asked['filter'] as Record<string, unknown>)['status']], [137, 'subjects', 'active'])
  assert.match(JSON.stringify(line!.asked), /"find":\{"digest":"[0-9a-f]{32}"\}/)
})

test('only the audit administrator and the auditor read it', async () => {
  for (const cookie of [market.cookie, (await program.officer(['system-administrator'])).cookie]) {
    await assert.rejects(program.call(listTrail, {}, { as: cookie }), (error: HttpRefusal) => error.problem.code === 'act.not-allowed')
  }
})

test('many at once: no view is lost and none stands twice', async () => {
  const before = (await program.call(listTrail, { actor: `officer:${water.userName}` }, { as: auditor })).total
  await Promise.all(Array.from({ length: 60 }, () => program.call(listRecords, {}, { as: water.cookie })))
  assert.equal((await program.call(listTrail, { actor: `officer:${water.userName}` }, { as: auditor })).total, before + 60)
})

test('a sign-in says who came in and by which session; one that failed says nobody', async () => {
  await program.call(registerPerson, { userName: 'hai.yan', password: 'Signs-in-2026', name: '海燕' }, { as: '' })
  await assert.rejects(program.call(signIn, { userName: 'hai.yan', password: 'Signs-in-2025' }, { as: '' }), HttpRefusal)
  await program.call(signIn, { userName: 'hai.yan', password: 'Signs-in-2026' }, { as: '' })
  const [came, failed, registered] = await trail({ kind: 'sign-in' })
  assert.deepEqual([came, failed, registered].map((line) => [line!.what, line!.outcome]), [['/identity/sign-in', 'given'], ['/identity/sign-in', 'sign-in.wrong'], ['/identity/register', 'given']])
  assert.match(came!.actor, /^agent:\d+$/)
  assert.deepEqual([came!.actor, failed!.actor], [registered!.actor, 'visitor'])
  assert.ok(came!.sessionId !== null && came!.sessionId !== registered!.sessionId)
})

test('a page that reads again by itself leaves one line for what it shows; a first reading that only says so leaves its own', async () => {
  const { subjectId } = (await program.call(listSubjects, { find: '演示海棠湾' }, { as: market.cookie })).rows[0]!
  const again = (cookie: string) => program.server.inject({ method: 'GET', url: `/api/subjects/${subjectId}/grades`, headers: { cookie, 'x-refresh': '1' } })
  for (const cookie of [market.cookie, market.cookie, market.cookie, water.cookie]) assert.equal((await again(cookie)).statusCode, 200)
  const lines = (await trail({ subjectId, kind: 'view' })).filter(({ what }) => what === '/subjects/:subjectId/grades')
  assert.deepEqual(lines.map(({ actor }) => actor).sort(), [`officer:${market.userName}`, `officer:${water.userName}`].sort())
})

test('a business learns who looked at it only by day, department and class of purpose, page by page', async () => {
  const { subjectId } = (await program.call(listSubjects, { find: '演示海棠湾' }, { as: market.cookie })).rows[0]!
  const own = program.xinheng.database.as({ role: 'part', sees: { departments: [], sectors: [], subjects: [subjectId] } })
  const page = { offset: 0, limit: 50 }
  const viewers = await listLooks(own, subjectId, [['核对'], ['企业来窗口', 'At the counter']], page)
  assert.ok(viewers.rows.some(({ department, purposeClass }) => department === 'market-regulation' && purposeClass === 1))
  assert.ok((await listLooks(own, subjectId, [['核对']], page)).rows.some(({ department, purposeClass }) => department === 'market-regulation' && purposeClass === -1), 'another purpose')
  assert.ok(!/officer:|咨询/.test(JSON.stringify(viewers)), 'nobody by name, and nothing in the officer’s own words')
  assert.ok(viewers.total > 1)
  const pages = await Promise.all(viewers.rows.map((_, offset) => listLooks(own, subjectId, [['核对'], ['企业来窗口', 'At the counter']], { offset, limit: 1 })))
  assert.deepEqual(pages.flatMap(({ rows }) => rows), viewers.rows)
  await assert.rejects(sql`select actor from audit.trail`.execute(own))
  assert.deepEqual(await listLooks(program.xinheng.database.as({ role: 'part' }), subjectId, [], page), { rows: [], total: 0 })
})

test('sealed lines stand in the ledger by their digest: a changed line and a removed one are named', async () => {
  await sealTrail(world)
  await settle()
  assert.equal((await program.call(auditLedger, {})).valid, true)
  const { rows: [victim] } = await sql<{ id: number }>`select min(trail_id) as id from audit.trail where kind = 'view'`.execute(program.xinheng.database.db)
  await sql`update audit.trail set actor = 'officer:someone-else' where trail_id = ${victim!.id}`.execute(program.xinheng.database.db)
  await sql`delete from audit.trail where trail_id = ${victim!.id + 1}`.execute(program.xinheng.database.db)
  const { valid, firstProblem } = await program.call(auditLedger, {})
  assert.equal(valid, false)
  const said = JSON.stringify(firstProblem)
  assert.ok(said.includes(`line ${victim!.id} was changed`) && said.includes(`line ${victim!.id + 1} was removed`), said)
})

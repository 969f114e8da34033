// @clause X.4
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { allRoutes } from '../../src/app/server.ts'
import { act, systemActor } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { residentIdFrom, usccFrom } from '../../src/kernel/codes/index.ts'
import { day } from '../../src/kernel/day.ts'
import { wordsApart } from '../../src/kernel/words.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { listTrail } from '../../src/modules/audit/contract.ts'
import { explainScore, importModel, listScores, tryModel } from '../../src/modules/evaluation/contract.ts'
import { listEntries, proveEntry } from '../../src/modules/evidence/contract.ts'
import { listGradeChanges } from '../../src/modules/grading/contract.ts'
import * as objections from '../../src/modules/objections/contract.ts'
import { rolesOf, setDepartment } from '../../src/modules/organisation/index.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import { attachDocument, listRecords, withdrawRecord } from '../../src/modules/records/contract.ts'
import { fileRemoval } from '../../src/modules/removals/contract.ts'
import { listFlaggedRows, listOpenRejections } from '../../src/modules/submissions/contract.ts'
import { admitSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { registerRows } from '../../src/modules/subjects/register.ts'
import type { SubjectFields } from '../../src/modules/subjects/subjects.ts'
import { listWork } from '../../src/modules/worklist/contract.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())

// Planted under names and numbers that nothing else bears. What looks for them knows them whole; what answers never says them whole.
const OWNER = 'market-regulation'
const FISHER = { name: '佴鸑鷟', former: '佴鸂鶒', id: residentIdFrom('46020019900307853'), uscc: usccFrom('Y1460202', 'XHYX0001') }
const DIVER = { name: '亓官鼟鬯', id: residentIdFrom('46020019880412117'), uscc: usccFrom('Y1460202', 'XHYX0002').replace(/.$/, (check) => (check === '0' ? '1' : '0')) }
const GONE = { name: '买鬻提·艾鬯力', id: residentIdFrom('11010519491231002'), uscc: usccFrom('Y1460202', 'XHYX0003') }
const STRANGER = { name: '爨齉龘', id: residentIdFrom('46020019770101334') }
const SHOP = { name: '麤籱', uscc: usccFrom('92460202', 'XHYX0004'), id: residentIdFrom('46020019660606441') }
const COMPANY = { name: '三亚演示海味餐饮管理有限公司', uscc: usccFrom('91460202', 'XHYX0005'), id: residentIdFrom('46020019550505225') }
const PHONE = '13876543219'
/** Nobody is told these whole, but for a purpose. The name of an individual business is shown inside the district (views.yaml) and stands apart. */
const SECRETS = [FISHER.name, FISHER.former, FISHER.id, DIVER.name, DIVER.id, GONE.name, GONE.id, STRANGER.name, STRANGER.id, SHOP.id, COMPANY.id, PHONE]
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

const csv = (...rows: readonly (readonly string[])[]) => Buffer.from(`﻿${rows.map((row) => row.join(',')).join('\n')}\n`)
const HEADS = 'CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_FRDB,CF_FR_ZJLX,CF_FR_ZJHM,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_YXQ,CF_GSJZQ,CF_CFJG,CF_CFJGDM,CF_SJLY,CF_SJLYDM'.split(',')
const penalty = (number: number, { name, category = '自然人', uscc = '', id = '', representative = '', representativeId = '' }: { name: string; category?: string; uscc?: string; id?: string; representative?: string; representativeId?: string }) => [
  name, category, uscc, representative, representativeId && '身份证', representativeId, id && '身份证', id, `海棠市监罚〔2026〕9${number}号`, '经营超过保质期的食品', `${name}（${id || representativeId}）超过保质期`, '食品安全法第一百二十四条', '罚款', `责令${name}改正并罚款`, '1',
  '2026-01-05', '2027-01-05', '2027-01-05', '三亚市海棠区市场监督管理局', '11460202XHYX100189', '三亚市海棠区市场监督管理局', '11460202XHYX100189',
]
const given: Record<string, (string | number)[]> = {
  subjectId: [], recordId: [], batchId: [], objectionId: [], claimId: [], evidenceId: [], attachmentId: [], removalId: [], entryId: [], at: [0], kind: ['penalty'], key: ['public-credit', 'of-persons'], model: ['public-credit', 'of-persons'], role: ['department-officer'],
  find: SECRETS.slice(0, 6), party: [FISHER.uscc, FISHER.id], sought: [FISHER.name], department: [OWNER, 'water'], open: ['true'], late: ['true'], waiting: ['true'], rejected: ['true'], view: ['all'], form: ['csv', 'xlsx'], direction: ['first'], on: ['2026-11-20'], full: ['true'],
}
const ownerOf = new Map<number, number>()
let own: Awaited<ReturnType<typeof program.person>>

before(async () => {
  const fields = (more: Partial<SubjectFields> & Pick<SubjectFields, 'name' | 'codes'>): SubjectFields => ({
    type: 'natural-person', status: null, industry: null, sectors: [], place: null, department: OWNER, foundedOn: null, legalRepresentative: null, formerNames: [], nameChangedOn: null, ...more,
  })
  // No import registers persons yet: written as a later one will.
  const register = act({
    name: 'test.register', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}),
    run: (context) => registerRows(context, { batchId: null as never, department: OWNER, receivedOn: day('2026-01-10') }, [
      fields({ name: FISHER.name, formerNames: [FISHER.former], codes: [{ kind: 'resident-id', value: FISHER.id }, { kind: 'uscc', value: FISHER.uscc }] }),
      fields({ name: DIVER.name, legalRepresentative: DIVER.name, codes: [{ kind: 'resident-id', value: DIVER.id }, { kind: 'uscc', value: DIVER.uscc }] }),
      fields({ name: GONE.name, status: 'deregistered', codes: [{ kind: 'resident-id', value: GONE.id }, { kind: 'uscc', value: GONE.uscc }] }),
      fields({ name: SHOP.name, type: 'individual-business', legalRepresentative: SHOP.name, codes: [{ kind: 'uscc', value: SHOP.uscc }] }),
      fields({ name: COMPANY.name, type: 'enterprise', legalRepresentative: '演示甲', codes: [{ kind: 'uscc', value: COMPANY.uscc }] }),
    ].map((one, at) => ({ rowNumber: at + 2, fields: one, warnings: [] }))),
  })
  await register.perform(program.xinheng.world, systemActor('test'), {})
  for (const [key, kind, serial] of [['association', 'association', 'XHAA0001'], ['agency', 'credit-agency', 'XHAG0001']] as const) {
    await setDepartment.perform(program.xinheng.keeper, systemActor('test'), { key, zh: `测试${key}`, en: key, uscc: usccFrom('51460202', serial), kind })
  }
  const definition = readFileSync('policy/haitang/models/public-credit.yaml', 'utf8').replace('key: public-credit', 'key: of-persons').replace('subject_types: [', 'subject_types: [natural-person, ')
  await program.call(importModel, { definition })
  const sent = csv(HEADS,
    penalty(1, { name: FISHER.name, id: FISHER.id }), penalty(2, { name: DIVER.name, id: DIVER.id }), penalty(3, { name: SHOP.name, category: '个体工商户', uscc: SHOP.uscc, representative: SHOP.name, representativeId: SHOP.id }),
    penalty(4, STRANGER), penalty(5, { name: STRANGER.name, id: FISHER.id }), penalty(6, { name: FISHER.name, id: DIVER.id }), penalty(7, { name: GONE.name, category: '法人及非法人组织', id: GONE.id }), penalty(8, { name: COMPANY.name, category: '法人及非法人组织', uscc: COMPANY.uscc, representative: '演示甲', representativeId: COMPANY.id }))
  for (const department of [OWNER, 'water']) given.batchId!.push((await program.import('penalty', sent, department, '2026-01-12')).batchId)
  const grades = csv(['PJ_TYSHXYDM', 'PJ_MC', 'PJ_DJ', 'PJ_RQ', 'PJ_JG'], [FISHER.uscc, FISHER.name, 'C', '2026-10-01', '海南省发展和改革委员会'])
  given.batchId!.push((await program.import('public-grade', grades, OWNER)).batchId)
  await program.xinheng.settled()

  const { rows } = await program.call(listSubjects, {})
  given.subjectId!.push(...rows.map(({ subjectId }) => subjectId))
  assert.equal(rows.length, 5)
  const company = rows.find(({ uscc }) => uscc === COMPANY.uscc)!
  // An id that another way than the import brings in, also in a text that becomes a title: the door of records is the same.
  const fact: NewFact = {
    subjectId: company.subjectId, kind: 'penalty', documentNumber: '海棠市监罚〔2026〕99号', fields: { CF_XDR_MC: COMPANY.name, CF_FR_ZJHM: COMPANY.id, CF_WFXW: `李演示（身份证号${COMPANY.id}）经营超过保质期的食品` },
    effect: plainEffect(day('2026-01-05')), receivedOn: day('2026-01-12'), department: OWNER, batchId: null, rowNumber: null, reason: null,
  }
  const file = act({ name: 'test.file', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run: (context) => fileRecords(context, [fact]) })
  await file.perform(program.xinheng.world, systemActor('test'), {})
  const records = (await program.call(listRecords, {})).rows
  given.recordId!.push(...records.map(({ recordId }) => recordId))
  for (const one of records) ownerOf.set(one.recordId, one.subjectId)
  const [fisher] = rows.filter(({ uscc }) => uscc === FISHER.uscc)
  const { recordId, subjectId } = records.find((one) => one.kind === 'penalty' && one.department === OWNER && one.subjectId === fisher!.subjectId)!
  own = await program.person({ subjectId, capacity: 'legal-representative', limits: [] }, FISHER.name)
  const { objectionId } = await program.call(objections.fileObjection, { subjectId, about: 'record', recordId, grounds: `本人证件号码 ${FISHER.id}，处罚已撤销`, wish: `请联系${FISHER.id}撤回该记录` }, { as: own.cookie })
  await program.call(objections.fileStatement, { subjectId, words: `证件 ${FISHER.id}，已改正` }, { as: own.cookie })
  given.objectionId!.push(objectionId)
  given.attachmentId!.push((await program.call(attachDocument, { subjectId, recordId, name: '处罚决定书.png' }, { upload: PNG })).attachmentId)
  given.removalId!.push((await program.call(fileRemoval, { idNumber: FISHER.id, askedBy: 'person', askedOn: '2026-01-20', ground: 'purpose-over', words: `证件号码 ${FISHER.id} 的当事人到窗口提出` })).removalId)
  await program.call(withdrawRecord, { subjectId, recordId, reason: `当事人 ${FISHER.id} 的处罚已撤销` })
  const claimant = await program.person(null, '申请人', PHONE)
  const upload = async () => [(await program.call(agents.uploadEvidence, { name: '证件.png' }, { upload: PNG, as: claimant.cookie })).uploadId]
  for (const { uscc } of [FISHER, SHOP]) given.claimId!.push((await program.call(agents.fileClaim, { uscc, capacity: 'agent', untilOn: '2027-01-01', words: `受${FISHER.id}委托`, uploadIds: await upload() }, { as: claimant.cookie })).claimId)
})

before(async () => {
  await program.xinheng.settled()
  const { rows } = await program.call(listEntries, { limit: 500 })
  given.entryId!.push(...new Map(rows.map(({ entryId, name, subjectId }) => [`${name} ${subjectId}`, entryId])).values())
})

type Route = ReturnType<typeof allRoutes>[number]['endpoint']
const routes = allRoutes(program.xinheng, { demo: false, filling: () => null }).map(({ endpoint }) => endpoint).filter(({ method }) => method === 'GET')

/** What a route is asked: every planted thing that its path can name, by itself and with each input that it takes. */
function askedOf({ path, input }: Route): string[] {
  const shape = Object.keys((input as unknown as { shape: Record<string, unknown> }).shape ?? {})
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const along = shape.includes('model') && path.endsWith('/score') ? given.model!.map((one): [string, string][] => [['model', String(one)]]) : [[]]
  const ways = inPath.reduce<{ path: string; fixed: [string, string][] }[]>((made, name) => made.flatMap((one) => (given[name] ?? [1]).map((value) => ({
    // A record is named with its subject.
    path: one.path.replace(`:${name}`, encodeURIComponent(value)), fixed: name === 'recordId' && !inPath.includes('subjectId') ? [['subjectId', String(ownerOf.get(value as number))] as [string, string]] : one.fixed,
  }))), [{ path, fixed: [] }])
  const more = shape.filter((name) => !inPath.includes(name)).flatMap((name) => (given[name] ?? []).map((value): [string, string][] => [[name, String(value)]]))
  return ways.flatMap((one) => along.flatMap((fixed) => [[], ...more].map((extra) => `/api${one.path}?${new URLSearchParams([...one.fixed, ...fixed, ...extra])}`)))
}

/** What an answer says: a workbook by all of its parts, anything else as it came. */
function saidIn(body: Buffer): string {
  if (body.length < 4 || body.readUInt32BE(0) !== 0x504b0304) return body.toString('utf8')
  const parts: string[] = []
  for (let at = body.readUInt32LE(body.lastIndexOf('PK\x05\x06') + 16); body.readUInt32BE(at) === 0x504b0102; at += 46 + body.readUInt16LE(at + 28) + body.readUInt16LE(at + 30) + body.readUInt16LE(at + 32)) {
    const local = body.readUInt32LE(at + 42)
    const from = local + 30 + body.readUInt16LE(local + 26) + body.readUInt16LE(local + 28)
    const packed = body.subarray(from, from + body.readUInt32LE(at + 20))
    parts.push((body.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'))
  }
  return parts.join('\n')
}

/** Answers that hold what others are not shown, to whom they do, and why. */
const WHOLE: Readonly<Record<string, { readonly why: string; to(role: string): boolean }>> = {
  'GET /imports/:batchId/failed.xlsx': { why: 'the rows as they were sent, for whoever sends for the department: they are corrected in the workbook and sent again', to: (role) => role === 'department-officer' || role === 'credit-officer' },
  'GET /identity/accounts': { why: 'the names under which people opened their accounts, for whoever keeps the accounts', to: (role) => role.endsWith('-administrator') },
}

/** Whether the gate said it: nobody is signed in, or whoever is does not carry the permission of the route. */
function isOfGate(said: string, { permission }: Route): boolean {
  return said.startsWith('{"type":"urn:xinheng:problem:session.missing"') || (said.startsWith('{"type":"urn:xinheng:problem:act.not-allowed"') && said.includes(`“${permission}”`))
}

/** What a caller is told of the secrets. A purpose goes along unless a person is asked for in full: by itself it says of nobody in whole who it is. */
async function leaksOf(cookie: string, role: string, secrets: readonly string[]): Promise<string[]> {
  const leaks: string[] = []
  for (const route of routes) {
    if (WHOLE[`GET ${route.path}`]?.to(role)) continue
    const heard = async (url: string): Promise<string> => {
      const apart = wordsApart(url)
      const { statusCode, rawPayload } = await program.server.inject({ url: apart.address, headers: { ...apart.headers, ...(cookie === '' ? {} : { cookie }), ...(url.includes('full=true') ? {} : { 'x-purpose': encodeURIComponent('核对报送记录的当事人') }) }, remoteAddress: `127.0.0.${1 + routes.indexOf(route)}` })
      assert.ok(statusCode < 500 && statusCode !== 429, `${url}: ${statusCode}`)
      const said = saidIn(rawPayload)
      leaks.push(...secrets.filter((secret) => said.includes(secret)).map((secret) => `${url} ${secret}`))
      return said
    }
    const [first, ...others] = askedOf(route)
    if (first === undefined) continue
    const said = await heard(first)
    // Whoever may not ask at all is refused before it is read what they ask: the last is refused with the same words, and so are those between.
    if (isOfGate(said, route)) for (const url of others.slice(-1)) assert.equal(await heard(url), said)
    else for (const url of others) await heard(url)
  }
  return leaks
}

test('every route that names a thing by its number is asked for planted ones, unless no person stands behind it', () => {
  const named = new Set(routes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)))
  assert.deepEqual([...named].filter((name) => !given[name]?.length).sort(), ['accountId', 'evidenceId', 'file', 'officerId', 'populationRunId', 'sealId'])
})

test('a proof holds what was entered for whoever may see all of it and says for what purpose, and for nobody else', async () => {
  const purpose = '复议机关调取登记存证'
  const { rows: [registered] } = await program.call(listEntries, { name: 'subject.registered', limit: 1 })
  const asked = { entryId: registered!.entryId, full: 'true' as const }
  for (const [role, department] of [['audit-administrator', 'credit-office'], ['auditor', 'credit-office'], ['department-officer', 'water']] as const) {
    const { cookie: as } = await program.officer([role], department)
    const { proof, masked, mayFull } = await program.call(proveEntry, { entryId: asked.entryId }, { as, purpose })
    assert.deepEqual([Object.hasOwn(proof as object, 'disclosed'), masked, mayFull], [false, true, false], role)
    await assert.rejects(program.call(proveEntry, asked, { as, purpose }), (error) => error instanceof HttpRefusal && error.status === 403)
  }
  await assert.rejects(program.call(proveEntry, asked), (error) => error instanceof HttpRefusal && error.problem.code === 'purpose.missing')
  const { proof } = await program.call(proveEntry, asked, { purpose })
  assert.equal((proof as { disclosed: { content: { subject_id: number } } }).disclosed.content.subject_id, registered!.subjectId)
})

test('a person is found by a whole name, present or former, and no part of it tells whether one has guessed right', async () => {
  const found = async (find: string) => [(await program.call(listSubjects, { find })).total, (await program.call(listRecords, { find })).total > 0]
  for (const name of [FISHER.name, FISHER.former, ` ${DIVER.name} `, SHOP.name]) assert.deepEqual(await found(name), [1, true], name)
  assert.deepEqual(await found(GONE.name.replace('·', '•')), [1, false], 'nothing was filed about this one')
  for (const name of [FISHER.name, FISHER.former, DIVER.name, GONE.name]) {
    const characters = [...name]
    for (const part of new Set(characters.flatMap((_, from) => characters.slice(from).map((_one, length) => characters.slice(from, from + length + 1).join(''))))) {
      if (part !== name) assert.deepEqual(await found(part), [0, false], part)
    }
  }
})

test('what is planted is there to be found: records, rejected rows, grades, scores, objections, claims, work', async () => {
  const { rows } = await program.call(listFlaggedRows, { batchId: given.batchId![0] as number })
  const codes = rows.flatMap(({ problems }) => problems.map(({ code }) => code))
  for (const code of ['record.name-differs', 'record.subject-unknown', 'party.id-of-representative']) assert.ok(codes.includes(code), code)
  assert.ok((await program.call(listOpenRejections, {})).total >= 4)
  for (const key of ['of-persons', 'public-credit']) assert.ok((await program.call(listScores, { key })).total > 0, key)
  assert.ok((await program.call(listGradeChanges, {})).rows.some(({ subjectId }) => subjectId === given.subjectId![0]))
  assert.equal((await program.call(listWork, { view: 'all' })).rows.filter(({ subject }) => subject !== null).length, 3)
})

const OUTSIDE: Readonly<Record<string, string>> = { 'association-clerk': 'association', 'agency-clerk': 'agency' }
for (const { key: role, permissions } of rolesOf(program.xinheng.world.policy).roles.filter(({ kind }) => kind !== 'base')) {
  // Where nothing depends on the department, one is enough.
  for (const department of OUTSIDE[role] ? [OUTSIDE[role]] : Object.values(permissions).includes('own-department') ? [OWNER, 'water'] : ['credit-office']) {
    test(`${role} of ${department}: no answer says who a person is, in whole, to whoever does not say for what purpose`, async () => {
      const { cookie } = await program.officer([role], department)
      assert.deepEqual(await leaksOf(cookie, role, SECRETS), [])
    })
  }
}

test('nobody signed in, somebody who acts for nobody, and the agent of another subject are told no name and no id, of an individual business neither', async () => {
  const nobody = await program.person(null, '路人')
  const other = await program.person({ subjectId: given.subjectId![3] as number, capacity: 'agent', limits: [] }, '经办人')
  assert.deepEqual(await leaksOf('', 'visitor', [...SECRETS, SHOP.name]), [])
  assert.deepEqual(await leaksOf(nobody.cookie, 'person', [...SECRETS, SHOP.name]), [])
  assert.deepEqual(await leaksOf(other.cookie, 'agent', SECRETS), [], 'their own business is the shop')
})

test('the person sees the own name and number in the own space', async () => {
  const leaks = await leaksOf(own.cookie, 'own', SECRETS)
  assert.deepEqual(leaks.filter((one) => !one.startsWith('/api/my')), [])
  assert.ok(leaks.some((one) => one.endsWith(FISHER.name)) && leaks.some((one) => one.endsWith(FISHER.id)))
  assert.deepEqual(leaks.filter((one) => ![FISHER.name, FISHER.former, FISHER.id].some((secret) => one.endsWith(secret))), [])
})

test('a refusal that names a party says a person in part, in both languages', async () => {
  const refused = async (asked: Promise<unknown>, code: string) => {
    const error = await asked.then(() => null, (reason: unknown) => reason)
    assert.ok(error instanceof HttpRefusal && error.problem.code === code, String(error))
    assert.deepEqual([...SECRETS, SHOP.name].filter((secret) => error.message.includes(secret)), [])
  }
  await refused(program.call(admitSubject, { uscc: DIVER.uscc, name: '另一主体', type: 'enterprise', reason: '证照核对无误' }), 'subject.code-taken')
  const claimant = await program.person(null, '另一人')
  const { uploadId } = await program.call(agents.uploadEvidence, { name: '证件.png' }, { upload: PNG, as: claimant.cookie })
  await refused(program.call(agents.fileClaim, { uscc: GONE.uscc, capacity: 'agent', untilOn: '2027-01-01', uploadIds: [uploadId] }, { as: claimant.cookie }), 'claim.subject-gone')
  const { subjectName } = await program.call(agents.fileClaim, { uscc: SHOP.uscc, capacity: 'agent', untilOn: '2027-01-01', uploadIds: [uploadId] }, { as: claimant.cookie })
  assert.equal(subjectName, '麤*', 'whoever only claims a business is the public')
  await refused(program.call(explainScore, { subjectId: given.subjectId![0] as number, model: 'public-credit' }), 'score.not-concerned')
})

test('on the command line a person is named in part too, in full for a purpose that stands in the trail, and a refusal names the flag that is missing', async () => {
  program.xinheng.servesAt(await program.server.listen({ port: 0, host: '127.0.0.1' }))
  const { DATABASE_URL: _, ...rest } = process.env
  const env = { ...rest, ...(program.databaseUrl === undefined ? {} : { DATABASE_URL: program.databaseUrl }) }
  const run = (...words: string[]) => new Promise<{ code: number; said: string }>((done) => execFile(process.execPath, ['src/app/cli.ts', ...words, '--data', program.data], { env }, (error, out, err) => done({ code: error === null ? 0 : Number(error.code), said: out + err })))
  const one = ['score', FISHER.id, '--model', 'of-persons']
  for (const words of [one, ['score', '--model', 'of-persons'], ['explain', FISHER.uscc, '--model', 'of-persons']]) {
    const { code, said } = await run(...words)
    assert.deepEqual([code, said.includes('佴**'), SECRETS.filter((secret) => said.includes(secret))], [0, true, []], words.join(' '))
  }
  const refused = await run(...one, '--full')
  assert.deepEqual([refused.code, refused.said.includes('--purpose'), refused.said.includes(FISHER.name)], [1, true, false])
  const whole = await run(...one, '--full', '--purpose', '当事人申请查询本人信息')
  assert.deepEqual([whole.code, whole.said.includes(FISHER.name)], [0, true])
  const { cookie: as } = await program.officer(['auditor'])
  const { rows } = await program.call(listTrail, { purpose: '当事人申请', limit: 10 }, { as })
  assert.ok(rows.some(({ what, actor }) => what === '/subjects/:subjectId' && actor === 'system:command-line'))
})

test('a model that is tried names whose grade would change, a person in part', async () => {
  const definition = readFileSync('policy/haitang/models/public-credit.yaml', 'utf8').replace('key: public-credit', 'key: tried').replace('subject_types: [', 'subject_types: [natural-person, ')
  const { movers } = await program.call(tryModel, { definition, beside: 'public-credit' })
  assert.deepEqual(movers.map(({ name }) => name).filter((name) => name.includes('*')).sort(), ['亓官**', '买**·***', '佴**'].sort())
  assert.deepEqual(SECRETS.filter((secret) => JSON.stringify(movers).includes(secret)), [])
})

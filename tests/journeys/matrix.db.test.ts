// @clause 12.1, X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allRoutes } from '../../src/app/server.ts'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { changePassword, closeAccount, endSessionsOf, resetPassword, listSessions, redeemCode, verifyAccount } from '../../src/modules/identity/contract.ts'
import { fileObjection } from '../../src/modules/objections/contract.ts'
import * as organisation from '../../src/modules/organisation/contract.ts'
import { delegate, departOfficer, grantRole, rolesOf, setPost, visitor } from '../../src/modules/organisation/index.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const { keeper: world } = program.xinheng
const routes = allRoutes(program.xinheng, { demo: false, filling: () => null }).map(({ endpoint }) => endpoint)
const nameOf = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`

async function codeOf({ method, path, takes }: (typeof routes)[number], cookie: string, ids: Readonly<Record<string, number | string>> = {}, more: object = {}): Promise<string> {
  const url = `/api${path.replace(/:(\w+)/g, (_, name: string) => String(ids[name] ?? 999_999))}`
  const query = method === 'GET' || takes === 'upload' ? `?${new URLSearchParams(Object.entries({ ...ids, ...more }).filter(([name]) => !path.includes(`:${name}`)).map(([name, value]): [string, string] => [name, String(value)]))}` : ''
  const answer = await program.server.inject({ method, url: url + query, headers: { ...(cookie ? { cookie } : {}), 'content-type': takes === 'upload' ? 'application/octet-stream' : 'application/json' }, payload: method === 'GET' ? undefined : takes === 'upload' ? '%PDF-1.4\n%%EOF\n' : JSON.stringify({ ...ids, ...more }) })
  return answer.statusCode >= 400 ? answer.json<{ code: string }>().code : 'answered'
}

const PASSWORD = 'Regen-2026-Wind'
/** A session that was opened before its owner changed the password in another tab. */
async function staleTab(person: { readonly accountId: number; readonly userName: string }): Promise<string> {
  const system = await program.officer(['system-administrator'])
  const { code } = await program.call(resetPassword, { accountId: person.accountId }, { as: system.cookie })
  const { headers } = await program.server.inject({ method: 'POST', url: `/api${redeemCode.path}`, payload: { code, userName: person.userName, name: '王芳', password: PASSWORD } })
  const present = String(headers['set-cookie']).split(';')[0]!
  await program.call(verifyAccount, { accountId: person.accountId }, { as: (await program.officer(['security-administrator'])).cookie })
  const stale = await program.signedIn(person.accountId, 'password')
  await program.call(listSubjects, {}, { as: stale })
  await program.call(changePassword, { password: PASSWORD, newPassword: 'Other-2027-Sonne' }, { as: present })
  return stale
}

test('with no session, an expired, a revoked one, of a closed account, of somebody who left, or from before the password was changed, no route answers', async () => {
  const as = async () => program.officer(['credit-officer', 'credit-head'])
  const [expired, revoked, left, closed, stale] = [await as(), await as(), await as(), await as(), await staleTab(await as())]
  const security = await program.officer(['security-administrator'])
  await program.call(endSessionsOf, { accountId: revoked.accountId }, { as: security.cookie })
  await program.call(closeAccount, { accountId: closed.accountId }, { as: (await program.officer(['system-administrator'])).cookie })
  await departOfficer.perform(world, systemActor('test'), { officerId: left.officerId })
  const nobody = visitor(world.policy)
  const asked = routes.filter(({ permission }) => !nobody.may(permission))
  assert.ok(asked.length > 60)
  const wrong: string[] = []
  for (const [what, cookie] of [['none', ''], ['revoked', revoked.cookie], ['left', left.cookie], ['closed', closed.cookie], ['password changed', stale], ['guessed', 'xinheng=guessed']] as const) {
    for (const route of asked) { const code = await codeOf(route, cookie); if (code !== 'session.missing') wrong.push(`${what}: ${nameOf(route)}: ${code}`) }
  }
  clock.set(new Date(clock.now().getTime() + 13 * 3_600_000))
  for (const route of asked) { const code = await codeOf(route, expired.cookie); if (code !== 'session.missing') wrong.push(`expired: ${nameOf(route)}: ${code}`) }
  assert.deepEqual(wrong, [])
})

// Routes that limit by scope and name one thing: what somebody whose scope does not reach it is told. A new route of that kind that does not stand here fails. Those of the own business: own-subject.db.test.ts.
const RECORD = { attachmentId: 1 }
const WORDS = { words: '另一部门的异议' }
const BEYOND: Record<string, { readonly role: string; readonly code: string; readonly ids?: Readonly<Record<string, number | string>>; readonly more?: object } | 'of nobody in particular'> = {
  'GET /imports/:batchId': { role: 'department-officer', code: 'batch.missing' }, 'GET /imports/:batchId/rows': { role: 'department-officer', code: 'batch.missing' }, 'GET /imports/:batchId/failed.xlsx': { role: 'department-officer', code: 'batch.missing' },
  'GET /imports/template/:kind': 'of nobody in particular',
  'GET /subjects/:subjectId': { role: 'sector-supervisor', code: 'subject.missing' }, 'GET /subjects/:subjectId/grades': { role: 'sector-supervisor', code: 'subject.missing' }, 'GET /subjects/:subjectId/scores': { role: 'sector-supervisor', code: 'subject.missing' },
  'GET /subjects/:subjectId/objections': { role: 'sector-supervisor', code: 'subject.missing' },
  'GET /subjects/:subjectId/score': { role: 'sector-supervisor', code: 'subject.missing', more: { model: 'public-credit' } },
  'GET /records/:recordId': { role: 'sector-supervisor', code: 'record.not-found', ids: RECORD }, 'GET /records/:recordId/documents/:attachmentId': { role: 'sector-supervisor', code: 'record.not-found', ids: RECORD },
  'POST /records/:recordId/withdrawal': { role: 'department-head', code: 'act.other-department', ids: RECORD, more: { reason: '另一部门的记录' } }, 'POST /records/:recordId/documents': { role: 'department-officer', code: 'act.other-department', ids: RECORD, more: { name: 'a.pdf' } },
  'GET /models/:key': 'of nobody in particular', 'GET /models/:key/scores': 'of nobody in particular',
  'GET /objections/:objectionId': { role: 'department-officer', code: 'objection.missing' }, 'GET /objections/:objectionId/files/:at': { role: 'department-officer', code: 'objection.missing', ids: { at: 0 } },
  'POST /objections/:objectionId/answer': { role: 'department-officer', code: 'objection.missing', more: WORDS }, 'POST /objections/:objectionId/extension': { role: 'department-head', code: 'objection.missing', more: WORDS },
  'POST /objections/:objectionId/decision': { role: 'department-head', code: 'objection.missing', more: { ...WORDS, act: 'uphold' } }, 'POST /objections/:objectionId/correction': { role: 'department-head', code: 'objection.missing', more: { ...WORDS, how: 'withdrawn' } },
}

let batchId = 0
let subjectId = 0
let recordId = 0
let objectionId = 0
before(async () => {
  const register = `统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人\n${usccFrom('91460202', 'XHTT0001')},海棠水务测试企业,企业,存续,4610,水务,2015-03-01,符海\n`
  batchId = (await program.import('subject', Buffer.from(register), 'water')).batchId
  subjectId = (await program.call(listSubjects, {})).rows[0]!.subjectId
  const [water, code] = ['海棠区水务局', '11460202MB9XH0077Y']
  const headings = ['行政相对人名称', '行政相对人类别', '统一社会信用代码', '法定代表人', '行政处罚决定书文号', '违法行为类型', '违法事实', '处罚依据', '处罚类别', '处罚内容', '罚款金额（万元）', '处罚决定日期', '处罚有效期', '处罚机关', '处罚机关统一社会信用代码', '数据来源单位', '数据来源单位统一社会信用代码']
  const penalty = ['海棠水务测试企业', '法人及非法人组织', usccFrom('91460202', 'XHTT0001'), '符海', '海棠水罚〔2026〕第1号', '擅自取水', '未经批准擅自取水', '《中华人民共和国水法》第六十九条', '罚款', '罚款', '5', '2026-11-10', '2027-12-31', water, code, water, code]
  await program.import('penalty', Buffer.from(`${headings.join(',')}\n${penalty.join(',')}\n`), 'water')
  recordId = (await program.call(listRecords, {})).rows[0]!.recordId
  const owner = await program.person({ subjectId, capacity: 'legal-representative', limits: [] })
  objectionId = (await program.call(fileObjection, { subjectId, about: 'record', recordId, grounds: '处罚决定已被撤销', wish: '请撤回该记录' }, { as: owner.cookie })).objectionId
})

test('every route that limits by scope and names one thing has an expectation for whoever does not reach it', () => {
  const limited = routes.filter(({ reach, path }) => reach !== undefined && path.includes(':') && !path.startsWith('/my/subjects/')).map(nameOf)
  assert.deepEqual(limited.filter((name) => !(name in BEYOND)), [])
  assert.deepEqual(Object.keys(BEYOND).filter((name) => !limited.includes(name)), [])
})

test('a thing of another department or sector is answered as if there were none', async () => {
  const people = new Map<string, string>()
  for (const role of ['department-officer', 'department-head', 'sector-supervisor']) people.set(role, (await program.officer([role], 'housing')).cookie)
  const wrong: string[] = []
  for (const [name, expected] of Object.entries(BEYOND)) {
    if (typeof expected === 'string') continue
    const route = routes.find((one) => nameOf(one) === name)!
    const ids = { ...expected.ids, ...(name.includes('/imports') ? { batchId } : name.includes('/objections') ? { objectionId } : { subjectId, ...(name.includes('/records') ? { recordId } : {}) }) }
    const code = await codeOf(route, people.get(expected.role)!, ids, expected.more)
    if (code !== expected.code) wrong.push(`${name} as ${expected.role}: ${code}, not ${expected.code}`)
  }
  assert.deepEqual(wrong, [])
})

// Routes that name one thing and ask for a permission that reaches everything: what officers of another department, who hold every role of departments, are told about a thing of the water department, or of somebody else.
const NOT_ALLOWED = [
  'POST /organisation/officers/:officerId/transfer', 'POST /organisation/officers/:officerId/departure', 'POST /organisation/officers/:officerId/certificates', 'POST /organisation/certificates/:certificateId/withdrawal', 'POST /organisation/departments/:key/closure', 'POST /organisation/closings/:closingId/decision', 'POST /organisation/officers/:officerId/name',
  'POST /organisation/officers/:officerId/roles', 'POST /organisation/roles/:grantId/end', 'POST /organisation/proposals/:proposalId/decision', 'POST /organisation/officers/:officerId/delegations', 'POST /organisation/delegations/:delegationId/end',
  'GET /organisation/import/:file/problems', 'GET /identity/accounts/:accountId/sessions', 'POST /identity/accounts/:accountId/code', 'POST /identity/accounts/:accountId/close', 'POST /identity/accounts/:accountId/unlock', 'POST /identity/accounts/:accountId/verification', 'POST /identity/accounts/:accountId/end-sessions',
  'POST /identity/accounts/:accountId/unlink-outside', 'POST /identity/accounts/:accountId/remove-second-factor', 'POST /audit/alarms/:alarmId/settlement', 'POST /my/claims/:claimId/withdrawal',
  'GET /audit/archives/:sealId', 'GET /audit/archives/:sealId/proof', 'GET /claims/:claimId', 'GET /claims/:claimId/evidence/:evidenceId', 'POST /claims/:claimId/answer', 'POST /objections/:objectionId/forward', 'POST /objections/:objectionId/decline', 'POST /models/:key/runs', 'POST /models/:key/runs/:populationRunId/cancel',
  'GET /removals/:removalId', 'POST /removals/:removalId/decision', 'POST /removals/:removalId/withdrawal', 'POST /removals/:removalId/removal',
]
const ELSEWHERE: Record<string, string> = {
  ...Object.fromEntries(NOT_ALLOWED.map((name) => [name, 'act.not-allowed'])),
  // The form of the organisation is known to every officer, the ledger to every department; runs and services are of nobody in particular.
  'GET /organisation/officers/:officerId': 'answered', 'GET /organisation/departments/:key/versions': 'answered', 'GET /models/:key/runs': 'answered', 'GET /ledger/entries/:entryId/proof': 'answered', 'GET /models/:key/runs/:populationRunId': 'population-run.missing', 'POST /identity/outside/:service/begin': 'outside.unknown',
  'POST /identity/outside-links/:service/begin': 'outside.unknown', 'POST /identity/outside-links/:outsideLinkId/end': 'outside.link-missing', 'POST /identity/outside/:service/logout': 'input.invalid',
  'POST /identity/sessions/:sessionId/end': 'session.unknown', 'POST /organisation/own-delegations/:delegationId/end': 'grant.ended',
}

test('every route that names one thing and reaches everything or nothing has an expectation for another department', () => {
  const whole = routes.filter(({ reach, path }) => reach === undefined && path.includes(':')).map(nameOf)
  assert.deepEqual(whole.filter((name) => !(name in ELSEWHERE)), [])
  assert.deepEqual(Object.keys(ELSEWHERE).filter((name) => !whole.includes(name)), [])
})

test('with every role of a department, things of another department and of somebody else stay theirs', async () => {
  const elsewhere = await program.officer(['department-officer', 'department-head', 'inspector'], 'housing')
  const head = await program.officer(['department-head'], 'water')
  const deputy = await program.officer([], 'water')
  const { delegationId } = await program.call(organisation.delegateOwn, { deputyId: deputy.officerId, fromOn: '2026-11-21', untilOn: '2026-11-28', reason: '出差' }, { as: head.cookie })
  const { sessionId } = (await program.call(listSessions, {}, { as: head.cookie })).rows[0]!
  const ids = { officerId: head.officerId, accountId: head.accountId, delegationId, sessionId, objectionId, entryId: 1 }
  const wrong: string[] = []
  for (const [name, expected] of Object.entries(ELSEWHERE)) {
    const route = routes.find((one) => nameOf(one) === name)!
    const named = Object.fromEntries(Object.entries(ids).filter(([id]) => route.path.includes(`:${id}`)))
    const code = await codeOf(route, elsewhere.cookie, route.path.includes(':key') ? { key: route.path.startsWith('/models') ? 'public-credit' : 'water' } : named)
    if (code !== expected) wrong.push(`${name}: ${code}, not ${expected}`)
  }
  assert.deepEqual(wrong, [])
  assert.equal((await program.call(listSessions, {}, { as: head.cookie })).rows.length, 1, 'nobody ended it')
})

test('三员: every pair of roles, by grant, by delegation and by a post that asks for both', async () => {
  const founder = systemActor('test')
  const grantable = rolesOf(world.policy).roles.filter(({ kind }) => kind === 'business' || kind === 'administrator' || kind === 'oversight')
  const alone = (key: string) => { const { kind } = grantable.find((one) => one.key === key)!; return kind !== 'business' }
  const together = (one: string, other: string) => one === other || (!alone(one) && !alone(other))
  const held = new Map<string, number>()
  for (const { key } of grantable) held.set(key, (await program.officer([key], 'credit-office')).officerId)
  const excluded = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'role.excluded'
  for (const [one, officerId] of held) for (const [other, deputyId] of held) {
    if (together(one, other)) continue
    await assert.rejects(grantRole.perform(world, founder, { officerId, role: other }), excluded, `grant ${other} to ${one}`)
    await assert.rejects(delegate.perform(world, founder, { officerId, deputyId, fromOn: '2026-11-21', untilOn: '2026-11-28', reason: '出差' }), excluded, `${other} acts for ${one}`)
  }
  const system = await program.officer(['system-administrator'])
  await setPost.perform(world, founder, { department: 'credit-office', zh: '什么都管', en: 'Everything', leads: false, roles: grantable.map(({ key }) => key) })
  for (const [, officerId] of held) await program.call(organisation.transferOfficer, { officerId, post: '什么都管', reason: '试验' }, { as: system.cookie })
  const security = await program.officer(['security-administrator'])
  const { rows } = await program.call(organisation.listProposals, { limit: 500 }, { as: security.cookie })
  for (const [role, officerId] of held) {
    for (const { proposalId, role: asked } of rows.filter((one) => one.officerId === officerId && !together(role, one.role))) {
      await assert.rejects(program.call(organisation.decideProposal, { proposalId, decision: 'confirmed' }, { as: security.cookie }), (error: unknown) => error instanceof HttpRefusal && error.problem.code === 'role.excluded', `${asked} beside ${role}`)
    }
  }
  assert.ok(rows.length > held.size)
})

// @clause X.4
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { standingClock, systemClock } from '../../src/platform/clock.ts'
import { sql } from '../../src/platform/db/index.ts'
import { openIdentityService, readIdentityServices } from '../../src/platform/oidc/index.ts'
import { freePort, startIdentityProvider } from '../support/identity-provider.ts'
import { cookieOf, travellers, type Jar } from '../support/outside.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const PORT = await freePort()
const ORIGIN = `http://127.0.0.1:${PORT}`
const folder = mkdtempSync(join(tmpdir(), 'xinheng-oidc-people-'))
const clock = standingClock(systemClock.now())
const provider = await startIdentityProvider(ORIGIN, 'a-secret-of-the-client')
writeFileSync(join(folder, 'secret'), 'a-secret-of-the-client')
writeFileSync(join(folder, 'services.yaml'), JSON.stringify({ services: [{
  key: 'province', issuer: provider.issuer, client_id: 'xinheng', client_secret_file: 'secret', scopes: ['openid', 'profile'], origin: ORIGIN, label: { zh: '省统一身份认证', en: 'Provincial identity service' }, people: ['officers', 'businesses'],
  number_claim: 'employee_number', represents: { claim: 'legal_entities', code: 'uscc', capacity: 'role', legal_representative: ['legal_person'], until: 'valid_until' },
}] }))
const services = readIdentityServices(join(folder, 'services.yaml')).map((one) => ({ ...openIdentityService(one, clock) }))
const program = await startProgram({ clock }, { services })
after(async () => {
  await program.close()
  await provider.stop()
  rmSync(folder, { recursive: true })
})
const { send, finish, come, who } = travellers(program, () => provider)

const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status) && error.problem.fix.zh !== ''
const [OWN, OTHER, GONE, NOWHERE] = ['XHRP0001', 'XHRP0002', 'XHRP0003', 'XHRP0009'].map((serial) => usccFrom('91460202', serial)) as [string, string, string, string]
const later = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000))
const AT_THE_SPACE = { returnTo: '/my' }
const legal = (uscc: string, more: object = {}) => ({ uscc, role: 'legal_person', ...more })
const space = (jar: Jar) => program.call(agents.getSpace, {}, { as: cookieOf(jar) })
/** The businesses that someone may act for, by code. */
const actsFor = async (jar: Jar) => (await space(jar)).subjects.map(({ uscc, capacity }) => [uscc, capacity])
const entries = async (name: string) => (await sql<{ actor: string }>`select actor from ledger.entry where name = ${name} order by entry_id`.execute(program.xinheng.database.db)).rows

before(async () => {
  const rows = ['统一社会信用代码,主体名称,主体类型,登记状态,法定代表人', `${OWN},海棠湾酒店有限公司,企业,存续,赵敏`, `${OTHER},另一家有限公司,企业,存续,赵敏`, `${GONE},已注销有限公司,企业,注销,赵敏`]
  await program.import('subject', Buffer.from(`\ufeff${rows.join('\n')}\n`), 'market-regulation')
})

test('whoever comes to the space by the identity service gets an account by issuer and subject, once, and never that of someone of the same name', async () => {
  await provider.know({ zhao: { name: '赵敏' }, twin: { name: '赵敏' } })
  const { jar, answer } = await come('zhao', AT_THE_SPACE)
  assert.deepEqual(answer, { returnTo: '/my', represents: [] })
  const first = await space(jar)
  assert.equal(first.name, '赵敏')
  assert.deepEqual(first.subjects, [])
  assert.equal((await space((await come('zhao', AT_THE_SPACE)).jar)).userName, first.userName)
  assert.notEqual((await space((await come('twin', AT_THE_SPACE)).jar)).userName, first.userName)
  const { rows } = await program.call(identity.listOutsideLinks, {}, { as: cookieOf(jar) })
  assert.deepEqual(rows.map(({ linkedBy, label }) => [linkedBy, label?.zh]), [['service', '省统一身份认证']])
  await assert.rejects(come('li-si'), refuses('outside.not-linked', 403), 'at the console no account is made')
  await provider.lie({ claims: { name: null } })
  await assert.rejects(come('nobody', AT_THE_SPACE), refuses('outside.nameless', 403))
  await provider.lie({})
})

test('the legal representative whom the service vouches for may act at once, the claim that waits is answered, and the ledger says by whom', async () => {
  const { jar } = await come('zhao', AT_THE_SPACE)
  const { uploadId } = await program.call(agents.uploadEvidence, { name: '营业执照.png' }, { as: cookieOf(jar), upload: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') })
  const { claimId } = await program.call(agents.fileClaim, { uscc: OWN, capacity: 'legal-representative', untilOn: '2099-01-01', uploadIds: [uploadId] }, { as: cookieOf(jar) })
  await provider.know({ zhao: { name: '赵敏', legal_entities: [legal(OTHER)] } })
  const other = await come('zhao', AT_THE_SPACE)
  assert.deepEqual(other.answer['represents'], [{ uscc: OTHER, outcome: 'confirmed' }])
  assert.deepEqual(await actsFor(other.jar), [[OTHER, 'legal-representative']])
  assert.equal((await program.call(agents.getClaim, { claimId })).outcome, null, 'what is vouched for another business answers no claim of this one')

  await provider.know({ zhao: { name: '赵敏', legal_entities: [legal(OTHER), legal(` ${OWN.toLowerCase()}`)] } })
  const own = await come('zhao', AT_THE_SPACE)
  assert.deepEqual(own.answer['represents'], [{ uscc: OTHER, outcome: 'stands' }, { uscc: OWN, outcome: 'confirmed' }])
  assert.deepEqual([(await program.call(agents.getClaim, { claimId })).outcome, (await program.call(agents.getClaim, { claimId })).answeredBy], ['confirmed', 'system:identity-service/province'])
  assert.deepEqual((await entries('mandate.granted')).map(({ actor }) => actor), ['system:identity-service/province', 'system:identity-service/province'])
  assert.equal((await entries('claim.answered')).length, 1)
})

test('what is unknown here, gone, over, or not as the legal representative opens nothing, and is told one by one', async () => {
  await provider.know({ qian: { name: '钱进', legal_entities: [legal(NOWHERE), legal(GONE), legal(OWN, { valid_until: '2020-12-31' }), { uscc: OTHER, role: 'shareholder' }] } })
  const { jar, answer } = await come('qian', AT_THE_SPACE)
  assert.deepEqual(answer['represents'], [{ uscc: NOWHERE, outcome: 'unknown' }, { uscc: GONE, outcome: 'gone' }, { uscc: OWN, outcome: 'over' }, { uscc: OTHER, outcome: 'not-representative' }])
  assert.deepEqual(await actsFor(jar), [])
  assert.deepEqual(await actsFor((await come('zhao', { ...AT_THE_SPACE })).jar), [], 'whom the service names for nothing any more acts for nothing')
})

test('what the service says in another form than was set up signs in nobody', async () => {
  for (const legal_entities of ['x', [{ uscc: OWN }], [legal(OWN, { valid_until: 'soon' })], [[legal(OWN)]]]) {
    await provider.know({ qian: { name: '钱进', legal_entities } })
    await assert.rejects(come('qian', AT_THE_SPACE), refuses('outside.not-valid', 401), JSON.stringify(legal_entities))
  }
})

test('the last day that the service says is the last day, an earlier one counts at once, and a new legal representative takes the place of the old', async () => {
  later(2)
  await provider.know({ zhao: { name: '赵敏', legal_entities: legal(OWN, { valid_until: '2027-03-31' }) }, sun: { name: '孙立', legal_entities: [legal(OWN, { valid_until: 1_806_500_000 })] } })
  const untilOf = async (login: string) => (await space((await come(login, AT_THE_SPACE)).jar)).subjects.map(({ untilOn }) => untilOn)
  assert.deepEqual(await untilOf('zhao'), ['2027-03-31'])
  await provider.know({ zhao: { name: '赵敏', legal_entities: legal(OWN, { valid_until: '2027-02-28' }) }, sun: { name: '孙立', legal_entities: [legal(OWN, { valid_until: 1_806_500_000 })] } })
  assert.deepEqual(await untilOf('zhao'), ['2027-02-28'])
  assert.deepEqual(await untilOf('sun'), ['2027-03-31'])
  const { jar } = await come('sun', AT_THE_SPACE)
  const { rows } = await program.call(agents.listAgents, { subjectId: (await space(jar)).subjects[0]!.subjectId }, { as: cookieOf(jar) })
  assert.deepEqual(rows.filter(({ stands }) => stands).map(({ name }) => name), ['孙立'])
})

test('an officer stays an officer, whatever business the service names', async () => {
  const officer = await program.officer(['window'])
  await provider.know({ [`staff-${officer.userName}`]: { name: '测试', legal_entities: [legal(OTHER)] } })
  const { jar, answer } = await come(`staff-${officer.userName}`)
  assert.deepEqual(answer['represents'], [])
  assert.equal(await who(jar), `officer:${officer.userName}`)
})

test('the owner links and unlinks, having shown again who it is, but never the last way to sign in', async () => {
  later(2)
  await provider.know({ wu: { name: '吴静' }, zheng: { name: '郑和' } })
  const jar: Jar = new Map()
  await send(identity.registerPerson, { userName: 'wu.jing', password: 'Sommer-Regen-7', name: '吴静' }, jar)
  later(16)
  await assert.rejects(send(identity.beginLink, { returnTo: '/my' }, jar), refuses('session.confirm-first', 403))
  await assert.rejects(send(identity.confirmIdentity, {}, jar), refuses('session.confirm-first'))
  await assert.rejects(send(identity.confirmIdentity, { code: '123456' }, jar), refuses('session.confirm-first'), 'without a second factor no code will do')
  await assert.rejects(send(identity.confirmIdentity, { password: 'wrong' }, jar), refuses('sign-in.wrong'))
  await send(identity.confirmIdentity, { password: 'Sommer-Regen-7' }, jar)
  const address = String((await send(identity.beginLink, { returnTo: '/my' }, jar))['address'])
  const query = await provider.signIn(address, 'wu')
  assert.deepEqual(await finish(jar, query), { returnTo: '/my', represents: [] })
  const { rows: [link] } = await program.call(identity.listOutsideLinks, {}, { as: cookieOf(jar) })
  assert.equal(link!.linkedBy, 'owner')
  const outside = await come('wu', AT_THE_SPACE)
  assert.equal((await space(outside.jar)).userName, 'wu.jing')

  const stranger: Jar = new Map([['xinheng-begun', '']])
  const again = String((await send(identity.beginLink, { returnTo: '/my' }, jar))['address'])
  const back = await provider.signIn(again, 'zheng')
  stranger.set('xinheng-begun', jar.get('xinheng-begun')!)
  await assert.rejects(finish(stranger, back), refuses('outside.over', 401), 'whoever is not signed in links nothing')
  await assert.rejects(program.call(identity.unlinkOwn, { outsideLinkId: link!.outsideLinkId }, { as: (await program.person(null)).cookie }), refuses('outside.link-missing', 404))
  await program.call(identity.unlinkOwn, { outsideLinkId: link!.outsideLinkId }, { as: cookieOf(jar) })
  await assert.rejects(space(outside.jar), refuses('session.missing'), 'what came from there ends')
  await space(jar)

  const made = await come('zheng', AT_THE_SPACE)
  const { rows: [only] } = await program.call(identity.listOutsideLinks, {}, { as: cookieOf(made.jar) })
  await assert.rejects(program.call(identity.unlinkOwn, { outsideLinkId: only!.outsideLinkId }, { as: cookieOf(made.jar) }), refuses('outside.last-way', 409))
  await program.call(identity.changePassword, { newPassword: 'Sommer-Regen-7' }, { as: cookieOf(made.jar) })
  await program.call(identity.unlinkOwn, { outsideLinkId: only!.outsideLinkId }, { as: cookieOf(made.jar) })
})

test('whoever signs out at the identity service is signed out here, and nobody else', async () => {
  // The provider goes by the machine's clock.
  clock.set(systemClock.now())
  await program.server.listen({ port: PORT, host: '127.0.0.1' })
  await provider.know({ zhao: { name: '赵敏' }, sun: { name: '孙立' } })
  const go = provider.browser()
  const { jar } = await come('zhao', { ...AT_THE_SPACE, go })
  const [elsewhere, sun] = [(await come('zhao', AT_THE_SPACE)).jar, (await come('sun', AT_THE_SPACE)).jar]
  await space(jar)
  await provider.signOut(go)
  await assert.rejects(space(jar), refuses('session.missing'))
  await space(elsewhere)
  await space(sun)
})

const seconds = () => Math.floor(clock.now().getTime() / 1000)
const token = (more: object = {}) => ({ iss: provider.issuer, aud: 'xinheng', iat: seconds(), exp: seconds() + 120, jti: `jti-${Math.floor(performance.now() * 1000)}`, sub: 'sun', events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, ...more })
const post = (logout_token: string, service = 'province', type = 'application/x-www-form-urlencoded') => program.server.inject({ method: 'POST', url: `/api/identity/outside/${service}/logout`, headers: { 'content-type': type }, payload: new URLSearchParams({ logout_token }).toString() })

test('a logout token that does not hold ends nothing, and a good one counts once', async () => {
  const { jar } = await come('sun', AT_THE_SPACE)
  const bad: readonly (readonly [string, Promise<string>])[] = [
    ['another issuer', provider.sign(token({ iss: 'https://id.example.com' }))], ['another audience', provider.sign(token({ aud: 'another' }))], ['over', provider.sign(token({ exp: seconds() - 60 }))], ['old', provider.sign(token({ iat: seconds() - 3600 }))],
    ['no time', provider.sign(token({ iat: undefined }))], ['no end', provider.sign(token({ exp: undefined }))], ['no number', provider.sign(token({ jti: undefined }))], ['a nonce', provider.sign(token({ nonce: 'x' }))], ['no event', provider.sign(token({ events: undefined }))],
    ['another event', provider.sign(token({ events: { 'https://example.com/else': {} } }))], ['the event without an object', provider.sign(token({ events: { 'http://schemas.openid.net/event/backchannel-logout': true } }))], ['nobody', provider.sign(token({ sub: undefined }))],
    ['an unknown key', provider.sign(token(), { foreign: true })], ['another kind', provider.sign(token(), { typ: 'at+jwt' })], ['no signature', Promise.resolve(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(token())).toString('base64url')}.`)], ['no token', Promise.resolve('x')],
  ]
  for (const [what, made] of bad) {
    const { statusCode, body } = await post(await made)
    assert.deepEqual([statusCode, (JSON.parse(body) as { code: string }).code], [400, 'outside.logout-not-valid'], what)
  }
  assert.equal((await post(await provider.sign(token()), 'city')).statusCode, 404)
  await space(jar)
  const good = await provider.sign(token(), { typ: 'logout+jwt' })
  assert.equal((await post(good)).statusCode, 200)
  await assert.rejects(space(jar), refuses('session.missing'))
  const after = await come('sun', AT_THE_SPACE)
  assert.equal((await post(good)).statusCode, 400, 'a token is good once')
  await space(after.jar)
})

test('a form is read nowhere else', async () => {
  const { statusCode } = await program.server.inject({ method: 'POST', url: '/api/identity/sign-in', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'userName=wu.jing&password=Sommer-Regen-7' })
  assert.equal(statusCode, 400)
})

test('at a service that is for businesses only no officer signs in: not by the number, by a one-time code, or by a link from before', async () => {
  const officer = await program.officer(['credit-officer'])
  const at = services[0]!
  const both = at.people
  const login = `staff-${officer.userName}`
  assert.equal(await who((await come(login, AT_THE_SPACE)).jar), `officer:${officer.userName}`)
  at.people = ['businesses']
  try {
    await assert.rejects(come(login, AT_THE_SPACE), refuses('outside.not-linked', 403), 'linked before')
    const other = await program.officer(['credit-officer'])
    await assert.rejects(come(`staff-${other.userName}`, AT_THE_SPACE), refuses('outside.not-linked', 403), 'by the number')
    const system = await program.officer(['system-administrator'])
    const { code } = await program.call(identity.resetPassword, { accountId: other.accountId }, { as: system.cookie })
    const jar: Jar = new Map()
    await assert.rejects(come(`staff-${other.userName}`, { ...AT_THE_SPACE, jar }), refuses('outside.not-linked'))
    await assert.rejects(send(identity.continueOutside, { oneTimeCode: code }, jar), refuses('one-time-code.wrong', 401))
  } finally {
    at.people = both
  }
})

test('the ledger rebuilds accounts, links, claims and mandates', async () => {
  await program.xinheng.settled()
  const audited = await program.call(auditLedger, {}, { as: (await program.officer(['auditor'])).cookie })
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

// @clause X.4
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeLimits } from '../../src/app/limits.ts'
import { serverOf } from '../../src/app/server.ts'
import { loadPolicy } from '../../src/engines/policy/index.ts'
import { firstAdministratorCodes } from '../../src/modules/identity/index.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { whoAmI } from '../../src/modules/organisation/contract.ts'
import { recogniseFile } from '../../src/modules/submissions/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { sql } from '../../src/platform/db/index.ts'
import { openLog } from '../../src/platform/log/index.ts'
import { openIdentityService } from '../../src/platform/oidc/index.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { startProgram } from '../support/program.ts'

const SECRET = 'the-secret-of-the-client-at-the-provider'
const ORIGIN = 'http://127.0.0.1:7997'
const provider = await startIdentityProvider(ORIGIN, SECRET)
const program = await startProgram()
const said: string[] = []
const log = openLog({ write: (line: string) => void said.push(line) }, () => program.xinheng.world.clock.now(), 'json')
const service = openIdentityService({ key: 'province', issuer: provider.issuer, clientId: 'xinheng', secret: SECRET, clientAuth: 'client_secret_basic', scopes: ['openid', 'profile'], origin: ORIGIN, label: { zh: '省', en: 'Province' }, numberClaim: 'employee_number', people: ['officers'], nameClaim: 'name', represents: null, secondFactor: { acr: [], amr: [] }, clockToleranceS: 30 }, program.xinheng.world.clock)
const plain = await serverOf(program.xinheng, { demo: false, filling: () => null, services: [service] }, log)
const https = await serverOf(program.xinheng, { demo: false, filling: () => null, https: true })
after(async () => {
  await plain.close()
  await https.close()
  await program.close()
  await provider.stop()
})
const { cookie } = await program.officer(['credit-officer'])

test('every answer forbids what it does not need: framing, guessing of types, referrers, devices, keeping what is not public', async () => {
  for (const [server, url, status] of [[plain, '/api/me', 401], [plain, '/api/nowhere', 404], [https, '/api/me', 401], [plain, '/healthz', 200]] as const) {
    const { headers, statusCode } = await server.inject({ url })
    assert.equal(statusCode, status)
    const policy = String(headers['content-security-policy'])
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", 'sandbox']) assert.ok(policy.includes(part), `${url}: ${policy}`)
    assert.doesNotMatch(policy, /unsafe/)
    assert.deepEqual(['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'].map((name) => headers[name]), ['nosniff', 'DENY', 'no-referrer', 'same-origin', 'same-origin'])
    assert.match(String(headers['permissions-policy']), /camera=\(\).*geolocation=\(\)/)
    assert.equal(headers['strict-transport-security'], server === https ? 'max-age=31536000; includeSubDomains' : undefined)
    if (url.startsWith('/api')) assert.equal(headers['cache-control'], 'no-store')
    for (const tells of ['server', 'x-powered-by']) assert.equal(headers[tells], undefined)
  }
})

test('an address that cannot even be read is refused as every other, in both languages, and may do nothing either', async () => {
  for (const url of ['/api/%zz', `/api/subjects/${'汉'.repeat(500)}`, '/api/nowhere']) {
    const { statusCode, headers, body } = await plain.inject({ url })
    const { code, message, fix } = JSON.parse(body) as { code: string; message: { zh: string; en: string }; fix: { zh: string; en: string } }
    assert.deepEqual([statusCode, code, headers['content-type'], headers['x-content-type-options'], headers['cache-control']], [404, 'address.unknown', 'application/problem+json; charset=utf-8', 'nosniff', 'no-store'], url)
    assert.ok(message.zh.length < 300 && message.en && fix.zh && fix.en)
  }
})

test('over https the cookies are bound to this host and never leave it unencrypted', async () => {
  const [code] = [...(await firstAdministratorCodes(program.xinheng.keeper)).values()]
  const answer = await https.inject({ method: 'POST', url: `/api${identity.redeemCode.path}`, payload: { code, userName: 'first.one', name: '甲', password: 'Sommer-Regen-7' } })
  assert.match(String(answer.headers['set-cookie']), /^__Host-xinheng=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
})

const change = (headers: Record<string, string>, server = plain) => server.inject({ method: 'POST', url: `/api${identity.signOut.path}`, payload: {}, headers: { host: 'xinheng.local', ...headers } })
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140'

test('no other site makes a browser change anything, or read anything of the API', async () => {
  const signedIn = (await program.officer(['window'])).cookie
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site', origin: 'http://xinheng.local' }, { 'sec-fetch-site': 'none' }, { origin: 'http://evil.example' }, { origin: 'null' }, { 'user-agent': BROWSER },
  ] as Record<string, string>[]) assert.equal((await change({ cookie: signedIn, ...headers })).statusCode, 403, JSON.stringify(headers))
  assert.equal((await change({ cookie: signedIn, origin: 'http://xinheng.local', 'sec-fetch-site': 'same-origin' }, https)).statusCode, 403, 'an unencrypted page of the same name')
  const read = (headers: Record<string, string>) => plain.inject({ url: `/api${whoAmI.path}`, headers: { cookie: signedIn, ...headers } })
  assert.equal((await read({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).statusCode, 403)
  for (const site of ['cross-site', 'same-site']) assert.equal((await read({ 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' })).statusCode, 403, 'a link elsewhere makes nobody see anything')
  assert.equal((await read({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })).statusCode, 200)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) assert.ok((await plain.inject({ method: 'POST', url: `/api${identity.signOut.path}`, payload: '{}', headers: { cookie: signedIn, 'content-type': type } })).statusCode >= 400, type)
  assert.equal((await read({})).statusCode, 200)
  assert.equal((await change({ cookie: signedIn, origin: 'http://xinheng.local', 'sec-fetch-site': 'same-origin', 'user-agent': BROWSER })).statusCode, 200)
})

test('a page that one person opened does not act for another', async () => {
  const [one, other] = [await program.officer(['window']), await program.officer(['inspector'])]
  const refused = await change({ cookie: other.cookie, 'xinheng-actor': encodeURIComponent(`officer:${one.userName}`) })
  assert.deepEqual([refused.statusCode, refused.json<{ code: string }>().code], [409, 'session.another-person'])
  assert.equal((await change({ cookie: other.cookie, 'xinheng-actor': encodeURIComponent(`officer:${other.userName}`) })).statusCode, 200)
})

test('too many requests of an address, a session, too many uploads and searches are refused with the seconds to wait; health is not counted', async () => {
  const world = { ...program.xinheng.world, clock: standingClock(new Date('2026-11-25T00:00:00Z')), policy: loadPolicy('policy') }
  let nowMs = 0
  const limits = makeLimits(world, () => nowMs)
  const rates = world.policy.on('2026-11-25' as never).value<Record<string, { most: number; seconds: number }>>('identity/request-limits')
  const refusedAfter = (ask: (turn: number) => void): number => {
    for (let turn = 0; turn < 50_000; turn += 1) {
      try {
        ask(turn)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'request.too-many')
        return turn
      }
    }
    return Infinity
  }
  const request = (ip: string, headers: object = {}) => ({ ip, headers }) as never
  assert.equal(refusedAfter(() => limits.ofAddress(request('10.0.0.1'))), rates['address']!.most)
  assert.doesNotThrow(() => limits.ofAddress(request('10.0.0.2')))
  assert.equal(refusedAfter(() => limits.ofSession(request('10.0.0.1'), {}, 1)), rates['session']!.most)
  assert.equal(refusedAfter(() => limits.ofSession(request('10.0.0.1'), { takes: 'upload' }, 2)), rates['uploads']!.most)
  assert.equal(refusedAfter(() => limits.ofSession(request('10.0.0.1', { 'x-words': 'find=%E6%B5%B7' }), {}, 3)), rates['searches']!.most)
  nowMs += 61_000
  assert.doesNotThrow(() => limits.ofAddress(request('10.0.0.1')))

  const { cookie: eager } = await program.officer(['credit-officer'])
  const upload = () => plain.inject({ method: 'POST', url: `/api${recogniseFile.path}?name=a.csv`, payload: '', headers: { cookie: eager, 'content-type': 'application/octet-stream' } })
  const answers = await Promise.all(Array.from({ length: 2 * rates['uploads']!.most }, () => upload()))
  const answer = answers.find(({ statusCode }) => statusCode === 429)!
  assert.ok(answer, 'of twice as many uploads as may be, some are refused')
  assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
  assert.equal((await plain.inject({ url: `/api${whoAmI.path}`, headers: { cookie: eager } })).statusCode, 200)
  for (let turn = 0; turn < 20; turn += 1) assert.equal((await plain.inject({ url: '/healthz' })).statusCode, 200)
})

test('words of a search are read from their header, and refused in the address', async () => {
  const { cookie: one } = await program.officer(['credit-officer'])
  const find = (url: string, headers: object = {}) => plain.inject({ url, headers: { cookie: one, ...headers } })
  for (const url of ['/api/subjects?find=x', '/api/imports/open-rejections?party=x', '/api/records?find=']) {
    const { statusCode, body } = await find(url)
    assert.deepEqual([statusCode, (JSON.parse(body) as { code: string }).code], [400, 'request.words-in-address'], url)
  }
  assert.equal((await find('/api/subjects', { 'x-words': 'find=%E7%8E%8B&limit=9999' })).statusCode, 200, 'nothing else is read from it')
})

test('a page that asks by itself keeps no session alive', async () => {
  const clock = standingClock(new Date('2026-11-25T01:00:00Z'))
  const own = await startProgram({ clock })
  try {
    const { cookie: unattended } = await own.officer(['window'])
    const ask = (headers: object = {}) => own.server.inject({ url: `/api${whoAmI.path}`, headers: { cookie: unattended, ...headers } })
    for (let minutes = 0; minutes < 30; minutes += 5) {
      clock.set(new Date(clock.now().getTime() + 5 * 60_000))
      assert.equal((await ask({ 'xinheng-unattended': '1' })).statusCode, 200)
    }
    clock.set(new Date(clock.now().getTime() + 60_000))
    assert.equal((await ask()).statusCode, 401)
  } finally {
    await own.close()
  }
})

test('a file comes back as a file of its kind, never as a page', async () => {
  const { headers } = await plain.inject({ url: '/api/imports/template/penalty', headers: { cookie } })
  assert.match(String(headers['content-type']), /^application\/vnd\.openxmlformats/)
  assert.match(String(headers['content-disposition']), /^attachment; filename\*=UTF-8''[\w%.~-]+$/)
  assert.ok(String(headers['content-security-policy']).includes('sandbox'))
  assert.deepEqual([headers['x-content-type-options'], headers['cache-control']], ['nosniff', 'no-store'])
})

test('no password, code, token, state or secret stands in the log, in the trail or in the ledger', async () => {
  const secrets = new Set<string>([SECRET, 'Typed-Wrong-1', 'Regen-2026-Wind', 'Regen-2027-Wind', 'chen.yu-Typed-Into-The-Wrong-Field'])
  const post = async (endpoint: { readonly path: string }, payload: object, cookies = '') => {
    const answer = await plain.inject({ method: 'POST', url: `/api${endpoint.path.replace(':service', 'province')}`, payload, headers: cookies ? { cookie: cookies } : {} })
    const set = String(answer.headers['set-cookie'] ?? '').split(';')[0]!
    if (set.includes('=')) secrets.add(set.slice(set.indexOf('=') + 1))
    return { set, body: answer.json<Record<string, unknown>>() }
  }
  const [code] = [...(await firstAdministratorCodes(program.xinheng.keeper)).values()]
  secrets.add(code!)
  await post(identity.redeemCode, { code, userName: 'second.one', name: '乙', password: 'Regen-2026-Wind' })
  await post(identity.signIn, { userName: 'second.one', password: 'Typed-Wrong-1' })
  await post(identity.signIn, { userName: 'chen.yu-Typed-Into-The-Wrong-Field', password: 'Typed-Wrong-1' })
  const { set } = await post(identity.signIn, { userName: 'second.one', password: 'Regen-2026-Wind' })
  await post(identity.changePassword, { password: 'Regen-2026-Wind', newPassword: 'Regen-2027-Wind' }, set)
  const begun = await post(identity.beginSecondFactor, { password: 'Regen-2027-Wind' }, set)
  secrets.add(String(begun.body['secret']))
  for (const lie of [{}, { unsigned: true }, { claims: { nonce: 'x' } }]) {
    await provider.lie(lie)
    const { set: bound, body } = await post(identity.beginOutside, {})
    const address = new URL(String(body['address']))
    for (const name of ['state', 'nonce', 'code_challenge']) secrets.add(address.searchParams.get(name)!)
    const query = await provider.signIn(address.href, 'nobody-here')
    secrets.add(new URLSearchParams(query).get('code')!)
    await post(identity.finishOutside, { query }, bound)
    await plain.inject({ url: `/console/sign-in/outside?${query}` })
  }
  await provider.lie({})
  secrets.delete('')
  assert.ok(secrets.size > 15, [...secrets].join(' '))
  await program.xinheng.settled()
  const { rows } = await sql<{ text: string }>`select row_to_json(e)::text as text from ledger.entry e union all select row_to_json(l)::text from audit.trail l union all select row_to_json(a)::text from platform.performed_act a
    union all select row_to_json(s)::text from identity.sign_in s union all select row_to_json(o)::text from identity.outside_attempt o union all select row_to_json(s)::text from identity.session s`.execute(program.xinheng.database.db)
  const kept = [...said, ...rows.map(({ text }) => text)]
  assert.ok(said.length > 10 && rows.length > 10)
  for (const secret of secrets) assert.deepEqual(kept.filter((line) => line.includes(secret)).map((line) => line.slice(0, 300)), [], `a secret of ${secret.length} signs`)
})

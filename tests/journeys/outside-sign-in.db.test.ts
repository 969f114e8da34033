// @clause X.4
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as identity from '../../src/modules/identity/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { standingClock, systemClock } from '../../src/platform/clock.ts'
import { openIdentityService, readIdentityServices } from '../../src/platform/oidc/index.ts'
import { freePort, startIdentityProvider } from '../support/identity-provider.ts'
import { travellers, type Jar } from '../support/outside.ts'
import { sealedPlaces } from '../../src/app/modules.ts'
import { sql } from '../../src/platform/db/index.ts'
import { resealAll } from '../../src/platform/sealing/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const PORT = await freePort()
const ORIGIN = `http://127.0.0.1:${PORT}`
const SECRET = 'a-secret-of-the-client-that-nobody-else-has'
const folder = mkdtempSync(join(tmpdir(), 'xinheng-oidc-'))
const clock = standingClock(systemClock.now())

let provider = await startIdentityProvider(ORIGIN, SECRET)
const settings = {
  key: 'province', issuer: provider.issuer, client_id: 'xinheng', client_secret_file: 'secret', scopes: ['openid', 'profile'], origin: ORIGIN, label: { zh: '省统一身份认证', en: 'Provincial identity service' },
  number_claim: 'employee_number', second_factor: { amr: ['otp'] }, clock_tolerance_seconds: 30,
}
const written = (more: object = {}) => {
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`)
  chmodSync(join(folder, 'secret'), 0o600)
  writeFileSync(join(folder, 'services.yaml'), JSON.stringify({ services: [{ ...settings, ...more }] }))
  return join(folder, 'services.yaml')
}
const program = await startProgram({ clock }, { services: readIdentityServices(written()).map((one) => openIdentityService(one, clock)) })
after(async () => {
  await program.close()
  await provider.stop()
  rmSync(folder, { recursive: true })
})

const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status) && error.problem.fix.zh !== ''
const { send, begin, finish, come, who } = travellers(program, () => provider)

let officer: Awaited<ReturnType<typeof program.officer>>
before(async () => {
  officer = await program.officer(['window'])
})

test('the settings of a service are read from a file, the secret from another, and neither a value nor the secret stands in a refusal', () => {
  const [service] = readIdentityServices(written())
  assert.deepEqual([service!.key, service!.secret, service!.numberClaim], ['province', SECRET, 'employee_number'])
  for (const [more, where] of [[{ issuer: 'http://id.example.gov.cn' }, /issuer/], [{ origin: 'http://credit.example.gov.cn' }, /origin/], [{ scopes: ['profile'] }, /scopes/], [{ client_secret_file: 'nowhere' }, /client_secret_file: ENOENT/], [{ client_secret: SECRET }, /Unrecognized key/]] as const) {
    assert.throws(() => readIdentityServices(written(more)), (error: Error) => where.test(error.message) && !error.message.includes(SECRET), String(where))
  }
  written()
})

test('an officer whose staff number the service vouches for is signed in, through login and consent, and the link stays', async () => {
  const jar: Jar = new Map()
  const address = new URL(await begin(jar, '/console/subjects?find=x'))
  assert.deepEqual(['response_type', 'code_challenge_method', 'client_id', 'redirect_uri', 'scope'].map((name) => address.searchParams.get(name)), ['code', 'S256', 'xinheng', `${ORIGIN}/console/sign-in/outside`, 'openid profile'])
  const query = await provider.signIn(address.href, `staff-${officer.userName}`)
  assert.deepEqual(await finish(jar, query), { returnTo: '/console/subjects?find=x', represents: [] })
  assert.equal(await who(jar), `officer:${officer.userName}`)
  const cookie = `xinheng=${jar.get('xinheng')}`
  const { rows: sessions } = await program.call(identity.listSessions, {}, { as: cookie })
  assert.equal(sessions.find(({ present }) => present)!.kind, 'oidc')
  assert.deepEqual((await program.call(identity.listOutsideLinks, {}, { as: cookie })).rows.map(({ issuer, linkedBy }) => [issuer, linkedBy]), [[provider.issuer, 'number']])
  assert.equal((await program.call(identity.listOwnSignIns, {}, { as: cookie })).rows[0]!.outcome, 'signed-in')
  const again = await come(`staff-${officer.userName}`)
  assert.equal(await who(again.jar), `officer:${officer.userName}`)

  const left = await send(identity.signOut, {}, again.jar)
  assert.match(String(left['continueAt']), new RegExp(`^${provider.issuer}/session/end\\?.*post_logout_redirect_uri=`))
  await assert.rejects(who(again.jar), refuses('session.missing'))
})

test('whoever is linked to nobody is told what to do, and a one-time code of the administrator links once', async () => {
  const system = await program.officer(['system-administrator'])
  const invited = await program.officer(['inspector'])
  const jar: Jar = new Map()
  await assert.rejects(finish(jar, await provider.signIn(await begin(jar), 'li-si')), refuses('outside.not-linked', 403))
  await assert.rejects(send(identity.continueOutside, { oneTimeCode: 'AAAA-BBBB-CCCC-DDDD' }, jar), refuses('one-time-code.wrong'))
  const { code } = await program.call(identity.resetPassword, { accountId: invited.accountId }, { as: system.cookie })
  await assert.rejects(send(identity.continueOutside, { oneTimeCode: code }, new Map()), refuses('outside.over'), 'the code alone, in another browser')
  assert.deepEqual(await send(identity.continueOutside, { oneTimeCode: code }, jar), { returnTo: '/console', represents: [] })
  assert.equal(await who(jar), `officer:${invited.userName}`)
  assert.equal(await who((await come('li-si')).jar), `officer:${invited.userName}`)
  const security = await program.officer(['security-administrator'])
  await program.call(identity.verifyAccount, { accountId: invited.accountId }, { as: security.cookie })
  const other: Jar = new Map()
  await assert.rejects(finish(other, await provider.signIn(await begin(other), 'wang-wu')), refuses('outside.not-linked'))
  await assert.rejects(send(identity.continueOutside, { oneTimeCode: code }, other), refuses('one-time-code.wrong'), 'a code is good once')
  const second = await program.call(identity.resetPassword, { accountId: invited.accountId }, { as: system.cookie })
  await assert.rejects(send(identity.continueOutside, { oneTimeCode: second.code }, other), refuses('outside.account-linked', 409), 'an account is one person there')

  await program.call(identity.unlinkOutside, { accountId: invited.accountId }, { as: security.cookie })
  await assert.rejects(who(jar), refuses('session.missing'), 'sessions that came from there end')
  await assert.rejects(come('li-si'), refuses('outside.not-linked'))
})

test('who links an identity of their own by a code keeps no way in beside the owner, who uses the next one', async () => {
  const system = await program.officer(['system-administrator'])
  const officer = await program.officer(['inspector'])
  const codeFor = async () => (await program.call(identity.resetPassword, { accountId: officer.accountId }, { as: system.cookie })).code
  const stranger: Jar = new Map()
  await assert.rejects(finish(stranger, await provider.signIn(await begin(stranger), 'zhao-liu')), refuses('outside.not-linked'))
  await send(identity.continueOutside, { oneTimeCode: await codeFor() }, stranger)
  assert.equal(await who(stranger), `officer:${officer.userName}`)
  await send(identity.redeemCode, { code: await codeFor(), password: 'Sommer-Regen-7' }, new Map())
  await assert.rejects(who(stranger), refuses('session.missing'))
  await assert.rejects(come('zhao-liu'), refuses('outside.not-linked'))
})

test('a number of nobody, or of an officer who left, signs in nobody, and a name never does', async () => {
  await assert.rejects(come('staff-99999'), refuses('outside.not-linked'))
  await assert.rejects(come('测试1'), refuses('outside.not-linked'))
})

test('the number that a service vouched for stands sealed while its sign-in is open, under another key too, and is forgotten when it ends', async () => {
  const { database: { db }, world: { sealing } } = program.xinheng
  const standing = async () => (await sql<{ number: string | null; finished: boolean }>`select number, finished_at is not null as finished from identity.outside_attempt`.execute(db)).rows
  const before = await standing()
  assert.ok(before.some(({ finished }) => finished) && before.some(({ number }) => number !== null))
  assert.deepEqual(before.filter(({ finished, number }) => number !== null && (finished || !number.startsWith(`v1:${sealing.keyIds().present}:`))), [])
  await program.xinheng.keys.addKey(program.xinheng.world.clock.now())
  await resealAll(db, sealing, sealedPlaces)
  assert.deepEqual((await standing()).filter(({ number }) => number !== null && !number.startsWith(`v1:${sealing.keyIds().present}:`)), [])
})

const lies: readonly (readonly [string, Parameters<typeof provider.lie>[0]])[] = [
  ['a nonce of another sign-in', { claims: { nonce: 'another' } }], ['another issuer', { claims: { iss: 'https://id.example.com' } }], ['an audience that is not us', { claims: { aud: 'another-client' } }],
  ['several audiences and another authorised party', { claims: { aud: ['xinheng', 'another'], azp: 'another' } }], ['a time that is over', { claims: { exp: 1_700_000_000 } }], ['a time that has not begun', { claims: { nbf: 4_000_000_000 } }],
  ['no signature', { unsigned: true }], ['a signature of an unknown key', { foreign: true }], ['no nonce', { claims: { nonce: null } }],
]
for (const [what, lie] of lies) {
  test(`an ID token with ${what} signs in nobody`, async () => {
    await provider.lie(lie)
    await assert.rejects(come(`staff-${officer.userName}`), refuses('outside.not-valid', 401))
    await provider.lie({})
  })
}

test('state and issuer of the way back are compared, a declined sign-in says so, and a code is not good twice', async () => {
  const parameter = (name: string, value: string) => (query: string) => {
    const changed = new URLSearchParams(query)
    changed.set(name, value)
    return changed.toString()
  }
  await assert.rejects(come(`staff-${officer.userName}`, { change: parameter('state', 'another') }), refuses('outside.not-valid'))
  await assert.rejects(come(`staff-${officer.userName}`, { change: parameter('iss', 'https://id.example.com') }), refuses('outside.not-valid'))
  await assert.rejects(come(`staff-${officer.userName}`, { change: (query) => query.replace(/(^|&)iss=[^&]*/, '') }), refuses('outside.not-valid'), 'a service that promises iss must send it')
  await assert.rejects(come('anyone', { decline: true }), refuses('outside.declined', 401))
  clock.set(new Date(clock.now().getTime() + 70_000))

  const jar: Jar = new Map()
  const query = await provider.signIn(await begin(jar), `staff-${officer.userName}`)
  const stolen: Jar = new Map()
  await begin(stolen)
  await assert.rejects(finish(stolen, query), refuses('outside.not-valid'), 'the code of one browser, brought by another')
  await assert.rejects(finish(new Map(), query), refuses('outside.over'))
  const kept = new Map(jar)
  await finish(jar, query)
  await assert.rejects(finish(kept, query), refuses('outside.over', 401))
  const late: Jar = new Map()
  const lateQuery = await provider.signIn(await begin(late), `staff-${officer.userName}`)
  const now = clock.now()
  clock.set(new Date(now.getTime() + 11 * 60_000))
  await assert.rejects(finish(late, lateQuery), refuses('outside.over'), 'ten minutes are enough')
  clock.set(now)
})

test('the way back leads to a page of the console, never elsewhere', async () => {
  for (const returnTo of ['https://evil.example/', '//evil.example', '/api/identity/sign-out', '/console.evil.example', '/console\\evil', 'javascript:alert(1)']) await assert.rejects(begin(new Map(), returnTo), refuses('input.invalid', 400), returnTo)
})

test('the second factor of the service counts where it says so; otherwise the own one is asked for', async () => {
  const auditor = await program.officer(['audit-administrator'])
  const { jar } = await come(`staff-${auditor.userName}`)
  await assert.rejects(program.call(identity.listSignIns, {}, { as: `xinheng=${jar.get('xinheng')}` }), refuses('second-factor.needed', 403))
  await provider.lie({ claims: { amr: ['pwd', 'otp'] } })
  const strong = await come(`staff-${auditor.userName}`)
  assert.ok((await program.call(identity.listSignIns, {}, { as: `xinheng=${strong.jar.get('xinheng')}` })).total > 0)
  await provider.lie({})
})

test('keys that the service changes count at once, and while it is down the password still does', async () => {
  const { port } = provider
  await provider.stop()
  clock.set(new Date(clock.now().getTime() + 70_000))
  provider = await startIdentityProvider(ORIGIN, SECRET, port)
  assert.equal(await who((await come(`staff-${officer.userName}`)).jar), `officer:${officer.userName}`)

  const jar: Jar = new Map()
  const query = await provider.signIn(await begin(jar), `staff-${officer.userName}`)
  await provider.stop()
  await assert.rejects(finish(jar, query), refuses('outside.not-reached', 503))
  const system = await program.officer(['system-administrator'])
  const { code } = await program.call(identity.resetPassword, { accountId: officer.accountId }, { as: system.cookie })
  await send(identity.redeemCode, { code, password: 'Sommer-Regen-7' }, jar)
  await send(identity.signIn, { userName: officer.userName, password: 'Sommer-Regen-7' }, jar)
  assert.equal(await who(jar), `officer:${officer.userName}`)
  provider = await startIdentityProvider(ORIGIN, SECRET, port)
})

test('what was linked and unlinked stands in the ledger, and fits', async () => {
  await program.xinheng.settled()
  const { valid } = await program.call(auditLedger, {})
  assert.equal(valid, true)
})

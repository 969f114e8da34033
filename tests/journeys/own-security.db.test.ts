// @clause X.4
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { decodeQR } from 'qr/decode.js'
import { encodeQR } from 'qr'
import * as identity from '../../src/modules/identity/contract.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import { codeAt } from '../../src/modules/identity/second-factor.ts'
import { listOfficers, whoAmI } from '../../src/modules/organisation/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const policy = mkdtempSync(join(tmpdir(), 'xinheng-policy-'))
cpSync('policy', policy, { recursive: true })
const file = join(policy, 'national/identity/second-factor.yaml')
writeFileSync(file, readFileSync(file, 'utf8').replaceAll('[system-administrator, security-administrator, audit-administrator]', '[officer]'))
const program = await startProgram({ clock, policy })
after(async () => {
  await program.close()
  rmSync(policy, { recursive: true })
})

const later = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000))
const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
const secretOf = (base32: string) => Buffer.from([...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('').match(/.{8}/g)!.map((bits) => parseInt(bits, 2)))
const PASSWORD = 'Sommer-Regen-7'
let secret = ''
let userName = ''
let cookie = ''
const own = () => ({ as: cookie })
const present = () => codeAt(secretOf(secret), clock.now())
const signIn = async (code?: string) => {
  const answer = await program.server.inject({ method: 'POST', url: '/api/identity/sign-in', payload: { userName, password: PASSWORD, ...(code === undefined ? {} : { code }) } })
  if (answer.statusCode >= 400) throw new HttpRefusal(answer.statusCode, answer.body)
  return String(answer.headers['set-cookie']).split(';')[0]!
}

test('where the policy asks every officer for a second factor, none does anything without, and the click of the demo still signs in', async () => {
  const officer = await program.officer(['window'])
  userName = officer.userName
  await program.call(listOfficers, {}, { as: officer.cookie })
  const system = await program.officer(['system-administrator'])
  const { code } = await program.call(identity.resetPassword, { accountId: officer.accountId }, { as: system.cookie })
  const redeemed = await program.server.inject({ method: 'POST', url: '/api/identity/redeem', payload: { code, password: PASSWORD } })
  cookie = String(redeemed.headers['set-cookie']).split(';')[0]!
  await assert.rejects(program.call(whoAmI, {}, own()).then(() => program.call(identity.listAccounts, {}, own())), refuses('second-factor.needed', 403))
  assert.deepEqual(await program.call(identity.getSecondFactor, {}, own()), { set: false, needed: true, recoveryCodesLeft: 0, password: true })
  const person = await program.person(null)
  assert.equal((await program.call(identity.getSecondFactor, {}, { as: person.cookie })).needed, false, 'whoever acts for a business is asked for none')
})

test('the QR code says what the authenticator needs, the same as the key beside it', async () => {
  const begun = await program.call(identity.beginSecondFactor, { password: PASSWORD }, own())
  secret = begun.secret
  const uri = new URL(begun.uri)
  assert.deepEqual([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('digits'), uri.searchParams.get('period')], ['otpauth:', secret, '6', '30'])
  const modules = encodeQR(begun.uri, 'raw', { ecc: 'medium', border: 4 })
  const scale = 4
  const width = modules.length * scale
  const data = new Uint8Array(width * width * 4)
  for (let y = 0; y < width; y++) for (let x = 0; x < width; x++) data.fill(modules[Math.floor(y / scale)]![Math.floor(x / scale)] ? 0 : 255, (y * width + x) * 4, (y * width + x) * 4 + 4)
  assert.equal(decodeQR({ width, height: width, data }), begun.uri)
  await program.call(identity.confirmSecondFactor, { code: present() }, own())
})

test('after a quarter of an hour one shows again who one is before sessions end, codes are made or the factor goes; a code does as well as the password', async () => {
  later(1)
  const other = await signIn(present())
  later(16)
  const { rows } = await program.call(identity.listSessions, {}, own())
  const sessionId = rows.find((one) => !one.present)!.sessionId
  const acts = [() => program.call(identity.endSession, { sessionId }, own()), () => program.call(identity.renewRecoveryCodes, {}, own()), () => program.call(identity.removeOwnSecondFactor, {}, own())]
  for (const act of acts) await assert.rejects(act(), refuses('session.confirm-first', 403))
  await program.call(whoAmI, {}, { as: other })
  const wrongCode = present() === '000000' ? '111111' : '000000'
  await assert.rejects(program.call(identity.confirmIdentity, { code: wrongCode }, own()), refuses('sign-in.second-factor-wrong'))
  await program.call(identity.confirmIdentity, { code: present() }, own())
  await program.call(identity.endSession, { sessionId }, own())
  await assert.rejects(program.call(whoAmI, {}, { as: other }), refuses('session.missing'))
  later(16)
  await assert.rejects(program.call(identity.renewRecoveryCodes, {}, own()), refuses('session.confirm-first'))
  await assert.rejects(program.call(identity.confirmIdentity, { password: 'wrong' }, own()), refuses('sign-in.wrong'))
  await program.call(identity.confirmIdentity, { password: PASSWORD }, own())
})

test('new recovery codes void the earlier ones, and a factor that a role needs stays', async () => {
  const first = (await program.call(identity.renewRecoveryCodes, {}, own())).recoveryCodes
  const second = (await program.call(identity.renewRecoveryCodes, {}, own())).recoveryCodes
  assert.equal((await program.call(identity.getSecondFactor, {}, own())).recoveryCodesLeft, 10)
  await assert.rejects(signIn(first[0]), refuses('sign-in.second-factor-wrong'))
  await signIn(second[0])
  await assert.rejects(program.call(identity.removeOwnSecondFactor, {}, own()), refuses('second-factor.stays', 409))
})

test('a person removes the own second factor, and the ledger tells it', async () => {
  const person = await program.person(null)
  const as = { as: person.cookie }
  const begun = await program.call(identity.beginSecondFactor, {}, as)
  await program.call(identity.confirmSecondFactor, { code: codeAt(secretOf(begun.secret), clock.now()) }, as)
  await program.call(identity.removeOwnSecondFactor, {}, as)
  await assert.rejects(program.call(identity.removeOwnSecondFactor, {}, as), refuses('second-factor.missing', 404))
  assert.equal((await program.call(identity.getSecondFactor, {}, as)).set, false)
  await program.xinheng.settled()
  const audited = await program.call(auditLedger, {}, { as: (await program.officer(['auditor'])).cookie })
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

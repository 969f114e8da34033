// @clause X.4, 12.1
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { firstAdministratorCodes } from '../../src/modules/identity/index.ts'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { codeAt } from '../../src/modules/identity/second-factor.ts'
import * as organisation from '../../src/modules/organisation/contract.ts'
import { getOwnRecord, listOwnRecords } from '../../src/modules/agents/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { listWork } from '../../src/modules/worklist/contract.ts'
import { getBatch, importFile, listBatches, listFlaggedRows, recogniseFile } from '../../src/modules/submissions/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { sql } from '../../src/platform/db/index.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const world = program.xinheng.keeper

const later = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000))
const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
/** A request of a browser without a session; gives the cookie that came back. */
async function visit(endpoint: { readonly path: string }, payload: object, headers: Record<string, string> = {}): Promise<{ cookie: string; header: string; body: Record<string, unknown> }> {
  const answer = await program.server.inject({ method: 'POST', url: `/api${endpoint.path}`, payload, headers })
  if (answer.statusCode >= 400) throw new HttpRefusal(answer.statusCode, answer.body)
  const header = String(answer.headers['set-cookie'] ?? '')
  return { cookie: header.split(';')[0]!, header, body: answer.json() }
}
const signIn = (userName: string, password: string, more: object = {}) => visit(identity.signIn, { userName, password, ...more })
/** A base-32 secret as bytes, as the phone reads it. */
const secretOf = (base32: string) => Buffer.from([...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('').match(/.{8}/g)!.map((bits) => parseInt(bits, 2)))

const PASSWORD = 'Regen-2026-Wind'
let system = ''
let security = ''

test('the first start gives one code for each of the three administrators, good once, and until the next start', async () => {
  const old = await firstAdministratorCodes(world)
  assert.deepEqual([...old.keys()].sort(), ['audit-administrator', 'security-administrator', 'system-administrator'])
  const codes = await firstAdministratorCodes(world)
  const opening = { userName: 'zheng.kai', name: '郑凯', password: PASSWORD }
  await assert.rejects(visit(identity.redeemCode, { ...opening, code: old.get('system-administrator') }), refuses('one-time-code.wrong', 401))
  await assert.rejects(visit(identity.redeemCode, { ...opening, code: codes.get('system-administrator'), password: 'short' }), refuses('password.too-simple'))
  const opened = await visit(identity.redeemCode, { ...opening, code: codes.get('system-administrator')!.toLowerCase() })
  assert.match(opened.header, /^xinheng=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  system = opened.cookie
  await assert.rejects(visit(identity.redeemCode, { ...opening, userName: 'other', code: codes.get('system-administrator') }), refuses('one-time-code.wrong'))
  security = (await visit(identity.redeemCode, { userName: 'he.jing', name: '何静', password: PASSWORD, code: codes.get('security-administrator') })).cookie
  assert.deepEqual([...(await firstAdministratorCodes(world)).keys()], ['audit-administrator'])
})

test('an administrator can do nothing until the second factor is set, and then signs in with it', async () => {
  await assert.rejects(program.call(identity.listAccounts, {}, { as: system }), refuses('second-factor.needed', 403))
  for (const [cookie, userName] of [[system, 'zheng.kai'], [security, 'he.jing']] as const) {
    const { secret } = await program.call(identity.beginSecondFactor, { password: PASSWORD }, { as: cookie })
    await assert.rejects(program.call(identity.confirmSecondFactor, { code: '000000' }, { as: cookie }), refuses('second-factor.not-confirmed'))
    const { recoveryCodes } = await program.call(identity.confirmSecondFactor, { code: codeAt(secretOf(secret), clock.now()) }, { as: cookie })
    assert.equal(recoveryCodes.length, 10)
    await assert.rejects(signIn(userName, PASSWORD), refuses('sign-in.second-factor-missing', 401))
    await assert.rejects(signIn(userName, PASSWORD, { code: codeAt(secretOf(secret), clock.now()) }), refuses('sign-in.second-factor-wrong'), 'a code that was used is used up')
    later(1)
    await signIn(userName, PASSWORD, { code: codeAt(secretOf(secret), clock.now()) })
    await signIn(userName, PASSWORD, { code: recoveryCodes[0] })
    await assert.rejects(signIn(userName, PASSWORD, { code: recoveryCodes[0] }), refuses('sign-in.second-factor-wrong'))
  }
  assert.ok((await program.call(identity.listAccounts, {}, { as: system })).total >= 3)
})

let chen = { officerId: 0, accountId: 0 }

test('an officer is appointed, gets an account and sets the own password; a role from another administrator opens what it carries', async () => {
  const { officerId } = await program.call(organisation.appointOfficer, { number: '0101', name: '陈雨', department: 'market-regulation', certificate: { number: '海棠执法-0101', untilOn: '2028-12-31' } }, { as: system })
  const { accountId, code } = await program.call(identity.openAccount, { officerId, userName: 'chen.yu' }, { as: system })
  chen = { officerId, accountId }
  const { cookie } = await visit(identity.redeemCode, { code, password: 'Sommer-Regen-7' })
  await assert.rejects(program.call(listBatches, {}, { as: cookie }), refuses('account.not-verified', 403))
  await assert.rejects(program.call(organisation.grantRole, { officerId, role: 'department-officer' }, { as: system }), refuses('act.not-allowed'), 'who opens accounts grants no roles')
  await program.call(organisation.grantRole, { officerId, role: 'department-officer' }, { as: security })
  await assert.rejects(program.call(listBatches, {}, { as: cookie }), refuses('account.not-verified', 403))
  await assert.rejects(program.call(identity.verifyAccount, { accountId }, { as: system }), refuses('act.not-allowed'), 'who gives out codes does not say whose hand they came into')
  assert.deepEqual((await program.call(listWork, {}, { as: security })).rows.filter(({ kind }) => kind === 'identity.verification').map(({ next }) => next.to), [`/people/${officerId}`])
  await program.call(identity.verifyAccount, { accountId }, { as: security })
  await assert.rejects(program.call(identity.verifyAccount, { accountId }, { as: security }), refuses('account.nothing-to-verify', 409))
  assert.equal((await program.call(listBatches, {}, { as: cookie })).total, 0)
  assert.deepEqual((await program.call(organisation.whoAmI, {}, { as: cookie })).actor, { id: 'officer:chen.yu', name: '陈雨', department: 'market-regulation', roles: ['department-officer'], verified: true })
})

test('who gives out codes gets at nobody\'s rights with one: those of an officer and of who acts for a business rest until another administrator has made sure of the owner', async () => {
  const officer = await program.officer(['credit-officer', 'credit-head'])
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'credit-office')
  const { subjectId } = (await program.call(listSubjects, {}, { as: officer.cookie })).rows[0]!
  const person = await program.person({ subjectId, capacity: 'legal-representative', limits: [] })
  for (const [account, asks] of [
    [officer, [(as: string) => program.call(listSubjects, {}, { as }), (as: string) => program.call(getSubject, { subjectId }, { as })]],
    [person, [(as: string) => program.call(getOwnRecord, { subjectId }, { as }), (as: string) => program.call(listOwnRecords, { subjectId }, { as })]],
  ] as const) {
    for (const ask of asks) await ask(account.cookie)
    const { code } = await program.call(identity.resetPassword, { accountId: account.accountId }, { as: system })
    const { cookie } = await visit(identity.redeemCode, { code, password: PASSWORD })
    for (const as of [cookie, (await signIn(account.userName, PASSWORD)).cookie]) for (const ask of asks) await assert.rejects(ask(as), refuses('account.not-verified', 403))
    // A second factor that is set meanwhile proves nothing; and with the next code every way in that came of the first is over, so that nobody stands beside the owner.
    const enrol = async (as: string, password: string) => {
      const { secret } = await program.call(identity.beginSecondFactor, { password }, { as })
      await program.call(identity.confirmSecondFactor, { code: codeAt(secretOf(secret), clock.now()) }, { as })
      return secret
    }
    await enrol(cookie, PASSWORD)
    for (const ask of asks) await assert.rejects(ask(cookie), refuses('account.not-verified'))
    const again = await program.call(identity.resetPassword, { accountId: account.accountId }, { as: system })
    const { cookie: whole } = await visit(identity.redeemCode, { code: again.code, password: 'Herbst-2027-Wind' })
    await assert.rejects(program.call(identity.listSessions, {}, { as: cookie }), refuses('session.missing', 401))
    await assert.rejects(signIn(account.userName, PASSWORD), refuses('sign-in.wrong', 401))
    for (const ask of asks) await assert.rejects(ask(whole), refuses('account.not-verified'))
    const secret = await enrol(whole, 'Herbst-2027-Wind')
    await program.call(identity.verifyAccount, { accountId: account.accountId }, { as: security })
    for (const ask of asks) await ask(whole)
    // From now on it is the owner's: a code alone opens nothing, and leaves nothing to verify.
    const third = await program.call(identity.resetPassword, { accountId: account.accountId }, { as: system })
    assert.deepEqual((await visit(identity.redeemCode, { code: third.code, password: 'Winter-2028-Wind' })).body, { signedIn: false })
    later(1)
    const owner = (await signIn(account.userName, 'Winter-2028-Wind', { code: codeAt(secretOf(secret), clock.now()) })).cookie
    for (const ask of asks) await ask(owner)
  }
})

test('三员分立 holds when roles are granted, by delegation too, and nobody grants to themselves', async () => {
  await assert.rejects(program.call(organisation.grantRole, { officerId: chen.officerId, role: 'audit-administrator' }, { as: security }), refuses('role.excluded', 409))
  await assert.rejects(program.call(organisation.grantRole, { officerId: chen.officerId, role: 'officer' }, { as: security }), refuses('role.unknown'))
  const { rows } = await program.call(organisation.listOfficers, { limit: 100 }, { as: security })
  const [own, other] = ['he.jing', 'zheng.kai'].map((number) => rows.find((row) => row.number === number)!.officerId) as [number, number]
  await assert.rejects(program.call(organisation.grantRole, { officerId: own, role: 'credit-officer' }, { as: security }), refuses('role.to-oneself'))
  const days = { fromOn: '2026-11-20', untilOn: '2026-11-27', reason: '出差' }
  await assert.rejects(program.call(organisation.delegate, { officerId: other, deputyId: chen.officerId, ...days }, { as: security }), refuses('role.excluded'))
  await assert.rejects(program.call(organisation.delegate, { officerId: chen.officerId, deputyId: own, ...days }, { as: security }), refuses('role.to-oneself'))
})

test('the system administrator cannot put away those who watch, until another administrator has ended their role', async () => {
  const audit = await program.officer(['audit-administrator'])
  const auditor = await program.officer(['auditor'])
  for (const { officerId, accountId } of [audit, auditor]) {
    for (const ask of [
      () => program.call(organisation.departOfficer, { officerId }, { as: system }), () => program.call(organisation.transferOfficer, { officerId, department: 'housing', reason: '工作需要' }, { as: system }),
      () => program.call(identity.closeAccount, { accountId }, { as: system }),
    ]) await assert.rejects(ask, refuses('officer.administers', 409))
  }
  const { grants } = await program.call(organisation.getOfficer, { officerId: audit.officerId }, { as: security })
  await program.call(organisation.endRole, { grantId: grants[0]!.grantId }, { as: security })
  await program.call(identity.closeAccount, { accountId: audit.accountId }, { as: system })
  await program.call(organisation.departOfficer, { officerId: audit.officerId }, { as: system })
})

const rows = Buffer.from('统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人\n,没有代码的企业,企业,存续,62,市场监管,2015-03-01,符海\n')

test('a department sees and sends its own files only; by delegation those of the other department too, until the last day', async () => {
  const { cookie } = await signIn('chen.yu', 'Sommer-Regen-7')
  const water = await program.officer(['department-officer'], 'water')
  const { batchId } = await program.import('subject', rows, 'water')
  assert.equal((await program.call(getBatch, { batchId }, { as: water.cookie })).batchId, batchId)
  for (const ask of [() => program.call(getBatch, { batchId }, { as: cookie }), () => program.call(listFlaggedRows, { batchId }, { as: cookie })]) await assert.rejects(ask, refuses('batch.missing', 404))
  assert.equal((await program.call(listBatches, {}, { as: cookie })).total, 0)
  assert.equal((await program.call(listBatches, { department: 'water' }, { as: cookie })).total, 0)
  const { file } = await program.call(recogniseFile, { name: 'a.csv' }, { upload: rows, as: cookie })
  await assert.rejects(program.call(importFile, { file, name: 'a.csv', kind: 'subject', department: 'water' }, { as: cookie }), refuses('act.other-department', 403))

  await program.call(organisation.delegate, { officerId: water.officerId, deputyId: chen.officerId, fromOn: '2026-11-20', untilOn: '2026-11-21', reason: '休假' }, { as: security })
  assert.equal((await program.call(listBatches, {}, { as: cookie })).total, 1)
  clock.set(new Date('2026-11-21T15:50:00Z'))
  const next = (await signIn('chen.yu', 'Sommer-Regen-7')).cookie
  assert.equal((await program.call(getBatch, { batchId }, { as: next })).batchId, batchId)
  later(15)
  await assert.rejects(program.call(getBatch, { batchId }, { as: next }), refuses('batch.missing'), 'after midnight in China the delegation is over')
})

test('five failures lock the name, whether or not it exists, and a wait or the security administrator opens it', async () => {
  for (const userName of ['chen.yu', 'nobody.here']) {
    for (let failure = 0; failure < 5; failure++) await assert.rejects(signIn(userName, 'wrong'), refuses('sign-in.wrong', 401))
    await assert.rejects(signIn(userName, 'Sommer-Regen-7'), refuses('sign-in.locked', 429))
    later(2)
  }
  await signIn('chen.yu', 'Sommer-Regen-7')
  for (let failure = 0; failure < 5; failure++) await assert.rejects(signIn('chen.yu', 'wrong'), refuses('sign-in.wrong'))
  await assert.rejects(signIn('chen.yu', 'Sommer-Regen-7'), refuses('sign-in.locked'))
  const { cookie } = await fresh('security-administrator')
  await program.call(identity.unlockAccount, { accountId: chen.accountId }, { as: cookie })
  await signIn('chen.yu', 'Sommer-Regen-7')
})

test('attempts at the same moment count one by one, and one address cannot try for ever', async () => {
  later(5)
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => signIn('chen.yu', 'wrong')))
  const codes = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as HttpRefusal).problem.code : 'in'))
  assert.equal(codes.filter((code) => code === 'sign-in.wrong').length, 5)
  assert.equal(codes.filter((code) => code === 'sign-in.locked').length, 7)
  for (let more = 0; more < 18; more++) await assert.rejects(signIn(`someone${more}`, 'wrong'), refuses('sign-in.wrong'))
  await assert.rejects(signIn('someone', 'wrong'), refuses('sign-in.too-many', 429))
  later(70)
})

test('the addresses of one line of IPv6 count as one; the next line tries for itself', async () => {
  const tryFrom = async (remoteAddress: string, name: string) => (await program.server.inject({ method: 'POST', url: `/api${identity.signIn.path}`, remoteAddress, payload: { userName: name, password: 'wrong' } })).json<{ code: string }>().code
  for (let host = 1; host <= 30; host++) assert.equal(await tryFrom(`2001:db8:1:2::${host}`, `other${host}`), 'sign-in.wrong')
  assert.equal(await tryFrom('2001:db8:1:2:ffff::1', 'other31'), 'sign-in.too-many')
  assert.equal(await tryFrom('2001:db8:1:3::1', 'other31'), 'sign-in.wrong')
  later(70)
})

test('a session ends when it is idle, when it is old, when it is ended elsewhere, and when its owner signs out', async () => {
  const [one, other] = [(await signIn('chen.yu', 'Sommer-Regen-7')).cookie, (await signIn('chen.yu', 'Sommer-Regen-7')).cookie]
  const { rows: sessions } = await program.call(identity.listSessions, {}, { as: one })
  assert.equal(sessions.length, 2)
  await program.call(identity.endSession, { sessionId: sessions.find(({ present }) => !present)!.sessionId }, { as: one })
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: other }), refuses('session.missing', 401))
  const foreign = (await program.officer(['window'])).cookie
  await assert.rejects(program.call(identity.endSession, { sessionId: sessions[0]!.sessionId }, { as: foreign }), refuses('session.unknown', 404), 'nobody ends the session of another by its number')

  for (let hour = 0; hour < 23; hour++) {
    later(29)
    await program.call(organisation.whoAmI, {}, { as: one })
  }
  later(29)
  await program.call(organisation.whoAmI, {}, { as: one })
  later(25)
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: one }), refuses('session.missing'), 'twelve hours are the longest')
  const idle = (await signIn('chen.yu', 'Sommer-Regen-7')).cookie
  later(31)
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: idle }), refuses('session.missing'))
  const leaving = (await signIn('chen.yu', 'Sommer-Regen-7')).cookie
  await program.call(identity.signOut, {}, { as: leaving })
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: leaving }), refuses('session.missing'))
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: 'xinheng=guessed' }), refuses('session.missing'))
})

test('whoever signs in anew in the same browser leaves no session behind', async () => {
  const { cookie: earlier } = await signIn('chen.yu', 'Sommer-Regen-7')
  await visit(identity.signIn, { userName: 'chen.yu', password: 'Sommer-Regen-7' }, { cookie: earlier })
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: earlier }), refuses('session.missing'))
})

test('a password guessed inside a session counts towards the lock, too', async () => {
  const { cookie } = await signIn('chen.yu', 'Sommer-Regen-7')
  const guess = (password: string) => program.call(identity.changePassword, { password, newPassword: 'Winter-Wind-8' }, { as: cookie })
  for (let failure = 0; failure < 5; failure++) await assert.rejects(guess('wrong'), refuses('sign-in.wrong'))
  await assert.rejects(guess('Sommer-Regen-7'), refuses('sign-in.locked', 429))
  await assert.rejects(signIn('chen.yu', 'Sommer-Regen-7'), refuses('sign-in.locked'))
  later(2)
  await signIn('chen.yu', 'Sommer-Regen-7')
})

test('a new password ends the other sessions, may not be an earlier one, and an aged one must be changed', async () => {
  const [one, other] = [(await signIn('chen.yu', 'Sommer-Regen-7')).cookie, (await signIn('chen.yu', 'Sommer-Regen-7')).cookie]
  await assert.rejects(program.call(identity.changePassword, { password: 'wrong', newPassword: 'Winter-Wind-8' }, { as: one }), refuses('sign-in.wrong'))
  await assert.rejects(program.call(identity.changePassword, { password: 'Sommer-Regen-7', newPassword: 'Sommer-Regen-7' }, { as: one }), refuses('password.used-before'))
  await program.call(identity.changePassword, { password: 'Sommer-Regen-7', newPassword: 'Winter-Wind-8' }, { as: one })
  await program.call(organisation.whoAmI, {}, { as: one })
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: other }), refuses('session.missing'))
  later(91 * 24 * 60)
  await assert.rejects(signIn('chen.yu', 'Winter-Wind-8'), refuses('sign-in.password-aged', 401))
  await assert.rejects(signIn('chen.yu', 'Winter-Wind-8', { newPassword: 'Sommer-Regen-7' }), refuses('password.used-before'))
  await signIn('chen.yu', 'Winter-Wind-8', { newPassword: 'Herbst-Laub-9' })
  await signIn('chen.yu', 'Herbst-Laub-9')
})

test('a change sent from the page of another site is refused', async () => {
  for (const origin of ['https://evil.example', 'null', 'nonsense']) await assert.rejects(visit(identity.signIn, { userName: 'chen.yu', password: 'Herbst-Laub-9' }, { origin, host: 'xinheng.local' }), refuses('request.foreign-origin', 403), origin)
  await visit(identity.signIn, { userName: 'chen.yu', password: 'Herbst-Laub-9' }, { origin: 'http://xinheng.local', host: 'xinheng.local' })
})

test('whoever leaves sees nothing from the next request on, and cannot sign in any more', async () => {
  const { cookie } = await signIn('chen.yu', 'Herbst-Laub-9')
  await program.call(organisation.departOfficer, { officerId: chen.officerId }, { as: (await fresh('system-administrator')).cookie })
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: cookie }), refuses('session.missing'))
  await assert.rejects(signIn('chen.yu', 'Herbst-Laub-9'), refuses('sign-in.wrong'))
})

test('the ledger tells who was given which right, fits its tables, and holds no secret', async () => {
  await program.xinheng.settled()
  const { valid, firstProblem } = await program.call(auditLedger, {}, { as: (await fresh('auditor')).cookie })
  assert.deepEqual([valid, firstProblem], [true, null])
  const { rows: names } = await sql<{ name: string }>`select distinct name from ledger.entry`.execute(program.xinheng.database.db)
  for (const name of ['department.set', 'officer.appointed', 'role.granted', 'role.ended', 'delegation.made', 'account.opened', 'password.set', 'second-factor.set', 'one-time-code.issued', 'officer.left', 'account.unlocked']) assert.ok(names.some((one) => one.name === name), name)
  const { rows: kept } = await sql<{ text: string }>`select coalesce(answer::text, '') as text from platform.performed_act union all select hash from identity.password union all select token_digest from identity.session`.execute(program.xinheng.database.db)
  for (const { text } of kept) assert.doesNotMatch(text, /Sommer|Herbst|Regen-2026/)
  await sql`update organisation.officer_role set role = 'credit-head' where officer_id = ${chen.officerId}`.execute(program.xinheng.database.db)
  assert.equal((await program.call(auditLedger, {}, { as: (await fresh('auditor')).cookie })).valid, false, 'a right granted behind the back of the program shows')
})

function fresh(role: string) {
  return program.officer([role])
}

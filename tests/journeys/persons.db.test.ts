// @clause X.4
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { auditLedger } from '../../src/modules/evidence/contract.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())

const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
async function visit(endpoint: { readonly path: string }, payload: object): Promise<string> {
  const answer = await program.server.inject({ method: 'POST', url: `/api${endpoint.path}`, payload })
  if (answer.statusCode >= 400) throw new HttpRefusal(answer.statusCode, answer.body)
  return String(answer.headers['set-cookie'] ?? '').split(';')[0]!
}
const PASSWORD = 'Sommer-Regen-7'
const somebody = { userName: 'wang.fang', password: PASSWORD, name: '王芳' }

test('whoever registers is signed in, may keep the own password, and sees nothing of anybody', async () => {
  const cookie = await visit(identity.registerPerson, somebody)
  assert.equal((await program.call(identity.listSessions, {}, { as: cookie })).rows.length, 1)
  assert.deepEqual((await program.call(identity.listOwnSignIns, {}, { as: cookie })).rows.map(({ outcome }) => outcome), ['registered'])
  await assert.rejects(program.call(listSubjects, {}, { as: cookie }), refuses('act.not-allowed', 403))
  const again = await visit(identity.signIn, { userName: 'wang.fang', password: PASSWORD })
  assert.ok(again.length > 20)
})

test('the password follows the same rules, and a name is taken once', async () => {
  await assert.rejects(visit(identity.registerPerson, { ...somebody, userName: 'other', password: 'short' }), refuses('password.too-simple'))
  await assert.rejects(visit(identity.registerPerson, somebody), refuses('account.name-taken', 409))
  await assert.rejects(visit(identity.registerPerson, { ...somebody, userName: '王 芳' }), refuses('account.name-wrong'))
})

test('a mandate that is over, and an account that is closed, reach nothing from the next request on', async () => {
  const agent = await program.person({ subjectId: 7, capacity: 'agent', limits: [] })
  const seen = async () => (await program.xinheng.keeper.db, program.call(identity.listSessions, {}, { as: agent.cookie }))
  assert.equal((await seen()).rows.length, 1)
  const security = await program.officer(['system-administrator'])
  await program.call(identity.closeAccount, { accountId: agent.accountId }, { as: security.cookie })
  await assert.rejects(seen(), refuses('session.missing', 401))
})

test('one address registers so many accounts and no more until an hour later', async () => {
  const register = (at: number) => visit(identity.registerPerson, { ...somebody, userName: `many-${at}` })
  for (let at = 0; at < 19; at += 1) await register(at)
  await assert.rejects(register(19), refuses('registration.too-many', 429))
  clock.set(new Date(clock.now().getTime() + 3_700_000))
  await register(19)
})

test('the ledger rebuilds every account and mandate', async () => {
  await program.xinheng.settled()
  const audited = await program.call(auditLedger, {})
  assert.equal(audited.valid, true, JSON.stringify(audited))
})

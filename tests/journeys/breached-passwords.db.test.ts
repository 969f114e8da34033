// @clause X.4
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadPolicy } from '../../src/engines/policy/index.ts'
import { mustNotBeBreached } from '../../src/modules/identity/breached.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { startProgram } from '../support/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-breached-'))
const list = join(folder, 'ordered.txt')
const BREACHED = 'Sommer-Regen-7'
writeFileSync(list, `${[BREACHED, 'Winter-Schnee-8', 'Herbst-Wind-9'].map((one) => `${hash('sha1', one).toUpperCase()}:412`).sort().join('\n')}\n`)
process.env.XINHENG_BREACHED_PASSWORDS = list
const program = await startProgram()
after(async () => { await program.close(); rmSync(folder, { recursive: true }) })
const post = async (url: string, payload: object) => {
  const answer = await program.server.inject({ method: 'POST', url: `/api${url}`, payload })
  return { status: answer.statusCode, problem: answer.statusCode < 400 ? null : answer.json<{ code: string; field: string; message: { zh: string }; fix: { en: string } }>() }
}

test('a password of the list of the operator is refused wherever one is set, and says why; another one does', async () => {
  const registered = await post(identity.registerPerson.path, { userName: 'wu.jing', password: BREACHED, name: '吴静' })
  assert.deepEqual([registered.status, registered.problem!.code, registered.problem!.field, registered.problem!.message.zh.includes('412'), registered.problem!.fix.en.includes('nowhere else')], [422, 'password.breached', 'password', true, true])
  assert.equal((await post(identity.registerPerson.path, { userName: 'wu.jing', password: 'Nebel-Tropfen-31', name: '吴静' })).status, 200)
  const officer = await program.officer(['window'])
  const system = await program.officer(['system-administrator'])
  const { code } = await program.call(identity.resetPassword, { accountId: officer.accountId }, { as: system.cookie })
  assert.equal((await post('/identity/redeem', { code, password: 'Herbst-Wind-9' })).problem?.code, 'password.breached')
  assert.equal((await post('/identity/redeem', { code, password: 'Nebel-Tropfen-32' })).status, 200, 'the code was not used up')
})

test('whether it is asked for, and from how many times on, is a dated figure', async () => {
  const { world } = program.xinheng
  const policy = join(folder, 'policy')
  cpSync('policy', policy, { recursive: true })
  const file = join(policy, 'national/identity/breached-passwords.yaml')
  const first = readFileSync(file, 'utf8')
  for (const [figure, refused] of [[412, true], [413, false], [0, false]] as const) {
    writeFileSync(file, first.replace('2017-01-01: 1\n', `2017-01-01: ${figure}\n`))
    const outcome = await mustNotBeBreached({ ...world, policy: loadPolicy(policy) }, BREACHED).then(() => 'passes', (error: { code: string }) => error.code)
    assert.equal(outcome, refused ? 'password.breached' : 'passes', String(figure))
  }
})

test('a list that cannot be read any more lets nothing through', async () => {
  console.error = () => undefined
  rmSync(list)
  assert.equal((await post(identity.registerPerson.path, { userName: 'li.jing', password: 'Nebel-Tropfen-33', name: '李静' })).problem?.code, 'password.list-failed')
})

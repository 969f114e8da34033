// @clause X.4
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { systemActor } from '../../engines/procedure/index.ts'
import { closeAccount } from '../../modules/identity/acts.ts'
import { findAccountByNumber } from '../../modules/identity/index.ts'
import { appointOfficer, listDepartments, setDepartment } from '../../modules/organisation/index.ts'
import { serverOf } from '../server.ts'
import { startProgram } from '../../../tests/support/program.ts'
import { adoptDemoAccounts, demoAccounts } from './accounts.ts'
import { demoFiller } from './fill.ts'
import { demoPartners } from './organisation.ts'

const program = await startProgram()
const server = await serverOf(program.xinheng, { demo: true, filling: () => null })
after(async () => { await server.close(); await program.close() })
const offered = async () => {
  const { rows, businesses } = (await server.inject({ method: 'GET', url: '/api/demo/accounts' })).json<{ rows: { userName: string }[]; businesses: { userName: string }[] }>()
  return [...rows, ...businesses].map(({ userName }) => userName)
}
const signIn = async (userName: string) => (await server.inject({ method: 'POST', url: '/api/demo/sign-in', payload: { userName } })).statusCode
const EVERYBODY = [...demoAccounts, ...demoPartners].map(({ userName }) => userName)

test('a folder that an earlier version filled gets those who came since, and whoever is offered can sign in', async () => {
  const { keeper } = program.xinheng
  // As it was before associations and agencies had people: the last of the organisation is there, the association without its sector.
  await setDepartment.perform(keeper, systemActor('demo'), { ...demoPartners[0].body, sector: null, parent: null })
  await appointOfficer.perform(keeper, systemActor('demo'), { number: 'demo-new', name: '苏明', department: 'market-regulation' })
  assert.deepEqual(await offered(), [])
  await adoptDemoAccounts(keeper)
  await adoptDemoAccounts(keeper)
  assert.deepEqual(await offered(), EVERYBODY)
  for (const userName of EVERYBODY) assert.equal(await signIn(userName), 200, userName)
  assert.equal((await listDepartments(keeper.db)).find(({ key }) => key === 'hotel-association')?.sector, 'tourism')
})

test('whoever was sent away in the demo is offered no more, and not called back by the next start', async () => {
  const { keeper } = program.xinheng
  const { accountId } = (await findAccountByNumber(keeper.db, 'demo-agency'))!
  await closeAccount.perform(keeper, systemActor('demo'), { accountId })
  await adoptDemoAccounts(keeper)
  assert.deepEqual([(await offered()).includes('agency'), await signIn('agency')], [false, 404])
})

test('a database where anybody real has an account is never opened as a demo, though the folder beside it holds one', async () => {
  // A harness appoints an officer of its own: as real as any.
  const real = await startProgram()
  try {
    writeFileSync(join(real.data, 'demo.json'), JSON.stringify({ until: '2026-11-20', subjects: 5, filledUntil: '2026-11-20', full: true }))
    assert.equal(await demoFiller(real.xinheng, { data: real.data, subjects: 5 }), null)
    assert.equal(await findAccountByNumber(real.xinheng.keeper.db, 'demo-credit'), null)
  } finally {
    await real.close()
  }
})

// @clause X.4
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { auditLedger } from '../evidence/contract.ts'
import { sql } from '../../platform/db/index.ts'
import { HttpRefusal, startProgram } from '../../../tests/support/program.ts'
import * as contract from './contract.ts'
import { codeAt } from './second-factor.ts'
import { redeemCode } from './open-up.ts'

const program = await startProgram()
after(() => program.close())
const refuses = (code: string) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code
const bytesOf = (base32: string) => Buffer.from([...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('').match(/.{8}/g)!.map((bits) => parseInt(bits, 2)))

/** An officer with a password and a second factor of their own. */
async function guarded(roles: readonly string[]) {
  const officer = await program.officer(roles)
  const system = await program.officer(['system-administrator'])
  const { code } = await program.call(contract.resetPassword, { accountId: officer.accountId }, { as: system.cookie })
  const password = 'Nebel-Tropfen-51'
  const as = `xinheng=${await redeemCode(program.xinheng.keeper, { address: '127.0.0.1', agent: 'test' }, { code, password })}`
  const { secret } = await program.call(contract.beginSecondFactor, { password }, { as })
  await program.call(contract.confirmSecondFactor, { code: codeAt(bytesOf(secret), program.xinheng.world.clock.now()) }, { as })
  return { ...officer, as }
}

test('whoever takes a second factor away says how the owner was identified, which stands in the ledger, and does not take the own one', async () => {
  const owner = await guarded(['window'])
  const security = await program.officer(['security-administrator'])
  await assert.rejects(program.call(contract.removeSecondFactor, { accountId: owner.accountId } as never, { as: security.cookie }), refuses('input.invalid'))
  await assert.rejects(program.call(contract.removeSecondFactor, { accountId: security.accountId, identified: 'in-person' }, { as: security.cookie }), refuses('act.same-person'))
  await program.call(contract.removeSecondFactor, { accountId: owner.accountId, identified: 'telephone' }, { as: security.cookie })
  const { rows } = await sql<{ removedBy: string; identified: string }>`select removed_by as "removedBy", identified from identity.totp where account_id = ${owner.accountId} and confirmed_at is not null`.execute(program.xinheng.database.db)
  assert.deepEqual(rows, [{ removedBy: `officer:${security.userName}`, identified: 'telephone' }])
  await program.xinheng.settled()
  const auditor = await program.officer(['auditor'])
  assert.equal((await program.call(auditLedger, {}, { as: auditor.cookie })).valid, true)

  await sql`update identity.totp set identified = 'in-person' where account_id = ${owner.accountId}`.execute(program.xinheng.database.db)
  const { firstProblem } = await program.call(auditLedger, {}, { as: auditor.cookie })
  assert.deepEqual([firstProblem?.name, firstProblem?.cause.en.includes('was changed')], ['second-factor.removed', true], 'said otherwise afterwards')
})

test('what the owner removes needs no such word, and its entry is as before', async () => {
  const owner = await guarded(['window'])
  await program.call(contract.removeOwnSecondFactor, {}, { as: owner.as })
  const { rows } = await sql<{ removedBy: string | null; identified: string | null }>`select removed_by as "removedBy", identified from identity.totp where account_id = ${owner.accountId} and ended_at is not null`.execute(program.xinheng.database.db)
  assert.deepEqual(rows, [{ removedBy: null, identified: null }])
})

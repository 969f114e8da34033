// @clause X.4
import { systemActor, type Actor, type Visit, type World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { appointOfficer, grantRole, listDepartments, listHolders, rolesOf } from '../organisation/index.ts'
import { issueCode, openAccount, setPassword, useCode } from './acts.ts'
import { mustNotBeBreached } from './breached.ts'
import { digestOfPassword, mustBeGood } from './passwords.ts'
import { findAccounts } from './queries/accounts.ts'
import { findOneTimeCode, findTotp } from './queries/factors.ts'
import { codeWrong } from './refusals.ts'
import { newDigest, openSession } from './sign-in.ts'
import { digestOfCode, newCode } from './tokens.ts'

/** What someone enters beside a one-time code. The name is asked of a first administrator only. */
export type Redemption = { readonly code: string; readonly userName?: string | undefined; readonly name?: string | undefined; readonly password: string }

const opener = systemActor('first-administrator')

/**
 * One-time codes for the first of each of the three administrators (三员) that the district has none of yet: `{ role: code }`. To be called
 * at a start, and shown to whoever stands at the console. Earlier ones that were not used are void.
 */
export async function firstAdministratorCodes(world: World): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>()
  for (const { key, kind } of rolesOf(world.policy).roles) {
    if (kind !== 'administrator' || (await listHolders(world.db, key, dayOf(world.clock.now()))).length > 0) continue
    const code = newCode(world.randomness)
    await issueCode.perform(world, opener, { purpose: 'first-administrator', role: key, accountId: null, digest: digestOfCode(code) })
    codes.set(key, code)
  }
  return codes
}

/** A one-time code for an account: an invitation, or a reset of the password. Answers the code, once. */
export async function codeForAccount(world: World, actor: Actor, accountId: number, purpose: 'invitation' | 'reset'): Promise<{ code: string; endsAt: Date }> {
  const code = newCode(world.randomness)
  return { code, ...(await issueCode.perform(world, actor, { purpose, role: null, accountId, digest: digestOfCode(code) })) }
}

/**
 * 使用一次性代码: sets the password; a first administrator gets officer, role and account with it. Gives the token of a session, or null where the
 * second factor is asked for first. Refuses `one-time-code.wrong` and `password.…`.
 */
export async function redeemCode(world: World, from: Pick<Visit, 'address' | 'agent'>, { code, userName, name, password }: Redemption): Promise<string | null> {
  const now = world.clock.now()
  const digest = digestOfCode(code)
  const found = await findOneTimeCode(world.db, digest, now)
  if (!found) throw codeWrong()
  if (found.accountId !== null) {
    const [account] = await findAccounts(world.db, [found.accountId])
    const hash = await newDigest(world, account!, password)
    await world.db.transaction().execute(async (tx) => {
      await useCode.performIn(tx, world, opener, { digest })
      await setPassword.performIn(tx, world, opener, { accountId: found.accountId!, hash, except: null })
    })
    world.wake()
    return (await findTotp(world.db, found.accountId, 'confirmed')) ? null : openSession(world, from, found.accountId, 'one-time-code')
  }
  const law = world.policy.on(dayOf(now))
  mustBeGood(world.policy, dayOf(now), password, userName ?? '')
  await mustNotBeBreached(world, password)
  const hash = await digestOfPassword(password, law, world.randomness)
  const departments = (await listDepartments(world.db)).filter(({ closedOn }) => closedOn === null)
  const department = departments.find(({ role }) => role === 'credit-office') ?? departments[0]!
  const accountId = await world.db.transaction().execute(async (tx) => {
    await useCode.performIn(tx, world, opener, { digest })
    const { officerId } = await appointOfficer.performIn(tx, world, opener, { number: userName ?? '', name: name ?? '', department: department.key })
    await grantRole.performIn(tx, world, opener, { officerId, role: found.role! })
    const opened = await openAccount.performIn(tx, world, opener, { officerId, userName: userName ?? '' })
    await setPassword.performIn(tx, world, opener, { accountId: opened.accountId, hash, except: null })
    return opened.accountId
  })
  world.wake()
  return openSession(world, from, accountId, 'one-time-code')
}

// @clause X.4
import type { ActContext } from '../../engines/procedure/index.ts'
import { witnessOfOwner } from './entries.ts'
import { digestOfPassword } from './passwords.ts'
import { holdAccount, insertPassword, listPasswords } from './queries/accounts.ts'
import { endTotps, listUnverified } from './queries/factors.ts'
import { endLinks, listLinks } from './queries/outside.ts'
import { endSessions } from './queries/sessions.ts'
import { newToken } from './tokens.ts'

/**
 * 另用代码前作废: ends every way in that came of codes which nobody has verified, when another code of the account is about to be used. So whatever the security administrator
 * verifies came of the last code alone, and nobody keeps a way in beside the owner.
 */
export async function voidUnverified({ tx, now, today, actor, policy, world: { randomness }, enter }: ActContext, accountId: number): Promise<void> {
  await holdAccount(tx, accountId)
  const [first] = await listUnverified(tx, accountId)
  if (first === undefined) return
  await endSessions(tx, accountId, {}, 'revoked', now)
  // There was none when the first of these codes was used: it would have been verified by it.
  const factors = await endTotps(tx, accountId, now)
  const links: number[] = []
  for (const { outsideLinkId, linkedAt } of await listLinks(tx, accountId)) if (linkedAt >= first.usedAt) links.push(...(await endLinks(tx, accountId, now, actor.id, outsideLinkId)))
  const [password] = await listPasswords(tx, accountId, 1)
  // Passwords are only ever added: one that nobody knows takes its place.
  const passwords = password !== undefined && password.setAt >= first.usedAt ? [await insertPassword(tx, accountId, await digestOfPassword(newToken(randomness), policy.on(today), randomness), now)] : []
  const said = (name: string) => (aboutId: number) => ({ name, subjectId: null, aboutId, body: witnessOfOwner({ accountId }) })
  await enter([...factors.map(said('second-factor.removed')), ...links.map(said('account.unlinked')), ...passwords.map(said('password.set'))])
}

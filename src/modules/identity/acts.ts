// @clause X.4
import { z } from 'zod'
import { act, mustBeAnother } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import type { Tx } from '../../platform/db/index.ts'
import { findOfficers, mustNotAdminister, officerMissing } from '../organisation/index.ts'
import { witnessOfAccount, witnessOfClosing, witnessOfCode, witnessOfFactorRemoval, witnessOfLink, witnessOfName, witnessOfOwner, witnessOfVerification } from './entries.ts'
import { closeAccountRow, findAccountByName, findAccountOfOfficer, findAccounts, holdAccount, insertAccount, insertPassword, insertPersonAccount, listPasswords, type Account } from './queries/accounts.ts'
import { confirmTotp, endTotps, findOneTimeCode, findTotp, insertOneTimeCode, insertRecoveryCodes, listUnverified, useOneTimeCode, verifyCodes, voidRecoveryCodes } from './queries/factors.ts'
import { endLinks, insertLink, listLinks } from './queries/outside.ts'
import { endOutsideSessions, endSessions, insertSignIn } from './queries/sessions.ts'
import { accountLinked, accountMissing, accountOver, codeWrong, hasAccount, lastWay, linkMissing, nothingToVerify, outsideTaken, secondFactorMissingHere, secondFactorNotConfirmed, userNameTaken } from './refusals.ts'
import { voidUnverified } from './unverified.ts'

// Secrets reach an act as digests only: inputs and answers of acts may be kept.
const ground = basis('practice', 'practice')
const accountId = z.number().int()
const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** A user name: 3 to 40 small letters, digits, dots, dashes. */
export const userNameSchema = z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{2,39}$/)

/** 开立账号, one an officer. Refuses `account.name-taken`, `account.exists`, `account.closed-for-good`, `officer.missing`. */
export const openAccount = act({
  name: 'identity.open-account', permission: 'accounts.open', basis: ground, input: z.object({ officerId: z.number().int(), userName: userNameSchema }),
  async run({ tx, now, enter }, { officerId, userName }) {
    if ((await findOfficers(tx, [officerId])).length === 0) throw officerMissing()
    const present = await findAccountOfOfficer(tx, officerId)
    if (present) throw present.closedAt === null ? hasAccount() : accountOver()
    if (await findAccountByName(tx, userName)) throw userNameTaken(userName)
    const id = await insertAccount(tx, userName, officerId, now)
    if (id === null) throw userNameTaken(userName)
    await enter([{ name: 'account.opened', subjectId: null, aboutId: id, body: witnessOfAccount({ userName, officerId }) }])
    return { accountId: id }
  },
})

/** 开立个人账号 of someone who acts for businesses. Refuses `account.name-taken`. */
export const openPersonAccount = act({
  name: 'identity.open-person-account', permission: 'identity.sign-in', basis: ground, input: z.object({ userName: userNameSchema, name: z.string().trim().min(1).max(100), phone: z.string().trim().max(40).nullable() }),
  async run({ tx, now, enter, world: { sealing } }, input) {
    const id = await insertPersonAccount(tx, sealing, input, now)
    if (id === null) throw userNameTaken(input.userName)
    await enter([{ name: 'account.opened', subjectId: null, aboutId: id, body: witnessOfAccount({ userName: input.userName, officerId: null }) }])
    return { accountId: id }
  },
})

/** 停用账号. Sessions end at once. Refuses `account.missing`, and `officer.administers` for the account of an administrator or auditor. */
export const closeAccount = act({
  name: 'identity.close-account', permission: 'accounts.open', basis: ground, input: z.object({ accountId }),
  async run(context, { accountId: id }) {
    const { tx, now, actor, enter } = context
    const { officerId } = await hold(tx, id)
    if (officerId !== null) await mustNotAdminister(context, officerId)
    await closeAccountRow(tx, id, now, actor.id)
    await endSessions(tx, id, {}, 'account-closed', now)
    await enter([{ name: 'account.closed', subjectId: null, aboutId: id, body: witnessOfClosing((await findAccounts(tx, [id]))[0]!) }])
    return { accountId: id }
  },
})

/** 签发一次性代码, for an account or for a first administrator; earlier unused ones are void. Only its digest comes in. */
export const issueCode = act({
  name: 'identity.issue-code', permission: 'accounts.open', basis: ground,
  input: z.object({ purpose: z.enum(['first-administrator', 'invitation', 'reset']), role: z.string().nullable(), accountId: accountId.nullable(), digest }),
  async run({ tx, now, today, policy, actor, enter }, { digest: kept, ...given }) {
    if (given.accountId !== null) await hold(tx, given.accountId)
    const hours = policy.on(today).value<number>('identity/one-time-code')
    const code = { ...given, endsAt: new Date(now.getTime() + hours * 3_600_000) }
    const codeId = await insertOneTimeCode(tx, { ...code, digest: kept, by: actor.id }, now)
    await enter([{ name: 'one-time-code.issued', subjectId: null, aboutId: codeId, body: witnessOfCode(code) }])
    return { endsAt: code.endsAt }
  },
})

/** 设置密码, one's own; other sessions end. */
export const setPassword = act({
  name: 'identity.set-password', permission: 'identity.own', basis: ground, input: z.object({ accountId, hash: z.string().startsWith('$argon2id$'), except: z.number().int().nullable() }),
  async run({ tx, now, enter }, { accountId: id, hash, except }) {
    await hold(tx, id)
    const passwordId = await insertPassword(tx, id, hash, now)
    await endSessions(tx, id, { except }, 'password-changed', now)
    await enter([{ name: 'password.set', subjectId: null, aboutId: passwordId, body: witnessOfOwner({ accountId: id }) }])
    return null
  },
})

/** 使用一次性代码: uses it up; whoever had it goes on in the same transaction. What came of earlier codes that nobody verified is void. Refuses `one-time-code.wrong`. */
export const useCode = act({
  name: 'identity.use-code', permission: 'identity.sign-in', basis: ground, input: z.object({ digest }),
  async run(context, { digest: given }) {
    const { tx, now } = context
    const { accountId: id = null } = (await findOneTimeCode(tx, given, now)) ?? {}
    if (id !== null) await voidUnverified(context, id)
    const code = await useOneTimeCode(tx, given, now)
    if (!code) throw codeWrong()
    return code
  },
})

/** 启用动态口令, one's own. Refuses `second-factor.not-confirmed` when none was begun. */
export const confirmSecondFactor = act({
  name: 'identity.confirm-second-factor', permission: 'identity.own', basis: ground, input: z.object({ accountId, step: z.number().int(), recoveryDigests: z.array(digest) }),
  async run({ tx, now, enter }, { accountId: id, step, recoveryDigests }) {
    const begun = await findTotp(tx, id, 'begun')
    if (!begun) throw secondFactorNotConfirmed()
    await confirmTotp(tx, begun, step, now)
    await insertRecoveryCodes(tx, begun.totpId, recoveryDigests)
    await enter([{ name: 'second-factor.set', subjectId: null, aboutId: begun.totpId, body: witnessOfOwner(begun) }])
    return null
  },
})

/** 重新生成恢复码, one's own; the earlier ones are void. Refuses `second-factor.missing`. */
export const renewRecoveryCodes = act({
  name: 'identity.renew-recovery-codes', permission: 'identity.own', basis: ground, input: z.object({ accountId, recoveryDigests: z.array(digest) }),
  async run({ tx, now, enter }, { accountId: id, recoveryDigests }) {
    const totp = await findTotp(tx, id, 'confirmed')
    if (!totp) throw secondFactorMissingHere()
    await voidRecoveryCodes(tx, totp.totpId, now)
    await insertRecoveryCodes(tx, totp.totpId, recoveryDigests)
    await enter([{ name: 'recovery-codes.renewed', subjectId: null, aboutId: totp.totpId, body: witnessOfOwner(totp) }])
    return null
  },
})

/** 停用动态口令, one's own; other sessions end. Refuses `second-factor.missing`. Whether a role needs it is asked before. */
export const removeOwnSecondFactor = act({
  name: 'identity.remove-own-second-factor', permission: 'identity.own', basis: ground, input: z.object({ accountId, except: z.number().int().nullable() }),
  async run({ tx, now, enter }, { accountId: id, except }) {
    const removed = await endTotps(tx, id, now)
    if (removed.length === 0) throw secondFactorMissingHere()
    await endSessions(tx, id, { except }, 'revoked', now)
    await enter(removed.map((totpId) => ({ name: 'second-factor.removed', subjectId: null, aboutId: totpId, body: witnessOfOwner({ accountId: id }) })))
    return null
  },
})

/**
 * 解除动态口令 of whoever lost the phone. The security administrator can do this, but never give out a code to sign in: taking an account over needs two people. How the owner was `identified` stands in the ledger.
 * Refuses `account.missing`, `act.same-person` for the own account.
 */
export const removeSecondFactor = act({
  name: 'identity.remove-second-factor', permission: 'accounts.guard', basis: ground, input: z.object({ accountId, identified: z.enum(['in-person', 'telephone', 'video']) }),
  async run({ tx, now, actor, enter }, { accountId: id, identified }) {
    const account = await hold(tx, id)
    mustBeAnother(actor, [`officer:${account.userName}`])
    const removed = await endTotps(tx, id, now, { removed: { by: actor.id, identified } })
    await endSessions(tx, id, {}, 'revoked', now)
    await enter(removed.map((totpId) => ({ name: 'second-factor.removed', subjectId: null, aboutId: totpId, body: witnessOfFactorRemoval({ accountId: id, removedBy: actor.id, identified }) })))
    return { accountId: id }
  },
})

/**
 * 核实本人: the owner used the one-time code; from now on the account has its rights again. Whoever gives out codes cannot do this, so that nobody alone gets at another's rights.
 * Refuses `account.missing`, `account.nothing-to-verify`, `act.same-person` for the own account and for whoever issued the code.
 */
export const verifyAccount = act({
  name: 'identity.verify-account', permission: 'accounts.guard', basis: ground, input: z.object({ accountId }),
  async run({ tx, now, actor, enter }, { accountId: id }) {
    const account = await hold(tx, id)
    const codes = await listUnverified(tx, id)
    if (codes.length === 0) throw nothingToVerify()
    mustBeAnother(actor, [`officer:${account.userName}`, ...codes.map(({ issuedBy }) => issuedBy)])
    await verifyCodes(tx, codes.map(({ codeId }) => codeId), now, actor.id)
    await enter(codes.map(({ codeId }) => ({ name: 'account.verified', subjectId: null, aboutId: codeId, body: witnessOfVerification({ accountId: id, verifiedBy: actor.id }) })))
    return { accountId: id }
  },
})

/** 解除锁定: earlier failures count no more. */
export const unlockAccount = act({
  name: 'identity.unlock', permission: 'accounts.guard', basis: ground, input: z.object({ accountId }),
  async run({ tx, now, actor, enter }, { accountId: id }) {
    const account = await hold(tx, id)
    await insertSignIn(tx, { at: now, userName: account.userName, outcome: 'unlocked', address: actor.id, agent: null })
    await enter([{ name: 'account.unlocked', subjectId: null, aboutId: id, body: witnessOfName(account) }])
    return { accountId: id }
  },
})

/** 结束他人全部会话. */
export const endSessionsOf = act({
  name: 'identity.end-sessions', permission: 'accounts.guard', basis: ground, input: z.object({ accountId }),
  async run({ tx, now, enter }, { accountId: id }) {
    const account = await hold(tx, id)
    const count = await endSessions(tx, id, {}, 'revoked', now)
    await enter([{ name: 'account.sessions-ended', subjectId: null, aboutId: id, body: witnessOfName(account) }])
    return { ended: count }
  },
})

/** 关联统一身份: someone whom an outside identity service vouched for, and an account. Refuses `outside.taken` when that person is linked already, `outside.account-linked` when the account is linked to another person there. */
export const linkOutside = act({
  name: 'identity.link-outside', permission: 'identity.sign-in', basis: ground, input: z.object({ accountId, issuer: z.string(), subject: z.string(), linkedBy: z.enum(['one-time-code', 'number', 'service', 'owner']) }),
  async run({ tx, now, enter }, { accountId: id, ...given }) {
    await hold(tx, id)
    if ((await listLinks(tx, id)).some(({ issuer }) => issuer === given.issuer)) throw accountLinked()
    const link = { accountId: id, ...given, linkedAt: now }
    const linkId = await insertLink(tx, link)
    if (linkId === null) throw outsideTaken()
    await enter([{ name: 'account.linked', subjectId: null, aboutId: linkId, body: witnessOfLink(link) }])
    return null
  },
})

/** 本人解除统一身份关联; other sessions that came from there end. Refuses `outside.link-missing`, and `outside.last-way` when nothing else is left to sign in with. */
export const unlinkOwn = act({
  name: 'identity.unlink-own', permission: 'identity.own', basis: ground, input: z.object({ accountId, outsideLinkId: z.number().int(), except: z.number().int().nullable() }),
  async run({ tx, now, actor, enter }, { accountId: id, outsideLinkId, except }) {
    await hold(tx, id)
    const links = await listLinks(tx, id)
    const link = links.find((one) => one.outsideLinkId === outsideLinkId)
    if (!link) throw linkMissing()
    if (links.length === 1 && (await listPasswords(tx, id, 1)).length === 0) throw lastWay()
    const ended = await endLinks(tx, id, now, actor.id, outsideLinkId)
    await endOutsideSessions(tx, { ...link, session: null }, 'revoked', now, except)
    await enter(ended.map((linkId) => ({ name: 'account.unlinked', subjectId: null, aboutId: linkId, body: witnessOfOwner({ accountId: id }) })))
    return null
  },
})

/** 解除统一身份关联; sessions that came from there end. */
export const unlinkOutside = act({
  name: 'identity.unlink-outside', permission: 'accounts.guard', basis: ground, input: z.object({ accountId }),
  async run({ tx, now, actor, enter }, { accountId: id }) {
    await hold(tx, id)
    const ended = await endLinks(tx, id, now, actor.id)
    await endSessions(tx, id, { kind: 'oidc' }, 'revoked', now)
    await enter(ended.map((linkId) => ({ name: 'account.unlinked', subjectId: null, aboutId: linkId, body: witnessOfOwner({ accountId: id }) })))
    return { accountId: id }
  },
})

/** The open account, which nobody else changes until the act ends. Refuses `account.missing`. */
async function hold(tx: Tx, id: number): Promise<Account> {
  const account = await holdAccount(tx, id)
  if (!account) throw accountMissing()
  return account
}

import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { findAccounts, findPasswords, type Account } from './queries/accounts.ts'
import { findMandates, type Mandate } from './queries/mandates.ts'
import { findOneTimeCodes, findTotps, type OneTimeCode, type RemovedTotp } from './queries/factors.ts'
import { findLinks, type OutsideLink } from './queries/outside.ts'
import { digestOfToken } from './tokens.ts'

/** What is said of an account that was opened. */
export const witnessOfAccount = ({ userName, officerId }: Pick<Account, 'userName' | 'officerId'>): JsonObject => ({ user_name: userName, officer_id: officerId })
/** What is said of a mandate that was granted. The person stands by the account only, so that the name can be removed. */
export const witnessOfMandate = ({ accountId, capacity, limits, fromOn, untilOn, grantedBy }: Mandate): JsonObject => ({ account_id: accountId, capacity, limits: [...limits], from_on: fromOn, until_on: untilOn, granted_by: grantedBy })
/** What is said of a mandate that ended early. */
export const witnessOfMandateEnd = ({ endedAt, endedBy }: Mandate): JsonObject => ({ ended_at: endedAt?.toISOString() ?? null, ended_by: endedBy })
/** What is said of an account that was closed. */
export const witnessOfClosing = ({ closedAt, closedBy }: Pick<Account, 'closedAt' | 'closedBy'>): JsonObject => ({ closed_at: closedAt?.toISOString() ?? null, closed_by: closedBy })
/** What is said of something that was done to an account as a whole. */
export const witnessOfName = ({ userName }: Pick<Account, 'userName'>): JsonObject => ({ user_name: userName })
/** What is said of a password or a second factor: whose it is, never what. */
export const witnessOfOwner = ({ accountId }: { readonly accountId: number }): JsonObject => ({ account_id: accountId })
/** What is said of a second factor that was removed: where somebody else did it, who, and how the owner was identified. */
export const witnessOfFactorRemoval = ({ accountId, removedBy, identified }: Omit<RemovedTotp, 'totpId'>): JsonObject => ({ account_id: accountId, ...(identified === null ? {} : { removed_by: removedBy, identified }) })
/** What is said of a one-time code: for what and for whom, never the code. */
export const witnessOfCode = ({ purpose, role, accountId, endsAt }: Omit<OneTimeCode, 'codeId' | 'verifiedBy'>): JsonObject => ({ purpose, role, account_id: accountId, ends_at: endsAt.toISOString() })
/** What is said of a one-time code whose user somebody made sure of. */
export const witnessOfVerification = ({ accountId, verifiedBy }: Pick<OneTimeCode, 'accountId' | 'verifiedBy'>): JsonObject => ({ account_id: accountId, verified_by: verifiedBy })
/** What is said of a link to an outside identity service: who is known there by which digest. */
export const witnessOfLink = ({ accountId, issuer, subject, linkedBy }: Pick<OutsideLink, 'accountId' | 'issuer' | 'subject' | 'linkedBy'>): JsonObject => ({ account_id: accountId, issuer, subject_digest: digestOfToken(subject), linked_by: linkedBy })

const account = (name: string, said: (row: Account) => JsonObject): EntryType => ({
  name, table: { relation: 'identity.account', key: 'account_id' }, witness: async (db, ids) => new Map((await findAccounts(db, ids)).map((row) => [row.accountId, said(row)])),
})
const mandate = (name: string, said: (row: Mandate) => JsonObject): EntryType => ({
  name, table: { relation: 'identity.mandate', key: 'mandate_id' }, witness: async (db, ids) => new Map((await findMandates(db, ids)).map((row) => [row.mandateId, said(row)])),
})
const factor = (name: string, said: (row: RemovedTotp) => JsonObject = witnessOfOwner): EntryType => ({ name, witness: async (db, ids) => new Map((await findTotps(db, ids)).map((row) => [row.totpId, said(row)])) })

/** The kinds of entry of identity: 账号、密码、动态口令、一次性代码. Secrets are in none of them. */
export const identityEntryTypes: readonly EntryType[] = [
  account('account.opened', witnessOfAccount), account('account.closed', witnessOfClosing), account('account.unlocked', witnessOfName), account('account.sessions-ended', witnessOfName),
  { name: 'password.set', table: { relation: 'identity.password', key: 'password_id' }, witness: async (db, ids) => new Map((await findPasswords(db, ids)).map((row) => [row.passwordId, witnessOfOwner(row)])) },
  { name: 'account.linked', table: { relation: 'identity.outside_link', key: 'outside_link_id' }, witness: async (db, ids) => new Map((await findLinks(db, ids)).map((row) => [row.outsideLinkId, witnessOfLink(row)])) },
  { name: 'account.unlinked', witness: async (db, ids) => new Map((await findLinks(db, ids)).map((row) => [row.outsideLinkId, witnessOfOwner(row)])) },
  mandate('mandate.granted', witnessOfMandate), mandate('mandate.ended', witnessOfMandateEnd),
  factor('second-factor.set'), factor('second-factor.removed', witnessOfFactorRemoval), factor('recovery-codes.renewed'),
  { name: 'one-time-code.issued', table: { relation: 'identity.one_time_code', key: 'one_time_code_id' }, witness: async (db, ids) => new Map((await findOneTimeCodes(db, ids)).map((row) => [row.codeId, witnessOfCode(row)])) },
  { name: 'account.verified', witness: async (db, ids) => new Map((await findOneTimeCodes(db, ids)).map((row) => [row.codeId, witnessOfVerification(row)])) },
]

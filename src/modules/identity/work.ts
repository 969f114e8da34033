// @clause X.4
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { listAccounts } from './queries/accounts.ts'

/** 账号待核实: accounts whose one-time code was used, until the security administrator has made sure of the owner. */
export const verificationSource: WorkSource = {
  kind: 'identity.verification', title: text('账号待核实', 'Accounts to be verified'), permission: 'accounts.guard',
  async list({ db, clock }, { officerId }, limit) {
    if (officerId !== undefined) return { items: [], total: 0, late: 0, dueSoon: 0 }
    const now = clock.now()
    const { rows, total } = await listAccounts(db, { toVerify: true, now, idleSince: now, offset: 0, limit })
    return {
      total, late: 0, dueSoon: 0,
      items: rows.map(({ accountId, name, userName, unverifiedSince, officerId: owner }) => ({
        key: String(accountId), subject: null, department: null, officerId: null, since: unverifiedSince!, dueOn: null, provisional: false, rule: null,
        title: text(`${name}（${userName}）用一次性代码设置了密码`, `${name} (${userName}) set a password by a one-time code`),
        next: { to: owner === null ? '/accounts' : `/people/${owner}`, title: text('核实本人', 'Make sure of the owner') },
      })),
    }
  },
}

// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { countPersonsAccounts, emptyPersonsAccounts } from './queries/person.ts'

/** A person's own account (个人账号). Officers' accounts are no persons' data of this kind: who acted for the office is kept. */
export const personsAccounts: PersonPlace = {
  name: 'identity.account',
  async list(db, { accountIds }) {
    const { all, open } = await countPersonsAccounts(db, accountIds)
    return [
      ...held(text('仍在使用的账号', 'Accounts that are open'), open, 'bars', text('请系统管理员先停用账号', 'Let the system administrator close the account first')),
      ...held(text('账号的姓名、用户名、电话、密码摘要、登录地址与授权上的姓名', 'Name, user name, phone, password digests and sign-in addresses of the account, and the name on its mandates'), all, 'goes'),
      ...held(text('审计日志中该账号的编号', 'The account’s number in the audit trail'), all, 'stays', text('查看与办理的留痕依法留存，只有编号，不含姓名', 'Who saw and did what is kept by law: by number, without a name')),
    ]
  },
  async remove(tx, { accountIds }) {
    const { accounts, links } = await emptyPersonsAccounts(tx, accountIds)
    return { changed: [{ relation: 'identity.account', ids: accounts }, { relation: 'identity.outside_link', ids: links }], files: [] }
  },
}

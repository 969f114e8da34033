// @clause X.4
import { getRouteApi, Link } from '@tanstack/react-router'
import { Input } from 'antd'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listAccounts } from '../contract.ts'
import { AccountActions, AccountState, OpenAccount } from './Account.tsx'

const route = getRouteApi('/accounts')
type Row = RowOf<typeof listAccounts>

/** 账号: whose they are, whether locked, how many sessions stand; what the system and the security administrator do with them. */
export function AccountsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const accounts = useEndpoint(listAccounts, { ...windowOf(search), find: search.find }, { keep: true })
  const departmentName = useDepartmentName()
  const columns: Column<Row>[] = [
    { id: 'userName', title: { zh: '用户名', en: 'User name' }, text: ({ userName }) => userName, render: ({ userName }) => <span className="x-mono">{userName}</span> },
    { id: 'name', title: { zh: '姓名', en: 'Name' }, text: ({ name }) => name, render: (row) => (row.officerId === null ? <span lang="zh-CN">{row.name}</span> : <Link to="/people/$officerId" params={{ officerId: String(row.officerId) }}><span lang="zh-CN">{row.name}</span></Link>) },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: ({ department }) => (department ? departmentName(department) : t('经营主体代理人', 'Agent of businesses')), render: ({ department }) => (department ? departmentName(department) : t('经营主体代理人', 'Agent of businesses')) },
    { id: 'state', title: { zh: '状态', en: 'State' }, text: ({ closedAt, lockedUntil }) => (closedAt ? 'closed' : lockedUntil ? 'locked' : ''), render: (row) => <AccountState row={row} /> },
    { id: 'openedAt', title: { zh: '开立', en: 'Opened' }, text: ({ openedAt }) => openedAt, render: ({ openedAt }) => <InstantText at={openedAt} /> },
    { id: 'actions', title: { zh: '办理', en: 'Actions' }, text: () => '', render: (row) => <AccountActions row={row} /> },
  ]
  return (
    <>
      <PageHead title={t('账号', 'Accounts')} under={t('系统管理员开立、重置、停用；安全管理员核实本人、解锁、结束会话、解除动态口令。接管一个账号须两人。', 'The system administrator opens, resets and closes; the security administrator makes sure of owners, unlocks, ends sessions and removes second factors. Taking one over needs both.')} after={<OpenAccount />} />
      <Section flush>
        <QueryTable name="accounts" caption={{ zh: '账号', en: 'Accounts' }} unit={{ zh: '个', en: 'accounts' }} columns={columns} answer={accounts} keyOf={({ accountId }) => String(accountId)} search={search} onSearch={(next) => void navigate({ search: { ...search, ...next } })}
          filters={<Input.Search size="small" allowClear style={{ width: 200 }} placeholder={t('姓名或用户名', 'Name or user name')} aria-label={t('姓名或用户名', 'Name or user name')} defaultValue={search.find} onSearch={(find) => void navigate({ search: { ...search, find: find.trim() || undefined, page: undefined } })} />}
          empty={{ title: t('没有这样的账号', 'No account fits'), how: t('在人员页为已登记的人员开立账号。', 'Open one for an officer who was appointed.') }} />
      </Section>
    </>
  )
}

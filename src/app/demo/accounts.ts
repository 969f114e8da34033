import type { Asked, World } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { findAccountByNumber, openSession } from '../../modules/identity/index.ts'
import { adoptDepartments, departmentsOf, rolesOf } from '../../modules/organisation/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { demoBusinessPeople, findDemoPerson } from './businesses.ts'
import { demoSignIn, listDemoAccounts } from './contract.ts'
import { adoptDemoOrganisation, adoptDemoPartners, appointOnce, demoPartners, numberOf } from './organisation.ts'

/** The people of the demo district (演示人员), one a role; two departments, so that it shows what one does not see of the other. */
export const demoAccounts = [
  { userName: 'credit', name: '符晓岚', role: 'credit-officer', department: 'credit-office', what: text('导入、核对、撤回，看全区', 'imports, checks, withdraws; sees the whole district') },
  { userName: 'credit-head', name: '王海平', role: 'credit-head', department: 'credit-office', what: text('核准代码，采用模型', 'admits codes, adopts models') },
  { userName: 'market', name: '陈雨', role: 'department-officer', department: 'market-regulation', what: text('报送并改正本部门的文件', 'sends in and corrects the files of the own department') },
  { userName: 'water', name: '李志强', role: 'department-officer', department: 'water', what: text('看不到其他部门的批次', 'does not see the batches of other departments') },
  { userName: 'market-head', name: '吴清', role: 'department-head', department: 'market-regulation', what: text('撤回本部门的记录', 'withdraws records of the own department') },
  { userName: 'sector', name: '邢丽', role: 'sector-supervisor', department: 'water', what: text('只看本行业的主体和等级', 'sees the subjects and grades of the own sector only') },
  { userName: 'window', name: '林小雅', role: 'window', department: 'market-regulation', what: text('为办事人查询', 'looks things up for people at the counter') },
  { userName: 'inspector', name: '周浩', role: 'inspector', department: 'market-regulation', what: text('检查前看等级和记录', 'sees grades and records before an inspection') },
  { userName: 'auditor', name: '黄敏', role: 'auditor', department: 'credit-office', what: text('只看不改，可核验账本', 'reads everything, changes nothing, audits the ledger') },
  { userName: 'system', name: '郑凯', role: 'system-administrator', department: 'credit-office', what: text('部门、人员、账号、备份', 'departments, officers, accounts, backups') },
  { userName: 'security', name: '何静', role: 'security-administrator', department: 'credit-office', what: text('授权、代理、解锁', 'grants roles and delegations, unlocks') },
  { userName: 'audit', name: '许文', role: 'audit-administrator', department: 'credit-office', what: text('登录情况与账本', 'sign-ins and the ledger') },
] as const

/** Whether the database is the demo's: its people were appointed there, whatever lies in the folder beside it. */
export async function isDemos({ db }: Pick<World, 'db'>): Promise<boolean> {
  return (await findAccountByNumber(db, numberOf(demoAccounts[0].userName))) !== null
}

/** Appoints the people of the demo that are not there yet. Their accounts have no password: nobody signs in to them without `--demo`. */
export async function adoptDemoAccounts(world: World): Promise<void> {
  await adoptDepartments(world)
  for (const one of demoAccounts) await appointOnce(world, one)
  await adoptDemoOrganisation(world)
  await adoptDemoPartners(world)
}

/** The account of somebody of the demo who has an office; null where there is none, or it was closed. */
async function accountOf(db: Queryable, userName: string): Promise<{ readonly accountId: number } | null> {
  const account = await findAccountByNumber(db, numberOf(userName))
  return account === null || account.closedAt !== null ? null : account
}

/** Those whom one click can sign in. */
async function present<Person extends { readonly userName: string }>(db: Queryable, people: readonly Person[]): Promise<Person[]> {
  const there = await Promise.all(people.map(({ userName }) => accountOf(db, userName)))
  return people.filter((_, at) => there[at] !== null)
}

/** The routes that only a server with `--demo` has. */
export const demoRoutes: readonly Route<Asked>[] = [
  route(listDemoAccounts, async ({ world }: Asked) => {
    const [roles, departments] = [rolesOf(world.policy).roles, departmentsOf(world.policy)]
    const named = (list: readonly { key: string; zh: string; en: string }[], key: string) => list.find((one) => one.key === key) ?? { zh: key, en: key }
    const people = await Promise.all(demoBusinessPeople.map(async ({ userName, what }) => ({ userName, what, found: await findDemoPerson(world.db, userName) })))
    return {
      rows: (await present(world.db, demoAccounts)).map(({ userName, name, role, department, what }) => ({ userName, name, role: named(roles, role), department: named(departments, department), what })),
      businesses: [...people.flatMap(({ userName, what, found }) => (found ? [{ userName, name: found.name, what }] : [])), ...(await present(world.db, demoPartners)).map(({ userName, name, what }) => ({ userName, name, what }))],
    }
  }),
  route(demoSignIn, async ({ world, visit }: Asked, { userName }) => {
    const person = await findDemoPerson(world.db, userName)
    if (person && visit) {
      visit.setToken(await openSession(world, visit, person.accountId, 'demo'))
      return { done: true as const }
    }
    const account = [...demoAccounts, ...demoPartners].some((one) => one.userName === userName) ? await accountOf(world.db, userName) : null
    if (!account || !visit) throw noSuchRole()
    visit.setToken(await openSession(world, visit, account.accountId, 'demo'))
    return { done: true as const }
  }),
]

function noSuchRole(): Refusal {
  return new Refusal({ code: 'demo.no-such-role', status: 404, message: text('没有这个演示角色', 'There is no such demo role'), fix: text('请从登录页选择', 'Choose one on the page to sign in') })
}

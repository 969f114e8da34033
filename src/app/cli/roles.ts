// @clause 12.1
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { loadPolicy } from '../../engines/policy/index.ts'
import { rolesOf } from '../../modules/organisation/index.ts'
import { answers } from './command.ts'
import { done } from './output.ts'

const shipped = fileURLToPath(new URL('../../../policy', import.meta.url))
const REACH = { all: '全部 all', 'own-department': '本部门 own department', 'own-sector': '本行业 own sector', 'own-subject': '本主体 own subject' }

/** `xinheng roles`: the table of roles, as server and screens go by it. */
export function addRolesCommand(program: Command): void {
  answers(program.command('roles').description('who may do what, and how far'), (_, { policy }) => {
    const { roles, permissions } = rolesOf(loadPolicy(policy ?? shipped))
    const titles = new Map(permissions.map(({ key, zh, en }) => [key, `${zh} · ${en}`]))
    const lines = roles.flatMap(({ key, kind, zh, en, permissions: held }) => [
      `${zh} · ${en}  (${key}${kind === 'administrator' || kind === 'oversight' ? '，不得兼任其他角色 · holds no other role' : ''})`,
      ...Object.entries(held).map(([permission, reach]) => `  ${permission.padEnd(20)} ${REACH[reach].padEnd(22)} ${titles.get(permission) ?? ''}`), '',
    ])
    return done({ roles, permissions }, ...lines.slice(0, -1))
  })
}

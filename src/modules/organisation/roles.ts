// @clause 12.1
import { z } from 'zod'
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Actor, Scope } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'

const reach = z.enum(['all', 'own-department', 'own-sector', 'own-subject'])
const rolesFile = z.object({
  permissions: z.record(z.string().regex(/^[a-z-]+\.[a-z-]+$/), z.object({ area: z.enum(['own', 'business', 'administration', 'audit', 'program']), zh: z.string(), en: z.string() })),
  roles: z.array(z.object({ key: z.string(), kind: z.enum(['base', 'business', 'outside', 'administrator', 'oversight']), zh: z.string(), en: z.string(), permissions: z.record(z.string(), reach) })),
})

/** What a permission (权限) is called, and what it belongs to: `program` ones are granted to nobody. */
export type Permission = { readonly key: string; readonly area: 'own' | 'business' | 'administration' | 'audit' | 'program' } & Text
/** A role (角色): its permissions with how far each reaches. Administrators (三员) and oversight exclude every other role; `outside` ones are for people of associations and agencies. */
export type Role = { readonly key: string; readonly kind: 'base' | 'business' | 'outside' | 'administrator' | 'oversight'; readonly permissions: Readonly<Record<string, z.infer<typeof reach>>> } & Text
/** Roles and permissions as the policy folder has them. */
export type Roles = { readonly permissions: readonly Permission[]; readonly roles: readonly Role[] }

/** A role as someone holds it: in which department, of which sector, for which subject (an agent's). */
export type Holding = { readonly role: string; readonly department: string | null; readonly sector: string | null; readonly subjectId?: number | null }

const read = new WeakMap<PolicyBook, Roles>()

/** The table of roles, from `roles.yaml`. Throws when the file does not fit. */
export function rolesOf(book: PolicyBook): Roles {
  const known = read.get(book)
  if (known) return known
  const { permissions, roles } = rolesFile.parse(book.file('roles'))
  const made = { permissions: Object.entries(permissions).map(([key, rest]) => ({ key, ...rest })), roles }
  read.set(book, made)
  return made
}

/** A role by its key. Refuses `role.unknown`; the two base roles cannot be granted. */
export function grantableRole(book: PolicyBook, key: string): Role {
  const grantable = rolesOf(book).roles.filter(({ kind }) => kind !== 'base')
  const role = grantable.find((one) => one.key === key)
  if (role) return role
  throw new Refusal({
    code: 'role.unknown', field: 'role', message: text(`没有可授予的角色“${key}”`, `There is no role "${key}" to grant`),
    fix: text(`可授予：${grantable.map((one) => one.zh).join('、')}`, `Choose one of ${grantable.map((one) => one.key).join(', ')}`),
  })
}

/**
 * 三员分立: an administrator or an auditor holds no other role, so that nobody opens accounts, grants rights and checks the traces in one person.
 * Refuses `role.excluded` when the roles cannot be held by one officer.
 */
export function mayHoldTogether(book: PolicyBook, keys: readonly string[]): void {
  const held = [...new Set(keys)].map((key) => grantableRole(book, key))
  const alone = held.find(({ kind }) => kind === 'administrator' || kind === 'oversight' || (kind === 'outside' && held.some((role) => role.kind !== 'outside')))
  const other = held.find((role) => role !== alone)
  if (!alone || !other) return
  throw new Refusal({
    code: 'role.excluded', status: 409, field: 'role',
    message: text(`“${alone.zh}”不能与“${other.zh}”由同一人担任`, `"${alone.en}" and "${other.en}" cannot be held by one person`),
    fix: text('请先收回原有角色，或授予另一人', 'End the other role first, or grant it to another person'),
  })
}

/** Whether a role is for people of associations and agencies, and for nobody else. */
export function isRoleOutside({ kind }: Pick<Role, 'kind'>): boolean {
  return kind === 'outside'
}

/** What the holdings come to: may, and how far. A base role comes with them: `officer`, `outsider` for people of associations and agencies, or `person` for those who act for businesses. What stands nowhere is forbidden. */
export function rightsOf(book: PolicyBook, holdings: readonly Holding[], base: 'officer' | 'outsider' | 'person' = 'officer'): Pick<Actor, 'may' | 'scope'> & { readonly permissions: readonly string[] } {
  const { roles } = rolesOf(book)
  const held = [{ role: base, department: null, sector: null, subjectId: null }, ...holdings].flatMap((one) => roles.filter(({ key }) => key === one.role).map((role) => ({ ...one, permissions: role.permissions })))
  const scope = (permission: string): Scope => {
    const carrying = held.flatMap((one) => (one.permissions[permission] ? [{ ...one, reach: one.permissions[permission] }] : []))
    if (carrying.some((one) => one.reach === 'all')) return 'all'
    return {
      departments: [...new Set(carrying.flatMap((one) => (one.reach === 'own-department' && one.department !== null ? [one.department] : [])))],
      sectors: [...new Set(carrying.flatMap((one) => (one.reach === 'own-sector' && one.sector !== null ? [one.sector] : [])))],
      subjects: [...new Set(carrying.flatMap((one) => (one.reach === 'own-subject' && one.subjectId ? [one.subjectId] : [])))],
    }
  }
  const permissions = [...new Set(held.flatMap((one) => Object.keys(one.permissions)))]
  return { permissions, may: (permission) => permissions.includes(permission), scope }
}

/** Whoever is not signed in (未登录者): only what the role `visitor` has. */
export function visitor(book: PolicyBook): Actor {
  const permissions = rolesOf(book).roles.find(({ key }) => key === 'visitor')?.permissions ?? {}
  return { id: 'visitor', name: '未登录', department: null, may: (permission) => permission in permissions, scope: () => 'all' }
}

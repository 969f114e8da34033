// @clause 12.1
import { isUscc } from '../../../kernel/codes/index.ts'
import { text } from '../../../kernel/text.ts'
import { isOutside, type Department, type DepartmentKind, type Duty, type Post } from '../organisation.ts'
import { isRoleOutside, type Role } from '../roles.ts'
import { KINDS, PARTS } from './layout.ts'
import { compare, once, wrongRow, yes, type Draft } from './draft.ts'
import type { WorkbookRow } from './read.ts'

const KEY = /^[a-z][a-z0-9-]{1,39}$/
const keyFix = text('以小写字母开头，只含小写字母、数字和连字符', 'Begin with a small letter; small letters, digits and hyphens only')

/** 部门. Those above come before those below. */
export function planDepartments(draft: Draft, rows: readonly WorkbookRow[]): void {
  const inside = new Set(rows.map(({ cells }) => cells.key))
  let waiting = once(draft, rows, ({ cells }) => cells.key!)
  while (waiting.length > 0) {
    const ready = waiting.filter(({ cells }) => !cells.parent || !inside.has(cells.parent) || !waiting.some((other) => other.cells.key === cells.parent))
    for (const row of ready) planDepartment(draft, row)
    if (ready.length === 0) {
      for (const row of waiting) wrongRow(draft, row, 'parent', text('上级部门首尾相接', 'Each stands above the other'), text('请改正上级代号', 'Correct the keys of those above'))
      return
    }
    waiting = waiting.filter((row) => !ready.includes(row))
  }
}

function planDepartment(draft: Draft, row: WorkbookRow): void {
  const { key, zh, en } = row.cells as Record<string, string>
  const uscc = row.cells.uscc!.toUpperCase()
  if (!KEY.test(key!)) return void wrongRow(draft, row, 'key', text(`“${key}”不能作部门代号`, `"${key}" cannot be a key`), keyFix)
  if (!isUscc(uscc)) return void wrongRow(draft, row, 'uscc', text(`“${uscc}”不是有效的统一社会信用代码`, `"${uscc}" is not a valid credit code`), text('请核对机关赋码证书', 'Check the certificate'))
  const kind = wordKey(KINDS, row.cells.kind ?? '部门')
  if (kind === null) return void wrongRow(draft, row, 'kind', text(`没有类别“${row.cells.kind}”`, `There is no kind "${row.cells.kind}"`), text(`可填：${Object.values(KINDS).join('、')}`, `One of: ${Object.values(KINDS).join(', ')}`))
  const parent = row.cells.parent ?? null
  if (parent !== null && !draft.departments.has(parent)) return void wrongRow(draft, row, 'parent', text(`没有部门“${parent}”`, `There is no department "${parent}"`), text('请填写本表或系统中的部门代号', 'Give the key of a department of this sheet or of the system'))
  const sector = sectorOf(draft, row)
  const creditOffice = yes(draft, row, 'creditOffice')
  if (sector === undefined || creditOffice === null) return
  const closed = draft.standing.departments.find((one) => one.key === key && one.closedOn !== null)
  if (closed) return void wrongRow(draft, row, 'key', text(`部门“${key}”已于 ${closed.closedOn} 撤销`, `The department "${key}" was closed on ${closed.closedOn}`), text('请删除该行，或换用新的代号', 'Remove the row, or give a new key'))
  const before = draft.departments.get(key!)
  const made: Department = { key: key!, zh: zh!, en: en!, uscc, kind: kind as DepartmentKind, parent, sector, role: creditOffice ? 'credit-office' : 'department', closedOn: null, mergedInto: null }
  draft.departments.set(key!, made)
  if (compare(draft, row, key!, zh!, before ? shown(before) : null, shown(made))) {
    draft.steps.push({ do: 'department', input: { key: key!, zh: zh!, en: en!, uscc, kind, parent, sector, role: made.role } })
  }
}

const shown = ({ zh, en, uscc, kind, parent, sector, role }: Department) => ({ zh, en, uscc, kind: KINDS[kind], parent, sector, creditOffice: role === 'credit-office' ? '是' : '否' })

/** 科室. */
export function planSections(draft: Draft, rows: readonly WorkbookRow[]): void {
  for (const row of once(draft, rows, ({ cells }) => `${cells.department}/${cells.key}`)) {
    const { department, key, zh, en } = row.cells as Record<string, string>
    if (!inDepartment(draft, row)) continue
    if (!KEY.test(key!)) { wrongRow(draft, row, 'key', text(`“${key}”不能作科室代号`, `"${key}" cannot be a key`), keyFix); continue }
    const before = draft.sections.find((one) => one.department === department && one.key === key)
    const made = { department: department!, key: key!, zh: zh!, en: en!, closedOn: null }
    if (before) draft.sections[draft.sections.indexOf(before)] = made
    else draft.sections.push(made)
    if (compare(draft, row, `${department}/${key}`, zh!, before ? { zh: before.zh, en: before.en } : null, { zh: zh!, en: en! })) draft.steps.push({ do: 'section', input: { department: department!, key: key!, zh: zh!, en: en! } })
  }
}

/** 岗位角色. */
export function planPosts(draft: Draft, rows: readonly WorkbookRow[]): void {
  for (const row of once(draft, rows, ({ cells }) => `${cells.department}/${cells.section ?? ''}/${cells.zh}`)) {
    const { department, zh, en } = row.cells as Record<string, string>
    if (!inDepartment(draft, row)) continue
    const section = sectionIn(draft, row)
    const leads = yes(draft, row, 'leads')
    const roles = rolesIn(draft, row)
    if (section === undefined || leads === null || roles === null) continue
    const before = draft.posts.find((one) => one.department === department && one.section === section && one.zh === zh)
    const made: Post = { department: department!, section, zh: zh!, en: en!, leads, roles: roles.map(({ key }) => key), closedOn: null }
    if (before) draft.posts[draft.posts.indexOf(before)] = made
    else draft.posts.push(made)
    const say = (post: Post) => ({ en: post.en, leads: post.leads ? '是' : '否', roles: post.roles.toSorted().join('、') || null })
    if (!compare(draft, row, `${department}/${section ?? ''}/${zh}`, zh!, before ? say(before) : null, say(made))) continue
    draft.steps.push({ do: 'post', input: { department: department!, section, zh: zh!, en: en!, leads, roles: [...made.roles] } })
    const added = made.roles.filter((role) => !before?.roles.includes(role)).length
    draft.roleCount += added * draft.standing.officers.filter((one) => one.leftOn === null && one.department === department && one.post === zh && (section === null || one.section === section)).length
  }
}

/** 职责. */
export function planDuties(draft: Draft, rows: readonly WorkbookRow[]): void {
  for (const row of once(draft, rows, ({ cells }) => `${cells.clause}/${cells.sector ?? ''}/${cells.department}`)) {
    const { clause, department } = row.cells as Record<string, string>
    if (!/^([1-9]|1[0-4])$/.test(clause!)) { wrongRow(draft, row, 'clause', text(`没有条款“${clause}”`, `There is no clause "${clause}"`), text('请填 1 至 14', 'Write 1 to 14')); continue }
    const part = wordKey(PARTS, row.cells.part!)
    if (part === null) { wrongRow(draft, row, 'part', text(`没有分工“${row.cells.part}”`, `There is no part "${row.cells.part}"`), text('请填牵头、配合或取消', 'Write 牵头 (lead), 配合 (support) or 取消 (ended)')); continue }
    const sector = sectorOf(draft, row)
    const confirmed = yes(draft, row, 'status')
    if (!inDepartment(draft, row) || sector === undefined || confirmed === null) continue
    const before = draft.standing.duties.find((one) => one.clause === clause && one.department === department && one.sector === sector)
    const made: Duty = { clause: clause!, department: department!, sector, part: part as Duty['part'], status: confirmed ? 'confirmed' : 'unconfirmed', note: row.cells.note ?? null }
    const say = (duty: Duty) => ({ part: PARTS[duty.part], status: duty.status === 'confirmed' ? '是' : '否', note: duty.note })
    const title = `${clause} ${draft.departments.get(department!)!.zh}`
    const stands = before ? say(before) : part === 'ended' ? say(made) : null
    if (compare(draft, row, `${clause}/${sector ?? ''}/${department}`, title, stands, say(made))) draft.steps.push({ do: 'duty', input: { clause: clause!, department: department!, sector, part, status: made.status, ...(made.note === null ? {} : { note: made.note }) } })
  }
}

/** Whether the row names a department that stands or will. */
export function inDepartment(draft: Draft, row: WorkbookRow): boolean {
  if (draft.departments.has(row.cells.department!)) return true
  wrongRow(draft, row, 'department', text(`没有部门“${row.cells.department}”`, `There is no department "${row.cells.department}"`), text('请填写“部门”表或系统中的部门代号', 'Give the key of a department of the sheet 部门 or of the system'))
  return false
}

/** The section that the row names by key or name; null where it names none, undefined where there is no such. */
export function sectionIn(draft: Draft, row: WorkbookRow): string | null | undefined {
  const given = row.cells.section ?? null
  if (given === null) return null
  const found = draft.sections.find((one) => one.department === row.cells.department && (one.key === given || one.zh === given))
  if (found) return found.key
  wrongRow(draft, row, 'section', text(`该部门没有科室“${given}”`, `The department has no section "${given}"`), text('请填写“科室”表或系统中的科室代号', 'Give the key of a section of the sheet 科室 or of the system'))
  return undefined
}

function sectorOf(draft: Draft, row: WorkbookRow): string | null | undefined {
  const given = row.cells.sector ?? null
  if (given === null) return null
  const found = draft.sectors.get(given) ?? draft.sectors.get(given.toLowerCase())
  if (found !== undefined) return found
  wrongRow(draft, row, 'sector', text(`没有行业领域“${given}”`, `There is no sector "${given}"`), text(`可填：${[...new Set(draft.sectors.values())].join('、')}`, `One of: ${[...new Set(draft.sectors.values())].join(', ')}`))
  return undefined
}

function rolesIn(draft: Draft, row: WorkbookRow): Role[] | null {
  const outside = isOutside(draft.departments.get(row.cells.department!)!.kind)
  const words = (row.cells.roles ?? '').split(/[、,，;；\s]+/).filter((word) => word !== '')
  const found = words.map((word) => draft.roles.get(word))
  const missing = words.find((_, at) => found[at] === undefined)
  if (missing !== undefined) return wrongRow(draft, row, 'roles', text(`没有可授予的角色“${missing}”`, `There is no role "${missing}" to grant`), text('角色一览见“角色与权限”页或 xinheng roles', 'The page Roles or `xinheng roles` lists them'))
  const misplaced = found.find((role) => isRoleOutside(role!) !== outside)
  if (misplaced) return wrongRow(draft, row, 'roles', text(`角色“${misplaced.zh}”不适用于这类机构`, `The role "${misplaced.en}" is not for such an organisation`), text('请改填相符的角色', 'Give a role that fits'))
  return found as Role[]
}

function wordKey(words: Readonly<Record<string, string>>, given: string): string | null {
  return Object.entries(words).find(([key, word]) => key === given || word === given)?.[0] ?? null
}

// @clause 12.1
import { isDay } from '../../../kernel/day.ts'
import type { Json } from '../../../kernel/json.ts'
import { text } from '../../../kernel/text.ts'
import type { Officer } from '../queries/officers.ts'
import { inDepartment, sectionIn } from './plan-parts.ts'
import { compare, once, wrongRow, yes, type Draft } from './draft.ts'
import type { WorkbookRow } from './read.ts'

const NUMBER = /^[\w.-]{2,40}$/
const DAYS = ['joinedOn', 'issuedOn', 'untilOn'] as const

/** 人员: who is new is appointed, who is elsewhere now is transferred, who is marked so leaves; certificates are noted or renewed. Whoever is not in the sheet stays as is. */
export function planOfficers(draft: Draft, rows: readonly WorkbookRow[]): void {
  for (const row of once(draft, rows, ({ cells }) => cells.number!)) planOfficer(draft, row)
}

function planOfficer(draft: Draft, row: WorkbookRow): void {
  const { number, name, department } = row.cells as Record<string, string>
  if (!NUMBER.test(number!)) return void wrongRow(draft, row, 'number', text(`“${number}”不能作工号`, `"${number}" cannot be a staff number`), text('2 至 40 位字母、数字、点、连字符', '2 to 40 letters, digits, dots, hyphens'))
  const dayWrong = DAYS.find((field) => row.cells[field] !== undefined && !isDay(row.cells[field]))
  if (dayWrong) return void wrongRow(draft, row, dayWrong, text(`“${row.cells[dayWrong]}”不是日期`, `"${row.cells[dayWrong]}" is not a day`), text('日期写作 2026-11-25', 'Write a day as 2026-11-25'))
  if (!inDepartment(draft, row)) return
  const section = sectionIn(draft, row)
  const leaves = yes(draft, row, 'left')
  if (section === undefined || leaves === null) return
  const post = row.cells.post ?? null
  const posts = draft.posts.filter((one) => one.department === department)
  const asked = posts.find((one) => one.zh === post && one.section === section) ?? posts.find((one) => one.zh === post && one.section === null)
  if (post !== null && posts.length > 0 && !asked) return void wrongRow(draft, row, 'post', text(`该部门没有岗位“${post}”`, `The department has no post "${post}"`), text('请填写“岗位角色”表或系统中的岗位', 'Give a post of the sheet 岗位角色 or of the system'))
  if (!certificateFits(draft, row)) return
  const standing = draft.standing.officers.find((one) => one.number === number)
  if (standing && standing.name !== name) return void wrongRow(draft, row, 'number', text(`工号“${number}”属于${standing.name}`, `The staff number "${number}" is ${standing.name}'s`), text('请核对工号和姓名', 'Check number and name'))
  if (standing && row.cells.joinedOn !== undefined && row.cells.joinedOn !== standing.joinedOn) return void wrongRow(draft, row, 'joinedOn', text(`登记的到岗日期是 ${standing.joinedOn}`, `The day on record is ${standing.joinedOn}`), text('请改为该日期，或留空', 'Write that day, or leave it empty'))
  if (standing?.leftOn && !leaves) return void wrongRow(draft, row, 'number', text(`该人员自 ${standing.leftOn} 起已离任`, `The officer has been gone since ${standing.leftOn}`), text('重新任职请用新的工号，或在“离任”列填“是”', 'Appoint the person under a new number, or write 是 under 离任'))
  step(draft, row, standing ?? null, { section, post, leaves, roles: asked?.roles ?? [] })
}

function step(draft: Draft, row: WorkbookRow, standing: Officer | null, { section, post, leaves, roles }: { section: string | null; post: string | null; leaves: boolean; roles: readonly string[] }): void {
  const { number, name, department, certificate } = row.cells as Record<string, string>
  const noted = certificate === undefined ? undefined : { number: certificate, ...(row.cells.issuedOn ? { issuedOn: row.cells.issuedOn } : {}), ...(row.cells.untilOn ? { untilOn: row.cells.untilOn } : {}) }
  const known = standing && certificate ? draft.standing.certificates.findLast((one) => one.officerId === standing.officerId && one.number === certificate) : undefined
  const held = { certificate: known ? certificate! : null, issuedOn: known?.issuedOn ?? null, untilOn: known?.untilOn ?? null }
  const wanted: Record<string, string | null> = noted ? { certificate: certificate!, issuedOn: row.cells.issuedOn ?? null, untilOn: row.cells.untilOn ?? null } : {}
  const before = standing && { department: standing.department, section: standing.section, post: standing.post, left: standing.leftOn ? '是' : '否', ...held }
  if (!compare(draft, row, number!, name!, before, { department: department!, section, post, left: leaves ? '是' : '否', ...wanted })) return
  const add = (what: 'appoint' | 'transfer' | 'depart' | 'certificate', input: Readonly<Record<string, Json>>): void => void draft.steps.push({ do: what, number: number!, input })
  if (standing === null) {
    add('appoint', { number: number!, name: name!, department: department!, ...(section === null ? {} : { section }), ...(post === null ? {} : { post }), ...(row.cells.joinedOn ? { joinedOn: row.cells.joinedOn } : {}), ...(noted ? { certificate: noted } : {}) })
    if (!leaves) draft.roleCount += roles.length
  } else if (!standing.leftOn && (standing.department !== department || standing.section !== section || standing.post !== post)) {
    add('transfer', { department: department!, section: section ?? '', post: post ?? '', reason: '组织机构导入' })
    draft.roleCount += roles.length
  }
  if (standing !== null && !standing.leftOn && noted && (held.certificate === null || held.issuedOn !== wanted.issuedOn || held.untilOn !== wanted.untilOn)) add('certificate', noted)
  if (leaves && !standing?.leftOn) add('depart', {})
}

function certificateFits(draft: Draft, row: WorkbookRow): boolean {
  const { certificate, issuedOn, untilOn, number } = row.cells
  if (certificate === undefined && (issuedOn !== undefined || untilOn !== undefined)) return wrongRow(draft, row, 'certificate', text('有日期而没有执法证号', 'There are days but no certificate number'), text('请填写执法证号', 'Give the number of the certificate')) !== null
  if (issuedOn !== undefined && untilOn !== undefined && untilOn < issuedOn) return wrongRow(draft, row, 'untilOn', text('有效期早于发证日期', 'It would end before it was issued'), text('请改正日期', 'Correct the days')) !== null
  const owner = certificate && draft.standing.certificates.find((one) => one.number === certificate)
  if (!owner || draft.standing.officers.find((one) => one.officerId === owner.officerId)?.number === number) return true
  return wrongRow(draft, row, 'certificate', text(`执法证号“${certificate}”已登记在他人名下`, `The certificate "${certificate}" is another officer's`), text('请核对证号', 'Check the number')) !== null
}

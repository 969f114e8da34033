// @clause 12.1
import { text, type Text } from '../../../kernel/text.ts'

/** A sheet of the workbook of an organisation (组织机构工作簿). */
export type SheetKey = 'departments' | 'sections' | 'posts' | 'officers' | 'duties'
/** A column: `field` as the code knows it, and its heading; `required` cells must not be empty. */
export type Column = { readonly field: string; readonly heading: string; readonly title: Text; readonly required: boolean; readonly hint: string }
/** A sheet with its columns, in the order in which the sheets build on one another. */
export type Layout = { readonly key: SheetKey; readonly name: string; readonly title: Text; readonly columns: readonly Column[] }

const column = (field: string, heading: string, en: string, required: boolean, hint: string): Column => ({ field, heading, title: text(heading, en), required, hint })

/** The five sheets: 部门、科室、岗位角色、人员、职责. One layout to export, to fill in and to import again. */
export const LAYOUTS: readonly Layout[] = [
  { key: 'departments', name: '部门', title: text('部门', 'Departments'), columns: [
    column('key', '部门代号', 'Key', true, '小写字母、数字、连字符，一经使用不再改变'),
    column('zh', '名称', 'Name', true, ''),
    column('en', '英文名称', 'English name', true, ''),
    column('uscc', '统一社会信用代码', 'Credit code', true, '18 位'),
    column('kind', '类别', 'Kind', false, '区政府、部门、行业协会、信用服务机构；不填为部门'),
    column('parent', '上级代号', 'Key of the one above', false, ''),
    column('sector', '行业领域', 'Sector', false, '主管的行业领域，如 水务'),
    column('creditOffice', '信用主管', 'Credit office', false, '是、否；不填为否'),
  ] },
  { key: 'sections', name: '科室', title: text('科室', 'Sections'), columns: [
    column('department', '部门代号', 'Department', true, ''), column('key', '科室代号', 'Key', true, '小写字母、数字、连字符'), column('zh', '名称', 'Name', true, ''), column('en', '英文名称', 'English name', true, ''),
  ] },
  { key: 'posts', name: '岗位角色', title: text('岗位角色', 'Posts and roles'), columns: [
    column('department', '部门代号', 'Department', true, ''), column('section', '科室代号', 'Section', false, '不填为全部门'), column('zh', '岗位', 'Post', true, ''), column('en', '英文名称', 'English name', true, ''),
    column('leads', '负责人', 'Leads', false, '是、否；不填为否'), column('roles', '角色', 'Roles', false, '角色名称或代号，多个用、隔开；导入后由安全管理员确认'),
  ] },
  { key: 'officers', name: '人员', title: text('人员', 'Officers'), columns: [
    column('number', '工号', 'Staff number', true, ''), column('name', '姓名', 'Name', true, ''), column('department', '部门代号', 'Department', true, ''), column('section', '科室代号', 'Section', false, ''), column('post', '岗位', 'Post', false, ''),
    column('joinedOn', '到岗日期', 'Since', false, '如 2026-11-25；不填为导入当日'), column('certificate', '执法证号', 'Certificate', false, ''), column('issuedOn', '发证日期', 'Issued on', false, ''), column('untilOn', '有效期至', 'Good until', false, ''),
    column('left', '离任', 'Has left', false, '填“是”即自导入当日起离任'),
  ] },
  { key: 'duties', name: '职责', title: text('职责', 'Duties'), columns: [
    column('clause', '方案条款', 'Clause', true, '1 至 14'), column('sector', '行业领域', 'Sector', false, '不填为全部领域'), column('department', '部门代号', 'Department', true, ''), column('part', '分工', 'Part', true, '牵头、配合、取消'),
    column('status', '是否已确认', 'Confirmed', false, '是、否；不填为否'), column('note', '说明', 'Note', false, ''),
  ] },
]

/** Words of cells, as they are read and written. */
export const KINDS = { government: '区政府', department: '部门', association: '行业协会', 'credit-agency': '信用服务机构' } as const
/** Parts in a duty, as they are read and written. */
export const PARTS = { lead: '牵头', support: '配合', ended: '取消' } as const

/** The layout of a sheet. */
export function layoutOf(sheet: SheetKey): Layout {
  return LAYOUTS.find(({ key }) => key === sheet)!
}

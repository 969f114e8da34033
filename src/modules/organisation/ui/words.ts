import type { Text } from '../../../kernel/text.ts'

/** How far a permission reaches. */
export const reachWords: Readonly<Record<string, Text>> = { all: { zh: '全部', en: 'all' }, 'own-department': { zh: '本部门', en: 'own department' }, 'own-sector': { zh: '本行业', en: 'own sector' }, 'own-subject': { zh: '本主体', en: 'own subject' } }
/** Kinds of organisation. */
export const kindWords: Readonly<Record<string, Text>> = { government: { zh: '区政府', en: 'District government' }, department: { zh: '部门', en: 'Department' }, association: { zh: '行业协会', en: 'Association' }, 'credit-agency': { zh: '信用服务机构', en: 'Credit agency' } }
/** Parts in a duty. */
export const partWords: Readonly<Record<string, Text>> = { lead: { zh: '牵头', en: 'Leads' }, support: { zh: '配合', en: 'Supports' }, ended: { zh: '取消', en: 'Ended' } }
/** States of a certificate with the look of their tag. */
export const certificateWords: Readonly<Record<string, Text & { readonly tag: string }>> = {
  good: { zh: '有效', en: 'good', tag: 'x-tag-good' }, expiring: { zh: '即将到期', en: 'ends soon', tag: 'x-tag-due' }, expired: { zh: '已过期', en: 'expired', tag: 'x-tag-late' }, withdrawn: { zh: '已收回', en: 'withdrawn', tag: '' }, 'not-yet': { zh: '未生效', en: 'not yet good', tag: '' },
}
/** Sheets of the workbook. */
export const sheetWords: Readonly<Record<string, Text>> = { departments: { zh: '部门', en: 'Departments' }, sections: { zh: '科室', en: 'Sections' }, posts: { zh: '岗位角色', en: 'Posts and roles' }, officers: { zh: '人员', en: 'Officers' }, duties: { zh: '职责', en: 'Duties' } }
/** What an import would do with a row. */
export const whatWords: Readonly<Record<string, Text & { readonly tag: string }>> = { new: { zh: '新增', en: 'new', tag: 'x-tag-good' }, changed: { zh: '变更', en: 'changed', tag: 'x-tag-info' }, same: { zh: '不变', en: 'as it is', tag: '' } }

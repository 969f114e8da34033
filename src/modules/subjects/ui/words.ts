import type { Text } from '../../../kernel/text.ts'

/** Types of subject (主体类型) in words. */
export const typeTitles: Record<string, Text> = {
  enterprise: { zh: '企业', en: 'Enterprise' },
  'individual-business': { zh: '个体工商户', en: 'Individual business' },
  cooperative: { zh: '农民专业合作社', en: 'Cooperative' },
  institution: { zh: '事业单位', en: 'Public institution' },
  'social-organisation': { zh: '社会组织', en: 'Social organisation' },
  government: { zh: '机关', en: 'Government body' },
  'other-organisation': { zh: '其他组织', en: 'Other organisation' },
  'natural-person': { zh: '自然人', en: 'Natural person' },
}
/** Registration status (登记状态) in words, with the tone of its tag. */
export const statusTitles: Record<string, Text & { readonly tone: string }> = {
  active: { zh: '存续', en: 'active', tone: 'good' },
  dormant: { zh: '歇业', en: 'dormant', tone: 'due' },
  revoked: { zh: '吊销', en: 'licence revoked', tone: 'late' },
  deregistered: { zh: '注销', en: 'deregistered', tone: '' },
  'moved-out': { zh: '迁出', en: 'moved out', tone: '' },
}
/** Kinds of identifier in words. */
export const identifierTitles: Record<string, Text> = {
  uscc: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  'organisation-code': { zh: '组织机构代码', en: 'Organisation code' },
  'registration-number': { zh: '工商注册号', en: 'Business registration number' },
  'tax-number': { zh: '纳税人识别号', en: 'Tax number' },
  'resident-id': { zh: '居民身份证号', en: 'Resident id' },
}
/** Fields of a registration in words. */
export const fieldTitles: Record<string, Text> = {
  name: { zh: '名称', en: 'Name' }, codes: { zh: '代码', en: 'Codes' }, uscc: { zh: '代码', en: 'Code' }, type: { zh: '类型', en: 'Type' }, status: { zh: '状态', en: 'Status' }, industry: { zh: '行业', en: 'Industry' }, sectors: { zh: '监管领域', en: 'Sectors' },
  place: { zh: '所在地', en: 'Place' }, department: { zh: '主管部门', en: 'Department' }, foundedOn: { zh: '成立日', en: 'Founded' }, legalRepresentative: { zh: '法定代表人', en: 'Legal representative' },
}

import type { Text } from '../../../kernel/text.ts'

/** Kinds of record in words. */
export const recordKinds: Record<string, Text> = {
  licence: { zh: '行政许可', en: 'Licence' },
  penalty: { zh: '行政处罚', en: 'Penalty' },
  'public-grade': { zh: '公共信用等级', en: 'Public credit grade' },
}
/** Classes of dishonesty (失信程度) in words, with the tone of their tag. */
export const classTitles: Record<string, Text & { readonly tone: string }> = {
  minor: { zh: '轻微失信', en: 'minor', tone: 'info' },
  general: { zh: '一般失信', en: 'general', tone: 'due' },
  serious: { zh: '严重失信', en: 'serious', tone: 'late' },
}
/** What a version of a record did. */
export const operationTitles: Record<string, Text> = {
  filed: { zh: '报送', en: 'filed' },
  corrected: { zh: '更正', en: 'corrected' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  ended: { zh: '终止公示', en: 'ended' },
  recomputed: { zh: '时限重算', en: 'deadline recomputed' },
}
/** The three switches: what each allows. */
export const switchTitles = {
  publicity: { zh: '公示', en: 'Publicity' },
  sharing: { zh: '共享', en: 'Sharing' },
  use: { zh: '使用', en: 'Use' },
} as const satisfies Record<string, Text>
/** Marks of a record in words: the kinds of penalty and licence, and how the decision was made. A mark without a word is not shown. */
export const tagTitles: Record<string, Text> = {
  warning: { zh: '警告', en: 'warning' }, criticism: { zh: '通报批评', en: 'public criticism' }, fine: { zh: '罚款', en: 'fine' }, 'confiscate-gains': { zh: '没收违法所得', en: 'gains confiscated' }, 'confiscate-goods': { zh: '没收非法财物', en: 'goods confiscated' },
  'suspend-licence': { zh: '暂扣许可证件', en: 'permit suspended' }, 'lower-qualification': { zh: '降低资质等级', en: 'qualification lowered' }, 'revoke-licence': { zh: '吊销许可证件', en: 'permit revoked' }, 'restrict-activity': { zh: '限制经营活动', en: 'activity restricted' },
  'suspend-business': { zh: '责令停产停业', en: 'business suspended' }, close: { zh: '责令关闭', en: 'closed' }, 'restrict-employment': { zh: '限制从业', en: 'practice restricted' }, detention: { zh: '行政拘留', en: 'detention' },
  'simple-procedure': { zh: '简易程序', en: 'simple procedure' }, invalid: { zh: '无效', en: 'not in force' }, ordinary: { zh: '普通许可', en: 'ordinary' }, franchise: { zh: '特许', en: 'franchise' }, recognition: { zh: '认可', en: 'recognition' }, approval: { zh: '核准', en: 'approval' }, registration: { zh: '登记', en: 'registration' },
}

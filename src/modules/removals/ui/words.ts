import type { Text } from '../../../kernel/text.ts'

/** States of a request, in words. */
export const removalStates: Readonly<Record<'filed' | 'approved' | 'refused' | 'withdrawn' | 'removed', Text>> = {
  filed: { zh: '待决定', en: 'To be decided' }, approved: { zh: '已同意，待执行', en: 'Approved' }, refused: { zh: '不予删除', en: 'Refused' }, withdrawn: { zh: '已撤回', en: 'Withdrawn' }, removed: { zh: '已删除', en: 'Removed' },
}
/** Grounds of a removal, in words: the five of article 47. */
export const removalGrounds: Readonly<Record<'purpose-over' | 'period-over' | 'consent-withdrawn' | 'unlawful' | 'other-law', Text>> = {
  'purpose-over': { zh: '处理目的已实现、无法实现或不再必要', en: 'The purpose is met, cannot be met, or no longer needs them' },
  'period-over': { zh: '停止提供服务，或保存期限已届满', en: 'The service ended, or the period of keeping is over' },
  'consent-withdrawn': { zh: '本人撤回同意', en: 'The person withdrew consent' },
  unlawful: { zh: '违反法律、行政法规或约定处理', en: 'They were handled against the law or an agreement' },
  'other-law': { zh: '法律、行政法规规定的其他情形', en: 'Another case of a law or regulation' },
}
/** What becomes of what is held, in words. */
export const fates: Readonly<Record<'goes' | 'stays' | 'bars', Text>> = { goes: { zh: '将删除', en: 'Goes' }, stays: { zh: '保留', en: 'Stays' }, bars: { zh: '暂不能删除', en: 'Bars' } }

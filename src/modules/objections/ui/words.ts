import type { Text } from '../../../kernel/text.ts'

/** States of an objection, in words. */
export const stateWords: Readonly<Record<'checking' | 'answered' | 'upheld' | 'partly' | 'corrected' | 'rejected' | 'declined' | 'withdrawn', Text>> = {
  checking: { zh: '核查中', en: 'Being checked' }, answered: { zh: '已核查，待决定', en: 'Answered' }, upheld: { zh: '异议成立，待更正', en: 'Upheld' }, partly: { zh: '部分成立，待更正', en: 'Upheld in part' },
  corrected: { zh: '已更正', en: 'Corrected' }, rejected: { zh: '异议不成立', en: 'Rejected' }, declined: { zh: '不予受理', en: 'Declined' }, withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

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
}
/** The three switches: what each allows. */
export const switchTitles = {
  publicity: { zh: '公示', en: 'Publicity' },
  sharing: { zh: '共享', en: 'Sharing' },
  use: { zh: '使用', en: 'Use' },
} as const satisfies Record<string, Text>

import type { Text } from '../../../kernel/text.ts'

/** Kinds of submission in words. */
export const kindTitles: Record<string, Text> = {
  subject: { zh: '主体名录', en: 'Register of subjects' },
  licence: { zh: '行政许可', en: 'Licences' },
  penalty: { zh: '行政处罚', en: 'Penalties' },
  'public-grade': { zh: '公共信用等级', en: 'Public credit grades' },
}
/** States of a batch in words, with the tone of its tag. */
export const stateTitles: Record<string, Text & { readonly tone: string }> = {
  received: { zh: '等待处理', en: 'waiting', tone: 'info' },
  reading: { zh: '导入中', en: 'importing', tone: 'info' },
  done: { zh: '已完成', en: 'done', tone: 'good' },
  refused: { zh: '整份退回', en: 'refused', tone: 'late' },
}
/** What an import is doing. */
export const stageTitles: Record<string, Text> = {
  waiting: { zh: '排队等待', en: 'waiting its turn' },
  reading: { zh: '逐行核对', en: 'checking row by row' },
  storing: { zh: '写入并登记存证', en: 'storing, with ledger entries' },
}
/** A count with thousands separated. */
export function count(number: number): string {
  return number.toLocaleString('en')
}

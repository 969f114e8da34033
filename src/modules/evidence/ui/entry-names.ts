import type { Text } from '../../../kernel/text.ts'
import { tt } from '../../../ui/language.ts'

/** What each kind of entry tells, for people. */
export const entryNames: Readonly<Record<string, Text>> = {
  'record.filed': { zh: '记录归集', en: 'Record filed' }, 'record.corrected': { zh: '记录更正', en: 'Record corrected' }, 'record.withdrawn': { zh: '记录撤回', en: 'Record withdrawn' }, 'record.publicity-ended': { zh: '公示、共享、使用终止', en: 'Publicity, sharing or use ended' }, 'record.deadline-recomputed': { zh: '报送时限重算', en: 'Report deadline computed anew' }, 'record.document-attached': { zh: '上传文书', en: 'Document attached' },
  'subject.registered': { zh: '主体登记', en: 'Subject registered' }, 'subject.changed': { zh: '主体变更', en: 'Subject changed' }, 'subject.admitted': { zh: '主体收录', en: 'Subject admitted' },
  'batch.received': { zh: '收到文件', en: 'File received' }, 'batch.imported': { zh: '文件导入', en: 'File imported' }, 'batch.refused': { zh: '文件退回', en: 'File refused' },
  'model.adopted': { zh: '采用模型', en: 'Model adopted' }, 'evaluation.run': { zh: '评价', en: 'Evaluation' },
  'grade.changed': { zh: '等级变动', en: 'Grade changed' }, 'grade.ended': { zh: '等级终止', en: 'Grade ended' },
  'alarm.raised': { zh: '异常查看告警', en: 'Unusual reading noticed' }, 'alarm.settled': { zh: '告警处理', en: 'Alarm settled' },
  'trail.sealed': { zh: '审计日志封存', en: 'Audit trail sealed' },
  'ledger.audited': { zh: '账本核验', en: 'Ledger audited' },
}

/** The words for one kind of entry; its name as it stands when there are none. */
export function entryWords(name: string): string {
  const words = entryNames[name]
  return words ? tt(words) : name
}

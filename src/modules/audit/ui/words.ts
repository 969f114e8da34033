import type { Text } from '../../../kernel/text.ts'

/** Kinds of line in words. */
export const trailKinds: Readonly<Record<string, Text>> = { view: { zh: '查看', en: 'View' }, export: { zh: '导出', en: 'Export' }, act: { zh: '办理', en: 'Act' }, 'sign-in': { zh: '登录', en: 'Sign-in' }, entry: { zh: '账目', en: 'Entry' } }
/** Outcomes in words. */
export const trailOutcomes: Readonly<Record<string, Text>> = { given: { zh: '已提供', en: 'Given' }, refused: { zh: '被拒绝', en: 'Refused' }, fault: { zh: '故障', en: 'Fault' } }
/** Kinds of unusual reading in words. */
export const alarmKinds: Readonly<Record<string, Text>> = { many: { zh: '短时间大量查看', en: 'Many in minutes' }, hours: { zh: '工作时间以外查看', en: 'Outside working hours' }, duties: { zh: '职责以外查看', en: 'Outside the duties' } }
/** Findings in words. */
export const findings: Readonly<Record<string, Text>> = { explained: { zh: '情况属实，有正当理由', en: 'Explained' }, misuse: { zh: '属违规查看', en: 'Misuse' } }

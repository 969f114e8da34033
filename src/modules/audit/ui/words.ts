import type { Text } from '../../../kernel/text.ts'

/** Kinds of line in words. */
export const trailKinds: Readonly<Record<string, Text>> = { view: { zh: '查看', en: 'View' }, export: { zh: '导出', en: 'Export' }, act: { zh: '办理', en: 'Act' }, 'sign-in': { zh: '登录', en: 'Sign-in' }, entry: { zh: '账目', en: 'Entry' } }
/** Outcomes in words. */
export const trailOutcomes: Readonly<Record<string, Text>> = { given: { zh: '已提供', en: 'Given' }, refused: { zh: '被拒绝', en: 'Refused' }, fault: { zh: '故障', en: 'Fault' } }
/** Kinds of unusual reading in words. */
export const alarmKinds: Readonly<Record<string, Text>> = { many: { zh: '短时间大量查看', en: 'Many in minutes' }, hours: { zh: '工作时间以外查看', en: 'Outside working hours' }, duties: { zh: '职责以外查看', en: 'Outside the duties' } }
/** Findings in words. */
export const findings: Readonly<Record<string, Text>> = { explained: { zh: '情况属实，有正当理由', en: 'Explained' }, misuse: { zh: '属违规查看', en: 'Misuse' } }

const REASONS: Readonly<Record<string, Text>> = {
  'session.missing': { zh: '没有登录', en: 'nobody signed in' }, 'session.another-person': { zh: '页面是别人打开的', en: 'a page of somebody else' }, 'second-factor.needed': { zh: '须先启用动态口令', en: 'second factor not set' },
  'act.not-allowed': { zh: '岗位没有此权限', en: 'the role does not carry it' }, 'act.out-of-reach': { zh: '超出数据范围', en: 'beyond the reach' }, 'act.other-department': { zh: '其他部门的数据', en: 'another department’s' }, 'act.same-person': { zh: '须由另一人办理', en: 'must be somebody else' },
  'my.subject-missing': { zh: '不是本人代办的企业', en: 'not the own business' }, 'input.invalid': { zh: '内容不合要求', en: 'input does not fit' }, 'request.too-many': { zh: '请求过于频繁', en: 'too many requests' }, 'request.foreign-origin': { zh: '来自其他网站', en: 'from another site' },
  'sign-in.wrong': { zh: '用户名或密码不对', en: 'wrong name or password' }, 'sign-in.locked': { zh: '账号已锁定', en: 'account locked' }, 'sign-in.too-many': { zh: '登录过于频繁', en: 'too many sign-ins' }, 'sign-in.second-factor-missing': { zh: '还缺动态口令', en: 'code missing' }, 'sign-in.second-factor-wrong': { zh: '动态口令不对', en: 'wrong code' },
  'purpose.missing': { zh: '没有填写目的', en: 'no purpose given' },
}

/** What came of it in words: given, a fault, or why it was refused. The code itself stands in the tooltip and in exports. */
export function outcomeWords(outcome: string): Text {
  const words = trailOutcomes[outcome] ?? REASONS[outcome]
  if (words) return words
  if (/[.-](missing|not-found|unknown)$/.test(outcome)) return { zh: '查无此项', en: 'no such thing' }
  return { zh: '不符合办理条件', en: 'not possible as it stood' }
}

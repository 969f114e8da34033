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
  'work.assigned': { zh: '待办已指派', en: 'Item taken or given' },
  'work.released': { zh: '待办已退回', en: 'Item given back' },
  'department.set': { zh: '部门已设置', en: 'Department set' },
  'department.closing-proposed': { zh: '部门撤并已提请', en: 'Closing of a department proposed' },
  'department.closing-decided': { zh: '部门撤并已处理', en: 'Closing of a department decided' },
  'duty.set': { zh: '职责已设置', en: 'Duty set' },
  'officer.appointed': { zh: '人员已任职', en: 'Officer appointed' },
  'officer.left': { zh: '人员已离任', en: 'Officer left' },
  'certificate.noted': { zh: '执法证已登记', en: 'Certificate noted' },
  'role.granted': { zh: '角色已授予', en: 'Role granted' },
  'role.ended': { zh: '角色已收回', en: 'Role ended' },
  'delegation.made': { zh: '代理已设立', en: 'Delegation made' },
  'delegation.ended': { zh: '代理已终止', en: 'Delegation ended' },
  'removal.filed': { zh: '个人信息删除已申请', en: 'Removal filed' },
  'removal.stepped': { zh: '个人信息删除已办理一步', en: 'Step of a removal' },
  'person.removed': { zh: '个人信息已删除', en: 'Person’s data removed' },
  'objection.filed': { zh: '异议已提出', en: 'Objection filed' },
  'objection.stepped': { zh: '异议已办理一步', en: 'Step of an objection' },
  'statement.filed': { zh: '信用说明已提交', en: 'Statement filed' },
  'statement.withdrawn': { zh: '信用说明已撤回', en: 'Statement withdrawn' },
  'claim.filed': { zh: '认领已提出', en: 'Claim filed' },
  'claim.answered': { zh: '认领已答复', en: 'Claim answered' },
  'mandate.granted': { zh: '授权已生效', en: 'Mandate granted' },
  'mandate.ended': { zh: '授权已终止', en: 'Mandate ended' },
  'account.opened': { zh: '账号已开立', en: 'Account opened' },
  'account.closed': { zh: '账号已停用', en: 'Account closed' },
  'account.unlocked': { zh: '账号已解锁', en: 'Account unlocked' },
  'account.linked': { zh: '统一身份已关联', en: 'Account linked to an outside identity' },
  'account.unlinked': { zh: '统一身份关联已解除', en: 'Account unlinked' },
  'account.sessions-ended': { zh: '账号会话已结束', en: 'Sessions of an account ended' },
  'password.set': { zh: '密码已设置', en: 'Password set' },
  'second-factor.set': { zh: '动态口令已启用', en: 'Second factor set' },
  'second-factor.removed': { zh: '动态口令已解除', en: 'Second factor removed' },
  'recovery-codes.renewed': { zh: '恢复码已重新生成', en: 'Recovery codes renewed' },
  'one-time-code.issued': { zh: '一次性代码已签发', en: 'One-time code issued' },
  'trail.archived': { zh: '审计日志已归档', en: 'Stretch of the audit trail archived' },
  'section.set': { zh: '科室已设置', en: 'Section set' },
  'post.set': { zh: '岗位已设置', en: 'Post set' },
  'officer.placed': { zh: '人员已调动', en: 'Officer transferred' },
  'officer.renamed': { zh: '人员已更名', en: 'Officer renamed' },
  'certificate.withdrawn': { zh: '执法证已收回', en: 'Certificate withdrawn' },
  'role.proposed': { zh: '角色待确认', en: 'Role proposed' },
  'role.proposal-decided': { zh: '角色确认结果', en: 'Proposed role decided' },
  'organisation.imported': { zh: '组织机构已导入', en: 'Organisation imported' },
  'ledger.audited': { zh: '账本核验', en: 'Ledger audited' },
}

/** The words for one kind of entry; its name as it stands when there are none. */
export function entryWords(name: string): string {
  const words = entryNames[name]
  return words ? tt(words) : name
}

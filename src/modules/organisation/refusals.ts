import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** Nobody has that number. */
export const officerMissing = (): Refusal => new Refusal({ code: 'officer.missing', status: 404, message: text('没有这名工作人员', 'There is no such officer'), fix: text('请从组织机构页选择', 'Choose one on the page of the organisation') })
/** The staff number belongs to another. */
export const numberTaken = (number: string): Refusal => new Refusal({ code: 'officer.number-taken', status: 409, field: 'number', message: text(`工号“${number}”已有人使用`, `The staff number "${number}" is taken`), fix: text('请核对工号', 'Check the staff number') })
/** The officer is gone. */
export const hasLeft = (on: string): Refusal => new Refusal({ code: 'officer.has-left', status: 409, message: text(`该人员自 ${on} 起已离任`, `The officer has been gone since ${on}`), fix: text('离任人员不能再授权或代理；重新任职请另行登记', 'Whoever left can hold nothing; appoint the person again') })
/** There is no such department. */
export const departmentUnknown = (key: string): Refusal => new Refusal({ code: 'department.unknown', field: 'department', message: text(`没有部门“${key}”`, `There is no department "${key}"`), fix: text('请填写组织机构中的部门代号', 'Give the key of a department of the organisation') })
/** The grant or delegation is no longer in force. */
export const ended = (): Refusal => new Refusal({ code: 'grant.ended', status: 409, message: text('该授权或代理已经终止，或不存在', 'It has ended, or there is none'), fix: text('请刷新页面', 'Reload the page') })
/** The days do not fit. */
export const daysWrong = (): Refusal => new Refusal({ code: 'grant.days-wrong', field: 'untilOn', message: text('截止日早于开始日', 'It would end before it begins'), fix: text('请改正日期', 'Correct the days') })
/** Nobody grants rights to themselves. */
export const toOneself = (): Refusal => new Refusal({ code: 'role.to-oneself', status: 409, message: text('不能给自己授权', 'Nobody grants rights to themselves'), fix: text('请由另一名安全管理员办理', 'Ask another security administrator') })

import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'

/** The officer is one of those who watch. */
export const administers = ({ zh, en }: Text): Refusal => new Refusal({ code: 'officer.administers', status: 409, message: text(`该人员担任“${zh}”，不能由一名管理员单独停用、调离或办理离任`, `The officer is ${en.toLowerCase()}: one administrator alone cannot put such a person away`), fix: text('请先由安全管理员收回该角色', 'Let the security administrator end that role first') })
/** Nobody has that number. */
export const officerMissing = (): Refusal => new Refusal({ code: 'officer.missing', status: 404, message: text('没有这名工作人员', 'There is no such officer'), fix: text('请从组织机构页选择', 'Choose one on the page of the organisation') })
/** The staff number belongs to another. */
export const numberTaken = (number: string): Refusal => new Refusal({ code: 'officer.number-taken', status: 409, field: 'number', message: text(`工号“${number}”已有人使用`, `The staff number "${number}" is taken`), fix: text('请核对工号', 'Check the staff number') })
/** The officer is gone. */
export const hasLeft = (on: string): Refusal => new Refusal({ code: 'officer.has-left', status: 409, message: text(`该人员自 ${on} 起已离任`, `The officer has been gone since ${on}`), fix: text('离任人员不能再授权或代理；重新任职请另行登记', 'Whoever left can hold nothing; appoint the person again') })
/** The department is no more. */
export const departmentClosed = ({ zh, en, closedOn, mergedInto }: { readonly zh: string; readonly en: string; readonly closedOn: string | null; readonly mergedInto: string | null }): Refusal => new Refusal({
  code: 'department.closed', status: 409, field: 'department', message: text(`${zh}自 ${closedOn} 起已撤销`, `${en} has been closed since ${closedOn}`),
  fix: mergedInto === null ? text('请改选现有部门', 'Choose a department that stands') : text(`请改选承接其职责的部门（${mergedInto}）`, `Choose the department that took over: ${mergedInto}`),
})
/** People are in the department, and nothing takes them. */
export const departmentInUse = (people: number): Refusal => new Refusal({ code: 'department.in-use', status: 409, field: 'into', message: text(`该部门还有 ${people} 名在职人员`, `${people} officers still work there`), fix: text('请指定并入的部门，或先调动人员', 'Name the department into which it goes, or transfer them first') })
/** People are in the section. */
export const sectionInUse = (people: number): Refusal => new Refusal({ code: 'section.in-use', status: 409, message: text(`该科室还有 ${people} 名在职人员`, `${people} officers still work in that section`), fix: text('请先调动人员', 'Transfer them first') })
/** A department cannot go into itself. */
export const intoItself = (): Refusal => new Refusal({ code: 'department.into-itself', field: 'parent', message: text('不能以自身为上级，也不能并入自身', 'A department is not above itself, nor goes into itself'), fix: text('请另选部门', 'Choose another department') })
/** The code of a department is no code. */
export const usccWrong = (uscc: string): Refusal => new Refusal({ code: 'department.uscc', field: 'uscc', message: text(`“${uscc}”不是有效的统一社会信用代码`, `"${uscc}" is not a valid unified social credit code`), fix: text('请核对机关赋码证书；可用 xinheng check 查验', 'Check the certificate; `xinheng check` tells what is wrong') })
/** There is no such sector. */
export const sectorUnknown = (key: string): Refusal => new Refusal({ code: 'sector.unknown', field: 'sector', message: text(`没有行业领域“${key}”`, `There is no sector "${key}"`), fix: text('请从行业领域表选择', 'Choose one of the table of sectors') })
/** There is no such section in the department. */
export const sectionUnknown = (given: string, open: readonly string[]): Refusal => new Refusal({ code: 'section.unknown', field: 'section', message: text(`该部门没有科室“${given}”`, `The department has no section "${given}"`), fix: text(`可选：${open.join('、')}`, `Choose one of: ${open.join(', ')}`) })
/** There is no such duty to end. */
export const dutyMissing = (): Refusal => new Refusal({ code: 'duty.missing', status: 404, message: text('没有这项职责', 'There is no such duty'), fix: text('请刷新职责表', 'Reload the table of duties') })
/** Nothing would change. */
export const nothingToMove = (): Refusal => new Refusal({ code: 'officer.not-moved', message: text('调动前后没有变化', 'Nothing would change'), fix: text('请填写新的部门、科室或岗位', 'Give another department, section or post') })
/** Whoever takes over must be there. */
export const successorWrong = (): Refusal => new Refusal({ code: 'officer.successor-wrong', field: 'successorId', message: text('接手人须是同一部门的另一名在职人员', 'Whoever takes over must be another officer of the department that is left'), fix: text('请另选接手人；不填则由科室或部门负责人接手', 'Choose another; without one, the head of the section or department takes over') })
/** The certificate is another officer's. */
export const certificateTaken = (number: string): Refusal => new Refusal({ code: 'certificate.taken', status: 409, field: 'number', message: text(`执法证号“${number}”已登记在他人名下`, `The certificate "${number}" is another officer's`), fix: text('请核对证号', 'Check the number') })
/** The days of a certificate do not fit. */
export const certificateDays = (): Refusal => new Refusal({ code: 'certificate.days', field: 'untilOn', message: text('有效期早于发证日期', 'It would end before it was issued'), fix: text('请改正日期', 'Correct the days') })
/** There is no such certificate. */
export const certificateMissing = (): Refusal => new Refusal({ code: 'certificate.missing', status: 404, message: text('没有这个执法证，或已收回', 'There is no such certificate, or it was withdrawn'), fix: text('请刷新页面', 'Reload the page') })
/** The role is for others. */
export const roleOutside = (): Refusal => new Refusal({ code: 'role.outside', status: 409, field: 'role', message: text('外部机构人员的角色与机关人员的角色不能混用', 'Roles of associations and agencies are not for the administration, nor the other way round'), fix: text('请选择与该人员所在机构相符的角色或代理人', 'Choose a role or deputy that fits where the officer works') })
/** It was decided before. */
export const proposalDecided = (): Refusal => new Refusal({ code: 'role-proposal.decided', status: 409, message: text('该项已处理，或不存在', 'It was decided already, or there is none'), fix: text('请刷新页面', 'Reload the page') })
/** A closing of the department waits already. */
export const closingWaits = (): Refusal => new Refusal({ code: 'department.closing-waits', status: 409, message: text('该部门的撤并已提请，正待确认', 'A closing of this department waits already'), fix: text('请由安全管理员确认或不予确认后再提请', 'Let the security administrator confirm or refuse it first') })
/** The closing was decided before. */
export const closingDecided = (): Refusal => new Refusal({ code: 'closing.decided', status: 409, message: text('该项撤并已处理，或不存在', 'The closing was decided already, or there is none'), fix: text('请刷新页面', 'Reload the page') })
/** The officer has this name. */
export const sameName = (): Refusal => new Refusal({ code: 'officer.same-name', field: 'name', message: text('与现在的姓名相同', 'It is the present name'), fix: text('请填写新的姓名', 'Give the new name') })
/** A no needs a reason. */
export const reasonMissing = (): Refusal => new Refusal({ code: 'role-proposal.reason', field: 'reason', message: text('不予须说明理由', 'A refusal needs a reason'), fix: text('请填写理由', 'Give the reason') })
/** The deputy is of another department. */
export const deputyElsewhere = (): Refusal => new Refusal({ code: 'delegation.other-department', status: 409, field: 'deputyId', message: text('只能委托给本部门人员', 'The deputy must be of the own department'), fix: text('请另选代理人；跨部门代理由安全管理员办理', 'Choose another; across departments the security administrator does it') })
/** Only an officer has duties to hand over. */
export const notAnOfficer = (): Refusal => new Refusal({ code: 'delegation.no-officer', status: 409, message: text('只有登录的工作人员可以委托本人职责', 'Only a signed-in officer hands over own duties'), fix: text('请登录后办理', 'Sign in first') })
/** There is no such department. */
export const departmentUnknown = (key: string): Refusal => new Refusal({ code: 'department.unknown', field: 'department', message: text(`没有部门“${key}”`, `There is no department "${key}"`), fix: text('请填写组织机构中的部门代号', 'Give the key of a department of the organisation') })
/** The grant or delegation is no longer in force. */
export const ended = (): Refusal => new Refusal({ code: 'grant.ended', status: 409, message: text('该授权或代理已经终止，或不存在', 'It has ended, or there is none'), fix: text('请刷新页面', 'Reload the page') })
/** The days do not fit. */
export const daysWrong = (): Refusal => new Refusal({ code: 'grant.days-wrong', field: 'untilOn', message: text('截止日早于开始日', 'It would end before it begins'), fix: text('请改正日期', 'Correct the days') })
/** Nobody grants rights to themselves. */
export const toOneself = (): Refusal => new Refusal({ code: 'role.to-oneself', status: 409, message: text('不能给自己授权', 'Nobody grants rights to themselves'), fix: text('请由另一名安全管理员办理', 'Ask another security administrator') })
/** The workbook has rows with problems. */
export const workbookWrong = (count: number): Refusal => new Refusal({ code: 'organisation-import.problems', status: 409, message: text(`工作簿还有 ${count} 处问题，未导入任何内容`, `The workbook has ${count} problems; nothing was imported`), fix: text('请按提示改正后重新上传预览', 'Mend them, then upload it again') })
/** The organisation is not what it was when the preview was shown. */
export const planChanged = (): Refusal => new Refusal({ code: 'organisation-import.changed', status: 409, message: text('预览之后组织机构已有变动，未导入任何内容', 'The organisation changed since the preview; nothing was imported'), fix: text('请重新上传预览，核对后再导入', 'Upload it again, look at the preview and apply that') })

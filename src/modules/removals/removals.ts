// @clause X.4
import type { HeldOfPerson } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { basis } from '../../kernel/basis.ts'

/** The article that asks for removal. */
export const ARTICLE = basis('law', 'pipl-2021', '第四十七条')

/** Refuses `removal.barred` while something that is held bars a removal: what, how much, and what to do first. */
export function mustBeClear(found: readonly HeldOfPerson[]): void {
  const bars = found.filter(({ fate }) => fate === 'bars')
  if (bars.length === 0) return
  throw new Refusal({
    code: 'removal.barred', status: 409, basis: ARTICLE,
    message: text(`还不能删除：${bars.map(({ what, count }) => `${what.zh} ${count} 项`).join('、')}`, `Not yet: ${bars.map(({ what, count }) => `${what.en} (${count})`).join(', ')}`),
    fix: text(bars.map(({ why }) => why?.zh).filter(Boolean).join('；'), bars.map(({ why }) => why?.en).filter(Boolean).join('; ')),
  })
}

/** Neither number nor user name was given, or both. */
export const personNeeded = (): Refusal => new Refusal({ code: 'removal.person-needed', field: 'idNumber', message: text('请填写证件号码或用户名之一', 'Give either the number of the identity document or the user name'), fix: text('姓名不能确定一个人，不作为查找条件', 'A name does not tell one person and is not looked for') })
/** No person has this account. */
export const accountUnknown = (): Refusal => new Refusal({ code: 'removal.account-unknown', status: 404, field: 'userName', message: text('没有这个用户名的个人账号', 'No person has an account of this user name'), fix: text('请核对用户名；工作人员账号由系统管理员停用，不在此办理', 'Check the user name; accounts of officers are closed by the system administrator') })
/** Nothing is held of the person. */
export const nothingHeld = (): Refusal => new Refusal({ code: 'removal.nothing-held', status: 404, field: 'idNumber', message: text('系统中没有该人的信息', 'Nothing is held of this person'), fix: text('请核对号码；可以据此答复申请人', 'Check the number; the person may be told so') })
/** No such request. */
export const removalMissing = (): Refusal => new Refusal({ code: 'removal.missing', status: 404, message: text('没有这项删除申请', 'There is no such request'), fix: text('请返回列表刷新', 'Go back to the list and reload') })
/** Not possible in the present state. */
export const notNow = (): Refusal => new Refusal({ code: 'removal.not-now', status: 409, message: text('现在的状态不能这样办理', 'Not possible in the present state'), fix: text('请刷新页面查看最新状态', 'Reload the page to see the present state') })
/** Somebody else filed it. */
export const notYours = (): Refusal => new Refusal({ code: 'removal.not-yours', status: 403, message: text('这项申请由他人提出，不能由您撤回', 'Somebody else filed this request: you cannot take it back'), fix: text('请由有权限的人员作出决定；本人不再要求删除的，写明后不予删除', 'Let whoever may decide it; where the person no longer asks for it, refuse it and say so') })
/** One for the same account is under way. */
export const underWay = (): Refusal => new Refusal({ code: 'removal.under-way', status: 409, message: text('已有一项删除申请正在办理', 'A request is under way already'), fix: text('请等待答复', 'Wait for the answer') })
/** A refusal names what the person may do. */
export const remedyMissing = (): Refusal => new Refusal({ code: 'removal.remedy-missing', field: 'remedy', message: text('不予删除须告知救济途径', 'A refusal names the remedy'), fix: text('如：可以依法向人民法院起诉', 'For example: the person may go to court'), basis: basis('law', 'pipl-2021', '第五十条') })
/** Asked for on a day that has not come. */
export const askedInFuture = (): Refusal => new Refusal({ code: 'removal.asked-in-future', field: 'askedOn', message: text('申请日期还没有到', 'The day lies in the future'), fix: text('填写实际申请的日期', 'Give the day on which it was asked for') })

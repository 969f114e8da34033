import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

const ask = text('请核对后重试；忘记密码请联系系统管理员重置', 'Check and try again; if you forgot it, ask the system administrator')

/** User name and password do not fit; which of them is not told. */
export const wrong = (): Refusal => new Refusal({ code: 'sign-in.wrong', status: 401, message: text('用户名或密码不正确', 'User name or password is wrong'), fix: ask })
/** Locked after failures. */
export const locked = (until: Date, now: Date): Refusal => new Refusal({
  code: 'sign-in.locked', status: 429, retryAfterS: Math.ceil((until.getTime() - now.getTime()) / 1000), message: text(`多次登录失败，已锁定至 ${clockTime(until)}`, `Locked until ${clockTime(until)} after several failures`),
  fix: text('请到时再试，或请安全管理员解除锁定', 'Try again then, or ask the security administrator to unlock it'),
})
/** Too many attempts from one address. */
export const tooMany = (seconds: number): Refusal => new Refusal({ code: 'sign-in.too-many', status: 429, retryAfterS: seconds, message: text('来自该地址的登录过于频繁', 'Too many attempts from this address'), fix: text(`请 ${seconds} 秒后再试`, `Try again in ${seconds} seconds`) })
/** A code of the second factor is needed beside the password. */
export const secondFactorMissing = (): Refusal => new Refusal({ code: 'sign-in.second-factor-missing', status: 401, field: 'code', message: text('还需要动态口令', 'A code of the second factor is needed too'), fix: text('请输入验证器中的六位数字，或一个恢复码', 'Enter the six digits of the authenticator, or a recovery code') })
/** The second factor does not fit. */
export const secondFactorWrong = (): Refusal => new Refusal({ code: 'sign-in.second-factor-wrong', status: 401, field: 'code', message: text('动态口令不正确或已用过', 'The code is wrong, or was used already'), fix: text('请等验证器显示下一个口令再试', 'Wait for the next code of the authenticator') })
/** The password is too old; a new one is handed in with the next attempt. */
export const passwordAged = (days: number): Refusal => new Refusal({ code: 'sign-in.password-aged', status: 401, field: 'newPassword', message: text(`密码已超过 ${days} 天，须更换`, `The password is older than ${days} days and must be changed`), fix: text('请输入新密码后登录', 'Enter a new password and sign in') })
/** The one-time code is no good. */
export const codeWrong = (): Refusal => new Refusal({ code: 'one-time-code.wrong', status: 401, field: 'code', message: text('一次性代码不正确、已使用或已过期', 'The one-time code is wrong, used or expired'), fix: text('请核对；过期的请系统管理员重新签发', 'Check it; if it expired, ask the system administrator for another') })
/** There is no such identity service. */
export const outsideUnknown = (): Refusal => new Refusal({ code: 'outside.unknown', status: 404, message: text('没有配置这个身份认证服务', 'There is no such identity service'), fix: text('请用用户名和密码登录', 'Sign in with user name and password') })
/** The identity service does not answer. */
export const outsideNotReached = (): Refusal => new Refusal({ code: 'outside.not-reached', status: 503, message: text('暂时连接不上身份认证服务', 'The identity service is not reached'), fix: text('请稍后再试，或用用户名和密码登录', 'Try again later, or sign in with user name and password') })
/** The identity service, or the person at it, said no. */
export const outsideDeclined = (): Refusal => new Refusal({ code: 'outside.declined', status: 401, message: text('身份认证服务没有同意登录', 'The identity service declined the sign-in'), fix: text('请重新登录；仍不行请联系该服务的管理方', 'Begin anew; if it stays, ask whoever runs that service') })
/** What the identity service said does not hold. */
export const outsideNotValid = (): Refusal => new Refusal({ code: 'outside.not-valid', status: 401, message: text('身份认证服务的答复没有通过校验', 'The answer of the identity service did not pass the checks'), fix: text('请重新登录；反复出现请告知系统管理员', 'Begin anew; if it happens again, tell the system administrator') })
/** This browser has no such sign-in under way. */
export const outsideOver = (): Refusal => new Refusal({ code: 'outside.over', status: 401, message: text('这次登录已使用、已过期，或不是在这个浏览器上开始的', 'This sign-in was used, is over, or was not begun in this browser'), fix: text('请回到登录页重新开始', 'Begin anew on the page to sign in') })
/** Nobody here is linked to that person. */
export const outsideNotLinked = (): Refusal => new Refusal({
  code: 'outside.not-linked', status: 403, field: 'oneTimeCode', message: text('您的统一身份尚未关联本系统的账号', 'Your identity is not linked to an account here'),
  fix: text('请向系统管理员索取一次性代码，在此输入后完成关联；不会按姓名自动建立账号', 'Ask the system administrator for a one-time code and enter it here; no account is made from a name'),
})
/** That person is linked to an account already. */
export const outsideTaken = (): Refusal => new Refusal({ code: 'outside.taken', status: 409, message: text('该统一身份已关联账号', 'That identity is linked to an account already'), fix: text('请直接登录；需要更换请安全管理员先解除关联', 'Just sign in; to change it, ask the security administrator to unlink it first') })
/** The account is linked to another person at the same service. */
export const accountLinked = (): Refusal => new Refusal({ code: 'outside.account-linked', status: 409, message: text('该账号已关联另一个统一身份', 'The account is linked to another identity there'), fix: text('请核对是否登录了别人的统一身份；确需更换请安全管理员先解除关联', 'Check whose identity you signed in with; to change it, ask the security administrator to unlink it first') })
/** The identity service gave no name with the person, without which no account is made. */
export const outsideNameless = (): Refusal => new Refusal({ code: 'outside.nameless', status: 403, message: text('身份认证服务没有提供您的姓名，不能开立账号', 'The identity service gave no name, so that no account can be made'), fix: text('请在该服务中同意提供姓名后重试；仍不行请注册账号', 'Let that service give your name and try again; if it stays, register here') })
/** There is no such link of one's own. */
export const linkMissing = (): Refusal => new Refusal({ code: 'outside.link-missing', status: 404, message: text('您没有这项关联，或已解除', 'You have no such link, or it has ended'), fix: text('请刷新页面', 'Reload the page') })
/** Without it nobody could sign in to the account any more. */
export const lastWay = (): Refusal => new Refusal({ code: 'outside.last-way', status: 409, message: text('这是您唯一的登录方式，不能解除', 'It is the only way left to sign in, and stays'), fix: text('请先设置密码，或先关联另一个统一身份', 'Set a password first, or link another identity') })
/** The logout token does not hold, or was used before. */
export const logoutNotValid = (): Refusal => new Refusal({ code: 'outside.logout-not-valid', status: 400, message: text('注销令牌没有通过校验，或已使用', 'The logout token did not pass the checks, or was used'), fix: text('请按 OpenID Connect Back-Channel Logout 1.0 发送', 'Send it as OpenID Connect Back-Channel Logout 1.0 says') })
/** Whoever asks must show again who it is. */
export const confirmFirst = (minutes: number): Refusal => new Refusal({ code: 'session.confirm-first', status: 403, message: text('请先再次验证身份', 'Show again who you are first'), fix: text(`请输入密码或动态口令，${minutes} 分钟内有效；没有密码的请退出后重新登录`, `Enter your password or a code of the second factor; it holds for ${minutes} minutes. Without a password, sign out and in again`) })
/** The user name belongs to another account. */
export const userNameTaken = (name: string): Refusal => new Refusal({ code: 'account.name-taken', status: 409, field: 'userName', message: text(`用户名“${name}”已有人使用`, `The user name "${name}" is taken`), fix: text('请换一个用户名', 'Choose another') })
/** The officer has an account already. */
export const hasAccount = (): Refusal => new Refusal({ code: 'account.exists', status: 409, field: 'officerId', message: text('该人员已有账号', 'The officer has an account'), fix: text('需要时可重新签发一次性代码', 'Issue a one-time code for it if needed') })
/** The account of the officer was closed. It never opens again: who did what under it must stay one person's. */
export const accountOver = (): Refusal => new Refusal({ code: 'account.closed-for-good', status: 409, field: 'officerId', message: text('该人员的账号已停用，停用后不再启用', 'The account of the officer was closed, and a closed one never opens again'), fix: text('人员重新任用的，请以新工号登记，再开立账号', 'For an officer who comes back, register a new staff number, then open an account') })
/** There is no such account, or it is closed. */
export const accountMissing = (): Refusal => new Refusal({ code: 'account.missing', status: 404, message: text('没有这个账号，或已停用', 'There is no such account, or it is closed'), fix: text('请核对用户名', 'Check the user name') })
/** The rights of the account rest until somebody has made sure of its owner. */
export const notVerified = (): Refusal => new Refusal({ code: 'account.not-verified', status: 403, message: text('您的密码由一次性代码设置，尚未核实本人，岗位权限暂停', 'Your password was set by a one-time code; until the security administrator has made sure that it was you, your rights rest'), fix: text('请当面或致电安全管理员核实，核实后立即恢复', 'See or call the security administrator; they come back at once') })
/** There is nothing to verify of the account. */
export const nothingToVerify = (): Refusal => new Refusal({ code: 'account.nothing-to-verify', status: 409, message: text('这个账号没有待核实的一次性代码', 'No one-time code of this account waits to be verified'), fix: text('请刷新页面', 'Reload the page') })
/** Nobody is signed in. */
export const sessionMissing = (): Refusal => new Refusal({ code: 'session.missing', status: 401, message: text('尚未登录，或登录已失效', 'Nobody is signed in, or the session is over'), fix: text('请重新登录', 'Sign in again') })
/** There is no such session of one's own. */
export const sessionUnknown = (): Refusal => new Refusal({ code: 'session.unknown', status: 404, message: text('没有这个会话', 'There is no such session'), fix: text('请刷新页面', 'Reload the page') })
/** The role needs a second factor before anything else. */
export const secondFactorNeeded = (): Refusal => new Refusal({ code: 'second-factor.needed', status: 403, message: text('您的岗位必须先启用动态口令', 'Your role must set up a second factor first'), fix: text('请在“登录与安全”页启用动态口令', 'Set it up on the page Sign-in and security') })
/** There is no second factor of one's own. */
export const secondFactorMissingHere = (): Refusal => new Refusal({ code: 'second-factor.missing', status: 404, message: text('您没有启用动态口令', 'You have no second factor'), fix: text('请刷新页面', 'Reload the page') })
/** A role needs the second factor. */
export const secondFactorStays = (): Refusal => new Refusal({ code: 'second-factor.stays', status: 409, message: text('您的岗位必须使用动态口令，不能停用', 'Your role needs the second factor; it stays'), fix: text('更换手机的，请重新启用以替换原来的', 'For another phone, set it up anew: that replaces it') })
/** No second factor waits for its confirmation, or the code did not fit. */
export const secondFactorNotConfirmed = (): Refusal => new Refusal({ code: 'second-factor.not-confirmed', field: 'code', message: text('动态口令不正确', 'The code does not fit'), fix: text('请核对手机时间，输入当前口令；必要时重新开始', 'Check the clock of the phone and enter the present code; begin anew if needed') })

function clockTime(at: Date): string {
  return at.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false, hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

import type { Text } from '../../../kernel/text.ts'

/** How a session was opened. */
export const kindWords: Readonly<Record<'password' | 'one-time-code' | 'oidc' | 'demo', Text>> = {
  password: { zh: '密码', en: 'Password' }, 'one-time-code': { zh: '一次性代码', en: 'One-time code' }, oidc: { zh: '统一身份认证', en: 'Identity service' }, demo: { zh: '演示', en: 'Demo' },
}

/** How an identity of an outside service was linked. */
export const linkedByWords: Readonly<Record<'one-time-code' | 'number' | 'service' | 'owner', Text>> = {
  'one-time-code': { zh: '凭一次性代码关联', en: 'by a one-time code' }, number: { zh: '按工号关联', en: 'by staff number' }, service: { zh: '登录时开立', en: 'opened at the first sign-in' }, owner: { zh: '本人关联', en: 'by its owner' },
}

/** What became of a business that an identity service named. */
export const representWords: Readonly<Record<'confirmed' | 'stands' | 'unknown' | 'gone' | 'over' | 'not-representative', Text>> = {
  confirmed: { zh: '已核准，可以代为办理', en: 'confirmed: you may act for it' }, stands: { zh: '此前已核准', en: 'confirmed earlier' }, unknown: { zh: '登记库中没有这个代码，请核对后联系信用主管部门', en: 'the register does not hold this code: ask the credit office' },
  gone: { zh: '已注销，不能认领', en: 'deregistered: it cannot be claimed' }, over: { zh: '身份认证服务给出的期限已过', en: 'what the identity service says has expired' }, 'not-representative': { zh: '您不是其法定代表人，请提交材料认领', en: 'you are not its legal representative: claim it with documents' },
}

/** What became of an attempt to sign in. */
export const outcomeWords: Readonly<Record<'begun' | 'signed-in' | 'wrong' | 'wrong-second-factor' | 'second-factor-missing' | 'password-aged' | 'locked' | 'unlocked' | 'not-linked' | 'registered', Text>> = {
  begun: { zh: '未完成', en: 'Not finished' }, 'signed-in': { zh: '成功', en: 'Signed in' }, wrong: { zh: '用户名或密码不正确', en: 'Wrong name or password' }, 'wrong-second-factor': { zh: '动态口令不正确', en: 'Wrong code' },
  'second-factor-missing': { zh: '等待动态口令', en: 'Code asked for' }, 'password-aged': { zh: '密码已到期', en: 'Password aged' }, locked: { zh: '锁定中被拒', en: 'Refused while locked' }, unlocked: { zh: '已解除锁定', en: 'Unlocked' },
  registered: { zh: '已注册', en: 'Registered' },
  'not-linked': { zh: '统一身份尚未关联', en: 'Identity not linked' },
}

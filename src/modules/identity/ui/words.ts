import type { Text } from '../../../kernel/text.ts'

/** How a session was opened. */
export const kindWords: Readonly<Record<'password' | 'one-time-code' | 'oidc' | 'demo', Text>> = {
  password: { zh: '密码', en: 'Password' }, 'one-time-code': { zh: '一次性代码', en: 'One-time code' }, oidc: { zh: '统一身份认证', en: 'Identity service' }, demo: { zh: '演示', en: 'Demo' },
}

/** What became of an attempt to sign in. */
export const outcomeWords: Readonly<Record<'begun' | 'signed-in' | 'wrong' | 'wrong-second-factor' | 'second-factor-missing' | 'password-aged' | 'locked' | 'unlocked' | 'not-linked' | 'registered', Text>> = {
  begun: { zh: '未完成', en: 'Not finished' }, 'signed-in': { zh: '成功', en: 'Signed in' }, wrong: { zh: '用户名或密码不正确', en: 'Wrong name or password' }, 'wrong-second-factor': { zh: '动态口令不正确', en: 'Wrong code' },
  'second-factor-missing': { zh: '等待动态口令', en: 'Code asked for' }, 'password-aged': { zh: '密码已到期', en: 'Password aged' }, locked: { zh: '锁定中被拒', en: 'Refused while locked' }, unlocked: { zh: '已解除锁定', en: 'Unlocked' },
  registered: { zh: '已注册', en: 'Registered' },
  'not-linked': { zh: '统一身份尚未关联', en: 'Identity not linked' },
}

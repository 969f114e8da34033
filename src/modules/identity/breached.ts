// @clause X.4
import type { World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/**
 * Refuses `password.breached` where the operator has put a list in place and the figure of the day refuses what stands in it (泄露密码). A list that cannot be read refuses too (`password.list-failed`):
 * else a lost disk would let through what was to be kept out.
 */
export async function mustNotBeBreached({ breached, policy, clock }: Pick<World, 'breached' | 'policy' | 'clock'>, password: string): Promise<void> {
  const from = policy.on(dayOf(clock.now())).value<number>('identity/breached-passwords')
  if (breached === undefined || from === 0) return
  const times = await breached.timesSeen(password).catch((error: unknown) => {
    console.error('the list of breached passwords cannot be read', error)
    throw listFailed()
  })
  if (times < from) return
  throw new Refusal({
    code: 'password.breached', field: 'password', message: text(`这个密码已在别处泄露过（${times} 次），攻击者会先试它`, `This password became known by thefts elsewhere (${times} times): it is tried first`),
    fix: text('请换一个别处没有用过的密码；别处还在用它的，也请更换', 'Choose one that you use nowhere else; where you still use this one, change it there too'),
  })
}

function listFailed(): Refusal {
  return new Refusal({ code: 'password.list-failed', status: 503, field: 'password', message: text('暂时无法核对密码是否泄露过，没有设置', 'Whether the password became known cannot be looked up now; it was not set'), fix: text('请稍后再试；如仍不行，请告诉系统管理员：泄露密码库无法读取', 'Try again later; if it stays, tell the system administrator that the list of breached passwords cannot be read') })
}

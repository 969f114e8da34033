// @clause X.4
import type { Visit, World } from '../../engines/procedure/index.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { openPersonAccount, setPassword, userNameSchema } from './acts.ts'
import { mustNotBeBreached } from './breached.ts'
import { digestOfPassword, mustBeGood } from './passwords.ts'
import { answerSignIn, countRegistrations, insertSignIn } from './queries/sessions.ts'
import { mayTry, openSession } from './sign-in.ts'

/** What someone enters to register. The phone number is for the officer who confirms a claim. */
export type Registering = { readonly userName: string; readonly password: string; readonly name: string; readonly phone?: string | undefined }

const registrar = systemActor('registration')
const MS_PER_HOUR = 3_600_000

/**
 * 注册: an account of a person who is no officer, with its password. Gives the token of a session. Neither name nor phone is checked here, so
 * the account may do nothing but claim; whoever later checks phone numbers does it before {@link openPersonAccount}.
 * Refuses `registration.too-many`, `account.name-wrong`, `account.name-taken`, `password.…`.
 */
export async function registerPerson(world: World, from: Pick<Visit, 'address' | 'agent'>, { userName: given, password, name, phone }: Registering): Promise<string> {
  const now = world.clock.now()
  const law = world.policy.on(dayOf(now))
  const { most, hours } = law.value<{ most: number; hours: number }>('identity/registrations-by-address')
  await mayTry(world, from.address, now)
  if ((await countRegistrations(world.db, from.address, new Date(now.getTime() - hours * MS_PER_HOUR))) >= most) throw tooMany(hours)
  const { data: userName } = userNameSchema.safeParse(given)
  if (userName === undefined) throw nameWrong()
  mustBeGood(world.policy, dayOf(now), password, userName)
  await mustNotBeBreached(world, password)
  const signInId = await insertSignIn(world.db, { at: now, userName, outcome: 'begun', ...from })
  const hash = await digestOfPassword(password, law, world.randomness)
  const accountId = await world.db.transaction().execute(async (tx) => {
    const opened = await openPersonAccount.performIn(tx, world, registrar, { userName, name, phone: phone || null })
    await setPassword.performIn(tx, world, registrar, { accountId: opened.accountId, hash, except: null })
    return opened.accountId
  })
  await answerSignIn(world.db, signInId, 'registered', accountId)
  world.wake()
  return openSession(world, from, accountId, 'password')
}

const tooMany = (hours: number) => new Refusal({ code: 'registration.too-many', status: 429, message: text('来自该地址的注册过多', 'Too many accounts were registered from this address'), fix: text(`请 ${hours} 小时后再试，或到政务服务窗口办理`, `Try again in ${hours} hours, or go to the service window`) })
const nameWrong = () => new Refusal({ code: 'account.name-wrong', field: 'userName', message: text('用户名不符合要求', 'The user name does not do'), fix: text('3 至 40 个字符：小写字母开头，可含小写字母、数字、点、横线', '3 to 40 characters: begins with a letter; small letters, digits, dots, dashes') })

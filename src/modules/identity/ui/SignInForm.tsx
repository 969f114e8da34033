// @clause X.4
import { useState } from 'react'
import { Button, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t } from '../../../ui/language.ts'
import { useAct } from '../../../ui/use-endpoint.ts'
import { redeemCode, signIn } from '../contract.ts'

/** User name and password; then, as the server asks for them, the code of the second factor or a new password. */
export function SignInForm({ onDone }: { onDone(): void }) {
  const act = useAct(signIn, { stale: [], onDone })
  const [given, setGiven] = useState({ userName: '', password: '', code: '', newPassword: '' })
  const set = (field: keyof typeof given) => (event: { target: { value: string } }) => setGiven((now) => ({ ...now, [field]: event.target.value }))
  const asked = act.problem?.body.code ?? ''
  const [wantsCode, setWantsCode] = useState(false)
  const code = wantsCode || asked.startsWith('sign-in.second-factor')
  const aged = asked === 'sign-in.password-aged' || (given.newPassword !== '' && asked.startsWith('password.'))
  if (code && !wantsCode) setWantsCode(true)
  const submit = () => void act.perform({ userName: given.userName, password: given.password, ...(code && given.code ? { code: given.code } : {}), ...(given.newPassword ? { newPassword: given.newPassword } : {}) })
  return (
    <ActForm act={act} fields={['userName', 'password', ...(code ? ['code'] : []), ...(aged ? ['newPassword'] : [])]} submit={t('登录', 'Sign in')} onSubmit={submit}>
      <ActField name="userName" label={t('用户名', 'User name')} required>{(id) => <Input id={id} value={given.userName} onChange={set('userName')} autoComplete="username" autoCapitalize="none" autoFocus />}</ActField>
      <ActField name="password" label={t('密码', 'Password')} required>{(id) => <Input.Password id={id} value={given.password} onChange={set('password')} autoComplete="current-password" />}</ActField>
      {code && <ActField name="code" label={t('动态口令或恢复码', 'Code of the authenticator, or a recovery code')} required>{(id) => <Input id={id} value={given.code} onChange={set('code')} autoComplete="one-time-code" inputMode="text" />}</ActField>}
      {aged && <ActField name="newPassword" label={t('新密码', 'New password')} required>{(id) => <Input.Password id={id} value={given.newPassword} onChange={set('newPassword')} autoComplete="new-password" />}</ActField>}
    </ActForm>
  )
}

/** A one-time code, and the password that one sets with it; a first administrator gives user name and name too. */
export function RedeemForm({ onDone, onSignIn }: { onDone(): void; onSignIn(): void }) {
  const act = useAct(redeemCode, { stale: [], onDone: (answer) => (answer.signedIn ? onDone() : undefined) })
  const [given, setGiven] = useState({ code: '', password: '', userName: '', name: '' })
  const set = (field: keyof typeof given) => (event: { target: { value: string } }) => setGiven((now) => ({ ...now, [field]: event.target.value }))
  const submit = () => void act.perform({ code: given.code, password: given.password, ...(given.userName ? { userName: given.userName, name: given.name } : {}) })
  if (act.answer && !act.answer.signedIn) return <div className="x-stack"><p role="status">{t('密码已设置，请用密码和动态口令登录。', 'The password is set. Sign in with it and the code of the authenticator.')}</p><Button type="primary" onClick={onSignIn}>{t('去登录', 'Sign in')}</Button></div>
  return (
    <ActForm act={act} fields={['code', 'password', 'userName', 'name']} submit={t('设置密码并登录', 'Set the password and sign in')} onSubmit={submit} onCancel={onSignIn}>
      <ActField name="code" label={t('一次性代码', 'One-time code')} required>{(id) => <Input id={id} value={given.code} onChange={set('code')} placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" autoComplete="off" autoFocus />}</ActField>
      <ActField name="password" label={t('自设密码', 'Your own password')} required>{(id) => <Input.Password id={id} value={given.password} onChange={set('password')} autoComplete="new-password" />}</ActField>
      <details>
        <summary>{t('我是首任管理员', 'I am a first administrator')}</summary>
        <div className="x-stack" style={{ marginTop: 10 }}>
          <ActField name="userName" label={t('用户名', 'User name')} hint={t('3 至 40 位小写字母、数字、点、横线，字母开头', '3 to 40 small letters, digits, dots, dashes; begins with a letter')}>{(id) => <Input id={id} value={given.userName} onChange={set('userName')} autoComplete="username" />}</ActField>
          <ActField name="name" label={t('姓名', 'Name')}>{(id) => <Input id={id} value={given.name} onChange={set('name')} autoComplete="name" />}</ActField>
        </div>
      </details>
    </ActForm>
  )
}

import { useState } from 'react'
import { registerPerson, signIn } from '../../modules/identity/contract.ts'
import { t } from '../../ui/language.ts'
import { useAct } from '../../ui/use-endpoint.ts'
import { OutsideWays } from './Outside.tsx'
import { Card, Field, Form } from './parts.tsx'

/** Signing in, or registering as someone who acts for a business. */
export function Enter({ onDone }: { onDone(): void }) {
  const [registering, setRegistering] = useState(false)
  return (
    <>
      <p>{t('在这里查看本企业的信用档案、提出异议、管理经办人。全部免费。', 'See the record of your business, object to what is wrong, and say who may act for it. All of it is free.')}</p>
      <OutsideWays />
      {registering ? <Register onDone={onDone} /> : <SignIn onDone={onDone} />}
      <button className="m-link" onClick={() => setRegistering(!registering)}>{registering ? t('已有账号，去登录', 'I have an account: sign in') : t('没有账号，先注册', 'No account yet: register')}</button>
    </>
  )
}

function SignIn({ onDone }: { onDone(): void }) {
  const act = useAct(signIn, { onDone })
  const [given, setGiven] = useState({ userName: '', password: '', code: '', newPassword: '' })
  const [wants, setWants] = useState({ code: false, newPassword: false })
  const asked = act.problem?.body.code ?? ''
  if (asked.startsWith('sign-in.second-factor') && !wants.code) setWants({ ...wants, code: true })
  if (asked === 'sign-in.password-aged' && !wants.newPassword) setWants({ ...wants, newPassword: true })
  const set = (name: keyof typeof given) => (event: { target: { value: string } }) => setGiven({ ...given, [name]: event.target.value })
  const submit = () => void act.perform({ userName: given.userName, password: given.password, ...(given.code ? { code: given.code } : {}), ...(given.newPassword ? { newPassword: given.newPassword } : {}) })
  return (
    <Card title={t('登录', 'Sign in')}>
      <Form act={act} fields={['code', 'newPassword']} submit={t('登录', 'Sign in')} onSubmit={submit}>
        <Field name="userName" label={t('用户名', 'User name')}>{(props) => <input {...props} required value={given.userName} onChange={set('userName')} autoComplete="username" autoCapitalize="none" />}</Field>
        <Field name="password" label={t('密码', 'Password')}>{(props) => <input {...props} required type="password" value={given.password} onChange={set('password')} autoComplete="current-password" />}</Field>
        {wants.code && <Field name="code" label={t('动态口令或恢复码', 'Code of the authenticator, or a recovery code')} problem={act.problem}>{(props) => <input {...props} required value={given.code} onChange={set('code')} autoComplete="one-time-code" />}</Field>}
        {wants.newPassword && <Field name="newPassword" label={t('新密码', 'New password')} problem={act.problem}>{(props) => <input {...props} required type="password" value={given.newPassword} onChange={set('newPassword')} autoComplete="new-password" />}</Field>}
      </Form>
    </Card>
  )
}

function Register({ onDone }: { onDone(): void }) {
  const act = useAct(registerPerson, { onDone })
  const [given, setGiven] = useState({ name: '', userName: '', password: '', phone: '' })
  const set = (name: keyof typeof given) => (event: { target: { value: string } }) => setGiven({ ...given, [name]: event.target.value })
  return (
    <Card title={t('注册', 'Register')}>
      <Form act={act} fields={['name', 'userName', 'password', 'phone']} submit={t('注册并登录', 'Register and sign in')} onSubmit={() => void act.perform({ ...given, phone: given.phone || undefined })}>
        <Field name="name" label={t('姓名', 'Name')} hint={t('与身份证一致。工作人员核对认领时会看到。', 'As on your identity card. Officers see it when they check a claim.')} problem={act.problem}>{(props) => <input {...props} required value={given.name} onChange={set('name')} autoComplete="name" />}</Field>
        <Field name="userName" label={t('用户名', 'User name')} hint={t('3 至 40 位小写字母、数字、点、横线，字母开头', '3 to 40 small letters, digits, dots, dashes; begins with a letter')} problem={act.problem}>{(props) => <input {...props} required value={given.userName} onChange={set('userName')} autoComplete="username" autoCapitalize="none" />}</Field>
        <Field name="password" label={t('密码', 'Password')} hint={t('至少 8 位，含大写、小写、数字、其他字符中的三类', 'At least 8 characters of three classes: capital, small, digit, other')} problem={act.problem}>{(props) => <input {...props} required type="password" value={given.password} onChange={set('password')} autoComplete="new-password" />}</Field>
        <Field name="phone" label={t('电话（可不填）', 'Phone (optional)')} hint={t('本系统不发短信，也不验证号码；工作人员核对材料时可能拨打。', 'No text message is sent and the number is not verified; an officer may call about your documents.')} problem={act.problem}>{(props) => <input {...props} type="tel" value={given.phone} onChange={set('phone')} autoComplete="tel" />}</Field>
      </Form>
    </Card>
  )
}

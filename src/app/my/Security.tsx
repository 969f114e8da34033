import { useState } from 'react'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { beginSecondFactor, changePassword, confirmSecondFactor, endSession, getSecondFactor, listSessions, removeOwnSecondFactor, renewRecoveryCodes } from '../../modules/identity/contract.ts'
import { useConfirmedAct, type ConfirmedAct } from '../../modules/identity/ui/confirmed.ts'
import { useOutsideLinks } from '../../modules/identity/ui/outside-links.ts'
import { kindWords } from '../../modules/identity/ui/words.ts'
import { instantInChina } from '../../ui/DayText.tsx'
import { t, tt } from '../../ui/language.ts'
import { QrCode } from '../../ui/QrCode.tsx'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Field, Form, Reading, Trouble } from './parts.tsx'

/** How one signs in, and where one is signed in: second factor, password, linked identities, sessions. */
export function Security() {
  return <><SecondFactor /><Password /><Links /><Sessions /></>
}

/** Asks again who it is, by what the owner has; nothing while nobody asks. */
function Confirm<E extends Endpoint>({ act }: { readonly act: ConfirmedAct<E> }) {
  const has = useEndpoint(getSecondFactor, {})
  const [given, setGiven] = useState('')
  if (!act.asks || !has.data) return null
  const byPassword = has.data.password
  if (!byPassword && !has.data.set) return <p role="alert">{t('请退出，重新登录后再办。', 'Sign out and in again, then do it.')}</p>
  const show = async () => { await act.show(byPassword ? { password: given } : { code: given }); setGiven('') }
  return (
    <Form act={act.confirming} fields={['password', 'code']} submit={t('验证并继续', 'Confirm and go on')} onSubmit={() => void show()} onCancel={act.forget}>
      <Field name={byPassword ? 'password' : 'code'} label={byPassword ? t('请再次输入密码', 'Enter your password again') : t('请输入动态口令', 'Enter a code of the second factor')} problem={act.confirming.problem}>{(props) => <input {...props} required type={byPassword ? 'password' : 'text'} value={given} onChange={(event) => setGiven(event.target.value)} autoComplete={byPassword ? 'current-password' : 'one-time-code'} autoFocus />}</Field>
    </Form>
  )
}

function SecondFactor() {
  const factor = useEndpoint(getSecondFactor, {})
  const begin = useConfirmedAct(beginSecondFactor, { stale: [] })
  const confirm = useAct(confirmSecondFactor, { stale: [getSecondFactor, listSessions] })
  const renew = useConfirmedAct(renewRecoveryCodes, { stale: [getSecondFactor] })
  const remove = useConfirmedAct(removeOwnSecondFactor, { stale: [getSecondFactor, listSessions] })
  const [given, setGiven] = useState({ password: '', code: '' })
  if (!factor.data) return <Reading problem={factor.error} />
  const codes = confirm.answer ?? renew.answer
  const done = () => { confirm.forget(); renew.forget(); begin.forget(); setGiven({ password: '', code: '' }) }
  if (codes) return <Card title={t('恢复码', 'Recovery codes')}><p>{t('请抄下恢复码，每个只能用一次，只显示这一次：', 'Keep the recovery codes; each is good once, and they are shown only now:')}</p><ul className="x-mono">{codes.recoveryCodes.map((code) => <li key={code}>{code}</li>)}</ul><button className="m-button" onClick={done}>{t('已抄存', 'I kept them')}</button></Card>
  return (
    <Card title={t('动态口令', 'Second factor')}>
      {factor.data.set ? <p className="x-good">{t(`✓ 已启用，剩余恢复码 ${factor.data.recoveryCodesLeft} 个`, `✓ Set; ${factor.data.recoveryCodesLeft} recovery codes left`)}</p> : <p>{t('启用后，登录时除密码外还需验证器中的六位数字，更安全。', 'With it, signing in needs the six digits of an authenticator too.')}</p>}
      {!begin.answer && !begin.asks && <Form act={begin} fields={['password']} submit={factor.data.set ? t('更换', 'Replace it') : t('启用', 'Set it up')} onSubmit={() => void begin.perform(factor.data.password ? { password: given.password } : {})}>
        {factor.data.password && <Field name="password" label={t('当前密码', 'Present password')} problem={begin.problem}>{(props) => <input {...props} required type="password" value={given.password} onChange={(event) => setGiven({ ...given, password: event.target.value })} autoComplete="current-password" />}</Field>}
      </Form>}
      {begin.answer && <Form act={confirm} fields={['code']} submit={t('确认', 'Confirm')} onSubmit={() => void confirm.perform({ code: given.code })} onCancel={begin.forget}>
        <p>{t('用验证器扫描二维码；在本机的验证器中，点开密钥或手工输入：', 'Scan the code with your authenticator; on this same phone open the key, or type it in: ')}<a href={begin.answer.uri} className="x-mono">{begin.answer.secret.match(/.{1,4}/g)!.join(' ')}</a></p>
        <QrCode text={begin.answer.uri} label={t('动态口令密钥的二维码，内容与所示密钥相同', 'QR code of the key of the second factor; it says the same as the key shown')} />
        <Field name="code" label={t('验证器中的六位数字', 'The six digits')} problem={confirm.problem}>{(props) => <input {...props} required inputMode="numeric" value={given.code} onChange={(event) => setGiven({ ...given, code: event.target.value })} autoComplete="one-time-code" />}</Field>
      </Form>}
      {factor.data.set && !begin.answer && <div className="x-row">
        <button className="m-button" disabled={renew.busy} onClick={() => void renew.perform({})}>{t('重新生成恢复码', 'New recovery codes')}</button>
        {!factor.data.needed && <button className="m-button" disabled={remove.busy} onClick={() => void remove.perform({})}>{t('停用', 'Remove it')}</button>}
      </div>}
      <Trouble problem={renew.problem ?? remove.problem} />
      <Confirm act={begin} /><Confirm act={renew} /><Confirm act={remove} />
    </Card>
  )
}

function Password() {
  const factor = useEndpoint(getSecondFactor, {})
  const act = useConfirmedAct(changePassword, { stale: [getSecondFactor, listSessions] })
  const [given, setGiven] = useState({ password: '', newPassword: '' })
  if (!factor.data) return null
  const has = factor.data.password
  const set = (name: keyof typeof given) => (event: { target: { value: string } }) => setGiven({ ...given, [name]: event.target.value })
  const submit = async () => { if (await act.perform(has ? given : { newPassword: given.newPassword })) setGiven({ password: '', newPassword: '' }) }
  return (
    <Card title={has ? t('修改密码', 'Change the password') : t('设置密码', 'Set a password')}>
      {!has && <p>{t('设置后，统一身份认证服务停用时也能登录。', 'With one you can sign in while the identity service is down.')}</p>}
      {act.answer && <p className="x-good" role="status">{t('✓ 密码已设置', '✓ The password is set')}</p>}
      <Form act={act} fields={[]} submit={has ? t('修改', 'Change') : t('设置', 'Set')} onSubmit={() => void submit()}>
        {has && <Field name="oldPassword" label={t('当前密码', 'Present password')}>{(props) => <input {...props} required type="password" value={given.password} onChange={set('password')} autoComplete="current-password" />}</Field>}
        <Field name="newPassword" label={t('新密码', 'New password')}>{(props) => <input {...props} required type="password" value={given.newPassword} onChange={set('newPassword')} autoComplete="new-password" />}</Field>
      </Form>
      <Confirm act={act} />
    </Card>
  )
}

function Links() {
  const links = useOutsideLinks('businesses', '/my')
  if (links === null) return null
  const { linked, open, begin, end, problem } = links
  return (
    <Card title={t('统一身份关联', 'Linked identities')}>
      <ul className="m-list">{linked.map((one) => <li key={one.outsideLinkId}><strong>{one.called}</strong><span className="x-quiet">{one.by} · {instantInChina(one.linkedAt)}</span>
        <button className="m-link" disabled={end.busy} onClick={one.unlink}>{t('解除关联', 'Unlink')}</button></li>)}</ul>
      {open.map(({ key, says, link }) => <button key={key} className="m-button" disabled={begin.busy} onClick={link}>{says}</button>)}
      <Trouble problem={problem} />
      <Confirm act={begin} /><Confirm act={end} />
    </Card>
  )
}

function Sessions() {
  const sessions = useEndpoint(listSessions, {})
  const end = useConfirmedAct(endSession, { stale: [listSessions] })
  if (!sessions.data) return <Reading problem={sessions.error} />
  return (
    <Card title={t('登录着的地方', 'Where you are signed in')}>
      <ul className="m-list">{sessions.data.rows.map((one) => <li key={one.sessionId}><span>{tt(kindWords[one.kind])} · {instantInChina(one.openedAt)} · <span className="x-mono">{one.address}</span></span>
        {one.present ? <span className="x-good">{t('本机', 'This one')}</span> : <button className="m-link" disabled={end.busy} onClick={() => void end.perform({ sessionId: one.sessionId })}>{t('结束', 'End it')}</button>}</li>)}</ul>
      <Trouble problem={end.problem} />
      <Confirm act={end} />
    </Card>
  )
}

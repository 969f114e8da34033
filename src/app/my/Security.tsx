import { useState } from 'react'
import { beginSecondFactor, confirmSecondFactor, getSecondFactor } from '../../modules/identity/contract.ts'
import { t } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Field, Form, Reading } from './parts.tsx'

/** The own second factor (动态口令). */
export function Security() {
  const factor = useEndpoint(getSecondFactor, {})
  const begin = useAct(beginSecondFactor, { stale: [] })
  const confirm = useAct(confirmSecondFactor)
  const [given, setGiven] = useState({ password: '', code: '' })
  if (!factor.data) return <Reading problem={factor.error} />
  if (confirm.answer) return <Card title={t('动态口令已启用', 'The second factor is set')}><p>{t('请抄下恢复码，每个只能用一次：', 'Keep the recovery codes; each is good once:')}</p><ul className="x-mono">{confirm.answer.recoveryCodes.map((code) => <li key={code}>{code}</li>)}</ul></Card>
  return (
    <Card title={t('动态口令', 'Second factor')}>
      {factor.data.set ? <p className="x-good">{t(`✓ 已启用，剩余恢复码 ${factor.data.recoveryCodesLeft} 个`, `✓ Set; ${factor.data.recoveryCodesLeft} recovery codes left`)}</p> : <p>{t('启用后，登录时除密码外还需验证器中的六位数字，更安全。', 'With it, signing in needs the six digits of an authenticator too.')}</p>}
      {!begin.answer && <Form act={begin} fields={['password']} submit={factor.data.set ? t('更换', 'Replace it') : t('启用', 'Set it up')} onSubmit={() => void begin.perform({ password: given.password })}>
        <Field name="password" label={t('当前密码', 'Present password')} problem={begin.problem}>{(props) => <input {...props} required type="password" value={given.password} onChange={(event) => setGiven({ ...given, password: event.target.value })} autoComplete="current-password" />}</Field>
      </Form>}
      {begin.answer && <Form act={confirm} fields={['code']} submit={t('确认', 'Confirm')} onSubmit={() => void confirm.perform({ code: given.code })}>
        <p>{t('在验证器中添加此密钥：', 'Add this key to your authenticator: ')}<a href={begin.answer.uri} className="x-mono">{begin.answer.secret}</a></p>
        <Field name="code" label={t('验证器中的六位数字', 'The six digits')} problem={confirm.problem}>{(props) => <input {...props} required inputMode="numeric" value={given.code} onChange={(event) => setGiven({ ...given, code: event.target.value })} autoComplete="one-time-code" />}</Field>
      </Form>}
    </Card>
  )
}

// @clause X.4
import { useState } from 'react'
import { Input, Modal } from 'antd'
import type { Endpoint } from '../../../kernel/endpoint.ts'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t } from '../../../ui/language.ts'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { getSecondFactor } from '../contract.ts'
import type { ConfirmedAct } from './confirmed.ts'

/** Asks again who it is (再次验证身份), by what the owner has: the password, the second factor, or signing in anew. Nothing while nobody asks. */
export function ConfirmForm<E extends Endpoint>({ act }: { readonly act: ConfirmedAct<E> }) {
  const [given, setGiven] = useState({ password: '', code: '' })
  const has = useEndpoint(getSecondFactor, {}, { enabled: act.asks })
  const close = () => {
    setGiven({ password: '', code: '' })
    act.forget()
  }
  const show = async () => {
    await act.show(given.code ? { code: given.code } : { password: given.password })
    setGiven({ password: '', code: '' })
  }
  return (
    <Modal open={act.asks} onCancel={close} footer={null} title={t('再次验证身份', 'Show again who you are')} destroyOnHidden>
      {has.data && !has.data.password && !has.data.set ? <p>{t('您没有密码，也没有动态口令。请退出，重新登录后再办。', 'You have neither a password nor a second factor. Sign out and in again, then do it.')}</p> : (
        <ActForm act={act.confirming} fields={['password', 'code']} submit={t('验证并继续', 'Confirm and go on')} onSubmit={() => void show()} onCancel={close}>
          {has.data?.password && <ActField name="password" label={t('密码', 'Password')}>{(id) => <Input.Password id={id} value={given.password} onChange={(event) => setGiven({ ...given, password: event.target.value })} autoComplete="current-password" autoFocus />}</ActField>}
          {has.data?.set && <ActField name="code" label={has.data.password ? t('或动态口令', 'Or a code of the second factor') : t('动态口令', 'Code of the second factor')}>{(id) => <Input id={id} value={given.code} onChange={(event) => setGiven({ ...given, code: event.target.value })} autoComplete="one-time-code" inputMode="numeric" />}</ActField>}
        </ActForm>
      )}
    </Modal>
  )
}

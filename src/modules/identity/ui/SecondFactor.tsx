// @clause X.4
import { useState } from 'react'
import { Button, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { QrCode } from '../../../ui/QrCode.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { beginSecondFactor, confirmSecondFactor, getSecondFactor, listSessions, removeOwnSecondFactor, renewRecoveryCodes } from '../contract.ts'
import { ConfirmForm } from './ConfirmForm.tsx'
import { useConfirmedAct } from './confirmed.ts'

/** The own second factor (动态口令): setting it up by a QR code or by its key, new recovery codes, removing it. */
export function SecondFactor() {
  const standing = useEndpoint(getSecondFactor, {})
  const begin = useConfirmedAct(beginSecondFactor, { stale: [] })
  const confirm = useAct(confirmSecondFactor, { stale: [getSecondFactor, listSessions] })
  const renew = useConfirmedAct(renewRecoveryCodes, { stale: [getSecondFactor] })
  const remove = useConfirmedAct(removeOwnSecondFactor, { stale: [getSecondFactor, listSessions] })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const codes = confirm.answer ?? renew.answer
  if (codes) {
    const done = () => { confirm.forget(); renew.forget(); begin.forget(); setCode(''); setPassword('') }
    return (
      <Section title={t('恢复码', 'Recovery codes')}>
        <p>{t('丢失手机时，每个恢复码可用一次。请抄存，只显示这一次；先前的恢复码已作废。', 'When the phone is lost, each of these is good once. Write them down: they are shown only now, and earlier ones are void.')}</p>
        <ul className="x-mono">{codes.recoveryCodes.map((one) => <li key={one}>{one}</li>)}</ul>
        <div><Button onClick={done}>{t('已抄存', 'I kept them')}</Button></div>
      </Section>
    )
  }
  return (
    <Section title={t('动态口令', 'Second factor')}><div className="x-stack" style={{ gap: 10 }}>
      <ProblemPanel problem={standing.error} />
      {standing.data && <p>{standing.data.set ? t(`已启用，剩余恢复码 ${standing.data.recoveryCodesLeft} 个。重新启用会替换原来的。`, `Set; ${standing.data.recoveryCodesLeft} recovery codes are left. Setting it anew replaces it.`)
        : standing.data.needed ? <strong className="x-due">{t('您的岗位必须启用动态口令，启用前不能办理其他事项。', 'Your role needs a second factor; until it is set nothing else can be done.')}</strong> : t('尚未启用。', 'Not set.')}</p>}
      {!begin.answer ? (
        <ActForm act={begin} fields={['password']} submit={standing.data?.set ? t('重新启用', 'Set it anew') : t('开始启用', 'Begin')} onSubmit={() => void begin.perform(standing.data?.password ? { password } : {})}>
          {standing.data?.password && <ActField name="password" label={t('密码', 'Password')} required>{(id) => <Input.Password id={id} value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" />}</ActField>}
        </ActForm>
      ) : (
        <ActForm act={confirm} fields={['code']} submit={t('确认', 'Confirm')} onSubmit={() => void confirm.perform({ code })} onCancel={begin.forget}>
          <p>{t('用手机验证器扫描二维码，或手工输入密钥：', 'Scan the code with the authenticator on the phone, or type the key in:')} <strong className="x-mono" style={{ overflowWrap: 'anywhere' }}>{begin.answer.secret.match(/.{1,4}/g)!.join(' ')}</strong></p>
          <QrCode text={begin.answer.uri} label={t('动态口令密钥的二维码，内容与所示密钥相同', 'QR code of the key of the second factor; it says the same as the key shown')} />
          <ActField name="code" label={t('验证器显示的六位数字', 'The six digits that it shows')} required>{(id) => <Input id={id} value={code} onChange={(event) => setCode(event.target.value)} autoComplete="one-time-code" inputMode="numeric" />}</ActField>
        </ActForm>
      )}
      {standing.data?.set && !begin.answer && (
        <div className="x-row">
          <Button loading={renew.busy} onClick={() => void renew.perform({})}>{t('重新生成恢复码', 'New recovery codes')}</Button>
          <Button danger loading={remove.busy} disabled={standing.data.needed} title={standing.data.needed ? t('您的岗位必须使用动态口令', 'Your role needs the second factor') : undefined} onClick={() => void remove.perform({})}>{t('停用动态口令', 'Remove the second factor')}</Button>
        </div>
      )}
      <ProblemPanel problem={renew.problem ?? remove.problem} />
      <ConfirmForm act={begin} /><ConfirmForm act={renew} /><ConfirmForm act={remove} />
    </div></Section>
  )
}

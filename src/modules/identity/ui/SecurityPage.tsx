// @clause X.4
import { useState } from 'react'
import { Button, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { beginSecondFactor, changePassword, confirmSecondFactor, endSession, getSecondFactor, listOwnSignIns, listSessions } from '../contract.ts'
import { OutsideLinks } from './OutsideSignIn.tsx'
import { kindWords, outcomeWords } from './words.ts'

/** 登录与安全: one's own sessions and sign-ins, password and second factor. */
export function SecurityPage() {
  return (
    <>
      <PageHead title={t('登录与安全', 'Sign-in and security')} under={t('只与您本人有关：在哪里登录着、最近谁用您的名字登录过、密码和动态口令。', 'Yours alone: where you are signed in, who tried your name lately, your password and second factor.')} />
      <div className="c-columns">
        <div className="x-stack"><Sessions /><SignIns /></div>
        <div className="x-stack"><SecondFactor /><Password /><OutsideLinks /></div>
      </div>
    </>
  )
}

function Sessions() {
  const sessions = useEndpoint(listSessions, {})
  const end = useAct(endSession, { stale: [listSessions] })
  return (
    <Section flush title={t('当前会话', 'Sessions')}>
      <ProblemPanel problem={sessions.error ?? end.problem} />
      {!sessions.data && !sessions.error && <Loading />}
      {sessions.data && (
        <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('当前会话', 'Sessions')}><table className="x-table">
          <thead><tr><th>{t('方式', 'How')}</th><th>{t('开始', 'Since')}</th><th>{t('最近使用', 'Last used')}</th><th>{t('地址', 'Address')}</th><th /></tr></thead>
          <tbody>{sessions.data.rows.map((one) => (
            <tr key={one.sessionId}>
              <td title={one.agent ?? undefined}>{tt(kindWords[one.kind])}</td><td><InstantText at={one.openedAt} /></td><td><InstantText at={one.lastSeenAt} /></td><td className="x-mono">{one.address}</td>
              <td>{one.present ? <span className="x-tag x-tag-good">{t('本机', 'This one')}</span> : <Button size="small" onClick={() => void end.perform({ sessionId: one.sessionId })}>{t('结束', 'End')}</Button>}</td>
            </tr>))}</tbody>
        </table></div>
      )}
    </Section>
  )
}

function SignIns() {
  const signIns = useEndpoint(listOwnSignIns, { limit: 20 })
  return (
    <Section flush title={t('最近登录情况', 'Last sign-ins')} note={t('不是您本人的，请立即更换密码并告知安全管理员', 'if one was not you, change the password and tell the security administrator')}>
      <ProblemPanel problem={signIns.error} />
      {signIns.data && (
        <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('最近登录情况', 'Last sign-ins')}><table className="x-table">
          <thead><tr><th>{t('时间', 'When')}</th><th>{t('结果', 'Outcome')}</th><th>{t('地址', 'Address')}</th></tr></thead>
          <tbody>{signIns.data.rows.map((one) => <tr key={one.signInId}><td><InstantText at={one.at} /></td><td className={one.outcome === 'signed-in' ? '' : 'x-due'}>{tt(outcomeWords[one.outcome])}</td><td className="x-mono">{one.address}</td></tr>)}</tbody>
        </table></div>
      )}
    </Section>
  )
}

function Password() {
  const act = useAct(changePassword, { stale: [listSessions] })
  const [given, setGiven] = useState({ password: '', newPassword: '' })
  const submit = async () => { if (await act.perform(given)) setGiven({ password: '', newPassword: '' }) }
  return (
    <Section title={t('修改密码', 'Change the password')} note={t('其他会话随之结束', 'other sessions end')}>
      <ActForm act={act} fields={['password', 'newPassword']} submit={t('修改', 'Change')} onSubmit={() => void submit()}>
        <ActField name="oldPassword" label={t('现在的密码', 'Present password')} required>{(id) => <Input.Password id={id} value={given.password} onChange={(event) => setGiven({ ...given, password: event.target.value })} autoComplete="current-password" />}</ActField>
        <ActField name="password" label={t('新密码', 'New password')} required>{(id) => <Input.Password id={id} value={given.newPassword} onChange={(event) => setGiven({ ...given, newPassword: event.target.value })} autoComplete="new-password" />}</ActField>
        {act.answer && <p className="x-good" role="status">{t('密码已修改', 'The password is changed')}</p>}
      </ActForm>
    </Section>
  )
}

function SecondFactor() {
  const standing = useEndpoint(getSecondFactor, {})
  const begin = useAct(beginSecondFactor, { stale: [] })
  const confirm = useAct(confirmSecondFactor, { stale: [getSecondFactor] })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  if (confirm.answer) {
    return (
      <Section title={t('恢复码', 'Recovery codes')}>
        <p>{t('动态口令已启用。丢失手机时，每个恢复码可用一次。请抄存，只显示这一次。', 'The second factor is set. When the phone is lost, each of these is good once. Write them down: they are shown only now.')}</p>
        <ul className="x-mono">{confirm.answer.recoveryCodes.map((one) => <li key={one}>{one}</li>)}</ul>
      </Section>
    )
  }
  return (
    <Section title={t('动态口令', 'Second factor')}>
      <ProblemPanel problem={standing.error} />
      {standing.data && <p>{standing.data.set ? t(`已启用，剩余恢复码 ${standing.data.recoveryCodesLeft} 个。重新启用会替换原来的。`, `Set; ${standing.data.recoveryCodesLeft} recovery codes are left. Setting it anew replaces it.`)
        : standing.data.needed ? <strong className="x-due">{t('您的岗位必须启用动态口令，启用前不能办理其他事项。', 'Your role needs a second factor; until it is set nothing else can be done.')}</strong> : t('尚未启用。', 'Not set.')}</p>}
      {!begin.answer ? (
        <ActForm act={begin} fields={['password']} submit={t('开始启用', 'Begin')} onSubmit={() => void begin.perform({ password })}>
          <ActField name="password" label={t('密码', 'Password')} required>{(id) => <Input.Password id={id} value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" />}</ActField>
        </ActForm>
      ) : (
        <ActForm act={confirm} fields={['code']} submit={t('确认', 'Confirm')} onSubmit={() => void confirm.perform({ code })} onCancel={begin.forget}>
          <p>{t('在手机验证器中添加账号，输入密钥：', 'Add an account to the authenticator on the phone with this key:')} <strong className="x-mono" style={{ overflowWrap: 'anywhere' }}>{begin.answer.secret.match(/.{1,4}/g)!.join(' ')}</strong></p>
          <ActField name="code" label={t('验证器显示的六位数字', 'The six digits that it shows')} required>{(id) => <Input id={id} value={code} onChange={(event) => setCode(event.target.value)} autoComplete="one-time-code" inputMode="numeric" />}</ActField>
        </ActForm>
      )}
    </Section>
  )
}

// @clause X.4
import { useState } from 'react'
import { Button, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { changePassword, endSession, getSecondFactor, listOwnSignIns, listSessions } from '../contract.ts'
import { ConfirmForm } from './ConfirmForm.tsx'
import { useConfirmedAct } from './confirmed.ts'
import { OutsideLinks } from './OutsideLinks.tsx'
import { SecondFactor } from './SecondFactor.tsx'
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
  const end = useConfirmedAct(endSession, { stale: [listSessions] })
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
      <ConfirmForm act={end} />
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
  const standing = useEndpoint(getSecondFactor, {})
  const act = useConfirmedAct(changePassword, { stale: [listSessions, getSecondFactor] })
  const has = standing.data?.password !== false
  const [given, setGiven] = useState({ password: '', newPassword: '' })
  const submit = async () => { if (await act.perform(has ? given : { newPassword: given.newPassword })) setGiven({ password: '', newPassword: '' }) }
  return (
    <Section title={has ? t('修改密码', 'Change the password') : t('设置密码', 'Set a password')} note={t('其他会话随之结束', 'other sessions end')}>
      <ActForm act={act} fields={['password', 'newPassword']} submit={has ? t('修改', 'Change') : t('设置', 'Set')} onSubmit={() => void submit()}>
        {has && <ActField name="oldPassword" label={t('现在的密码', 'Present password')} required>{(id) => <Input.Password id={id} value={given.password} onChange={(event) => setGiven({ ...given, password: event.target.value })} autoComplete="current-password" />}</ActField>}
        <ActField name="password" label={t('新密码', 'New password')} required>{(id) => <Input.Password id={id} value={given.newPassword} onChange={(event) => setGiven({ ...given, newPassword: event.target.value })} autoComplete="new-password" />}</ActField>
        {act.answer && <p className="x-good" role="status">{t('密码已修改', 'The password is changed')}</p>}
      </ActForm>
      <ConfirmForm act={act} />
    </Section>
  )
}

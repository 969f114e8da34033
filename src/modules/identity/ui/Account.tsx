// @clause X.4
import { useState } from 'react'
import { Button, Modal } from 'antd'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useMay, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listOfficers } from '../../organisation/contract.ts'
import { ActDialog } from '../../organisation/ui/ActDialog.tsx'
import { closeAccount, endSessionsOf, listAccounts, listSessionsOf, openAccount, removeSecondFactor, resetPassword, unlockAccount, verifyAccount } from '../contract.ts'
import { kindWords } from './words.ts'

type Row = RowOf<typeof listAccounts>
const STALE = [listAccounts, listSessionsOf]

/** Whether an account is good, closed, locked; its second factor and sessions. */
export function AccountState({ row: { closedAt, leftOn, lockedUntil, secondFactor, sessions, unverifiedSince } }: { readonly row: Row }) {
  if (closedAt) return <span className="x-tag">{t('已停用', 'closed')}</span>
  if (leftOn) return <span className="x-tag">{t('人员已离任', 'the officer left')}</span>
  return (
    <span className="x-row">
      {lockedUntil && <span className="x-tag x-tag-late">{t('锁定至', 'locked until')} <InstantText at={lockedUntil} /></span>}
      {unverifiedSince && <span className="x-tag x-tag-due">{t('待核实本人', 'owner to be verified')}</span>}
      {secondFactor ? <span className="x-tag x-tag-good">{t('动态口令', 'second factor')}</span> : <span className="x-tag">{t('无动态口令', 'no second factor')}</span>}
      {sessions > 0 && <span className="x-tag x-tag-info">{t(`${sessions} 个会话`, `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`)}</span>}
    </span>
  )
}

/** The one-time code, shown once. */
function shownCode({ code, endsAt }: { readonly code: string; readonly endsAt: string }) {
  return <div role="status"><p>{t('一次性代码只显示这一次，请当面或以可靠方式交给本人：', 'The one-time code is shown only now. Hand it to the officer in person or by a safe way:')}</p><p className="x-mono" style={{ fontSize: 22 }}>{code}</p><p className="x-small x-quiet">{t('有效期至', 'good until')} <InstantText at={endsAt} /></p></div>
}

/** Opens an account for an officer; `officerId` where it is known. */
export function OpenAccount({ officerId }: { readonly officerId?: number }) {
  const whyNot = useWhyNot('accounts.open')
  const officers = useEndpoint(listOfficers, { limit: 500 }, { enabled: whyNot === null && officerId === undefined })
  const options = officers.data?.rows.filter(({ leftOn }) => leftOn === null).map((one) => ({ value: String(one.officerId), label: `${one.name}（${one.number}）` })) ?? []
  return (
    <ActDialog endpoint={openAccount} button={t('开立账号', 'Open an account')} title={t('开立账号', 'Open an account')} stale={STALE} whyNot={whyNot} small={officerId !== undefined} shows={shownCode}
      fields={[...(officerId === undefined ? [{ name: 'officerId', label: t('人员', 'Officer'), kind: 'choice' as const, options, required: true }] : []), { name: 'userName', label: t('用户名', 'User name'), required: true, hint: t('小写字母开头，3 至 40 位', 'Begins with a small letter, 3 to 40 characters') }]}
      toInput={(values) => ({ officerId: officerId ?? Number(values.officerId), userName: String(values.userName) })} />
  )
}

/** What the two administrators do with an account; what one may not do says why. */
export function AccountActions({ row: { accountId, userName, closedAt, secondFactor, lockedUntil, sessions, unverifiedSince } }: { readonly row: Row }) {
  const [open, guard] = [useWhyNot('accounts.open'), useWhyNot('accounts.guard')]
  const over = closedAt ? t('账号已停用', 'The account is closed') : null
  const one = { accountId }
  return (
    <span className="x-row">
      <ActDialog endpoint={resetPassword} button={t('签发代码', 'Issue a code')} title={t(`为 ${userName} 签发一次性代码`, `A one-time code for ${userName}`)} stale={STALE} whyNot={open ?? over} shows={shownCode} fields={[]} explain={t('用于忘记密码；先前未用的代码作废。', 'For a forgotten password; earlier unused codes are void.')} toInput={() => one} />
      <ActDialog endpoint={closeAccount} danger button={t('停用', 'Close')} title={t(`停用 ${userName}`, `Close ${userName}`)} stale={STALE} whyNot={open ?? over} fields={[]} explain={t('会话立即结束。停用后不再启用：暂时停用请解除岗位角色，不要停用账号。', 'Its sessions end at once. It never opens again: to stop somebody for a while end the roles instead.')} toInput={() => one} />
      {unverifiedSince && <ActDialog endpoint={verifyAccount} button={t('核实本人', 'Verify the owner')} title={t(`核实 ${userName} 的本人`, `Make sure of the owner of ${userName}`)} stale={STALE} whyNot={guard ?? over} fields={[]} explain={t('请当面或致电本人，确认密码由本人用一次性代码设置。核实后岗位权限立即恢复。', 'See or call the owner: was it they who set the password by the one-time code? Its rights come back at once.')} toInput={() => one} />}
      <ActDialog endpoint={unlockAccount} button={t('解锁', 'Unlock')} title={t(`解除 ${userName} 的锁定`, `Unlock ${userName}`)} stale={STALE} whyNot={guard ?? over ?? (lockedUntil ? null : t('没有锁定', 'It is not locked'))} fields={[]} toInput={() => one} />
      <Sessions accountId={accountId} userName={userName} whyNot={guard ?? over ?? (sessions > 0 ? null : t('没有会话', 'It has no sessions'))} />
      <ActDialog endpoint={removeSecondFactor} danger button={t('解除动态口令', 'Remove second factor')} title={t(`解除 ${userName} 的动态口令`, `Remove the second factor of ${userName}`)} stale={STALE} whyNot={guard ?? over ?? (secondFactor ? null : t('没有动态口令', 'It has none'))}
        fields={[{ name: 'identified', label: t('如何核实本人', 'How the owner was identified'), kind: 'choice', required: true, options: [{ value: 'in-person', label: t('当面核对证件', 'In person, by a document') }, { value: 'telephone', label: t('致电登记的号码', 'By telephone, at the number on file') }, { value: 'video', label: t('视频核对', 'By video') }] }]}
        explain={t('用于丢失手机且没有恢复码的人员；须先像交付账号时一样核实本人，核实方式记入账本。', 'For whoever lost the phone and has no recovery codes. First identify the owner as strictly as when the account was handed over; how stands in the ledger.')}
        toInput={(values) => ({ ...one, identified: values.identified as 'in-person' | 'telephone' | 'video' })} />
    </span>
  )
}

function Sessions({ accountId, userName, whyNot }: { readonly accountId: number; readonly userName: string; readonly whyNot: string | null }) {
  const [open, setOpen] = useState(false)
  const sessions = useEndpoint(listSessionsOf, { accountId }, { enabled: open })
  return (
    <>
      <Button size="small" aria-haspopup="dialog" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setOpen(true)}>{t('会话', 'Sessions')}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t(`${userName} 的会话`, `Sessions of ${userName}`)} destroyOnHidden>
        <div className="x-stack">
          <ProblemPanel problem={sessions.error} />
          {!sessions.data && !sessions.error && <Loading />}
          {sessions.data && <ul>{sessions.data.rows.map((one) => <li key={one.sessionId}>{tt(kindWords[one.kind])} · <InstantText at={one.openedAt} /> · {t('最近使用', 'last used')} <InstantText at={one.lastSeenAt} /> · <span className="x-mono">{one.address}</span></li>)}</ul>}
          <div><ActDialog endpoint={endSessionsOf} danger small={false} button={t('全部结束', 'End all')} title={t(`结束 ${userName} 的全部会话`, `End all sessions of ${userName}`)} stale={STALE} fields={[]} toInput={() => ({ accountId })} onDone={() => setOpen(false)} /></div>
        </div>
      </Modal>
    </>
  )
}

/** The account of one officer, on the officer's page; for whoever may see accounts. */
export function OfficerAccount({ officerId }: { readonly officerId: number }) {
  const may = useMay()
  const accounts = useEndpoint(listAccounts, { officerId, limit: 1 }, { enabled: may('accounts.read') })
  if (!may('accounts.read')) return null
  const row = accounts.data?.rows[0]
  return (
    <Section title={t('账号', 'Account')} after={accounts.data && !row ? <OpenAccount officerId={officerId} /> : undefined}>
      <ProblemPanel problem={accounts.error} />
      {accounts.data && !row && <span className="x-quiet">{t('没有账号', 'None')}</span>}
      {row && <div className="x-stack"><span className="x-row"><span className="x-mono">{row.userName}</span><AccountState row={row} /></span><AccountActions row={row} /></div>}
    </Section>
  )
}

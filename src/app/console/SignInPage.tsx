// @clause X.4
import { useState, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { OutsideButtons, OutsideReturn } from '../../modules/identity/ui/OutsideSignIn.tsx'
import { RedeemForm, SignInForm } from '../../modules/identity/ui/SignInForm.tsx'
import { language, setLanguage, t, tt } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { demoSignIn, listDemoAccounts } from '../demo/contract.ts'

/** Where the browser comes back to from an outside identity service. */
export function OutsideReturnPage() {
  return <Frame><OutsideReturn /></Frame>
}

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <main id="main" className="c-sign-in">
      <div className="c-sign-in-box">
        <header className="c-brand"><span className="c-mark" aria-hidden>衡</span><h1>{t('信衡', 'Xinheng')}</h1>
          <Button type="text" size="small" lang={language() === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>{t('EN', '中文')}</Button></header>
        {children}
      </div>
    </main>
  )
}

/** The page to sign in (登录). In a demo, one button a role. */
export function SignInPage() {
  const queries = useQueryClient()
  return <Frame><SignInChoices onDone={() => void queries.resetQueries()} /></Frame>
}

/** Every way to sign in. `beside`: another page stays open, so that ways that lead elsewhere open a window of their own. */
export function SignInChoices({ onDone, beside = false }: { onDone(): void; readonly beside?: boolean }) {
  const [withCode, setWithCode] = useState(false)
  const demo = useEndpoint(listDemoAccounts, {})
  const act = useAct(demoSignIn, { stale: [], onDone })
  const business = useAct(demoSignIn, { stale: [], onDone: () => location.assign('/my') })
  return (
    <>
      {demo.data && (
        <section className="x-stack" aria-label={t('演示角色', 'Demo roles')}>
          <h2>{t('选一个角色看看', 'Look around as')}</h2>
          <ProblemPanel problem={act.problem ?? business.problem} />
          <ul className="c-roles">
            {demo.data.rows.map((one) => (
              <li key={one.userName}><button type="button" disabled={act.busy} onClick={() => void act.perform({ userName: one.userName })}><strong>{tt(one.role)}</strong><span className="x-small x-quiet">{one.name} · {tt(one.department)}</span><span className="x-small">{tt(one.what)}</span></button></li>
            ))}
          </ul>
          {demo.data.businesses.length > 0 && <>
            <h3>{t('企业、协会和服务机构', 'Businesses, associations, agencies')}</h3>
            <ul className="c-roles">
              {demo.data.businesses.map((one) => <li key={one.userName}><button type="button" disabled={business.busy} onClick={() => void business.perform({ userName: one.userName })}><strong>{one.name}</strong><span className="x-small">{tt(one.what)}</span></button></li>)}
            </ul>
          </>}
        </section>
      )}
      <section className="x-stack">
        {demo.data && <h2>{t('或用自己的账号登录', 'Or sign in with an account')}</h2>}
        <OutsideButtons beside={beside} />
        {withCode ? <RedeemForm onDone={onDone} onSignIn={() => setWithCode(false)} /> : <SignInForm onDone={onDone} />}
        {!withCode && <div><Button type="link" style={{ padding: 0 }} onClick={() => setWithCode(true)}>{t('使用一次性代码', 'Use a one-time code')}</Button></div>}
      </section>
    </>
  )
}

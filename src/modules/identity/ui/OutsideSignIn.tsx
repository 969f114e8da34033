// @clause X.4
import { useEffect, useState } from 'react'
import { Button, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { beginOutside, continueOutside, finishOutside, listOutsideServices } from '../contract.ts'

/** One button for each outside identity service; nothing where none is set up. Afterwards the browser comes back to this page; `beside` a page that must stay open, a window of its own does it. */
export function OutsideButtons({ beside = false }: { readonly beside?: boolean }) {
  const services = useEndpoint(listOutsideServices, {})
  const begin = useAct(beginOutside, { stale: [] })
  const rows = services.data?.rows.filter(({ people }) => people.includes('officers')) ?? []
  if (rows.length === 0) return null
  const go = async (service: string) => {
    // Opened at the click: browsers let no window open later.
    const aside = beside ? window.open('', '_blank') : null
    const here = beside || location.pathname.startsWith('/console/sign-in') ? '/console' : location.pathname + location.search
    const begun = await begin.perform({ service, returnTo: here })
    if (begun === null) aside?.close()
    else (aside ?? window).location.assign(begun.address)
  }
  return (
    <div className="x-stack">
      {rows.map(({ key, label }) => <Button key={key} block size="large" loading={begin.busy} onClick={() => void go(key)}>{t(`通过${label.zh}登录`, `Sign in by ${tt(label)}`)}</Button>)}
      {beside && <span className="x-small x-quiet">{t('会打开新窗口；登录后回到本页即可继续。', 'It opens a window; come back here once you are signed in.')}</span>}
      <ProblemPanel problem={begin.problem} />
    </div>
  )
}

/** Where the browser comes back to from an identity service: it is either signed in, or told what is still missing. */
export function OutsideReturn() {
  const [query] = useState(() => location.search)
  const onDone = ({ returnTo }: { returnTo: string }) => location.replace(returnTo)
  const { perform, ...finish } = useAct(finishOutside, { stale: [], onDone })
  const more = useAct(continueOutside, { stale: [], onDone })
  const [given, setGiven] = useState({ oneTimeCode: '', code: '' })
  // The code in the address is good once and is taken out of it at once; a second call while the first runs does nothing.
  useEffect(() => {
    history.replaceState(null, '', location.pathname)
    void perform({ query })
  }, [])
  const asked = more.problem?.body.code ?? finish.problem?.body.code ?? ''
  const [wants, setWants] = useState<readonly ('oneTimeCode' | 'code')[]>([])
  const needed = asked === 'outside.not-linked' ? 'oneTimeCode' : asked.startsWith('sign-in.second-factor') ? 'code' : null
  if (needed && !wants.includes(needed)) setWants([...wants, needed])
  const submit = () => void more.perform({ ...(given.oneTimeCode ? { oneTimeCode: given.oneTimeCode } : {}), ...(given.code ? { code: given.code } : {}) })
  return (
    <section className="x-stack">
      <h2>{t('统一身份认证登录', 'Sign-in by an identity service')}</h2>
      {wants.length === 0 && !finish.problem && <p className="x-quiet" role="status">{t('正在核对身份认证服务的答复…', 'Checking the answer of the identity service…')}</p>}
      {wants.length === 0 && <ProblemPanel problem={finish.problem} />}
      {wants.length > 0 && (
        <ActForm act={more.problem || more.busy ? more : { busy: finish.busy, problem: finish.problem }} fields={wants} submit={t('继续', 'Continue')} onSubmit={submit}>
          {wants.includes('oneTimeCode') && <ActField name="oneTimeCode" label={t('一次性代码', 'One-time code')} required>{(id) => <Input id={id} value={given.oneTimeCode} onChange={(event) => setGiven({ ...given, oneTimeCode: event.target.value })} placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" autoComplete="off" autoFocus />}</ActField>}
          {wants.includes('code') && <ActField name="code" label={t('动态口令或恢复码', 'Code of the authenticator, or a recovery code')} required>{(id) => <Input id={id} value={given.code} onChange={(event) => setGiven({ ...given, code: event.target.value })} autoComplete="one-time-code" />}</ActField>}
        </ActForm>
      )}
      <div><Button type="link" href="/console" style={{ padding: 0 }}>{t('回到登录页', 'Back to the page to sign in')}</Button></div>
    </section>
  )
}

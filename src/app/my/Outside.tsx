import { useEffect, useState } from 'react'
import { beginOutside, finishOutside, continueOutside, listOutsideServices } from '../../modules/identity/contract.ts'
import { representWords } from '../../modules/identity/ui/words.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { t, tt } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Field, Form, Reading, Trouble } from './parts.tsx'

/** True on the page to which an identity service sends the browser back. */
export const isReturn = (): boolean => location.pathname === '/my/sign-in/outside'

/** One button for each identity service at which people who act for businesses sign in; nothing where there is none. */
export function OutsideWays() {
  const services = useEndpoint(listOutsideServices, {})
  const begin = useAct(beginOutside, { stale: [], onDone: ({ address }) => location.assign(address) })
  const rows = services.data?.rows.filter(({ people }) => people.includes('businesses')) ?? []
  if (rows.length === 0) return null
  return (
    <Card title={t('统一身份认证', 'Identity service')}>
      <p>{t('法定代表人由此登录，身份认证服务核实后即可查看本企业档案，不必上传材料。', 'A legal representative signs in here; once the service vouches for it, the record of the business opens without any document.')}</p>
      {rows.map(({ key, label }) => <button key={key} className="m-button m-main" disabled={begin.busy} onClick={() => void begin.perform({ service: key, returnTo: '/my' })}>{t(`通过${label.zh}登录`, `Sign in by ${tt(label)}`)}</button>)}
      <Trouble problem={begin.problem} />
    </Card>
  )
}

/** Where the browser comes back to: it is signed in and told what became of each business that the service named, or told what is missing. */
export function OutsideBack({ onDone }: { onDone(): void }) {
  const [query] = useState(() => location.search)
  const leave = () => { history.replaceState(null, '', '/my'); onDone() }
  const settled = ({ represents }: AnswerOf<typeof finishOutside>) => { if (represents.every(({ outcome }) => outcome === 'stands')) leave() }
  const { perform, ...finish } = useAct(finishOutside, { stale: [], onDone: settled })
  const more = useAct(continueOutside, { stale: [], onDone: settled })
  const [code, setCode] = useState('')
  // The code in the address is good once and is taken out of it at once; a second call while the first runs does nothing.
  useEffect(() => {
    history.replaceState(null, '', location.pathname)
    void perform({ query })
  }, [])
  const answer = more.answer ?? finish.answer
  const problem = more.problem ?? finish.problem
  if (answer) {
    return (
      <Card title={t('企业身份核实结果', 'What the identity service vouches for')}>
        <ul className="m-list">{answer.represents.map(({ uscc, outcome }) => <li key={uscc}><strong className="x-mono">{uscc}</strong><span className={outcome === 'confirmed' || outcome === 'stands' ? 'x-good' : 'x-due'}>{tt(representWords[outcome])}</span></li>)}</ul>
        <button className="m-button m-main" onClick={leave}>{t('进入企业空间', 'Go on')}</button>
      </Card>
    )
  }
  if (problem?.body.code.startsWith('sign-in.second-factor')) {
    return (
      <Card title={t('还需要动态口令', 'A code of the second factor is needed')}>
        <Form act={more} fields={['code']} submit={t('继续', 'Continue')} onSubmit={() => void more.perform({ code })}>
          <Field name="code" label={t('动态口令或恢复码', 'Code of the authenticator, or a recovery code')} problem={more.problem}>{(props) => <input {...props} required value={code} onChange={(event) => setCode(event.target.value)} autoComplete="one-time-code" />}</Field>
        </Form>
      </Card>
    )
  }
  return problem ? <Card title={t('统一身份认证登录', 'Sign-in by an identity service')}><Trouble problem={problem} /><button className="m-button" onClick={leave}>{t('回到登录页', 'Back to the page to sign in')}</button></Card> : <Reading />
}

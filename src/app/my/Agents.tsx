import { useState } from 'react'
import { appointAgent, endAgent, endOwnMandate, listAgents, renewAgent } from '../../modules/agents/contract.ts'
import { t } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Field, Form, Reading, Trouble } from './parts.tsx'

/** Who may act for the business, and letting others act. */
export function Agents({ subjectId, name, mayAppoint, longest, today }: { readonly subjectId: number; readonly name: string; readonly mayAppoint: boolean; readonly longest: string; readonly today: string }) {
  const answer = useEndpoint(listAgents, { subjectId })
  const end = useAct(endAgent)
  const stop = useAct(endOwnMandate)
  const renew = useAct(renewAgent)
  const [asked, setAsked] = useState<number | null>(null)
  if (!answer.data) return <Reading problem={answer.error} />
  const [standing, over] = [answer.data.rows.filter(({ stands }) => stands), answer.data.rows.filter(({ stands }) => !stands)]
  return (
    <>
      <Card title={t('谁可以代本企业办理', 'Who may act for the business')}>
        <ul className="m-list">{standing.map((one) => (
          <li key={one.mandateId}>
            <span className="x-row"><strong>{one.name}</strong>{one.own && <span className="x-tag">{t('本人', 'you')}</span>}{one.isNew && <span className="x-tag x-tag-due">{t('新增', 'new')}</span>}</span>
            <span>{one.capacity === 'agent' ? t('经办人：', 'Agent: ') : t('法定代表人：', 'Legal representative: ')}{one.limits.includes('objections') ? t('查看、提出异议和说明', 'sees, files objections and statements') : t('仅查看', 'sees only')}</span>
            <span className="x-small x-quiet">{t(`自 ${one.fromOn} 至 ${one.untilOn}`, `from ${one.fromOn} until ${one.untilOn}`)}</span>
            {one.endsSoon && <span className="x-due">{t(`⚠ 即将到期：${one.untilOn}`, `⚠ Ends soon: ${one.untilOn}`)}</span>}
            {mayAppoint && one.endsSoon && one.capacity === 'agent' && <button className="m-button" disabled={renew.busy} onClick={() => void renew.perform({ subjectId, mandateId: one.mandateId, untilOn: longest })}>{t(`续期到 ${longest}`, `Renew until ${longest}`)}</button>}
            {asked !== one.mandateId ? (one.own || mayAppoint) && <button className="m-link" aria-label={one.own ? undefined : t(`终止 ${one.name} 的授权`, `End the mandate of ${one.name}`)} onClick={() => setAsked(one.mandateId)}>{one.own ? t('我不再代办', 'Stop acting for it') : t('立即终止', 'End now')}</button>
              : <div className="x-problem x-warning"><strong>{one.own ? t(`确定不再为“${name}”代办吗？`, `Stop acting for "${name}"?`) : t(`确定终止 ${one.name} 的授权吗？`, `End the mandate of ${one.name}?`)}</strong>
                <span>{one.own ? t('立即生效，您将看不到其档案；再次代办须重新授权或认领。', 'It takes effect at once: you no longer see its record. To act again you must be let act, or claim.') : t('立即生效，对方打开的页面也不再显示。', 'It takes effect at once, on pages that are open too.')}</span>
                <span className="x-row"><button className="m-button" disabled={end.busy || stop.busy} onClick={() => void (one.own ? stop : end).perform({ subjectId, mandateId: one.mandateId }).then(() => setAsked(null))}>{t('确定终止', 'End it')}</button><button className="m-button" onClick={() => setAsked(null)}>{t('取消', 'Cancel')}</button></span></div>}
          </li>))}
        </ul>
        {[end, stop, renew].map(({ problem }, at) => <Trouble key={at} problem={problem} />)}
        {over.length > 0 && <p className="x-small x-quiet">{t(`已终止或到期：${over.map(({ name }) => name).join('、')}`, `Ended: ${over.map(({ name }) => name).join(', ')}`)}</p>}
      </Card>
      {mayAppoint && <Appoint subjectId={subjectId} longest={longest} today={today} />}
    </>
  )
}

function Appoint({ subjectId, longest, today }: { readonly subjectId: number; readonly longest: string; readonly today: string }) {
  const fresh = { userName: '', name: '', untilOn: '', objections: false }
  const [given, setGiven] = useState(fresh)
  const act = useAct(appointAgent, { onDone: () => setGiven(fresh) })
  const submit = () => void act.perform({ subjectId, userName: given.userName, name: given.name, untilOn: given.untilOn || longest, limits: given.objections ? ['objections'] : [] })
  return (
    <Card title={t('授权经办人', 'Let someone act')}>
      <p className="x-quiet">{t('请对方先注册，再填写其用户名和注册姓名。', 'Let the person register first; then enter the user name and name.')}</p>
      <Form act={act} fields={['userName', 'untilOn']} submit={t('授权', 'Grant')} onSubmit={submit}>
        <Field name="userName" label={t('对方用户名', 'User name')} problem={act.problem}>{(props) => <input {...props} required value={given.userName} onChange={(event) => setGiven({ ...given, userName: event.target.value })} autoCapitalize="none" autoComplete="off" />}</Field>
        <Field name="name" label={t('对方姓名', 'Name')}>{(props) => <input {...props} required value={given.name} onChange={(event) => setGiven({ ...given, name: event.target.value })} autoComplete="off" />}</Field>
        <label className="m-check"><input type="checkbox" checked={given.objections} onChange={(event) => setGiven({ ...given, objections: event.target.checked })} />{t('可提出异议和说明', 'May file objections and statements')}</label>
        <Field name="untilOn" label={t('到哪一天', 'Until')} hint={t(`不填则到 ${longest}`, `Left empty: ${longest}`)} problem={act.problem}>{(props) => <input {...props} type="date" min={today} max={longest} value={given.untilOn} onChange={(event) => setGiven({ ...given, untilOn: event.target.value })} />}</Field>
      </Form>
    </Card>
  )
}

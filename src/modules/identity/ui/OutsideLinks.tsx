// @clause X.4
import { Button } from 'antd'
import { InstantText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { beginLink, listOutsideLinks, listOutsideServices, listSessions, unlinkOwn } from '../contract.ts'
import { ConfirmForm } from './ConfirmForm.tsx'
import { useConfirmedAct } from './confirmed.ts'
import { linkedByWords } from './words.ts'

/** Whom outside identity services know as the own account (统一身份关联): to link another, to unlink one. Nothing where there is neither a service nor a link. */
export function OutsideLinks() {
  const links = useEndpoint(listOutsideLinks, {})
  const services = useEndpoint(listOutsideServices, {})
  const begin = useConfirmedAct(beginLink, { stale: [], onDone: ({ address }) => location.assign(address) })
  const end = useConfirmedAct(unlinkOwn, { stale: [listOutsideLinks, listSessions] })
  if (!links.data || !services.data) return null
  const rows = links.data.rows
  const open = services.data.rows.filter(({ people, label }) => people.includes('officers') && !rows.some((one) => one.label?.zh === label.zh))
  if (rows.length === 0 && open.length === 0) return null
  return (
    <Section title={t('统一身份关联', 'Linked identities')} note={t('关联后可用统一身份登录本账号', 'with one you sign in to this account over there')}>
      {rows.length === 0 && <p className="x-quiet">{t('尚未关联。', 'None yet.')}</p>}
      <ul className="x-stack">{rows.map((one) => (
        <li key={one.outsideLinkId} className="x-row">
          <span><strong>{one.label ? tt(one.label) : <span className="x-mono">{one.issuer}</span>}</strong> · {tt(linkedByWords[one.linkedBy])} · <InstantText at={one.linkedAt} /></span>
          <Button size="small" danger loading={end.busy} onClick={() => void end.perform({ outsideLinkId: one.outsideLinkId })}>{t('解除', 'Unlink')}</Button>
        </li>))}
      </ul>
      <div className="x-row">{open.map(({ key, label }) => <Button key={key} loading={begin.busy} onClick={() => void begin.perform({ service: key, returnTo: '/console/security' })}>{t(`关联${label.zh}`, `Link ${tt(label)}`)}</Button>)}</div>
      <ProblemPanel problem={begin.problem ?? end.problem} />
      <ConfirmForm act={begin} /><ConfirmForm act={end} />
    </Section>
  )
}

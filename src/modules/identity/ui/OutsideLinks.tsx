// @clause X.4
import { Button } from 'antd'
import { InstantText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { ConfirmForm } from './ConfirmForm.tsx'
import { useOutsideLinks } from './outside-links.ts'

/** Linked identities (统一身份关联) of an officer: to link another, to unlink one. */
export function OutsideLinks() {
  const links = useOutsideLinks('officers', '/console/security')
  if (links === null) return null
  const { linked, open, begin, end, problem } = links
  return (
    <Section title={t('统一身份关联', 'Linked identities')} note={t('关联后可用统一身份登录本账号', 'with one you sign in to this account over there')}>
      {linked.length === 0 && <p className="x-quiet">{t('尚未关联。', 'None yet.')}</p>}
      <ul className="x-stack">{linked.map((one) => (
        <li key={one.outsideLinkId} className="x-row">
          <span><strong>{one.called}</strong> · {one.by} · <InstantText at={one.linkedAt} /></span>
          <Button size="small" danger loading={end.busy} onClick={one.unlink}>{t('解除', 'Unlink')}</Button>
        </li>))}
      </ul>
      <div className="x-row">{open.map(({ key, says, link }) => <Button key={key} loading={begin.busy} onClick={link}>{says}</Button>)}</div>
      <ProblemPanel problem={problem} />
      <ConfirmForm act={begin} /><ConfirmForm act={end} />
    </Section>
  )
}

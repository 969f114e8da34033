// @clause 4.4
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listSigningKeys } from '../contract.ts'

/** The keys that sign and signed the log (签名密钥), once there was more than one: from when until when, which checkpoints, and the statement by which each followed the one before. */
export function KeysSection() {
  const keys = useEndpoint(listSigningKeys, {})
  if (keys.error) return <ProblemPanel problem={keys.error} onRetry={() => void keys.refetch()} />
  if (!keys.data || keys.data.rows.length < 2) return null
  return (
    <Section title={t('签名密钥', 'Signing keys')} note={t('以前签的检查点，用当时的公钥核验', 'what was signed before is checked by the key of its time')}>
      <ul className="e-keys">
        {keys.data.rows.map(({ keyId, verifierKey, fromAt, untilAt, signed, note }) => (
          <li key={verifierKey}>
            <div className="x-row"><strong className="x-mono" title={t('密钥标识，每个签名里都有', 'the id of the key, which stands in every signature')}>{keyId}</strong>{untilAt === null ? <span className="x-tag x-tag-good">{t('现用', 'signs now')}</span> : <span className="x-tag">{t('曾用', 'earlier')}</span>}
              <span>{fromAt === null ? t('自账本启用', 'From the beginning') : <>{t('自', 'From')} <InstantText at={fromAt} /></>} {untilAt !== null && <>{t('至', 'until')} <InstantText at={untilAt} /></>}</span></div>
            <div className="x-small x-quiet">{signed === null ? t('还没有签过检查点', 'It has signed no checkpoint yet') : spanOf(signed)}</div>
            <div className="x-small x-row"><span className="x-mono" style={{ overflowWrap: 'anywhere' }}>{verifierKey}</span><CopyButton text={verifierKey} what={t('这把公钥', 'this key')} />
              {note !== null && <span className="x-quiet">{t('接续声明（新旧两把密钥共同签名）', 'statement of the change, signed by both keys')} <CopyButton text={note} what={t('接续声明', 'the statement')} /></span>}</div>
          </li>))}
      </ul>
    </Section>
  )
}

function spanOf({ count, firstSize, lastSize }: { readonly count: number; readonly firstSize: number; readonly lastSize: number }): string {
  const [first, last, many] = [firstSize, lastSize, count].map((one) => one.toLocaleString('en')) as [string, string, string]
  return t(count === 1 ? `签署 1 个检查点：账本 ${last} 条时` : `签署 ${many} 个检查点：账本从 ${first} 条到 ${last} 条`, count === 1 ? `Signed one checkpoint: the ledger at ${last} entries` : `Signed ${many} checkpoints: the ledger from ${first} to ${last} entries`)
}

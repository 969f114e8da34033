import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { getRecord } from '../contract.ts'
import { useMay } from '../../../ui/surroundings.tsx'
import { Done } from './parts.tsx'
import { operationTitles } from './words.ts'

/** All versions of a record, newest first: who, when, why, and each field that changed with what stood there before. */
export function Versions({ record }: { readonly record: AnswerOf<typeof getRecord> }) {
  const opensLedger = useMay()('ledger.read')
  const versions = record.versionList.toSorted((a, b) => b.version - a.version)
  return (
    <Section title={t('版本', 'Versions')} note={t('旧版永远保留', 'old versions stay for good')}>
      <ol className="r-versions">
        {versions.map((version, index) => {
          const before = versions[index + 1]
          const batch = version.batchId !== null && t(`批次 ${version.batchId} 第 ${version.rowNumber ?? '?'} 行`, `batch ${version.batchId}, row ${version.rowNumber ?? '?'}`)
          const entry = version.entrySeq !== null && t(`账目 ${version.entrySeq}`, `entry ${version.entrySeq}`)
          return (
            <li key={version.factId} className={index === 0 ? 'r-now' : ''}>
              <div className="x-row"><strong>{t(`第 ${version.version} 版`, `Version ${version.version}`)}</strong><span className={`x-tag ${version.operation === 'withdrawn' ? 'x-tag-late' : version.operation === 'corrected' ? 'x-tag-info' : ''}`}>{tt(operationTitles[version.operation]!)}</span><Done at={version.recordedAt} actor={version.actor} /></div>
              {version.reason && <div>{t('理由：', 'Reason: ')}{version.reason}{version.occasionOn && <> · {t('原决定变更日', 'decision changed on')} <DayText on={version.occasionOn} /></>}</div>}
              <div className="x-small x-quiet x-row">
                <span>{t('报送日', 'received')} <DayText on={version.receivedOn} /></span>
                {version.batchOpens ? <Link to="/imports/$batchId" params={{ batchId: String(version.batchId) }}>{batch}</Link> : batch && <span>{batch}</span>}
                {entry && opensLedger ? <Link to="/ledger" search={{ entry: String(version.entrySeq) }}>{entry}</Link> : entry && <span>{entry}</span>}
                <span className="x-mono" title={version.policyHash}>{t('规则', 'law')} {version.policyHash.slice(0, 10)}</span>
              </div>
              {version.operation === 'corrected' && (
                <table className="r-fields x-small"><caption className="x-hidden">{t('变动的数据项', 'Changed items')}</caption><tbody>
                  {version.fields.filter(({ changed }) => changed).map((field) => <tr key={field.id} className="r-changed"><th scope="row">{field.title}</th><td><del className="x-quiet">{before?.fields.find(({ id }) => id === field.id)?.value || t('（空）', '(empty)')}</del> → <ins style={{ textDecoration: 'none' }}>{field.value || t('（空）', '(empty)')}</ins></td></tr>)}
                </tbody></table>
              )}
            </li>
          )
        })}
      </ol>
    </Section>
  )
}

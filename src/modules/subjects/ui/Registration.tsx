import { DayText, InstantText } from '../../../ui/DayText.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { getSubject } from '../contract.ts'
import { fieldTitles, identifierTitles } from './words.ts'

/** Names, codes and changes of registration of a subject. */
export function Registration({ subject }: { readonly subject: AnswerOf<typeof getSubject> }) {
  return (
    <Section title={t('登记', 'Registration')}>
      <div className="x-stack">
        {subject.identifiers.length > 0 && <dl className="x-facts">{subject.identifiers.map(({ kind, value }) => <div key={kind + value} style={{ display: 'contents' }}><dt>{identifierTitles[kind] ? tt(identifierTitles[kind]) : kind}</dt><dd className="x-num">{value}</dd></div>)}</dl>}
        <ol className="x-stack" style={{ gap: 8 }}>
          {subject.registrations.map((registration) => (
            <li key={registration.registrationId}>
              <div className="x-row"><DayText on={registration.effectiveOn} /><span className="x-small x-quiet">{t('登记于', 'recorded')} <InstantText at={registration.recordedAt} /> · {registration.actor}{registration.reason && ` · ${registration.reason}`}</span></div>
              {registration.changes.map((change) => <div key={change.field} className="x-small">{fieldTitles[change.field] ? tt(fieldTitles[change.field]!) : change.field}{t('：', ': ')}{change.from !== null && <><del className="x-quiet">{change.from}</del> → </>}{change.to ?? '—'}</div>)}
            </li>
          ))}
        </ol>
      </div>
    </Section>
  )
}

import { DayText, InstantText } from '../../../ui/DayText.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ActorName, useDepartmentName, useSectorName } from '../../../ui/surroundings.tsx'
import type { getSubject } from '../contract.ts'
import { fieldTitles, identifierTitles, statusTitles, typeTitles } from './words.ts'

/** Names, codes and changes of registration of a subject. */
export function Registration({ subject }: { readonly subject: AnswerOf<typeof getSubject> }) {
  const sectorName = useSectorName()
  const departmentName = useDepartmentName()
  function inWords(field: string, value: string): string {
    if (field === 'sectors') return value.split(/[;,、]\s*/).map(sectorName).join(t('、', ', '))
    if (field === 'department') return departmentName(value)
    const words = field === 'type' ? typeTitles[value] : field === 'status' ? statusTitles[value] : undefined
    return words ? tt(words) : value
  }
  return (
    <Section title={t('登记', 'Registration')}>
      <div className="x-stack">
        {subject.identifiers.length > 0 && <dl className="x-facts">{subject.identifiers.map(({ kind, value }) => <div key={kind + value} style={{ display: 'contents' }}><dt>{identifierTitles[kind] ? tt(identifierTitles[kind]) : kind}</dt><dd className="x-num">{value}</dd></div>)}</dl>}
        <ol className="x-stack" style={{ gap: 8 }}>
          {subject.registrations.map((registration) => (
            <li key={registration.registrationId}>
              <div className="x-row"><DayText on={registration.effectiveOn} /><span className="x-small x-quiet">{t('登记于', 'recorded')} <InstantText at={registration.recordedAt} /> · <ActorName id={registration.actor} />{registration.reason && ` · ${registration.reason}`}</span></div>
              {registration.changes.every(({ from }) => from === null) ? <div className="x-small x-quiet">{t('首次登记', 'first registered')}</div> : registration.changes.map((change) => <div key={change.field} className="x-small">{fieldTitles[change.field] ? tt(fieldTitles[change.field]!) : change.field}{t('：', ': ')}{change.from !== null && <><del className="x-quiet">{inWords(change.field, change.from)}</del> → </>}{change.to === null ? '—' : inWords(change.field, change.to)}</div>)}
            </li>
          ))}
        </ol>
      </div>
    </Section>
  )
}

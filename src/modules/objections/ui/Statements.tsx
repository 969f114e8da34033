// @clause 4.8
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import type { getBeside } from '../contract.ts'

type Statement = AnswerOf<typeof getBeside>['statements'][number]

/** What the business itself says (信用说明), with the day; nothing where it said nothing. `here` is the record on whose page they stand. */
export function Statements({ of, here }: { readonly of: readonly Statement[]; readonly here?: number }) {
  if (of.length === 0) return null
  return (
    <Section title={t('信用说明', 'Statements')} note={t('企业自述，未经核实，不改变记录', 'the business’s own words, not verified; they change no record')}>
      <ul className="x-stack">{of.map(({ statementId, subjectId, recordId, documentNumber, words, filedAt }) => (
        <li key={statementId}>
          <div className="x-row x-small x-quiet"><InstantText at={filedAt} />
            {recordId === null ? <span>{t('关于全部记录', 'about all records')}</span> : recordId === here ? <span>{t('关于本记录', 'about this record')}</span>
              : <Link to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(subjectId), recordId: String(recordId) }}>{t(`关于记录 ${documentNumber ?? recordId}`, `about record ${documentNumber ?? recordId}`)}</Link>}</div>
          <blockquote className="x-prose" style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{words}</blockquote>
        </li>))}
      </ul>
    </Section>
  )
}

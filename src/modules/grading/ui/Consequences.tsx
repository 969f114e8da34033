// @clause 6.1
import { CheckOutlined } from '@ant-design/icons'
import type { z } from 'zod'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useSectorName } from '../../../ui/surroundings.tsx'
import type { getGrades, supervisionSchema } from '../contract.ts'
import './grading.css'

/** What follows from the grade (差异化监管): ratio, frequency, green channel, strict supervision; each with its basis. */
export function Consequences({ grades }: { readonly grades: AnswerOf<typeof getGrades> }) {
  const sectorName = useSectorName()
  return (
    <Section title={t('等级带来什么', 'What follows from it')} note={t('差异化监管', 'differentiated supervision')}>
      {grades.supervision.length === 0 && <EmptyState title={t('没有差异化监管措施', 'No differentiated supervision')} how={t('有了等级，并且该领域的监管规定生效后，抽查比例和频次会列在这里。', 'With a grade, and rules for its sector in force, the ratio and frequency of inspection stand here.')} />}
      <div className="x-stack">
        {grades.supervision.map((supervision) => (
          <div key={`${supervision.sector} ${supervision.model}`}>
            <div className="x-row"><h3>{sectorName(supervision.sector)}</h3><GradeBadge grade={supervision.grade} word={tt(supervision.gradeTitle)} size={18} />{supervision.greenChannel && <span className="x-tag x-tag-good"><CheckOutlined aria-hidden /> {t('绿色通道', 'green channel')}</span>}{supervision.strict && <span className="x-tag x-tag-late">{t('严格监管', 'strict supervision')}</span>}</div>
            <Lines lines={supervision.lines.filter(isRegime)} />
            {supervision.lines.some((line) => !isRegime(line)) && <details className="g-fold"><summary>{t('怎样得出的', 'How this follows')}</summary><Lines lines={supervision.lines.filter((line) => !isRegime(line))} /></details>}
          </div>
        ))}
      </div>
    </Section>
  )
}

type Line = z.output<typeof supervisionSchema>['lines'][number]

// how often and how many: what an inspector plans by; the steps that led there are folded
const isRegime = (line: Line) => line.policyKey.startsWith('inspections/')

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return <ul className="g-lines">{lines.map((line) => <li key={line.policyKey + line.what.zh}><span className="x-quiet">{tt(line.what)}</span><strong>{tt(line.value)}</strong><span><BasisPopover basis={line.basis} what={tt(line.what)} /></span></li>)}</ul>
}

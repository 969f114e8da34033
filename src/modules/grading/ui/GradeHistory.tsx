import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { getGrades } from '../contract.ts'
import './grading.css'

const FIRST = 8

/** Every grade that a subject had, newest first: from, until, by which model, and why. */
export function GradeHistory({ grades, subjectId }: { readonly grades: AnswerOf<typeof getGrades>; readonly subjectId: number }) {
  const history = grades.history.toSorted((a, b) => (a.fromOn === b.fromOn ? b.gradeId - a.gradeId : a.fromOn < b.fromOn ? 1 : -1))
  const [all, setAll] = useState(false)
  return (
    <Section title={t('等级沿革', 'Grade history')}>
      {history.length === 0 && <EmptyState title={t('还没有等级', 'No grade yet')} how={t('评分得出或上级下发等级后，每一次变动连同原因列在这里。', 'Once scored or received, each change stands here with its reason.')} />}
      <ol className="g-history">
        {(all ? history : history.slice(0, FIRST)).map((grade) => (
          <li key={grade.gradeId}>
            <GradeBadge grade={grade.grade} word={tt(grade.gradeTitle)} place={grade.rank} scale={grade.scale} />
            <div>
              <div className="x-row"><span className="x-num"><DayText on={grade.fromOn} /> – {grade.untilOn ? <DayText on={grade.untilOn} /> : t('今', 'now')}</span><span className="x-quiet">{tt(grade.modelTitle)}{grade.score !== null && ` · ${grade.score}`}</span></div>
              <div className="x-small">{tt(grade.because.words)} {grade.because.recordIds.slice(0, 3).map((recordId) => <Link key={recordId} to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(subjectId), recordId: String(recordId) }} style={{ marginRight: 8 }}>{t(`记录 ${recordId}`, `record ${recordId}`)}</Link>)}</div>
            </div>
          </li>
        ))}
      </ol>
      {!all && history.length > FIRST && <Button block style={{ marginTop: 12 }} onClick={() => setAll(true)}>{t(`再看 ${history.length - FIRST} 次`, `${history.length - FIRST} more`)}</Button>}
    </Section>
  )
}

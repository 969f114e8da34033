import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { getGrades } from '../contract.ts'
import './grading.css'

/** The grades of a subject for its head: the received public grade first, then those of this district, each with its day, how long it holds, and what `mark` puts beside it by its model. */
export function Standing({ grades, holdsUntil, mark }: { readonly grades: AnswerOf<typeof getGrades>; readonly holdsUntil: Readonly<Record<string, string | null>>; mark(model: string): ReactNode }) {
  const local = grades.present.filter(({ gradeId }) => gradeId !== grades.publicGrade?.gradeId)
  const shown = grades.publicGrade ? [grades.publicGrade, ...local] : local
  if (shown.length === 0) return <p className="x-quiet">{t('还没有等级', 'No grade yet')}</p>
  return (
    <ul className="g-standing">
      {shown.map((grade) => {
        const until = grade.untilOn ?? holdsUntil[grade.model] ?? null
        return (
          <li key={grade.gradeId}>
            <GradeBadge grade={grade.grade} word={tt(grade.gradeTitle)} place={grade.rank} scale={grade.scale} size={30} />
            <span><span className="g-model">{tt(grade.modelTitle)}{grade.origin === 'received' && <> <span className="x-tag x-tag-info">{t('上级下发', 'received')}</span></>} {mark(grade.model)}</span>
              <span className="x-small x-quiet">{t('自', 'since')} <DayText on={grade.fromOn} />{until && <> · {t('保持至', 'holds until')} <DayText on={until} /></>}</span></span>
          </li>
        )
      })}
    </ul>
  )
}

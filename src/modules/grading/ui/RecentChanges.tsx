import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { tt } from '../../../ui/language.ts'
import { ObjectedTag } from '../../subjects/ui/ObjectedTag.tsx'
import type { listGradeChanges } from '../contract.ts'
import { GradeStep } from './parts.tsx'
import './grading.css'

/** Changes of grade in a few lines each: who, from what to what, and why. */
export function RecentChanges({ rows }: { readonly rows: readonly RowOf<typeof listGradeChanges>[] }) {
  return (
    <ul className="g-changes">
      {rows.map((row) => (
        <li key={row.gradeId}>
          <span className="g-who"><Link className="x-cut" title={row.subjectName} to="/subjects/$subjectId" params={{ subjectId: String(row.subjectId) }}>{row.subjectName}</Link><GradeStep from={row.from} to={row.to} toCalled={tt(row.toTitle)} direction={row.direction} />{row.objectedSince && <ObjectedTag since={row.objectedSince} />}</span>
          <span className="x-small x-quiet">{tt(row.because.words)} · {tt(row.modelTitle)} · <InstantText at={row.recordedAt} /></span>
        </li>
      ))}
    </ul>
  )
}

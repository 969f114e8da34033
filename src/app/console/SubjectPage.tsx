// @clause 4.1, 5.3, 6.1
import { getRouteApi } from '@tanstack/react-router'
import { WhoLooked } from '../../modules/audit/ui/WhoLooked.tsx'
import { getGrades } from '../../modules/grading/contract.ts'
import { Consequences } from '../../modules/grading/ui/Consequences.tsx'
import { GradeHistory } from '../../modules/grading/ui/GradeHistory.tsx'
import { Standing } from '../../modules/grading/ui/Standing.tsx'
import { listScoresOfSubject } from '../../modules/evaluation/contract.ts'
import { ScorePanel } from '../../modules/evaluation/ui/ScorePanel.tsx'
import { getBeside } from '../../modules/objections/contract.ts'
import { Statements } from '../../modules/objections/ui/Statements.tsx'
import { Timeline } from '../../modules/records/ui/Timeline.tsx'
import { getSubject } from '../../modules/subjects/contract.ts'
import { useInFull } from '../../modules/privacy/ui/FullView.tsx'
import { OpenOfParty } from '../../modules/submissions/ui/OpenOfParty.tsx'
import { ObjectedTag } from '../../modules/subjects/ui/ObjectedTag.tsx'
import { GoneNote } from '../../modules/subjects/ui/GoneNote.tsx'
import { Registration } from '../../modules/subjects/ui/Registration.tsx'
import { SubjectHead } from '../../modules/subjects/ui/SubjectHead.tsx'
import { t } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { Loading } from '../../ui/ProgressBar.tsx'
import { useMay } from '../../ui/surroundings.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'

const route = getRouteApi('/subjects/$subjectId')

/** A subject (信用主体): who it is and how it stands; left what is known of it, right what that comes to and what follows. */
export function SubjectPage() {
  const subjectId = Number(route.useParams().subjectId)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { answer: subject, shown, purpose, bar } = useInFull(getSubject, { subjectId }, `subject/${subjectId}`)
  const grades = useEndpoint(getGrades, { subjectId }, { every: 4000 })
  const beside = useEndpoint(getBeside, { subjectId })
  const may = useMay()
  const scored = may('evaluation.read')
  const scores = useEndpoint(listScoresOfSubject, { subjectId }, { enabled: scored })
  if (!subject.data || !shown) return subject.error ? <ProblemPanel problem={subject.error} onRetry={() => void subject.refetch()} /> : <Loading what={t('正在读取主体…', 'Reading the subject…')} />
  const set = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false })
  const pending = beside.data?.pending ?? []
  const registration = pending.find(({ about }) => about === 'registration')
  const mark = (model: string) => pending.filter((one) => one.model === model).map(({ since }) => <ObjectedTag key={model} since={since} />)
  const holdsUntil = Object.fromEntries(scores.data?.rows.map((row) => [row.model, row.holdsUntil]) ?? [])
  return (
    <>
      <SubjectHead subject={shown} marks={registration && <span className="x-row x-small x-quiet">{t('登记', 'Registration')} <ObjectedTag since={registration.since} /></span>}
        standing={grades.data ? <Standing grades={grades.data} holdsUntil={holdsUntil} mark={mark} /> : <ProblemPanel problem={grades.error} />} />
      {bar}
      <GoneNote subject={subject.data} />
      {subject.data.uscc && <OpenOfParty code={subject.data.uscc} />}
      <div className="c-columns c-turn">
        <div className="x-stack">
          {beside.error ? <ProblemPanel problem={beside.error} onRetry={() => void beside.refetch()} /> : <Statements of={beside.data?.statements ?? []} />}
          <Timeline subjectId={subjectId} purpose={purpose} kind={search.kind} onKind={(kind) => set({ kind })} />
          <Registration subject={shown} />
        </div>
        <div className="x-stack">
          {scored && <ScorePanel subjectId={subjectId} model={search.model} onModel={(model) => set({ model })} />}
          {grades.data && <Consequences grades={grades.data} />}
          {grades.data && <GradeHistory grades={grades.data} subjectId={subjectId} />}
        </div>
      </div>
      {may('audit.read') && <div style={{ marginTop: 16 }}><WhoLooked subjectId={subjectId} /></div>}
    </>
  )
}

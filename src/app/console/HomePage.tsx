import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CheckCircleFilled, ClockCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { listGradeChanges } from '../../modules/grading/contract.ts'
import { RecentChanges } from '../../modules/grading/ui/RecentChanges.tsx'
import { listBatches } from '../../modules/submissions/contract.ts'
import { LastBatches } from '../../modules/submissions/ui/LastBatches.tsx'
import { listWork } from '../../modules/worklist/contract.ts'
import { viewWords } from '../../modules/worklist/ui/words.ts'
import { WorkRows } from '../../modules/worklist/ui/WorkRows.tsx'
import type { AnswerOf } from '../../ui/client.ts'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { EmptyState, PageHead, Section } from '../../ui/Layout.tsx'
import { t, tt } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { Loading } from '../../ui/ProgressBar.tsx'
import { useMay, useSurroundings } from '../../ui/surroundings.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'

const FRESH = 20_000
const SHOWN = 12

/** The desk (工作台): what is late or due, the one next act, what changed today and why, the last imports. */
export function HomePage() {
  const { today } = useSurroundings()
  const may = useMay()
  const [files, grades] = [may('submissions.read'), may('grading.read')]
  const work = useEndpoint(listWork, { limit: SHOWN }, { every: FRESH })
  const changes = useEndpoint(listGradeChanges, { from: today, limit: 12 }, { every: FRESH, enabled: grades })
  const batches = useEndpoint(listBatches, { limit: 6 }, { every: FRESH, enabled: files })
  return (
    <>
      <PageHead title={t('工作台', 'Desk')} under={<span className="x-num">{dayWithWeekday(today)}</span>} />
      <div className="x-stack">
        {work.data && <Next work={work.data} />}
        <div className="c-columns">
          <div className="x-stack">
            <Section title={t('待办', 'Work')} note={work.data && `${tt(viewWords[work.data.view])} · ${t(`${work.data.total} 项`, `${work.data.total}`)}`} after={<Link to="/work">{t('全部待办', 'All of it')}</Link>}>
              <ProblemPanel problem={work.error} onRetry={() => void work.refetch()} />
              {!work.data && !work.error && <Loading />}
              {work.data && (work.data.rows.length > 0 ? <WorkRows rows={work.data.rows} brief /> : <EmptyState title={t('没有等着办的事项', 'Nothing waits for you')} how={t('退回的报送、待确认的申请、到期的事项会自动出现在这里。', 'What is sent back, waits for a decision or falls due appears here by itself.')} />)}
            </Section>
            {files && <Section title={t('最近导入', 'Last imports')} after={<Link to="/imports">{t('全部导入', 'All imports')}</Link>}>
              <ProblemPanel problem={batches.error} onRetry={() => void batches.refetch()} />
              {!batches.data && !batches.error && <Loading />}
              {batches.data && <LastBatches rows={batches.data.rows} />}
            </Section>}
          </div>
          {grades && <Section title={t('今天的等级变动', 'Grades that changed today')} note={changes.data && changes.data.total > 0 ? t(`${changes.data.total} 次`, `${changes.data.total}`) : undefined} after={<Link to="/changes">{t('全部变动', 'All changes')}</Link>}>
            <ProblemPanel problem={changes.error} onRetry={() => void changes.refetch()} />
            {!changes.data && !changes.error && <Loading />}
            {changes.data && (changes.data.rows.length > 0 ? <RecentChanges rows={changes.data.rows} /> : <EmptyState title={t('今天没有等级变动', 'No grade changed today')} how={t('新的记录、到期的记录或模型调整改变等级时，这里会说明是谁、为什么。', 'When a new fact, an expired one or a model changes a grade, it stands here with the reason.')} />)}
          </Section>}
        </div>
      </div>
    </>
  )
}

// One line, one button: the act that matters most now. What can still be in time comes first, then what has been late the longest.
function Next({ work }: { readonly work: AnswerOf<typeof listWork> }) {
  const navigate = useNavigate()
  const may = useMay()
  const { late, dueSoon } = work.views[work.view]!
  const first = work.rows.find(({ urgency }) => urgency === 'due-soon') ?? work.rows[0]
  const due = dueSoon > 0 ? t(`${dueSoon} 项将到期`, `${dueSoon} due soon`) : ''
  if (first && (late > 0 || dueSoon > 0)) {
    return (
      <div className={`h-next ${late > 0 ? 'h-late' : 'h-due'}`}>
        {late > 0 ? <ExclamationCircleFilled className="x-late" aria-hidden /> : <ClockCircleFilled className="x-due" aria-hidden />}
        <p><strong>{due || t(`${late} 项已逾期`, `${late} late`)}</strong>{late > 0 && due && <span>{t(`，${late} 项已逾期`, `, ${late} late`)}</span>}<span className="x-quiet"> · {t('先办：', 'first: ')}<span lang="zh-CN">{tt(first.title)}</span></span></p>
        <Button type="primary" onClick={() => void navigate({ to: first.next.to as '/' })}>{tt(first.next.title)}</Button>
      </div>
    )
  }
  return (
    <div className="h-next h-good">
      <CheckCircleFilled className="x-good" aria-hidden />
      <p><strong>{t('没有逾期，也没有将到期的事项', 'Nothing is late or due soon')}</strong></p>
      {may('submissions.import') && <Button type="primary" onClick={() => void navigate({ to: '/imports' })}>{t('导入部门报送', 'Import a submission')}</Button>}
    </div>
  )
}

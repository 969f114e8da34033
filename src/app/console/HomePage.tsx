import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CheckCircleFilled, ClockCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { listGradeChanges } from '../../modules/grading/contract.ts'
import { RecentChanges } from '../../modules/grading/ui/RecentChanges.tsx'
import { listBatches, listOpenRejections } from '../../modules/submissions/contract.ts'
import { LastBatches } from '../../modules/submissions/ui/LastBatches.tsx'
import { LateAndDue } from '../../modules/submissions/ui/LateAndDue.tsx'
import type { AnswerOf } from '../../ui/client.ts'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { EmptyState, PageHead, Section } from '../../ui/Layout.tsx'
import { t } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { Loading } from '../../ui/ProgressBar.tsx'
import { useDepartmentName, useMay, useSurroundings } from '../../ui/surroundings.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'

const FRESH = 20_000

/** The desk (工作台): what is late or due, the one next act, what changed today and why, the last imports. */
export function HomePage() {
  const { today } = useSurroundings()
  const may = useMay()
  const [files, grades] = [may('submissions.read'), may('grading.read')]
  const rejections = useEndpoint(listOpenRejections, { limit: 50 }, { every: FRESH, enabled: files })
  const changes = useEndpoint(listGradeChanges, { from: today, limit: 12 }, { every: FRESH, enabled: grades })
  const batches = useEndpoint(listBatches, { limit: 6 }, { every: FRESH, enabled: files })
  return (
    <>
      <PageHead title={t('工作台', 'Desk')} under={<span className="x-num">{dayWithWeekday(today)}</span>} />
      <div className="x-stack">
        {!files && !grades && <Section><EmptyState title={t('您的岗位不接触业务数据', 'Your role touches no business data')} how={t('可办理的事项在左侧导航和右上角的姓名菜单里。', 'What you can do is in the navigation and in the menu under your name.')} /></Section>}
        {rejections.data && <Next rejections={rejections.data} />}
        <div className="c-columns">
          {files && <div className="x-stack">
            <Section title={t('逾期和将到期', 'Late and due')} note={rejections.data && rejections.data.total > 0 ? t('被退回、尚未改正再报的决定', 'sent back and not yet sent again') : undefined}>
              <ProblemPanel problem={rejections.error} onRetry={() => void rejections.refetch()} />
              {!rejections.data && !rejections.error && <Loading />}
              {rejections.data && <LateAndDue answer={rejections.data} />}
            </Section>
            <Section title={t('最近导入', 'Last imports')} after={<Link to="/imports">{t('全部导入', 'All imports')}</Link>}>
              <ProblemPanel problem={batches.error} onRetry={() => void batches.refetch()} />
              {!batches.data && !batches.error && <Loading />}
              {batches.data && <LastBatches rows={batches.data.rows} />}
            </Section>
          </div>}
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

// One line, one button: the act that matters most now. What is due soon comes first, then the newest late one.
function Next({ rejections: { late, dueSoon, rows } }: { readonly rejections: AnswerOf<typeof listOpenRejections> }) {
  const navigate = useNavigate()
  const departmentName = useDepartmentName()
  const first = rows.find(({ state }) => state === 'due-soon') ?? rows.find(({ state }) => state === 'late') ?? rows[0]
  const open = () => first && void navigate({ to: '/imports/$batchId', params: { batchId: String(first.batchId) } })
  const due = [dueSoon > 0 && t(`${dueSoon} 项即将到期`, `${dueSoon} due soon`)].filter(Boolean).join('')
  if (late > 0 || dueSoon > 0) {
    return (
      <div className={`h-next ${late > 0 ? 'h-late' : 'h-due'}`}>
        {late > 0 ? <ExclamationCircleFilled className="x-late" aria-hidden /> : <ClockCircleFilled className="x-due" aria-hidden />}
        <p><strong>{due || t(`${late} 项决定逾期未归集`, late === 1 ? '1 decision is late' : `${late} decisions are late`)}</strong>{late > 0 && due && <span>{t(`，${late} 项已逾期`, `, ${late} late`)}</span>}{first && <span className="x-quiet"> · {t(`先办：${departmentName(first.department)} ${first.documentNumber ?? first.partyName ?? ''}`, `first: ${departmentName(first.department)} ${first.documentNumber ?? first.partyName ?? ''}`)}</span>}</p>
        <Button type="primary" onClick={open}>{t('去改正这一批', 'Correct this batch')}</Button>
      </div>
    )
  }
  return (
    <div className="h-next h-good">
      <CheckCircleFilled className="x-good" aria-hidden />
      <p><strong>{t('没有逾期，也没有将到期的事项', 'Nothing is late or due soon')}</strong></p>
      <Button type="primary" onClick={() => void navigate({ to: '/imports' })}>{t('导入部门报送', 'Import a submission')}</Button>
    </div>
  )
}

// @clause 4.8
import { Link } from '@tanstack/react-router'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { EmptyState, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listObjections } from '../contract.ts'
import { stateWords } from './words.ts'

/** Objections (异议): the open ones first, by day due. */
export function ObjectionsPage() {
  const answer = useEndpoint(listObjections, { limit: 100 })
  const department = useDepartmentName()
  return (
    <>
      <PageHead title={t('异议', 'Objections')} under={t('企业对记录、等级、登记信息提出的异议；未办结的排在前面。', 'Of businesses to records, grades and registrations; the open ones stand first.')} />
      <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} />
      <Section title={t('异议', 'Objections')}>
        {!answer.data && !answer.error && <Loading />}
        {answer.data?.total === 0 && <EmptyState title={t('没有异议', 'No objection')} how={t('企业在“/my”提出异议后，会出现在这里。', 'They appear when a business objects in the space /my.')} />}
        <ul className="x-stack">{answer.data?.rows.map((one) => (
          <li key={one.objectionId}>
            <Link to="/objections/$objectionId" params={{ objectionId: String(one.objectionId) }}>{one.subjectName}：{tt(one.what)}</Link>
            <div className="x-row x-small x-quiet"><span className="x-tag x-tag-info">{tt(stateWords[one.state])}</span><span>{department(one.department)}</span><InstantText at={one.filedAt} />{one.dueOn && <span className={one.late ? 'x-late' : ''}>{one.late ? t('已逾期', 'late') : t('期限', 'due')} <DayText on={one.dueOn} weekday /></span>}</div>
          </li>))}
        </ul>
      </Section>
    </>
  )
}

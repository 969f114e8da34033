// @clause 12.1
import { getRouteApi } from '@tanstack/react-router'
import { Pagination, Segmented, Select } from 'antd'
import type { AnswerOf } from '../../../ui/client.ts'
import { EmptyState, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { windowOf } from '../../../ui/query-table/columns.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listWork } from '../contract.ts'
import { viewWords } from './words.ts'
import { WorkRows } from './WorkRows.tsx'

const route = getRouteApi('/work')
const FRESH = 20_000
type Answer = AnswerOf<typeof listWork>

/** The one work list (待办): mine, my section's, my department's, and everything that I may see, by day due. */
export function WorkPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { view, kind, urgency, department, officer } = search
  const work = useEndpoint(listWork, { view, kind, urgency, department, officer, ...windowOf(search) }, { keep: true, every: FRESH })
  const choose = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next, page: undefined }, resetScroll: false })
  const answer = work.data
  return (
    <>
      <PageHead title={t('待办', 'Work')} under={t('等着办的每一件事：什么、谁、何时截止、依据哪一条，以及下一步。', 'Everything that waits: what, who, by when, by which rule, and the next step.')} />
      <div className="x-stack">
        <ProblemPanel problem={work.error} onRetry={() => void work.refetch()} />
        {!answer && !work.error && <Section><Loading /></Section>}
        {answer && <>
          <div className="x-row w-filters">
            <Segmented<string> value={answer.view} onChange={(next) => choose({ view: next as Answer['view'], department: undefined, officer: undefined, kind: undefined })} options={viewsOf(answer)} aria-label={t('范围', 'Whose')} />
            <Segmented<string> value={urgency ?? ''} onChange={(next) => choose({ urgency: (next || undefined) as typeof urgency })} aria-label={t('时限', 'Deadline')}
              options={[{ value: '', label: t('全部', 'All') }, { value: 'late', label: t('已逾期', 'Late') }, { value: 'due-soon', label: t('将到期', 'Due soon') }, { value: 'open', label: t('其他', 'Others') }]} />
            {answer.kinds.length > 1 && <Select style={{ minWidth: 180 }} aria-label={t('事项', 'Kind')} value={kind ?? ''} onChange={(next) => choose({ kind: next || undefined })} options={[{ value: '', label: t('全部事项', 'All kinds') }, ...answer.kinds.map((one) => ({ value: one.kind, label: `${tt(one.title)} ${one.total}` }))]} />}
          </div>
          <Spread answer={answer} search={search} onChoose={choose} />
          <Section title={t('事项', 'Items')} note={t(`${answer.total} 项${answer.cut ? '以上' : ''}`, `${answer.cut ? 'more than ' : ''}${answer.total}`)}>
            {answer.rows.length > 0 ? <WorkRows rows={answer.rows} /> : <EmptyState title={t('没有等着办的事项', 'Nothing waits here')} how={t('换一个范围或放宽条件看看；有新的退回、申请、预警时会自动出现在这里。', 'Look at another range or widen the filters; what is sent back, applied for or warned of appears here by itself.')} />}
            {answer.total > answer.rows.length && <Pagination style={{ marginTop: 12 }} size="small" current={search.page ?? 1} pageSize={windowOf(search).limit} total={answer.total} showSizeChanger={false} onChange={(page) => void navigate({ search: { ...search, page } })} />}
          </Section>
        </>}
      </div>
    </>
  )
}

function viewsOf({ views }: Answer): { value: string; label: string }[] {
  return (['mine', 'section', 'department', 'all'] as const).flatMap((view) => {
    const counts = views[view]
    return counts === null ? [] : [{ value: view, label: `${tt(viewWords[view])} ${counts.total}` }]
  })
}

/** How the work is spread: over officers for whoever heads a department, over departments for whoever sees them all. A line filters the list. */
function Spread({ answer, search, onChoose }: { readonly answer: Answer; readonly search: { readonly department?: string | undefined; readonly officer?: number | undefined }; onChoose(next: { department?: string | undefined; officer?: number | undefined }): void }) {
  const departmentName = useDepartmentName()
  const byDepartment = answer.view === 'all' && answer.departments.length > 1
  const byOfficer = answer.view === 'department' && answer.officers.some(({ officerId }) => officerId !== null)
  if (!byDepartment && !byOfficer) return null
  const lines = byDepartment
    ? answer.departments.map((one) => ({ key: one.department ?? '', name: one.department === null ? t('信用办与管理员', 'Credit office and administrators') : departmentName(one.department), chosen: search.department === one.department, choose: () => onChoose({ department: search.department === one.department ? undefined : (one.department ?? undefined) }), ...one }))
    : answer.officers.map((one) => ({ ...one, key: String(one.officerId ?? 0), name: one.name ?? t('无人认领', 'Nobody yet'), chosen: search.officer === (one.officerId ?? 0), choose: () => onChoose({ officer: search.officer === (one.officerId ?? 0) ? undefined : (one.officerId ?? 0) }) }))
  return (
    <Section title={byDepartment ? t('按部门', 'By department') : t('按经办人', 'By officer')} note={t('点一行只看它', 'choose a line to see only it')}>
      <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('待办分布', 'How the work is spread')}><table className="x-table">
        <thead><tr><th>{byDepartment ? t('部门', 'Department') : t('经办人', 'Officer')}</th><th className="x-right">{t('待办', 'Waiting')}</th><th className="x-right">{t('已逾期', 'Late')}</th><th className="x-right">{t('将到期', 'Due soon')}</th></tr></thead>
        <tbody>{lines.map(({ key, name, chosen, choose, total, late, dueSoon }) => (
          <tr key={key} className={chosen ? 'w-chosen' : ''}>
            <td><button type="button" className="x-bare w-pick" aria-pressed={chosen} onClick={choose}><span lang="zh-CN">{name}</span></button></td>
            <td className="x-right x-num">{total}</td><td className={`x-right x-num ${late > 0 ? 'x-late' : ''}`}>{late}</td><td className={`x-right x-num ${dueSoon > 0 ? 'x-due' : ''}`}>{dueSoon}</td>
          </tr>
        ))}</tbody>
      </table></div>
    </Section>
  )
}

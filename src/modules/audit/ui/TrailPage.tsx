// @clause 4.3
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { urlOf, type RowOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { Words } from '../../../ui/query-table/tools.tsx'
import { ActorName, useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { exportTrail, listTrail, trailKindSchema, trailOutcomeSchema } from '../contract.ts'
import { trailKinds, trailOutcomes } from './words.ts'

const route = getRouteApi('/audit')
type Row = RowOf<typeof listTrail>

/** 审计日志: who saw or did what, when, by what right; with a subject, its entries of the ledger stand among the lines. */
export function TrailPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const { departments } = useSurroundings()
  const departmentName = useDepartmentName()
  const filter = { actor: search.actor, department: search.department, subjectId: search.subject, recordId: search.record, kind: search.kind, outcome: search.outcome, from: search.from, until: search.until, purpose: search.purpose, sought: search.sought }
  const answer = useEndpoint(listTrail, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const columns: Column<Row>[] = [
    { id: 'at', title: { zh: '时间', en: 'At' }, text: (row) => row.at, sortBy: true, render: (row) => <InstantText at={row.at} /> },
    { id: 'actor', title: { zh: '人员', en: 'Who' }, text: (row) => row.actor, sortBy: true, render: (row) => <Button type="link" size="small" onClick={() => set({ actor: row.actor })}><ActorName id={row.actor} /></Button> },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => departmentName(row.department), sortBy: true, render: (row) => departmentName(row.department) },
    { id: 'kind', title: { zh: '类别', en: 'Kind' }, text: (row) => tt(trailKinds[row.kind]!), sortBy: true, render: (row) => tt(trailKinds[row.kind]!) },
    { id: 'what', title: { zh: '内容', en: 'What' }, text: (row) => row.what, render: (row) => <span className="x-mono">{row.method === null ? row.what : `${row.method} ${row.what}`}</span> },
    { id: 'subjects', title: { zh: '主体', en: 'Subjects' }, text: (row) => row.subjectIds.join(' '), render: (row) => <Subjects ids={row.subjectIds} /> },
    { id: 'rows', title: { zh: '行数', en: 'Rows' }, align: 'right', text: (row) => (row.rows === null ? '' : String(row.rows)), render: (row) => row.rows ?? '—' },
    { id: 'outcome', title: { zh: '结果', en: 'Outcome' }, text: (row) => row.outcome, sortBy: true, render: (row) => <Outcome outcome={row.outcome} /> },
    { id: 'purpose', title: { zh: '目的', en: 'Purpose' }, text: (row) => row.purpose ?? '', render: (row) => row.purpose ?? '—' },
    { id: 'right', title: { zh: '凭何权限', en: 'By what right' }, text: (row) => row.permission ?? row.basis ?? '', render: (row) => <span title={row.roles.join(' ')}>{row.permission === null ? row.basis : <><span className="x-mono">{row.permission}</span> {reachText(row)}</>}</span> },
    { id: 'asked', title: { zh: '条件', en: 'Asked for' }, text: (row) => JSON.stringify(row.asked), render: (row) => <span className="x-mono x-cut" title={JSON.stringify(row.asked)}>{Object.keys(row.asked).join(' ') || '—'}</span>, hidden: true },
    { id: 'address', title: { zh: '地址', en: 'Address' }, text: (row) => row.address ?? '', render: (row) => <span className="x-mono">{row.address ?? '—'}</span>, hidden: true },
    { id: 'session', title: { zh: '会话', en: 'Session' }, text: (row) => String(row.sessionId ?? ''), render: (row) => row.sessionId ?? '—', hidden: true },
  ]
  return (
    <>
      <PageHead title={t('审计日志', 'Audit trail')} under={t('谁在什么时候、凭什么权限看了或做了什么；逐行封存进账本，改动或删除都查得出。', 'Who saw or did what, when, by what right; sealed into the ledger, so that a change or removal shows.')} />
      <Section flush>
        <QueryTable name="trail" caption={{ zh: '审计日志', en: 'Audit trail' }} unit={{ zh: '行', en: 'lines' }} columns={columns} answer={answer} keyOf={(row) => `${row.kind === 'entry' ? 'e' : 't'}${row.id}`} search={search} onSearch={(next) => set({ page: undefined, ...next })}
          files={{ xlsx: urlOf(exportTrail, filter), csv: urlOf(exportTrail, { ...filter, form: 'csv' }) }}
          filters={<>
            <Select size="small" allowClear style={{ minWidth: 110 }} placeholder={t('类别', 'Kind')} aria-label={t('类别', 'Kind')} value={search.kind} onChange={(kind) => set({ kind })} options={trailKindSchema.options.map((value) => ({ value, label: tt(trailKinds[value]!) }))} />
            <Select size="small" allowClear style={{ minWidth: 110 }} placeholder={t('结果', 'Outcome')} aria-label={t('结果', 'Outcome')} value={search.outcome} onChange={(outcome) => set({ outcome })} options={trailOutcomeSchema.options.map((value) => ({ value, label: tt(trailOutcomes[value]!) }))} />
            <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ minWidth: 160 }} placeholder={t('部门', 'Department')} aria-label={t('部门', 'Department')} value={search.department} onChange={(department) => set({ department })} options={departments.map((one) => ({ value: one.key, label: tt(one) }))} />
            <Words label={t('人员账号', 'Account')} value={search.actor?.replace(/^officer:/, '')} onWords={(actor) => set({ actor: actor === undefined || actor.includes(':') || actor === 'visitor' ? actor : `officer:${actor}` })} />
            <Words label={t('主体编号', 'Subject number')} value={search.subject === undefined ? undefined : String(search.subject)} onWords={(subject) => set({ subject: subject !== undefined && /^\d+$/.test(subject) ? Number(subject) : undefined })} />
            <Words label={t('查找过的词', 'Text looked for')} value={search.sought} onWords={(sought) => set({ sought })} />
            <Words label={t('目的', 'Purpose')} value={search.purpose} onWords={(purpose) => set({ purpose })} />
            <DayInput size="small" label={t('自', 'From')} value={search.from ?? ''} onChange={(from) => set({ from: from || undefined })} />
            <DayInput size="small" label={t('至', 'Until')} value={search.until ?? ''} onChange={(until) => set({ until: until || undefined })} />
          </>}
          empty={{ title: t('没有符合条件的记录', 'No line fits'), how: t('放宽条件再看；每次查看非公开数据、办理、登录、拒绝和导出都会出现在这里。', 'Widen the filters; every view of non-public data, act, sign-in, refusal and export appears here.') }} />
      </Section>
    </>
  )
}

function Subjects({ ids }: { readonly ids: readonly number[] }) {
  if (ids.length === 0) return <>—</>
  if (ids.length > 3) return <span title={ids.slice(0, 50).join(' ')}>{t(`${ids.length} 个主体`, `${ids.length} subjects`)}</span>
  return <>{ids.map((id) => <Link key={id} to="/audit" search={{ subject: id }} className="x-num x-target">{id}</Link>)}</>
}

function Outcome({ outcome }: { readonly outcome: string }) {
  if (outcome === 'given') return <>{tt(trailOutcomes['given']!)}</>
  return <span className={`x-tag ${outcome === 'fault' ? 'x-tag-late' : 'x-tag-due'}`} title={outcome}>{tt(trailOutcomes[outcome === 'fault' ? 'fault' : 'refused']!)} · {outcome}</span>
}

function reachText({ reach }: Row): string {
  if (reach === null) return t('（没有此权限）', '(did not have it)')
  if (reach === 'all') return t('全部', 'everything')
  return [...reach.departments, ...reach.sectors, ...reach.subjects].join(' ') || t('无', 'nothing')
}

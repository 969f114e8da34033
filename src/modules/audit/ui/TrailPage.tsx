// @clause 4.3
import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { urlOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Filters, type ActiveFilter } from '../../../ui/query-table/Filters.tsx'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { Words } from '../../../ui/query-table/tools.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { exportTrail, listArchives, listTrail, trailKindSchema, trailOutcomeSchema } from '../contract.ts'
import { useTrailColumns, type TrailRow } from './columns.tsx'
import { ActorFilter, whoWords } from './parts.tsx'
import { trailKinds, trailOutcomes } from './words.ts'

const route = getRouteApi('/audit')

/** 审计日志: who saw or did what, when, by what right; with a subject, its entries of the ledger stand among the lines. */
export function TrailPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const { departments } = useSurroundings()
  const departmentName = useDepartmentName()
  const filter = { actor: search.actor, find: search.find, department: search.department, subjectId: search.subject, recordId: search.record, kind: search.kind, outcome: search.outcome, from: search.from, until: search.until, purpose: search.purpose, sought: search.sought }
  const answer = useEndpoint(listTrail, { ...windowOf(search), ...filter }, { keep: true })
  const archives = useEndpoint(listArchives, {})
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const common = useTrailColumns((actor) => set({ actor, find: undefined }))
  const columns: Column<TrailRow>[] = [
    common.at, common.actor, common.department, common.kind, common.what,
    { id: 'subjects', title: { zh: '主体', en: 'Subjects' }, text: (row) => row.subjectIds.join(' '), render: (row) => <Subjects ids={row.subjectIds} /> },
    { id: 'rows', title: { zh: '行数', en: 'Rows' }, align: 'right', text: (row) => (row.rows === null ? '' : String(row.rows)), render: (row) => row.rows ?? '—' },
    common.outcome, common.purpose, common.right,
    { id: 'route', title: { zh: '接口或账目', en: 'Route or entry' }, text: (row) => (row.method === null ? row.what : `${row.method} ${row.what}`), render: (row) => <span className="x-mono">{row.method === null ? row.what : `${row.method} ${row.what}`}</span>, hidden: true },
    { id: 'asked', title: { zh: '条件', en: 'Asked for' }, text: (row) => JSON.stringify(row.asked), render: (row) => <span className="x-mono x-cut" title={JSON.stringify(row.asked)}>{Object.keys(row.asked).join(' ') || '—'}</span>, hidden: true },
    { id: 'address', title: { zh: '地址', en: 'Address' }, text: (row) => row.address ?? '', render: (row) => <span className="x-mono">{row.address ?? '—'}</span>, hidden: true },
    { id: 'session', title: { zh: '会话', en: 'Session' }, text: (row) => String(row.sessionId ?? ''), render: (row) => row.sessionId ?? '—', hidden: true },
  ]
  const said: Readonly<Partial<Record<keyof typeof filter, string | undefined>>> = {
    actor: search.actor && whoWords(search.actor, answer.data?.rows.find(({ actor }) => actor === search.actor)?.name), find: search.find && t(`人员“${search.find}”`, `person “${search.find}”`), from: search.from && t(`自 ${search.from}`, `from ${search.from}`), until: search.until && t(`至 ${search.until}`, `until ${search.until}`),
    kind: search.kind && tt(trailKinds[search.kind]!), outcome: search.outcome && tt(trailOutcomes[search.outcome]!), department: search.department && departmentName(search.department),
    subjectId: search.subject === undefined ? undefined : t(`主体 ${search.subject}`, `subject ${search.subject}`), recordId: search.record === undefined ? undefined : t(`记录 ${search.record}`, `record ${search.record}`),
    purpose: search.purpose && t(`目的含“${search.purpose}”`, `purpose with “${search.purpose}”`), sought: search.sought && t(`查找过“${search.sought}”`, `looked for “${search.sought}”`),
  }
  const active = Object.entries(said).flatMap(([key, says]): ActiveFilter[] => (says ? [{ key, says, drop: () => set({ [key === 'subjectId' ? 'subject' : key === 'recordId' ? 'record' : key]: undefined }) }] : []))
  const archived = archives.data?.rows.filter(({ removed }) => removed) ?? []
  return (
    <>
      <PageHead title={t('审计日志', 'Audit trail')} under={<>
        {t('谁在什么时候、凭什么权限看了或做了什么；逐行封存进账本，改动或删除都查得出。', 'Who saw or did what, when, by what right; sealed into the ledger, so that a change or removal shows.')}
        {archives.data && <> {t(`在线保存 ${archives.data.years} 年`, `Kept here for ${archives.data.years} years `)}{t('（', '(')}<Link to="/policy" search={{ find: 'audit/keep-trail' }} style={{ textDecoration: 'underline' }}>{t('依据，未核实', 'basis, unconfirmed')}</Link>{t('）', ')')}{archived.length > 0 && t(`；更早的 ${archived.length} 段在归档文件里，用 xinheng audit archives 查看`, `; ${archived.length} earlier stretches stand in archives: xinheng audit archives`)}</>}
      </>} />
      <Section flush>
        <QueryTable name="trail" caption={{ zh: '审计日志', en: 'Audit trail' }} unit={{ zh: '行', en: 'lines' }} columns={columns} answer={answer} keyOf={(row) => `${row.kind === 'entry' ? 'e' : 't'}${row.id}`} search={search} onSearch={(next) => set({ page: undefined, ...next })}
          files={{ xlsx: urlOf(exportTrail, filter), csv: urlOf(exportTrail, { ...filter, form: 'csv' }) }}
          filters={<Filters active={active} onClear={() => void change({ search: { size: search.size } })} moreInUse={[search.department, search.subject, search.record, search.sought, search.purpose].filter((one) => one !== undefined).length}
            first={<>
              <ActorFilter actor={search.actor} find={search.find} onWho={set} />
              <span className="x-row" style={{ gap: 4, flexWrap: 'nowrap' }}><DayInput size="small" label={t('自', 'From')} value={search.from ?? ''} onChange={(from) => set({ from: from || undefined })} /><span className="x-quiet" aria-hidden>–</span><DayInput size="small" label={t('至', 'Until')} value={search.until ?? ''} onChange={(until) => set({ until: until || undefined })} /></span>
              <Select size="small" allowClear style={{ width: 110 }} placeholder={t('全部类别', 'All kinds')} aria-label={t('类别', 'Kind')} value={search.kind} onChange={(kind) => set({ kind })} options={trailKindSchema.options.map((value) => ({ value, label: tt(trailKinds[value]!) }))} />
              <Select size="small" allowClear style={{ width: 110 }} placeholder={t('全部结果', 'All outcomes')} aria-label={t('结果', 'Outcome')} value={search.outcome} onChange={(outcome) => set({ outcome })} options={trailOutcomeSchema.options.map((value) => ({ value, label: tt(trailOutcomes[value]!) }))} />
            </>}
            more={<>
              <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 170 }} placeholder={t('全部部门', 'All departments')} aria-label={t('部门', 'Department')} value={search.department} onChange={(department) => set({ department })} options={departments.map((one) => ({ value: one.key, label: tt(one) }))} />
              <Words label={t('主体编号', 'Subject number')} value={search.subject === undefined ? undefined : String(search.subject)} onWords={(subject) => set({ subject: subject !== undefined && /^\d+$/.test(subject) ? Number(subject) : undefined })} />
              <Words label={t('查找过的词', 'Text looked for')} value={search.sought} onWords={(sought) => set({ sought })} />
              <Words label={t('目的', 'Purpose')} value={search.purpose} onWords={(purpose) => set({ purpose })} />
            </>} />}
          empty={{ title: t('没有符合条件的记录', 'No line fits'), how: active.length > 0 ? t('去掉上面的一个条件再看。', 'Drop one of the filters above.') : t('每次查看非公开数据、办理、登录、拒绝和导出都会出现在这里。', 'Every view of non-public data, act, sign-in, refusal and export appears here.') }} />
      </Section>
    </>
  )
}

function Subjects({ ids }: { readonly ids: readonly number[] }) {
  if (ids.length === 0) return <>—</>
  if (ids.length > 3) return <span title={ids.slice(0, 50).join(' ')}>{t(`${ids.length} 个主体`, `${ids.length} subjects`)}</span>
  return <>{ids.map((id) => <Link key={id} to="/audit" search={{ subject: id }} className="x-num x-target">{id}</Link>)}</>
}

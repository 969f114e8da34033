// @clause X.4
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Checkbox, Select } from 'antd'
import { urlOf, type RowOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { InstantText, instantInChina } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { Words } from '../../../ui/query-table/tools.tsx'
import { Uscc } from '../../../ui/Uscc.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { capacitySchema, capacityWords, claimStateWords, exportClaims, listClaims } from '../contract.ts'

const route = getRouteApi('/claims')
type Row = RowOf<typeof listClaims>
type State = keyof typeof claimStateWords
const stateOf = ({ outcome }: Row): State => outcome ?? 'waiting'

/** Claims of subjects (企业认领): those that wait first, by day due; late ones can be asked for alone. */
export function ClaimsPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const navigate = useNavigate()
  const filter = { find: search.find, state: search.state, capacity: search.capacity, late: search.late ? 'true' : undefined, dueFrom: search.from, dueUntil: search.until }
  const answer = useEndpoint(listClaims, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<typeof search>) => void change({ search: { ...search, page: undefined, ...next } })
  const columns: Column<Row>[] = [
    { id: 'subject', title: { zh: '主体', en: 'Subject' }, text: (row) => row.subjectName, sortBy: true, render: (row) => <Link className="x-cut" title={row.subjectName} to="/claims/$claimId" params={{ claimId: String(row.claimId) }}>{row.subjectName}</Link> },
    { id: 'state', title: { zh: '状态', en: 'State' }, text: (row) => tt(claimStateWords[stateOf(row)]), sortBy: true, render: (row) => <span className={`x-tag ${row.outcome === null ? 'x-tag-info' : ''}`} title={row.reason ?? undefined}>{tt(claimStateWords[stateOf(row)])}</span> },
    { id: 'due', title: { zh: '答复期限', en: 'Answer due' }, text: (row) => row.dueOn, sortBy: true, render: (row) => (row.outcome === null ? <DeadlineTag on={row.dueOn} /> : <span className="x-num x-quiet">{row.dueOn}</span>) },
    { id: 'name', title: { zh: '申请人', en: 'Claimed by' }, text: (row) => row.name, sortBy: true, render: (row) => row.name },
    { id: 'capacity', title: { zh: '身份', en: 'Capacity' }, text: (row) => tt(capacityWords[row.capacity]), sortBy: true, render: (row) => tt(capacityWords[row.capacity]) },
    { id: 'filed', title: { zh: '提出时间', en: 'Filed' }, text: (row) => instantInChina(row.filedAt), sortBy: (row) => row.filedAt, render: (row) => <InstantText at={row.filedAt} /> },
    { id: 'answered', title: { zh: '答复时间', en: 'Answered' }, text: (row) => (row.answeredAt ? instantInChina(row.answeredAt) : ''), sortBy: (row) => row.answeredAt ?? '', render: (row) => <InstantText at={row.answeredAt} /> },
    { id: 'files', title: { zh: '材料', en: 'Files' }, align: 'right', text: (row) => String(row.files.length), sortBy: (row) => row.files.length, render: (row) => row.files.length },
    { id: 'uscc', title: { zh: '统一社会信用代码', en: 'USCC' }, text: (row) => row.uscc ?? '', render: (row) => <Uscc code={row.uscc} />, hidden: true },
  ]
  const none = Object.values(filter).every((value) => value === undefined)
  return (
    <>
      <PageHead title={t('企业认领', 'Claims of subjects')} under={t('经办人、法定代表人提出的认领；等待核对的排在前面。', 'Filed by agents and legal representatives; those that wait stand first.')} />
      <Section flush>
        <QueryTable name="claims" caption={{ zh: '企业认领', en: 'Claims of subjects' }} unit={{ zh: '项', en: 'claims' }} columns={columns} answer={answer} keyOf={(row) => row.claimId} search={search} onSearch={(next) => void change({ search: { ...search, ...next } })}
          onOpen={(row) => void navigate({ to: '/claims/$claimId', params: { claimId: String(row.claimId) } })} files={{ xlsx: urlOf(exportClaims, filter), csv: urlOf(exportClaims, { ...filter, form: 'csv' }) }}
          filters={<>
            <Words label={t('主体、代码或申请人', 'Business, code or person')} value={search.find} onWords={(find) => set({ find })} />
            <Select size="small" allowClear style={{ minWidth: 120 }} placeholder={t('状态', 'State')} aria-label={t('状态', 'State')} value={search.state} onChange={(state) => set({ state })} options={(Object.keys(claimStateWords) as State[]).map((value) => ({ value, label: tt(claimStateWords[value]) }))} />
            <Select size="small" allowClear style={{ minWidth: 130 }} placeholder={t('身份', 'Capacity')} aria-label={t('身份', 'Capacity')} value={search.capacity} onChange={(capacity) => set({ capacity })} options={capacitySchema.options.map((value) => ({ value, label: tt(capacityWords[value]) }))} />
            <span className="x-row" style={{ gap: 4, flexWrap: 'nowrap' }}><span className="x-quiet">{t('期限', 'Due')}</span><DayInput size="small" label={t('期限自', 'Due from')} value={search.from ?? ''} onChange={(from) => set({ from: from || undefined })} /><span className="x-quiet" aria-hidden>–</span><DayInput size="small" label={t('期限至', 'Due until')} value={search.until ?? ''} onChange={(until) => set({ until: until || undefined })} /></span>
            <Checkbox checked={search.late === true} onChange={(event) => set({ late: event.target.checked || undefined })}>{t('已逾期', 'Late')}</Checkbox>
          </>}
          empty={none ? { title: t('还没有认领', 'No claim yet'), how: t('企业在“/my”提出认领后，会出现在这里。', 'They appear when somebody claims a business in the space /my.') } : { title: t('没有符合条件的认领', 'No claim fits'), how: t('放宽条件再看。', 'Widen the filters.') }} />
      </Section>
    </>
  )
}

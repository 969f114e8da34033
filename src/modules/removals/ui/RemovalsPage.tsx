// @clause X.4
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import type { RowOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { ActorName, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listRemovals, REMOVAL_STATES } from '../contract.ts'
import { FileForm } from './FileForm.tsx'
import { removalGrounds, removalStates } from './words.ts'

const route = getRouteApi('/removals')
type Row = RowOf<typeof listRemovals>

/** Removals of persons' data (个人信息删除): those that wait first, by day due. */
export function RemovalsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [filing, setFiling] = useState(false)
  const whyNot = useWhyNot('removals.file')
  const answer = useEndpoint(listRemovals, { ...windowOf(search), state: search.state }, { keep: true })
  const columns: Column<Row>[] = [
    { id: 'removalId', title: { zh: '编号', en: 'Number' }, text: (row) => String(row.removalId), render: (row) => <Link to="/removals/$removalId" params={{ removalId: String(row.removalId) }} className="x-num x-target">{t(`第 ${row.removalId} 号`, `no. ${row.removalId}`)}</Link> },
    { id: 'who', title: { zh: '以何查找', en: 'Known by' }, text: (row) => tt(row.who), render: (row) => tt(row.who) },
    { id: 'askedBy', title: { zh: '提出', en: 'Asked for by' }, text: (row) => row.askedBy, render: (row) => (row.askedBy === 'person' ? t('本人', 'the person') : t('本机关', 'the office')) },
    { id: 'ground', title: { zh: '情形', en: 'Ground' }, text: (row) => tt(removalGrounds[row.ground]), render: (row) => tt(removalGrounds[row.ground]) },
    { id: 'askedOn', title: { zh: '提出日期', en: 'Asked for on' }, text: (row) => row.askedOn, render: (row) => <DayText on={row.askedOn} /> },
    { id: 'dueOn', title: { zh: '答复期限', en: 'Due' }, text: (row) => row.dueOn, render: (row) => <span className={row.late ? 'x-late' : ''}>{row.late && t('已逾期 ', 'late ')}<DayText on={row.dueOn} /></span> },
    { id: 'state', title: { zh: '状态', en: 'State' }, text: (row) => tt(removalStates[row.state]), render: (row) => <span className="x-tag x-tag-info">{tt(removalStates[row.state])}</span> },
    { id: 'filedBy', title: { zh: '经办', en: 'Filed by' }, text: (row) => row.filedBy, render: (row) => <><ActorName id={row.filedBy} /> <InstantText at={row.filedAt} /></>, hidden: true },
  ]
  return (
    <>
      <PageHead title={t('个人信息删除', 'Removal of persons’ data')} under={t('依个人信息保护法第四十七条：提出、由另一人决定、执行。账本的完整性不受影响。', 'By article 47 of the Personal Information Protection Law: filed, decided by somebody else, carried out. The ledger stays whole.')}
        after={!filing && <Button type="primary" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setFiling(true)}>{t('提出申请', 'File a request')}</Button>} />
      <div className="x-stack">
        {filing && <Section title={t('提出删除申请', 'File a request')}><div className="r-form"><FileForm onFiled={(removalId) => void navigate({ to: '/removals/$removalId', params: { removalId: String(removalId) } })} onCancel={() => setFiling(false)} /></div></Section>}
        <Section flush>
          <QueryTable name="removals" caption={{ zh: '个人信息删除', en: 'Removals' }} unit={{ zh: '项', en: 'requests' }} columns={columns} answer={answer} keyOf={(row) => row.removalId} search={search} onSearch={(next) => void navigate({ search: { ...search, page: undefined, ...next } })}
          onOpen={(row) => void navigate({ to: '/removals/$removalId', params: { removalId: String(row.removalId) } })}
          filters={<Select size="small" allowClear style={{ minWidth: 150 }} placeholder={t('状态', 'State')} aria-label={t('状态', 'State')} value={search.state} onChange={(state) => void navigate({ search: { ...search, page: undefined, state } })} options={REMOVAL_STATES.map((value) => ({ value, label: tt(removalStates[value]) }))} />}
          empty={{ title: t('没有删除申请', 'No request'), how: t('个人在窗口或企业空间提出删除，或本机关认为应当主动删除时，会出现在这里。', 'They appear when a person asks at the counter or in the space of businesses, or the office removes of its own accord.') }} />
        </Section>
      </div>
    </>
  )
}

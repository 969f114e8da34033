// @clause 12.1
import { useState } from 'react'
import { Button, Select, Tooltip } from 'antd'
import { UserOutlined } from '@ant-design/icons'
import { t, tt } from '../../../ui/language.ts'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { listOfficers } from '../../organisation/contract.ts'
import { assignWork, listWork, releaseWork, takeWork } from '../contract.ts'
import type { WorkRow } from './WorkRows.tsx'

const STALE = [listWork]

/** Who is in charge of an item, and how that is changed: take it, give it to somebody of the department, give it back. What is refused is said beside it. */
export function InCharge({ row }: { readonly row: WorkRow }) {
  const [choosing, setChoosing] = useState(false)
  const [take, assign, release] = [useAct(takeWork, { stale: STALE }), useAct(assignWork, { stale: STALE, onDone: () => setChoosing(false) }), useAct(releaseWork, { stale: STALE })]
  const item = { kind: row.kind, key: row.key }
  const problem = take.problem ?? assign.problem ?? release.problem
  return (
    <span className="x-row" style={{ gap: 6 }}>
      {row.inCharge ? <span className={row.inCharge.mine ? 'w-mine' : ''}><UserOutlined aria-hidden /> <span lang="zh-CN">{row.inCharge.name}</span></span> : <span className="x-quiet">{t('无人认领', 'nobody yet')}</span>}
      {row.may.take && <Button size="small" loading={take.busy} onClick={() => void take.perform(item)}>{t('认领', 'Take it')}</Button>}
      {row.may.release && <Button size="small" type="text" loading={release.busy} onClick={() => void release.perform(item)}>{t('退回', 'Give back')}</Button>}
      {row.may.assign && !choosing && <Tooltip title={t('交给本部门的一位人员', 'Give it to an officer of the department')}><Button size="small" type="text" onClick={() => setChoosing(true)}>{t('指派', 'Assign')}</Button></Tooltip>}
      {choosing && <Choice department={row.department!} busy={assign.busy} onChoose={(officerId) => void assign.perform({ ...item, officerId })} onLeave={() => setChoosing(false)} />}
      {problem && <span role="alert" className="x-late x-small">{tt(problem.body.message)} {tt(problem.body.fix)}</span>}
    </span>
  )
}

function Choice({ department, busy, onChoose, onLeave }: { readonly department: string; readonly busy: boolean; onChoose(officerId: number): void; onLeave(): void }) {
  const officers = useEndpoint(listOfficers, { department, limit: 500 })
  const present = officers.data?.rows.filter(({ leftOn }) => leftOn === null) ?? []
  return (
    <Select size="small" autoFocus defaultOpen showSearch={{ optionFilterProp: 'label' }} style={{ width: 150 }} loading={officers.isLoading || busy} disabled={busy} aria-label={t('指派给', 'Give it to')} placeholder={t('指派给…', 'Give it to …')}
      options={present.map(({ officerId, name, post }) => ({ value: officerId, label: post ? `${name}（${post}）` : name }))} onChange={onChoose} onBlur={onLeave} />
  )
}

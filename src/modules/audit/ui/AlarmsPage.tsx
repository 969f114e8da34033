// @clause 4.3, X.4
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Checkbox, Input, Radio } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import type { RowOf } from '../../../ui/client.ts'
import { DayText, instantInChina } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName, useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { findingSchema, listAlarms, settleAlarm } from '../contract.ts'
import { Who, whoWords } from './parts.tsx'
import { alarmKinds, findings } from './words.ts'

const route = getRouteApi('/alarms')
type Alarm = RowOf<typeof listAlarms>

/** 异常查看告警: unusual reading, what was found, and the one next act: look at the lines, and settle with a reason. */
export function AlarmsPage() {
  const search = route.useSearch()
  const change = route.useNavigate()
  const departmentName = useDepartmentName()
  const whyNot = useWhyNot('audit.settle')
  const [settling, setSettling] = useState<Alarm | null>(null)
  const answer = useEndpoint(listAlarms, { ...windowOf(search), open: search.all ? undefined : 'true' }, { keep: true })
  const columns: Column<Alarm>[] = [
    { id: 'on', title: { zh: '日期', en: 'Day' }, text: (row) => row.onDay, sortBy: true, render: (row) => <DayText on={row.onDay} /> },
    { id: 'kind', title: { zh: '情形', en: 'What' }, text: (row) => tt(alarmKinds[row.kind]!), render: (row) => <span className="x-tag x-tag-due">{tt(alarmKinds[row.kind]!)}</span> },
    { id: 'actor', title: { zh: '人员', en: 'Who' }, text: (row) => whoWords(row.actor, row.name), sortBy: true, render: (row) => <Who {...row} /> },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => departmentName(row.department), render: (row) => departmentName(row.department) },
    { id: 'subjects', title: { zh: '主体数', en: 'Subjects' }, align: 'right', text: (row) => String(row.subjects), sortBy: (row) => row.subjects, render: (row) => t(`${row.subjects}（限 ${row.limitWas}）`, `${row.subjects} (limit ${row.limitWas})`) },
    { id: 'time', title: { zh: '时段', en: 'From, until' }, text: spanOf, render: (row) => <span className="x-num">{spanOf(row)}</span> },
    { id: 'lines', title: { zh: '明细', en: 'Lines' }, text: () => '', render: (row) => <Link to="/audit" search={{ actor: row.actor, from: row.onDay, until: row.onDay, kind: 'view' }}>{t('看了什么', 'What was seen')}</Link> },
    { id: 'finding', title: { zh: '处理', en: 'Settled' }, text: (row) => (row.finding ? tt(findings[row.finding]!) : ''), render: (row) => row.finding
      ? <span className="x-cut" title={row.reason ?? ''}>{tt(findings[row.finding]!)} · <span lang="zh-CN">{whoWords(row.settledBy!, row.settledByName)}</span> · <span className="x-quiet">{row.reason}</span></span>
      : <Button size="small" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setSettling(row)}>{t('处理', 'Settle')}</Button> },
  ]
  return (
    <>
      <PageHead title={t('异常查看告警', 'Unusual reading')} under={t('短时间大量查看、工作时间以外查看、未填目的查看职责以外的不公开内容；条数是政策参数，未经核实。', 'Many subjects within minutes, outside working hours, what is not public outside the duties without a purpose; the figures are policy and unconfirmed.')} />
      <div className="x-stack">
        {settling && <Settling key={settling.alarmId} alarm={settling} onDone={() => setSettling(null)} />}
        <Section flush>
          <QueryTable name="alarms" caption={{ zh: '异常查看告警', en: 'Unusual reading' }} columns={columns} answer={answer} keyOf={(row) => row.alarmId} search={search} onSearch={(next) => void change({ search: { ...search, ...next } })}
            filters={<Checkbox checked={search.all === true} onChange={(event) => void change({ search: { ...search, page: undefined, all: event.target.checked || undefined } })}>{t('含已处理', 'Settled ones too')}</Checkbox>}
            empty={{ title: t('没有待处理的告警', 'No alarm is open'), how: t('系统在查看发生后半分钟内检查；超过政策参数时在这里出现，并进入待办。', 'Reading is looked at within half a minute; what passes the figures appears here and in the work list.') }} />
        </Section>
      </div>
    </>
  )
}

/** From when until when, the day once. */
function spanOf({ fromAt, untilAt }: Alarm): string {
  const [from, until] = [instantInChina(fromAt), instantInChina(untilAt)]
  return from === until ? from : `${from} – ${until.slice(0, 10) === from.slice(0, 10) ? until.slice(11) : until}`
}

function Settling({ alarm, onDone }: { readonly alarm: Alarm; onDone(): void }) {
  const [finding, setFinding] = useState<Alarm['finding']>(null)
  const [reason, setReason] = useState('')
  const act = useAct(settleAlarm, { onDone })
  return (
    <Section title={t(`处理：${alarm.onDay} ${tt(alarmKinds[alarm.kind]!)}`, `Settle: ${alarm.onDay}, ${tt(alarmKinds[alarm.kind]!)}`)}>
      <ActForm act={act} fields={['finding', 'reason']} submit={t('确定', 'Settle')} onSubmit={() => finding && void act.perform({ alarmId: alarm.alarmId, finding, reason })} onCancel={onDone}>
        <ActField name="finding" label={t('结论', 'Finding')} required>{(id) => <Radio.Group id={id} value={finding} onChange={(event) => setFinding(event.target.value as Alarm['finding'])} options={findingSchema.options.map((value) => ({ value, label: tt(findings[value]!) }))} />}</ActField>
        <ActField name="reason" label={t('理由', 'Reason')} required>{(id) => <Input.TextArea id={id} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</ActField>
      </ActForm>
    </Section>
  )
}

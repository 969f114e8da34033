// @clause 4.3, 4.7
import type { ReactNode } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { Facts, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Money } from '../../../ui/Money.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import { useInFull } from '../../privacy/ui/FullView.tsx'
import { ObjectedTag } from '../../subjects/ui/ObjectedTag.tsx'
import { getRecord } from '../contract.ts'
import { Documents } from './Documents.tsx'
import { ClassTag, inWords, Publicity, Tags, Timeliness } from './parts.tsx'
import { Versions } from './Versions.tsx'
import { Withdrawal } from './Withdrawal.tsx'
import { recordKinds, switchTitles } from './words.ts'
import './records.css'

const route = getRouteApi('/subjects/$subjectId/records/$recordId')
type RecordDetail = AnswerOf<typeof getRecord>

/** One record (信用记录): its fields by the standard, versions, documents, time limits with their rule, the three switches, withdrawal; `beside` is what later modules say of it. */
export function RecordSheet({ beside }: { readonly beside: ReactNode }) {
  const { subjectId, recordId } = route.useParams()
  const departmentName = useDepartmentName()
  const { answer, shown: record, purpose, bar } = useInFull(getRecord, { recordId: Number(recordId), subjectId: Number(subjectId) }, `subject/${subjectId}`)
  if (!record) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading what={t('正在读取记录…', 'Reading the record…')} />
  const present = record.versionList.toSorted((a, b) => b.version - a.version).find(({ operation }) => operation !== 'withdrawn')
  const fields = present?.fields.filter(({ value }) => value !== '') ?? []
  return (
    <>
      <PageHead title={<span style={{ overflowWrap: 'anywhere' }}>{record.title || record.documentNumber}</span>}
        under={<span className="x-row"><Link to="/subjects/$subjectId" params={{ subjectId }}>{record.subjectName}</Link><span>{tt(recordKinds[record.kind]!)}</span><span>{record.documentNumber}</span><span>{departmentName(record.department)}</span><ClassTag record={record} /><Tags record={record} />{record.objected && <ObjectedTag />}{record.withdrawn && <span className="x-tag x-tag-late">{t('已撤回', 'withdrawn')}</span>}</span>} />
      {bar}
      <div className="c-columns">
        <div className="x-stack">
          <Section flush title={t('内容', 'Content')} note={t('按国家标准的数据项', 'By the items of the standard')}>
            <table className="r-fields"><caption className="x-hidden">{t('记录内容', 'Content of the record')}</caption><tbody>{fields.map((field) => <tr key={field.id}><th scope="row" title={field.id}>{field.title}</th><td>{field.value}</td></tr>)}</tbody></table>
            {fields.length === 0 && record.withheld && <p className="x-quiet" style={{ padding: '10px 16px' }}>{t('这条记录不公开。内容由报送部门掌握，查看须说明目的。', 'This record is not public. To see its content, say for what purpose.')}</p>}
          </Section>
          {beside}
          <Versions record={record} />
        </div>
        <div className="x-stack">
          <Section title={t('时限与公示', 'Time limits and publicity')}><Limits record={record} /></Section>
          <Section title={t('三个开关', 'The three switches')} note={t('公示、共享、使用各有期限', 'each with its own end')}><Switchboard record={record} /></Section>
          <Documents record={record} purpose={purpose} />
          {record.bases.length > 0 && <Section title={t('适用的规定', 'Rules that apply')}><ul className="x-stack" style={{ gap: 6 }}>{record.bases.map(({ what, basis, policyKey }) => <li key={policyKey} className="x-row"><span>{tt(what)}</span><BasisPopover basis={basis} what={tt(what)} /></li>)}</ul></Section>}
          {!record.withdrawn && <Withdrawal record={record} />}
        </div>
      </div>
    </>
  )
}

function Limits({ record }: { readonly record: RecordDetail }) {
  return (
    <div className="x-stack" style={{ gap: 12 }}>
      <Facts of={[
        [t('决定日', 'Decided'), <DayText on={record.decidedOn} weekday />],
        [t('应报送', 'To be reported by'), record.reportDueOn ? <span className="x-row"><DayText on={record.reportDueOn} weekday />{record.reportDueProvisional && <span className="x-tag x-tag-due">{t('暂定', 'provisional')}</span>}</span> : <span className="x-quiet">{t('无时限', 'no time limit')}</span>],
        [t('实际报送', 'Reported'), <span className="x-row"><DayText on={record.receivedOn} weekday /><Timeliness record={record} /></span>],
        record.amountFen !== null && record.amountFen !== '0' && [t('金额', 'Amount'), <Money fen={record.amountFen} />],
        record.grade !== null && [t('等级', 'Grade'), <GradeBadge grade={record.grade} />],
        record.endsOn !== null && [t('有效期至', 'Valid until'), <DayText on={record.endsOn} />],
        record.publicity.repairableOn !== null && [t('最早可申请修复', 'Repair from'), <DayText on={record.publicity.repairableOn} />],
      ]} />
      {!record.withdrawn && <Publicity record={record} />}
    </div>
  )
}

function Switchboard({ record }: { readonly record: RecordDetail }) {
  return (
    <ul className="x-stack" style={{ gap: 8 }}>
      {(['publicity', 'sharing', 'use'] as const).map((name) => {
        const state = record[name]
        const why = (name === 'publicity' && record.publicity.withheldReason) || state.reason
        return <li key={name} className="r-switch"><strong>{tt(switchTitles[name])}</strong><span className={`x-tag ${state.on ? 'x-tag-accent' : ''}`}>{state.on ? t('开', 'on') : t('停', 'off')}</span><span className="x-quiet">{state.endsOn && (state.on ? <>{t('至', 'until')} <DayText on={state.endsOn} /></> : <>{t('止于', 'ended')} <DayText on={state.endsOn} /></>)} {why && inWords(why)}</span></li>
      })}
    </ul>
  )
}

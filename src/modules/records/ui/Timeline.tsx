import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { FileDoneOutlined, PaperClipOutlined, SafetyCertificateOutlined, WarningOutlined } from '@ant-design/icons'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Money } from '../../../ui/Money.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { ActorName, useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint, useGrowingList } from '../../../ui/use-endpoint.ts'
import { ObjectedTag } from '../../subjects/ui/ObjectedTag.tsx'
import { getRecord, listRecords, recordKindSchema } from '../contract.ts'
import { ClassTag, Publicity, Tags, Timeliness, type RecordRow } from './parts.tsx'
import { operationTitles, recordKinds } from './words.ts'
import './records.css'

const ICONS = { licence: <FileDoneOutlined />, penalty: <WarningOutlined />, 'public-grade': <SafetyCertificateOutlined /> }
type Kind = RecordRow['kind']

const MORE = 60

/** The facts about a subject on one line of time, newest decision first; filterable by kind; corrections folded beneath each. */
export function Timeline({ subjectId, purpose = null, kind, onKind }: { readonly subjectId: number; readonly purpose?: string | null; readonly kind: Kind | undefined; onKind(kind: Kind | undefined): void }) {
  const { rows, total, left, reading, problem, grow, again } = useGrowingList(listRecords, { subjectId, kind }, { first: 15, more: MORE })
  return (
    <Section title={t('信用记录', 'Record')} note={total !== null && t(`${total} 条`, total === 1 ? '1 fact' : `${total} facts`)}
      after={<Segmented size="small" value={kind ?? 'all'} onChange={(value) => onKind(value === 'all' ? undefined : (value as Kind))} options={[{ value: 'all', label: t('全部', 'All') }, ...recordKindSchema.options.map((each) => ({ value: each, label: each === 'public-grade' ? t('等级', 'Grade') : t(tt(recordKinds[each]!).slice(2), tt(recordKinds[each]!)) }))]} />}>
      <ProblemPanel problem={problem} onRetry={again} />
      {total === null && !problem && <Loading what={t('正在读取记录…', 'Reading the record…')} />}
      {total === 0 && <EmptyState title={kind ? t('没有这一类记录', 'No record of this kind') : t('还没有记录', 'No record yet')} how={t('部门报送的许可、处罚和公共信用等级会按决定日排在这里。', 'Licences, penalties and public grades that departments report will stand here by day of decision.')} />}
      <ol className="r-line">{rows.map((record, index) => <Item key={record.recordId} record={record} purpose={purpose} year={record.decidedOn.slice(0, 4) === rows[index - 1]?.decidedOn.slice(0, 4) ? null : record.decidedOn.slice(0, 4)} />)}</ol>
      {left > 0 && <Button block loading={reading} onClick={grow}>{t(`再看 ${Math.min(MORE, left)} 条`, `${Math.min(MORE, left)} more`)}</Button>}
    </Section>
  )
}

function Item({ record, purpose, year }: { readonly record: RecordRow; readonly purpose: string | null; readonly year: string | null }) {
  const departmentName = useDepartmentName()
  return (
    <li className={`r-item r-${record.kind} ${record.withdrawn ? 'r-withdrawn' : ''}`}>
      {year && <h3 className="r-year x-num">{year}</h3>}
      <span className="r-dot" aria-hidden>{ICONS[record.kind]}</span>
      <div className="r-body">
        <div className="x-row r-first">
          <DayText on={record.decidedOn} />
          <span className="x-quiet">{tt(recordKinds[record.kind]!)}</span>
          <ClassTag record={record} />
          {record.grade && <GradeBadge grade={record.grade} size={18} />}
          <Tags record={record} />
          {record.objected && <ObjectedTag />}
          {record.withdrawn && <span className="x-tag x-tag-late">{t('已撤回', 'withdrawn')}</span>}
          {record.amountFen && record.amountFen !== '0' && <span className="r-amount"><Money fen={record.amountFen} /></span>}
        </div>
        <Link className="r-title" to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(record.subjectId), recordId: String(record.recordId) }}>{record.title || record.documentNumber}</Link>
        <div className="x-row x-small x-quiet"><span>{record.documentNumber}</span><span>{departmentName(record.department)}</span>{record.attachments > 0 && <span><PaperClipOutlined aria-hidden /> {t(`文书 ${record.attachments} 份`, `${record.attachments} documents`)}</span>}</div>
        <div className="x-row x-small"><span className="x-quiet">{t('报送', 'Reported')} <DayText on={record.receivedOn} /></span><Timeliness record={record} />{record.kind === 'licence' && record.endsOn && <span className="x-quiet">{t('有效期至', 'valid until')} <DayText on={record.endsOn} /></span>}</div>
        {!record.withdrawn && record.kind === 'penalty' && <Publicity record={record} />}
        {record.versions > 1 && <Corrections record={record} purpose={purpose} />}
      </div>
    </li>
  )
}

function Corrections({ record, purpose }: { readonly record: RecordRow; readonly purpose: string | null }) {
  const [open, setOpen] = useState(false)
  const answer = useEndpoint(getRecord, { recordId: record.recordId, subjectId: record.subjectId }, { enabled: open, purpose })
  return (
    <details className="r-fold x-small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(`${record.versions - 1} 次更正`, `${record.versions - 1} corrections`)}</summary>
      {open && !answer.data && !answer.error && <Loading />}
      <ProblemPanel problem={answer.error} />
      {answer.data?.withheld && <p className="x-quiet">{t('更正内容由其他部门报送，说明目的后可看', 'Another department sent the corrections; say for what purpose to see them')}</p>}
      <ul>{answer.data?.versionList.toReversed().map((version) => (
        <li key={version.factId}>
          <span className="x-quiet"><InstantText at={version.recordedAt} /> {tt(operationTitles[version.operation]!)} · <ActorName id={version.actor} />{version.reason && ` · ${version.reason}`}</span>
          {version.operation === 'corrected' && version.fields.filter(({ changed }) => changed).map(({ id, title, value }) => <div key={id}>{title}{t('：', ': ')}{value}</div>)}
        </li>
      ))}</ul>
    </details>
  )
}

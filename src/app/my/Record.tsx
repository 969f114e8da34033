import { useState } from 'react'
import { getOwnRecord } from '../../modules/agents/contract.ts'
import { listOwnObjections } from '../../modules/objections/contract.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { GradeBadge } from '../../ui/GradeBadge.tsx'
import { t, tt } from '../../ui/language.ts'
import { useEndpoint } from '../../ui/use-endpoint.ts'
import { Card } from './parts.tsx'
import type { About } from './Objections.tsx'

type Own = AnswerOf<typeof getOwnRecord>
const KINDS: Readonly<Record<string, readonly [zh: string, en: string]>> = { penalty: ['行政处罚', 'Penalty'], licence: ['行政许可', 'Licence'], 'public-grade': ['公共信用等级', 'Public grade'] }
const CLASSES: Readonly<Record<string, readonly [zh: string, en: string]>> = { minor: ['轻微失信', 'minor'], general: ['一般失信', 'general'], serious: ['严重失信', 'serious'] }

const OPEN: readonly string[] = ['checking', 'answered', 'upheld', 'partly']

/** What the record says, what it means, what moves it by itself and when. */
export function RecordFace({ own, mayObject, onObject }: { readonly own: Own; readonly mayObject: boolean; onObject(about: About): void }) {
  const { data: said } = useEndpoint(listOwnObjections, { subjectId: own.subjectId })
  const pending = said?.objections.filter(({ state }) => OPEN.includes(state)) ?? []
  const objected = (about: 'grade' | 'registration', model: string | null = null) => pending.some((one) => one.about === about && one.model === model)
  const department = (key: string) => tt(own.departments.find((one) => one.key === key) ?? { zh: key, en: key })
  return (
    <>
      <Card title={t('等级', 'Grades')}>
        {own.grades.length === 0 && <p>{t('还没有评定等级。', 'No grade yet.')}</p>}
        <ul className="m-list">{own.grades.map((grade) => (
          <li key={grade.model}>
            <span className="m-grade"><GradeBadge grade={grade.grade} word={tt(grade.gradeTitle)} size={30} />{objected('grade', grade.model) && <Objected />}</span>
            <span>{tt(grade.modelTitle)}{grade.score && t(`，${grade.score} 分`, `, ${grade.score} points`)}</span>
            <span className="x-small x-quiet">{t(`自 ${grade.fromOn} 起；${grade.origin === 'received' ? '由上级评定' : '本地监管分类，不对外公开'}`, `since ${grade.fromOn}; ${grade.origin === 'received' ? 'received from above' : 'local class for supervision, not published'}`)}</span>
            {mayObject && !objected('grade', grade.model) && <button className="m-link" onClick={() => onObject({ about: 'grade', model: grade.model, title: tt(grade.modelTitle) })}>{t('对等级提出异议', 'Object to this grade')}</button>}
          </li>))}
        </ul>
      </Card>
      {own.scores.map((score) => <Score key={score.model} score={score} />)}
      <Card title={t(`信用记录（${own.records.length}）`, `Records (${own.records.length})`)}>
        {own.records.length === 0 && <p>{t('没有记录。部门报送的许可和处罚会出现在这里。', 'No record. Licences and penalties that departments report will stand here.')}</p>}
        <Records own={own} department={department} mayObject={mayObject} onObject={onObject} />
      </Card>
      <Card title={t('登记信息', 'Registration')}>
        <dl className="x-facts"><dt>{t('名称', 'Name')}</dt><dd>{own.name}</dd><dt>{t('代码', 'Code')}</dt><dd className="x-mono">{own.uscc}</dd><dt>{t('法定代表人', 'Legal representative')}</dt><dd>{own.legalRepresentative ?? '—'}</dd></dl>
        {objected('registration') && <p><Objected /></p>}
        {mayObject && !objected('registration') && <button className="m-link" onClick={() => onObject({ about: 'registration', title: t('登记信息', 'Registration') })}>{t('登记信息有误，提出异议', 'Something is wrong: object')}</button>}
      </Card>
      <Card title={t('谁查看过', 'Who looked')}>
        <p className="x-small x-quiet">{t('按部门和日期列出，不列工作人员姓名。', 'By department and day, without names of officers.')}</p>
        {own.looks.length === 0 ? <p>{t('还没有部门查看过非公开信息。', 'No department has looked at what is not public.')}</p>
          : <ul className="m-list">{own.looks.slice(0, 20).map((look) => <li key={`${look.day} ${look.department} ${look.purpose}`}><span><span className="x-num">{look.day}</span> {department(look.department)}{look.times > 1 && t(`，${look.times} 次`, `, ${look.times} times`)}</span>{look.purpose && <span className="x-small x-quiet">{t('目的：', 'Purpose: ')}{look.purpose}</span>}</li>)}</ul>}
      </Card>
    </>
  )
}

function Objected() {
  return <span className="x-tag x-tag-info">{t('异议处理中', 'objection pending')}</span>
}

function Score({ score }: { readonly score: Own['scores'][number] }) {
  return (
    <Card title={tt(score.title)}>
      <p><strong className="x-num">{score.score}</strong> {t('分，', 'points, ')}{tt(score.gradeTitle)}</p>
      <p className="x-small x-quiet">{tt(score.standing)}</p>
      {score.vetoes.map((veto) => <p key={veto.zh} className="x-late">{tt(veto)}</p>)}
      <details>
        <summary>{t(`看每一分从何而来（${score.lines.length} 项）`, `Where each point comes from (${score.lines.length})`)}</summary>
      <ul className="m-list">{score.lines.map((line, at) => (
        <li key={at}>
          <span className="m-points"><span>{tt(line.title)}</span><strong className={`x-num ${line.points.startsWith('-') ? 'x-late' : 'x-good'}`}>{line.points.startsWith('-') ? line.points : `+${line.points}`}</strong></span>
          <span className="x-small x-quiet">{tt(line.words)}{line.fallsAwayOn && t(`；${line.fallsAwayOn} 起自动变化`, `; changes by itself on ${line.fallsAwayOn}`)}</span>
        </li>))}
      </ul>
      </details>
      <h3>{t('接下来会怎样', 'What comes next')}</h3>
      {score.ahead.length === 0 ? <p>{t('没有新的情况，分值不会自行变化。', 'Without news the score does not move by itself.')}</p>
        : <ul className="m-list">{score.ahead.map((next) => <li key={next.on}><strong className="x-num">{dayWithWeekday(next.on)}</strong><span>{t(`自动变为 ${next.score} 分`, `moves to ${next.score} by itself`)}</span><span className="x-small x-quiet">{tt(next.why)}</span></li>)}</ul>}
      <p className="x-small">{t('扣分项对应的事实有误的，可提出异议；履行义务、整改后可在到期日起申请修复。', 'Where the fact behind a loss is wrong, object. What is right falls away on its day, or by repair once obligations are met.')}</p>
    </Card>
  )
}

function Records({ own, department, mayObject, onObject }: { readonly own: Own; department(key: string): string; readonly mayObject: boolean; onObject(about: About): void }) {
  const [most, setMost] = useState(10)
  return (
    <>
      <ul className="m-list">{own.records.slice(0, most).map((record) => (
        <li key={record.recordId}>
          <span className="x-row"><span className="x-tag">{t(...(KINDS[record.kind] ?? [record.kind, record.kind]))}</span>{record.class && <span className="x-tag x-tag-due">{t(...(CLASSES[record.class] ?? [record.class, record.class]))}</span>}
            {record.objected && <Objected />}{record.withdrawn && <span className="x-tag">{t('已撤回', 'withdrawn')}</span>}</span>
          <strong>{record.title}</strong>
          <span className="x-small x-quiet">{record.documentNumber} · {department(record.department)} · <span className="x-num">{record.decidedOn}</span></span>
          {!record.withdrawn && <span className="x-small">{record.public ? (record.publicUntil ? t(`公示到 ${record.publicUntil}，届时自动停止`, `Public until ${record.publicUntil}, then ends by itself`) : t('公示中', 'Public')) : t('不公示', 'Not public')}{record.repairableOn && t(`；${record.repairableOn} 起可申请修复（免费）`, `; repair, which is free, may be applied for from ${record.repairableOn}`)}</span>}
          {mayObject && !record.withdrawn && !record.objected && <button className="m-link" aria-label={t(`对记录 ${record.documentNumber} 提出异议`, `Object to record ${record.documentNumber}`)} onClick={() => onObject({ about: 'record', recordId: record.recordId, title: record.title })}>{t('记录有误，提出异议', 'This is wrong: object')}</button>}
        </li>))}
      </ul>
      {own.records.length > most && <button className="m-button" onClick={() => setMost(most + 20)}>{t('再看 20 条', '20 more')}</button>}
    </>
  )
}

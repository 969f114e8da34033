import { useState } from 'react'
import { getOwnRecord, listOwnLooks, listOwnRecords } from '../../modules/agents/contract.ts'
import { listOwnObjections } from '../../modules/objections/contract.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { DayText, dayWithWeekday } from '../../ui/DayText.tsx'
import { GradeBadge } from '../../ui/GradeBadge.tsx'
import { t, tt } from '../../ui/language.ts'
import { useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Pages, Reading } from './parts.tsx'
import type { About } from './Objections.tsx'

type Own = AnswerOf<typeof getOwnRecord>
const KINDS: Readonly<Record<string, readonly [zh: string, en: string]>> = { penalty: ['行政处罚', 'Penalty'], licence: ['行政许可', 'Licence'], 'public-grade': ['公共信用等级', 'Public grade'] }
const CLASSES: Readonly<Record<string, readonly [zh: string, en: string]>> = { minor: ['轻微失信', 'minor'], general: ['一般失信', 'general'], serious: ['严重失信', 'serious'] }

const A_PAGE = 10

/** What the record says, what it means, what moves it by itself and when. */
export function RecordFace({ own, mayObject, onObject, onState }: { readonly own: Own; readonly mayObject: boolean; onObject(about: About): void; onState(about: About): void }) {
  const { data: said } = useEndpoint(listOwnObjections, { subjectId: own.subjectId, limit: 1 })
  const objected = (about: 'grade' | 'registration', model: string | null = null) => said?.pending.some((one) => one.about === about && one.model === model) ?? false
  const department = (key: string) => tt(own.departments.find((one) => one.key === key) ?? { zh: key, en: key })
  return (
    <>
      <Card title={t('等级', 'Grades')}>
        {own.grades.length === 0 && <p>{t('还没有评定等级。', 'No grade yet.')}</p>}
        <ul className="m-list">{own.grades.map((grade) => (
          <li key={grade.model}>
            <span className="m-grade"><GradeBadge grade={grade.grade} word={tt(grade.gradeTitle)} size={30} />{objected('grade', grade.model) && <Objected />}</span>
            <span>{tt(grade.modelTitle)}</span>
            {grade.score && <span className="x-num">{t(`${grade.fromOn} 评定时 ${grade.score} 分`, `${grade.score} points when given on ${grade.fromOn}`)}</span>}
            <Moved today={own.scores.find(({ model }) => model === grade.model)} given={grade} />
            <span className="x-small x-quiet">{t(`自 ${grade.fromOn} 起；${grade.origin === 'received' ? '由上级评定' : '本地监管分类，不对外公开'}`, `since ${grade.fromOn}; ${grade.origin === 'received' ? 'received from above' : 'local class for supervision, not published'}`)}</span>
            {mayObject && !objected('grade', grade.model) && <button className="m-link" onClick={() => onObject({ about: 'grade', model: grade.model, title: tt(grade.modelTitle) })}>{t('对等级提出异议', 'Object to this grade')}</button>}
          </li>))}
        </ul>
      </Card>
      {own.scores.map((score) => <Score key={score.model} score={score} />)}
      <Records own={own} department={department} mayObject={mayObject} onObject={onObject} onState={onState} />
      <Card title={t('登记信息', 'Registration')}>
        <dl className="x-facts"><dt>{t('名称', 'Name')}</dt><dd>{own.name}</dd><dt>{t('代码', 'Code')}</dt><dd className="x-mono m-code">{own.uscc}</dd><dt>{t('法定代表人', 'Legal representative')}</dt><dd>{own.legalRepresentative ?? '—'}</dd></dl>
        {objected('registration') && <p><Objected /></p>}
        {mayObject && !objected('registration') && <button className="m-link" onClick={() => onObject({ about: 'registration', title: t('登记信息', 'Registration') })}>{t('登记信息有误，提出异议', 'Something is wrong: object')}</button>}
      </Card>
      <Looks subjectId={own.subjectId} department={department} />
    </>
  )
}

/** Why the score beside the grade is not today's: in one sentence, where they differ. */
function Moved({ today, given }: { readonly today: Own['scores'][number] | undefined; readonly given: Own['grades'][number] }) {
  if (!today || given.score === null || Number(today.score) === Number(given.score)) return null
  return <span className="x-small">{today.grade === given.grade
    ? t(`今天是 ${today.score} 分：分值随时间和记录变化，只要等级不变，就保留评定时的分值。`, `Today it is ${today.score}: the score moves with time and records; while the grade stays, the score of its day is kept.`)
    : t(`今天是 ${today.score} 分，对应“${today.gradeTitle.zh}”，等级将随之更新。`, `Today it is ${today.score}, which comes to "${today.gradeTitle.en}"; the grade follows.`)}</span>
}

function Objected() {
  return <span className="x-tag x-tag-info">{t('异议处理中', 'objection pending')}</span>
}

function Score({ score }: { readonly score: Own['scores'][number] }) {
  return (
    <Card title={tt(score.title)}>
      <p>{t('今天 ', 'Today ')}<strong className="x-num">{score.score}</strong> {t('分，', 'points, ')}{tt(score.gradeTitle)}</p>
      <p className="x-small x-quiet">{tt(score.standing)}</p>
      {score.vetoes.map((veto) => <p key={veto.zh}><span className="x-tag x-tag-late">{t('一票否决', 'veto')}</span> {tt(veto)}</p>)}
      <details>
        <summary>{t(`看每一分从何而来（${score.lines.length} 项）`, `Where each point comes from (${score.lines.length})`)}</summary>
        <ul className="m-list">{score.lines.map((line, at) => (
          <li key={at}>
            <span className="m-points"><span>{tt(line.title)}</span><strong className={`x-num ${line.points.startsWith('-') ? 'x-late' : 'x-good'}`}>{line.points.startsWith('-') ? line.points : `+${line.points}`}</strong></span>
            <span className="x-small x-quiet">{tt(line.words)}{line.fallsAwayOn && <>{t('；', '; changes by itself on ')}<DayText on={line.fallsAwayOn} />{t(' 起自动变化', '')}</>}</span>
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

function Records({ own, department, mayObject, onObject, onState }: { readonly own: Own; department(key: string): string; readonly mayObject: boolean; onObject(about: About): void; onState(about: About): void }) {
  const [given, setGiven] = useState({ offset: 0, kind: '' })
  const answer = useEndpoint(listOwnRecords, { subjectId: own.subjectId, offset: given.offset, limit: A_PAGE, kind: given.kind || undefined }, { keep: true })
  if (!answer.data) return <Card title={t('信用记录', 'Records')}><Reading problem={answer.error} /></Card>
  const { rows, total } = answer.data
  return (
    <Card title={t(`信用记录（${total}）`, `Records (${total})`)}>
      <div className="m-tabs" role="group" aria-label={t('记录类别', 'Kind of record')}>{['', ...Object.keys(KINDS)].map((kind) => <button key={kind} className="m-button" aria-pressed={given.kind === kind} onClick={() => setGiven({ offset: 0, kind })}>{kind === '' ? t('全部', 'All') : t(...KINDS[kind]!)}</button>)}</div>
      {total === 0 && <p>{given.kind ? t('没有这一类记录。', 'No record of this kind.') : t('没有记录。部门报送的许可和处罚会出现在这里。', 'No record. Licences and penalties that departments report will stand here.')}</p>}
      <ul className="m-list">{rows.map((record) => (
        <li key={record.recordId}>
          <span className="x-row"><span className="x-tag">{t(...(KINDS[record.kind] ?? [record.kind, record.kind]))}</span>{record.class && <span className="x-tag x-tag-due">{t(...(CLASSES[record.class] ?? [record.class, record.class]))}</span>}
            {record.objected && <Objected />}{record.withdrawn && <span className="x-tag">{t('已撤回', 'withdrawn')}</span>}</span>
          <strong>{record.title}</strong>
          <span className="x-small x-quiet">{record.documentNumber} · {department(record.department)} · <span className="x-num">{record.decidedOn}</span></span>
          {!record.withdrawn && <span className="x-small">{record.public ? (record.publicUntil ? t(`公示到 ${record.publicUntil}，届时自动停止`, `Public until ${record.publicUntil}, then ends by itself`) : t('公示中', 'Public')) : t('不公示', 'Not public')}{record.repairableOn && t(`；${record.repairableOn} 起可申请修复（免费）`, `; repair, which is free, may be applied for from ${record.repairableOn}`)}</span>}
          <span className="x-row">
            {mayObject && !record.withdrawn && !record.objected && <button className="m-link" aria-label={t(`对记录 ${record.documentNumber} 提出异议`, `Object to record ${record.documentNumber}`)} onClick={() => onObject({ about: 'record', recordId: record.recordId, title: record.title })}>{t('记录有误，提出异议', 'This is wrong: object')}</button>}
            {mayObject && !record.withdrawn && <button className="m-link" aria-label={t(`为记录 ${record.documentNumber} 写说明`, `Write a statement about record ${record.documentNumber}`)} onClick={() => onState({ about: 'record', recordId: record.recordId, title: record.title })}>{t('写一段说明', 'Write a statement')}</button>}
          </span>
        </li>))}
      </ul>
      <Pages offset={given.offset} size={A_PAGE} total={total} onOffset={(offset) => setGiven({ ...given, offset })} />
    </Card>
  )
}

function Looks({ subjectId, department }: { readonly subjectId: number; department(key: string): string }) {
  const [offset, setOffset] = useState(0)
  const answer = useEndpoint(listOwnLooks, { subjectId, offset, limit: A_PAGE }, { keep: true })
  return (
    <Card title={t('谁查看过', 'Who looked')}>
      <p className="x-small x-quiet">{t('按部门、日期和目的类别列出，不列工作人员姓名。', 'By department, day and class of purpose, without names of officers.')}</p>
      {!answer.data ? <Reading problem={answer.error} /> : answer.data.total === 0 ? <p>{t('还没有部门查看过非公开信息。', 'No department has looked at what is not public.')}</p> : <>
        <ul className="m-list">{answer.data.rows.map((look) => <li key={`${look.day} ${look.department} ${look.purpose?.zh}`}><span><span className="x-num">{look.day}</span> {department(look.department)}{look.times > 1 && t(`，${look.times} 次`, `, ${look.times} times`)}</span>{look.purpose && <span className="x-small x-quiet">{t('目的：', 'Purpose: ')}{tt(look.purpose)}</span>}</li>)}</ul>
        <Pages offset={offset} size={A_PAGE} total={answer.data.total} onOffset={setOffset} />
      </>}
    </Card>
  )
}

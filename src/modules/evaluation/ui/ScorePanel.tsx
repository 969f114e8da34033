// @clause 5.3, 5.4
import { Link } from '@tanstack/react-router'
import { ArrowDownOutlined, ArrowRightOutlined, ArrowUpOutlined, InfoCircleFilled } from '@ant-design/icons'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { Waterfall, type WaterfallLine } from '../../../ui/Waterfall.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { explainScore, listScoresOfSubject } from '../contract.ts'
import './evaluation.css'

type Explanation = AnswerOf<typeof explainScore>
const LIVE = 4000

/** A subject's scores by model: for each the waterfall from base to total, what will change it, and what it may be used for. */
export function ScorePanel({ subjectId, model, onModel }: { readonly subjectId: number; readonly model: string | undefined; onModel(model: string): void }) {
  const scores = useEndpoint(listScoresOfSubject, { subjectId }, { every: LIVE })
  const rows = scores.data?.rows ?? []
  const shown = rows.find((row) => row.model === model)?.model ?? rows[0]?.model
  return (
    <Section title={t('得分', 'Score')} note={t('每一分都有来处', 'every point has its source')}>
      <ProblemPanel problem={scores.error} onRetry={() => void scores.refetch()} />
      {!scores.data && !scores.error && <Loading what={t('正在读取得分…', 'Reading the scores…')} />}
      {scores.data && rows.length === 0 && <EmptyState title={t('还没有得分', 'No score yet')} how={t('适用于该主体领域的模型生效后，会自动评分；有新记录时随即重算。', 'Once a model for its sector is in force the subject is scored by itself, and again with each new fact.')} />}
      {rows.length > 1 && <div className="x-pills" role="group" aria-label={t('模型', 'Model')}>{rows.map((row) => <button key={row.model} type="button" aria-pressed={row.model === shown} onClick={() => onModel(row.model)}><GradeBadge grade={row.grade} called={tt(row.gradeTitle)} scale={row.scale} size={18} />{tt(row.title)}</button>)}</div>}
      {shown && <Score key={shown} subjectId={subjectId} model={shown} />}
    </Section>
  )
}

function Score({ subjectId, model }: { readonly subjectId: number; readonly model: string }) {
  const answer = useEndpoint(explainScore, { subjectId, model }, { keep: true, every: LIVE })
  const of = answer.data
  if (!of) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading what={t('正在逐项核算…', 'Adding up line by line…')} />
  return (
    <div className="x-stack">
      <div className="e-total">
        <span className="e-score x-num">{of.score}</span>
        <GradeBadge grade={of.grade} word={tt(of.gradeTitle)} scale={of.scale} size={28} />
        {of.evaluatedGrade !== of.grade && <span className="x-small x-quiet">{t(`本地评为 ${of.evaluatedGrade}`, `locally ${of.evaluatedGrade}`)}</span>}
        <span className="x-small x-quiet">{t('评于', 'as of')} <DayText on={of.on} />{of.holdsUntil && <> · {t('不再变动则保持到', 'holds until')} <DayText on={of.holdsUntil} /></>}</span>
      </div>
      <p className="e-standing"><InfoCircleFilled className="x-info" aria-hidden /><span>{tt(of.standing)}</span></p>
      <Waterfall caption={t('得分明细，从基础分到总分', 'The score from its base to its total')} lines={of.lines.filter(counts).map((line) => lineOf(line, subjectId))} total={of.score} totalTitle={t('总分', 'Total')} />
      <Idle lines={of.lines.filter((line) => !counts(line))} />
      {of.vetoes.length > 0 && <ul className="x-stack" style={{ gap: 4 }}>{of.vetoes.map((veto) => <li key={veto.title.zh} className="x-row"><span className="x-tag x-tag-late">{t('一票否决', 'veto')}</span>{tt(veto.title)} → {tt(veto.effect)}</li>)}</ul>}
      <Ahead of={of} />
      <p className="x-small x-quiet x-row"><Link to="/models/$key" params={{ key: of.model }}>{t('查看模型', 'The model')}</Link><span className="x-mono" title={of.modelHash}>{t('模型', 'model')} {of.modelHash.slice(0, 10)}</span><span className="x-mono" title={of.policyHash}>{t('规则', 'law')} {of.policyHash.slice(0, 10)}</span></p>
    </div>
  )
}

// lines that give and take nothing stand apart, so that the bars show what made the score
const counts = (line: Explanation['lines'][number]) => line.kind === 'base' || Number(line.points) !== 0 || line.records.length > 0

function Idle({ lines }: { readonly lines: Explanation['lines'] }) {
  if (lines.length === 0) return null
  return (
    <details className="e-fold"><summary>{t(`另有 ${lines.length} 项未加分也未扣分`, `${lines.length} more items gave and took nothing`)}</summary>
      <ul className="e-idle">{lines.map((line) => <li key={line.key}><span>{tt(line.title)}</span><span className="x-small x-quiet">{tt(line.words)}</span><BasisPopover basis={line.basis} what={tt(line.title)} /></li>)}</ul>
    </details>
  )
}

function lineOf(line: Explanation['lines'][number], subjectId: number): WaterfallLine {
  const words = tt(line.words)
  return {
    key: line.key, kind: line.kind === 'base' ? 'base' : 'step', points: line.points,
    title: <>{tt(line.title)}{line.value !== null && /^\d/.test(line.value) && line.kind === 'characteristic' && <span className="x-quiet"> · {line.value}</span>}</>,
    under: <>
      {words && words !== tt(line.title) && <span>{words}</span>}
      {line.fallsAwayOn && <span className="x-info">{t('下次变动', 'next change')} <DayText on={line.fallsAwayOn} /></span>}
      {line.basis && <BasisPopover basis={line.basis} what={tt(line.title)} />}
      {line.records.length > 0 && <Records records={line.records} subjectId={subjectId} />}
    </>,
  }
}

function Records({ records, subjectId }: { readonly records: Explanation['lines'][number]['records']; readonly subjectId: number }) {
  const list = records.map((record) => (
    <li key={record.recordId}><Link to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(subjectId), recordId: String(record.recordId) }}>{record.documentNumber || t(`记录 ${record.recordId}`, `record ${record.recordId}`)}</Link> <DayText on={record.decidedOn} />{record.fallsAwayOn && <> · {t('不再计入', 'falls away')} <DayText on={record.fallsAwayOn} /></>}</li>
  ))
  if (records.length <= 2) return <ul className="e-records">{list}</ul>
  return <details className="e-fold"><summary>{t(`${records.length} 条记录`, `${records.length} records`)}</summary><ul className="e-records">{list}</ul></details>
}

function Ahead({ of }: { readonly of: Explanation }) {
  return (
    <div>
      <h3>{t('什么会改变它', 'What would change this')}</h3>
      {of.ahead.length === 0 && <p className="x-quiet">{t('没有新记录时，不会自行变动。', 'Without new facts it does not move by itself.')}</p>}
      <ol className="e-ahead">
        {of.ahead.slice(0, 3).map((step) => {
          const change = Number(step.score) - Number(of.score)
          return (
            <li key={step.on}>
              <DayText on={step.on} />
              <span className={`x-num ${change > 0 ? 'x-good' : change < 0 ? 'x-late' : 'x-quiet'}`}>{change > 0 ? <ArrowUpOutlined aria-label={t('升至', 'up to')} /> : change < 0 ? <ArrowDownOutlined aria-label={t('降至', 'down to')} /> : <ArrowRightOutlined aria-label={t('仍为', 'still')} />} {step.score}</span>
              <GradeBadge grade={step.grade} scale={of.scale} size={18} />
              <span>{tt(step.why)}</span>
            </li>
          )
        })}
      </ol>
      <p className="x-small x-quiet">{t('以上按今天已知的记录和规则推算。新的处罚、撤回、更正和信用修复都会立即重算。', 'Reckoned from the facts and rules known today. A new penalty, a withdrawal, a correction or a repair re-scores at once.')}</p>
    </div>
  )
}

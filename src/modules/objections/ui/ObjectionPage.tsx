// @clause 4.8
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import { urlOf, type AnswerOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { answerObjection, carryOutObjection, declineObjection, decideObjection, downloadObjectionFile, extendObjection, forwardObjection, getObjection, stateWords } from '../contract.ts'
import { Statements } from './Statements.tsx'

const route = getRouteApi('/objections/$objectionId')
const LEAST = 4
type One = AnswerOf<typeof getObjection>

/** One objection: left what is objected to and what was done, right what may be done next, and why not. */
export function ObjectionPage() {
  const objectionId = Number(route.useParams().objectionId)
  const answer = useEndpoint(getObjection, { objectionId })
  const department = useDepartmentName()
  const one = answer.data
  if (!one) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading />
  return (
    <>
      <PageHead title={t(`${one.subjectName}：${one.what.zh}`, `${one.subjectName}: ${one.what.en}`)} under={`${tt(stateWords[one.state])} · ${department(one.department)}`} />
      <div className="c-columns">
        <div className="x-stack">
          <Section title={t('异议', 'Objection')} after={one.recordId === null ? <Link to="/subjects/$subjectId" params={{ subjectId: String(one.subjectId) }}>{t('打开主体', 'Open the subject')}</Link> : <Link to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(one.subjectId), recordId: String(one.recordId) }}>{t('打开记录', 'Open the record')}</Link>}>
            <h3>{t('理由', 'Grounds')}</h3><p className="x-prose">{one.grounds}</p><h3>{t('请求', 'Wish')}</h3><p className="x-prose">{one.wish}</p>
            <p className="x-small x-quiet">{one.filedBy} · <InstantText at={one.filedAt} />{one.repeats !== null && <> · <Link to="/objections/$objectionId" params={{ objectionId: String(one.repeats) }}>{t('对同一事项的前次异议', 'the earlier objection to the same')}</Link></>}</p>
            <ul>{one.files.map((file) => <li key={file.at}><a href={urlOf(downloadObjectionFile, { objectionId, at: file.at })}>{file.fileName}</a></li>)}</ul>
          </Section>
          <Section title={t('办理经过', 'What was done')}>
            {one.steps.length === 0 && <p className="x-quiet">{t('还没有办理。', 'Nothing yet.')}</p>}
            <ol className="x-stack">{one.steps.map((step) => <li key={step.stepId}><strong>{tt(step.title)}</strong> <span className="x-small x-quiet">{step.who} · {department(step.department)} · <InstantText at={step.at} /></span><p className="x-prose">{step.words}</p>{step.remedy && <p className="x-small">{t('救济途径：', 'Remedy: ')}{step.remedy}</p>}</li>)}</ol>
          </Section>
          <Statements of={one.statements} />
        </div>
        <Next key={one.state} one={one} />
      </div>
    </>
  )
}

function Next({ one }: { readonly one: One }) {
  const { objectionId } = one
  const { departments } = useSurroundings()
  const [given, setGiven] = useState({ words: '', remedy: '', department: '', how: 'withdrawn' as 'withdrawn' | 'ended' | 'corrected' })
  const acts = { forward: useAct(forwardObjection), decline: useAct(declineObjection), answer: useAct(answerObjection), extend: useAct(extendObjection), decide: useAct(decideObjection), 'carry-out': useAct(carryOutObjection) }
  const { words, remedy, department, how } = given
  const does: Readonly<Record<string, () => Promise<unknown>>> = {
    forward: () => acts.forward.perform({ objectionId, words, department }), decline: () => acts.decline.perform({ objectionId, words }), answer: () => acts.answer.perform({ objectionId, words }), extend: () => acts.extend.perform({ objectionId, words }),
    'carry-out': () => acts['carry-out'].perform({ objectionId, words, how: one.recordId === null ? 'corrected' : how }),
    ...Object.fromEntries((['uphold', 'uphold-partly', 'reject'] as const).map((act) => [act, () => acts.decide.perform({ objectionId, act, words, remedy: remedy || undefined })])),
  }
  const lacks = (act: string) => words.trim().length < LEAST ? t('先写明意见', 'write the words first') : act === 'forward' && department === '' ? t('先选择部门', 'choose the department first') : ['uphold-partly', 'reject'].includes(act) && remedy.trim().length < LEAST ? t('先写明救济途径', 'write the remedy first') : null
  const shown = one.acts.filter(({ whyNot }) => whyNot === null)
  return (
    <Section title={t('下一步', 'Next')} after={<BasisPopover basis={one.rule} />}>
      <div className="x-stack">
        {one.dueOn && <p className={one.late ? 'x-late' : ''}>{one.late ? t('已逾期：', 'Late: ') : t('期限：', 'Due: ')}<DayText on={one.dueOn} weekday /></p>}
        {shown.length > 0 && <>
          <div className="x-stack" style={{ gap: 4 }}><label htmlFor="o-words">{t('意见', 'Words')}</label><Input.TextArea id="o-words" rows={4} maxLength={2000} value={words} onChange={(event) => setGiven({ ...given, words: event.target.value })} /></div>
          {shown.some(({ act }) => act === 'reject') && <div className="x-stack" style={{ gap: 4 }}><label htmlFor="o-remedy">{t('救济途径（未完全支持时必填）', 'Remedy (unless wholly upheld)')}</label><Input.TextArea id="o-remedy" rows={2} maxLength={1000} value={remedy} onChange={(event) => setGiven({ ...given, remedy: event.target.value })} /></div>}
          {shown.some(({ act }) => act === 'forward') && <Select aria-label={t('转交到', 'Forward to')} placeholder={t('转交到', 'Forward to')} value={department || null} onChange={(next) => setGiven({ ...given, department: next ?? '' })} options={departments.map(({ key, zh, en }) => ({ value: key, label: t(zh, en) }))} />}
          {shown.some(({ act }) => act === 'carry-out') && one.recordId !== null && <Select aria-label={t('落实方式', 'How')} value={how} onChange={(next) => setGiven({ ...given, how: next })} options={[{ value: 'withdrawn', label: t('撤回记录', 'Withdraw the record') }, { value: 'ended', label: t('终止公示、共享和使用', 'End its display, sharing and use') }, { value: 'corrected', label: t('已报送更正', 'A correction was sent in') }]} />}
        </>}
        {Object.entries(acts).map(([key, { problem }]) => <ProblemPanel key={key} problem={problem} />)}
        {one.acts.map(({ act, title, whyNot }) => {
          const why = whyNot ? tt(whyNot) : lacks(act)
          return <div key={act} className="x-row"><Button disabled={why !== null} onClick={() => void does[act]!()}>{tt(title)}</Button>{why && <span className="x-small x-quiet">{why}</span>}</div>
        })}
      </div>
    </Section>
  )
}

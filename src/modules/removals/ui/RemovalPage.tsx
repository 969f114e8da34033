// @clause X.4
import { useState } from 'react'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Input, Popconfirm } from 'antd'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { Facts, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { ActorName, useDepartmentName } from '../../../ui/surroundings.tsx'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { carryOutRemoval, decideRemoval, getRemoval, withdrawRemoval, type RemovalAct } from '../contract.ts'
import { HeldList } from './HeldList.tsx'
import { removalGrounds, removalStates } from './words.ts'

const route = getRouteApi('/removals/$removalId')
const LEAST = 4
type One = AnswerOf<typeof getRemoval>

/** One request: left what it says, what is held and what was done; right what may be done next, and why not. */
export function RemovalPage() {
  const removalId = Number(route.useParams().removalId)
  const answer = useEndpoint(getRemoval, { removalId })
  const department = useDepartmentName()
  const one = answer.data
  if (!one) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading />
  return (
    <>
      <PageHead title={t(`第 ${removalId} 号个人信息删除申请`, `Removal no. ${removalId}`)} under={tt(removalStates[one.state])} />
      <div className="c-columns">
        <div className="x-stack">
          <Section title={t('申请', 'The request')}>
            <Facts of={[
              [t('以何查找', 'Known by'), tt(one.who)], [t('提出', 'Asked for by'), one.askedBy === 'person' ? t('本人', 'the person') : t('本机关主动删除', 'the office of its own accord')], [t('情形', 'Ground'), tt(removalGrounds[one.ground])], [t('理由', 'Words'), one.words],
              [t('提出日期', 'Asked for on'), <DayText key="a" on={one.askedOn} />], [t('经办', 'Filed by'), <span key="f"><ActorName id={one.filedBy} /> · <InstantText at={one.filedAt} /></span>],
              one.senders.length > 0 && [t('应告知的来源部门', 'Departments to be told'), t(`${one.senders.map((key) => department(key)).join('、')}：再次报送即重新处理该人信息`, `${one.senders.map((key) => department(key)).join(', ')}: to send it again is to handle the person’s data anew`)],
            ]} />
          </Section>
          <Section title={one.state === 'removed' ? t('删除了什么、保留了什么', 'What was removed, and what stays') : t('持有情况', 'What is held')}><HeldList held={one.held} done={one.state === 'removed'} /></Section>
          <Section title={t('办理经过', 'What was done')}>
            {one.steps.length === 0 && <p className="x-quiet">{t('还没有办理。', 'Nothing yet.')}</p>}
            <ol className="x-stack">{one.steps.map((step, at) => <li key={at}><strong>{tt(step.title)}</strong> <span className="x-small x-quiet">{step.who} · <InstantText at={step.at} /></span><p className="x-prose">{step.words}</p>{step.remedy && <p className="x-small">{t('救济途径：', 'Remedy: ')}{step.remedy}</p>}</li>)}</ol>
          </Section>
        </div>
        <Next key={one.state} one={one} />
      </div>
    </>
  )
}

function Next({ one }: { readonly one: One }) {
  const { removalId } = one
  const [words, setWords] = useState('')
  const [remedy, setRemedy] = useState('')
  const acts = { decide: useAct(decideRemoval), withdraw: useAct(withdrawRemoval), remove: useAct(carryOutRemoval) }
  const does: Readonly<Record<RemovalAct, () => Promise<unknown>>> = {
    approve: () => acts.decide.perform({ removalId, act: 'approve', words }), refuse: () => acts.decide.perform({ removalId, act: 'refuse', words, remedy: remedy || undefined }),
    withdraw: () => acts.withdraw.perform({ removalId, words }), remove: () => acts.remove.perform({ removalId, words }),
  }
  const open = one.acts.filter(({ whyNot }) => whyNot === null)
  const lacks = (act: RemovalAct) => (words.trim().length < LEAST ? t('先写明意见', 'write the words first') : act === 'refuse' && remedy.trim().length < LEAST ? t('先写明救济途径', 'write the remedy first') : null)
  return (
    <Section title={t('下一步', 'Next')} after={<BasisPopover basis={one.rule} />}>
      <div className="x-stack">
        <p className={one.late ? 'x-late' : ''}>{one.late ? t('已逾期：', 'Late: ') : t('答复期限：', 'Due: ')}<DayText on={one.dueOn} weekday /></p>
        {open.length > 0 && <><label htmlFor="r-words">{t('意见', 'Words')}</label><Input.TextArea id="r-words" rows={3} maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} placeholder={t('请勿写姓名和号码', 'Neither name nor number')} /></>}
        {open.some(({ act }) => act === 'refuse') && <><label htmlFor="r-remedy">{t('救济途径（不予删除时必填）', 'Remedy (needed to refuse)')}</label><Input.TextArea id="r-remedy" rows={2} maxLength={500} value={remedy} onChange={(event) => setRemedy(event.target.value)} /></>}
        {Object.entries(acts).map(([key, { problem }]) => <ProblemPanel key={key} problem={problem} />)}
        {one.acts.map(({ act, title, whyNot }) => {
          const why = whyNot ? tt(whyNot) : lacks(act)
          const button = <Button danger={act === 'remove'} disabled={why !== null} loading={act === 'remove' && acts.remove.busy} {...(act === 'remove' ? {} : { onClick: () => void does[act]() })}>{tt(title)}</Button>
          return (
            <div key={act} className="x-row">
              {act === 'remove' ? <Popconfirm title={t('删除后不能恢复', 'What is removed cannot be restored')} okText={t('执行删除', 'Remove')} cancelText={t('取消', 'Cancel')} disabled={why !== null} onConfirm={() => void does.remove()}>{button}</Popconfirm> : button}
              {why && <span className="x-small x-quiet">{why}</span>}
            </div>
          )
        })}
      </div>
    </Section>
  )
}

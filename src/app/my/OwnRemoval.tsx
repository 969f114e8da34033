// @clause X.4
import { useState } from 'react'
import { askOwnRemoval, listOwnRemovals } from '../../modules/removals/contract.ts'
import { removalStates } from '../../modules/removals/ui/words.ts'
import { t, tt } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Field, Form, Reading } from './parts.tsx'

/** Asks for the removal of the own account and everything with it (申请删除本人信息), and shows what became of it. */
export function OwnRemoval() {
  const own = useEndpoint(listOwnRemovals, {})
  const ask = useAct(askOwnRemoval, { stale: [listOwnRemovals] })
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  if (!own.data) return <Reading problem={own.error} />
  const waiting = own.data.rows.some(({ state }) => state === 'filed' || state === 'approved')
  return (
    <Card title={t('删除我的个人信息', 'Remove my personal data')}>
      <p>{t('删除您的账号、姓名、电话、认领材料。企业的信用档案属于企业，不受影响。', 'Your account, name, phone and the evidence of your claims go. The record of the business is the business’s and stays.')}</p>
      {own.data.rows.map((one) => (
        <p key={one.removalId}>{t(`第 ${one.removalId} 号，${one.askedOn} 提出：`, `No. ${one.removalId}, asked for on ${one.askedOn}: `)}<strong>{tt(removalStates[one.state])}</strong>{(one.state === 'filed' || one.state === 'approved') && t(`，${one.dueOn} 前答复`, `, answered by ${one.dueOn}`)}{one.words && <><br />{one.words}</>}{one.remedy && <><br />{one.remedy}</>}</p>
      ))}
      {!waiting && !asking && <button className="m-button" onClick={() => setAsking(true)}>{t('申请删除', 'Ask for removal')}</button>}
      {!waiting && asking && (
        <Form act={ask} fields={['words']} submit={t('提交申请', 'Send')} onSubmit={() => void ask.perform({ words })} onCancel={() => setAsking(false)}>
          <Field name="words" label={t('理由', 'Why')} hint={t('不少于四个字', 'Four characters at least')} problem={ask.problem}>{(props) => <textarea {...props} required minLength={4} maxLength={1000} rows={3} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
        </Form>
      )}
    </Card>
  )
}

import { useState } from 'react'
import { App, Button, Input, Modal } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { t } from '../../../ui/language.ts'
import { useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { withdrawRecord, type getRecord } from '../contract.ts'

const LEAST = 4

/** Withdraws a record (撤回) whose decision was changed, revoked or found invalid; asks for the reason, which stays with it. */
export function Withdrawal({ record }: { readonly record: AnswerOf<typeof getRecord> }) {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [occasionOn, setOccasionOn] = useState('')
  const { today } = useSurroundings()
  const whyNot = useWhyNot('records.withdraw')
  const act = useAct(withdrawRecord, { onDone: () => (setOpen(false), void message.success(t('已撤回，得分和等级会随之更新', 'Withdrawn; score and grade follow'))) })
  function close() {
    setOpen(false)
    act.forget()
  }
  return (
    <div>
      <Button danger aria-haspopup="dialog" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setOpen(true)}>{t('撤回这条记录', 'Withdraw this record')}</Button>
      <Modal open={open} onCancel={close} footer={null} title={t('撤回记录', 'Withdraw the record')} destroyOnHidden>
        <ActForm act={act} fields={['reason', 'occasionOn']} danger submit={t('撤回', 'Withdraw')} disabledBecause={reason.trim().length < LEAST ? t('请写明理由', 'Give the reason') : null} onCancel={close}
          onSubmit={() => void act.perform({ recordId: record.recordId, subjectId: record.subjectId, reason: reason.trim(), occasionOn: occasionOn || undefined })}>
          <p className="x-prose">{t('决定被变更、撤销或确认无效时使用。记录不再公示、共享和使用，也不再计分；内容和撤回理由永久保留。', 'For decisions that were changed, revoked or found invalid. The record is no longer public, shared, used or scored; its content and the reason stay for good.')}</p>
          <ActField name="reason" label={t('理由', 'Reason')} required hint={t('写明哪份文书变更或撤销了原决定', 'Name the document that changed or revoked the decision')}>{(id, invalid) => <Input.TextArea id={id} rows={3} maxLength={500} showCount value={reason} {...(invalid ? { status: 'error' as const } : {})} onChange={(event) => setReason(event.target.value)} />}</ActField>
          <ActField name="occasionOn" label={t('原决定被变更、撤销或确认无效的日期', 'Day on which the decision was changed, revoked or found invalid')} hint={t('撤回的时限从这一天起算', 'The time to withdraw runs from it')}>{(id, invalid) => <DayInput id={id} value={occasionOn} max={today} invalid={invalid} onChange={setOccasionOn} />}</ActField>
        </ActForm>
      </Modal>
    </div>
  )
}

// @clause 4.1
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Input, Modal, Select } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useSurroundings } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { admitSubject, subjectTypeSchema } from '../contract.ts'
import { typeTitles } from './words.ts'

type SubjectType = (typeof subjectTypeSchema.options)[number]

const LEAST = 4

/** Admits a real credit code that fails its check (核准校验不符的代码), with the officer's reason; the subject stays marked. */
export function Admission() {
  const { message } = App.useApp()
  const { sectors } = useSurroundings()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [uscc, setUscc] = useState('')
  const [name, setName] = useState('')
  const [type, setType] = useState<SubjectType>('enterprise')
  const [chosen, setChosen] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const act = useAct(admitSubject, {
    onDone: ({ subjectId }) => {
      setOpen(false)
      void message.success(t('已核准，代码旁注明理由', 'Admitted; the reason stands beside the code'))
      void navigate({ to: '/subjects/$subjectId', params: { subjectId: String(subjectId) } })
    },
  })
  function close() {
    setOpen(false)
    act.forget()
  }
  const missing = uscc.trim() === '' || name.trim() === '' ? t('请填写代码和名称', 'Give code and name') : reason.trim().length < LEAST ? t('请写明理由', 'Give the reason') : null
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>{t('核准代码', 'Admit a code')}</Button>
      <Modal open={open} onCancel={close} footer={null} title={t('核准校验不符的代码', 'Admit a code that fails its check')} destroyOnHidden>
        <ActForm act={act} fields={['uscc', 'name', 'type', 'reason', 'sectors']} submit={t('核准', 'Admit')} disabledBecause={missing} onCancel={close}
          onSubmit={() => void act.perform({ uscc: uscc.trim(), name: name.trim(), type, sectors: chosen, reason: reason.trim() })}>
          <p className="x-prose">{t('只用于证照上确实如此、但校验码不符的统一社会信用代码。核准后该主体可以正常报送，代码旁一直注明理由。', 'Only for a credit code that the licence really shows although its check character is wrong. The subject can then be reported on; the reason stays beside its code.')}</p>
          <ActField name="uscc" label={t('统一社会信用代码', 'Unified social credit code')} required>{(id, invalid) => <Input id={id} value={uscc} maxLength={18} {...(invalid ? { status: 'error' as const } : {})} onChange={(event) => setUscc(event.target.value.toUpperCase())} />}</ActField>
          <ActField name="name" label={t('名称', 'Name')} required>{(id, invalid) => <Input id={id} value={name} maxLength={200} {...(invalid ? { status: 'error' as const } : {})} onChange={(event) => setName(event.target.value)} />}</ActField>
          <ActField name="type" label={t('类型', 'Type')} required>{(id) => <Select id={id} value={type} options={subjectTypeSchema.options.map((each) => ({ value: each, label: tt(typeTitles[each]!) }))} onChange={setType} />}</ActField>
          <ActField name="sectors" label={t('监管领域', 'Sectors')}>{(id) => <Select id={id} mode="multiple" value={chosen} options={sectors.map((each) => ({ value: each.key, label: tt(each) }))} onChange={setChosen} />}</ActField>
          <ActField name="reason" label={t('理由', 'Reason')} required hint={t('写明核对了哪份证照', 'Say which licence was compared')}>{(id, invalid) => <Input.TextArea id={id} rows={3} maxLength={500} showCount value={reason} {...(invalid ? { status: 'error' as const } : {})} onChange={(event) => setReason(event.target.value)} />}</ActField>
        </ActForm>
      </Modal>
    </>
  )
}

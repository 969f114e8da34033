// @clause X.4
import { useState } from 'react'
import { Button, Input, Radio, Select } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { DayInput } from '../../../ui/DayInput.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { fileRemoval, listRemovals, previewRemoval, REMOVAL_GROUNDS } from '../contract.ts'
import { HeldList } from './HeldList.tsx'
import { removalGrounds } from './words.ts'

const LEAST = 4

/** Files a request: first who, with what is held of that person; then who asks, since when, and on which ground. */
export function FileForm({ onFiled, onCancel }: { onFiled(removalId: number): void; onCancel(): void }) {
  const { today } = useSurroundings()
  const [given, setGiven] = useState({ by: 'idNumber' as 'idNumber' | 'userName', value: '', askedBy: 'person' as 'person' | 'office', askedOn: today as string, ground: 'period-over' as (typeof REMOVAL_GROUNDS)[number], words: '' })
  const set = (next: Partial<typeof given>) => setGiven({ ...given, ...next })
  const preview = useAct(previewRemoval, { stale: [] })
  const file = useAct(fileRemoval, { stale: [listRemovals], onDone: ({ removalId }) => onFiled(removalId) })
  const whyNot = useWhyNot('removals.file')
  const who = { [given.by]: given.value.trim() }
  const lacks = whyNot ?? (given.value.trim() === '' ? t('先填写号码或用户名', 'give the number or user name first') : given.words.trim().length < LEAST ? t('先写明理由', 'write the words first') : null)
  return (
    <ActForm act={file.problem ? file : { busy: file.busy, problem: preview.problem }} fields={['idNumber', 'userName', 'askedOn', 'ground', 'words']} submit={t('提出申请', 'File')} disabledBecause={lacks} onCancel={onCancel}
      onSubmit={() => void file.perform({ ...who, askedBy: given.askedBy, askedOn: given.askedOn, ground: given.ground, words: given.words })}>
      <ActField name={given.by} label={t('哪一位', 'Who')} required hint={t('姓名不能确定一个人。号码加密保存，办结后删除。', 'A name does not tell one person. The number is sealed, and goes when the request ends.')}>{(id) => (
        <div className="x-row">
          <Select aria-label={t('以什么查找', 'By what')} value={given.by} onChange={(by) => set({ by, value: '' })} options={[{ value: 'idNumber', label: t('证件号码', 'Number of an identity document') }, { value: 'userName', label: t('企业空间用户名', 'User name in the space of businesses') }]} />
          <Input id={id} style={{ maxWidth: 260 }} autoComplete="off" value={given.value} onChange={(event) => set({ value: event.target.value })} />
          <Button loading={preview.busy} disabled={given.value.trim() === ''} onClick={() => void preview.perform(who)}>{t('查询持有情况', 'See what is held')}</Button>
        </div>)}
      </ActField>
      {preview.answer && <HeldList held={preview.answer.held} />}
      <ActField name="askedBy" label={t('由谁提出', 'Asked for by')}>{(id) => <Radio.Group id={id} value={given.askedBy} onChange={(event) => set({ askedBy: event.target.value as 'person' | 'office' })} options={[{ value: 'person', label: t('本人', 'the person') }, { value: 'office', label: t('本机关主动删除', 'the office of its own accord') }]} />}</ActField>
      <ActField name="askedOn" label={t('提出日期', 'Asked for on')}>{(id, invalid) => <DayInput id={id} invalid={invalid} value={given.askedOn} max={today} onChange={(askedOn) => set({ askedOn })} />}</ActField>
      <ActField name="ground" label={t('删除情形（个人信息保护法第四十七条）', 'Ground (article 47 of the Personal Information Protection Law)')}>{(id) => <Select id={id} value={given.ground} onChange={(ground) => set({ ground })} options={REMOVAL_GROUNDS.map((value) => ({ value, label: tt(removalGrounds[value]) }))} />}</ActField>
      <ActField name="words" label={t('理由', 'Words')} required hint={t('会长期保存，请勿写姓名和号码。', 'Kept for long: write neither name nor number.')}>{(id) => <Input.TextArea id={id} rows={3} maxLength={1000} value={given.words} onChange={(event) => set({ words: event.target.value })} />}</ActField>
    </ActForm>
  )
}

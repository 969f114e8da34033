// @clause X.4
import { useEffect, useState } from 'react'
import { Button, Input, Modal, Select } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import type { Problem } from '../../../ui/client.ts'
import { listPurposes, SHORTEST_PURPOSE } from '../contract.ts'
import { keepPurpose, purposeFor, type GivenPurpose } from './purposes.ts'

/** How a page sees a subject: with the purpose that was given for it, or in part (null). */
export type FullView = { readonly purpose: string | null; readonly until: number | null; show(purpose: string, minutes: number): void; hide(): void }

/** The purpose given for a subject while it holds (完整信息的查看状态); when its time is over, the page sees in part again. */
export function useFullView(subjectId: number): FullView {
  const { actor } = useSurroundings()
  const [, again] = useState(0)
  const held = purposeFor(actor.id, subjectId, Date.now())
  const until = held?.until ?? null
  useEffect(() => {
    if (until === null) return
    const timer = setTimeout(() => again((count) => count + 1), until - Date.now() + 50)
    return () => clearTimeout(timer)
  }, [until])
  const keep = (given: GivenPurpose | null) => {
    keepPurpose(actor.id, subjectId, given)
    again((count) => count + 1)
  }
  return { purpose: held?.purpose ?? null, until, show: (purpose, minutes) => keep({ purpose, until: Date.now() + minutes * 60_000 }), hide: () => keep(null) }
}

/** The line by which a person is shown in full (查看完整信息): asks for the purpose, says until when it holds, hides again. `problem`: why the server refused. */
export function FullViewBar({ view, problem }: { readonly view: FullView; readonly problem: Problem | null }) {
  const [open, setOpen] = useState(false)
  const whyNot = useWhyNot('persons.read')
  if (view.purpose !== null && !problem) {
    return (
      <div className="x-row" role="status" style={{ marginBottom: 14 }}>
        <span className="x-tag x-tag-info">{t('完整信息', 'in full')}</span>
        <span>{t('目的：', 'Purpose: ')}{view.purpose}</span>
        <span className="x-quiet">{t(`至 ${clock(view.until!)}，已记入审计日志`, `until ${clock(view.until!)}; in the audit trail`)}</span>
        <Button size="small" onClick={view.hide}>{t('恢复脱敏', 'Mask again')}</Button>
      </div>
    )
  }
  return (
    <div className="x-stack" style={{ marginBottom: 14, gap: 8 }}>
      <ProblemPanel problem={view.purpose === null ? null : problem} />
      <div className="x-row">
        <Button disabled={whyNot !== null} onClick={() => setOpen(true)}>{t('查看完整信息', 'Show in full')}</Button>
        <span className="x-small x-quiet">{whyNot ?? t('自然人信息已脱敏；查看完整信息须说明目的', 'A person is shown in part; to see all, say for what purpose')}</span>
      </div>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('查看自然人完整信息', 'See a person in full')} destroyOnHidden>
        <PurposeForm view={view} onDone={() => setOpen(false)} />
      </Modal>
    </div>
  )
}

function PurposeForm({ view, onDone }: { readonly view: FullView; onDone(): void }) {
  const [choice, setChoice] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const purposes = useEndpoint(listPurposes, {})
  const said = words.trim()
  const purpose = [choice, said].filter((part) => part).join(t('：', ': '))
  const minutes = purposes.data?.keepMinutes
  const tooShort = [...purpose].length < SHORTEST_PURPOSE
  function show() {
    if (minutes === undefined) return
    view.show(purpose, minutes)
    onDone()
  }
  return (
    <ActForm act={{ busy: false, problem: purposes.error }} fields={['purpose', 'words']} submit={t('查看', 'Show')} onSubmit={show} onCancel={onDone}
      disabledBecause={tooShort ? t('请选择或填写目的（至少四个字）', 'Choose or write the purpose, four characters at least') : minutes === undefined ? t('正在读取…', 'Reading…') : null}>
      <p className="x-prose">{minutes === undefined ? t('目的和查看的内容会记入审计日志。', 'The purpose and what you see go into the audit trail.') : t(`目的和查看的内容会记入审计日志。对这一主体 ${minutes} 分钟内有效。`, `The purpose and what you see go into the audit trail. It holds for this subject for ${minutes} minutes.`)}</p>
      <ActField name="purpose" label={t('目的', 'Purpose')}>{(id) => <Select id={id} allowClear value={choice} placeholder={t('请选择', 'Choose')} onChange={(next: string | undefined) => setChoice(next ?? null)} options={(purposes.data?.choices ?? []).map((one) => ({ value: tt(one), label: tt(one) }))} />}</ActField>
      <ActField name="words" label={t('说明', 'In your words')} hint={t('如案号、申请编号；没有合适的目的时在此填写', 'Such as the case number; or the purpose itself when none fits')}>{(id) => <Input.TextArea id={id} rows={2} maxLength={100} showCount value={words} onChange={(event) => setWords(event.target.value)} />}</ActField>
    </ActForm>
  )
}

function clock(at: number): string {
  const day = new Date(at)
  return `${String(day.getHours()).padStart(2, '0')}:${String(day.getMinutes()).padStart(2, '0')}`
}

// @clause X.4
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button, Input, Modal, Select } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import type { Endpoint, InputOf } from '../../../kernel/endpoint.ts'
import type { Problem } from '../../../ui/client.ts'
import { listPurposes, SHORTEST_PURPOSE } from '../contract.ts'
import { keepPurpose, purposeFor, watchPurposes } from './purposes.ts'

/** How a page sees a thing: with the purpose that was given for it, or in part (null). */
type FullView = { readonly purpose: string | null; readonly until: number | null; show(purpose: string, minutes: number): void; hide(): void }

/** The purpose given for a thing (`subject/7`) while it holds (查看状态), the same for every part of the page; when its time is over, the page sees in part again. */
export function useFullView(of: string): FullView {
  const { actor } = useSurroundings()
  const held = useSyncExternalStore(watchPurposes, () => purposeFor(actor.id, of, Date.now()))
  const until = held?.until ?? null
  useEffect(() => {
    if (until === null) return
    const timer = setTimeout(() => keepPurpose(actor.id, of, null), until - Date.now())
    return () => clearTimeout(timer)
  }, [actor.id, of, until])
  return { purpose: held?.purpose ?? null, until, show: (purpose, minutes) => keepPurpose(actor.id, of, { purpose, until: Date.now() + minutes * 60_000 }), hide: () => keepPurpose(actor.id, of, null) }
}

/** What an answer says of what it leaves out: `withheld` by another department without a purpose, `masked` of a person; `mayFull`: the caller may see a person in full. */
type Parts = { readonly withheld?: boolean; readonly masked?: boolean; readonly mayFull?: boolean }

/** What the bar says where something is masked: what there is to see, that it is shown in part, and why somebody may not see it; of a person unless given. `purpose`: the one that lies near, which the form proposes. */
type Words = { readonly title: string; readonly partly: string; readonly beyond: string; readonly purpose?: string }

/**
 * A thing as a page sees it (按目的查看): first what is shown to everybody who may open the page, and while a purpose holds all that the caller may see. `bar` asks for the purpose, says until when it holds, and hides
 * again; it is null where nothing is left out. `of`: for what the purpose holds, such as `subject/7`; `keep`: the old answer stands while another page of a list is read.
 */
export function useInFull<E extends Endpoint>(endpoint: E, input: InputOf<E>, of: string, { keep = false, words }: { readonly keep?: boolean; readonly words?: Words } = {}) {
  const answer = useEndpoint(endpoint, input, { keep })
  const view = useFullView(of)
  const parts: Parts = answer.data ?? {}
  const partly = parts.withheld === true || parts.masked === true
  const whole = parts.mayFull ? ({ ...(input as object), full: 'true' } as InputOf<E>) : input
  const more = useEndpoint(endpoint, whole, { keep, enabled: view.purpose !== null && partly, purpose: view.purpose })
  return { answer, shown: (view.purpose !== null && partly ? more.data : null) ?? answer.data, purpose: view.purpose, bar: partly ? <FullViewBar view={view} parts={parts} problem={more.error} words={words} /> : null }
}

function FullViewBar({ view, parts: { withheld = false, mayFull = false }, problem, words = ofAPerson() }: { readonly view: FullView; readonly parts: Parts; readonly problem: Problem | null; readonly words?: Words | undefined }) {
  const [open, setOpen] = useState(false)
  const noPermission = useWhyNot('persons.read')
  const noRight = mayFull ? null : noPermission ?? words.beyond
  if (view.purpose !== null && !problem) {
    return (
      <div className="x-row" role="status" style={{ marginBottom: 14 }}>
        <span className="x-tag x-tag-info">{mayFull ? t('完整信息', 'in full') : t('含不公开内容', 'not public')}</span>
        <span>{t('目的：', 'Purpose: ')}{view.purpose}</span>
        <span className="x-quiet">{t(`至 ${clock(view.until!)}，已记入审计日志`, `until ${clock(view.until!)}; in the audit trail`)}</span>
        <Button size="small" onClick={view.hide}>{mayFull ? t('恢复脱敏', 'Mask again') : t('只看公开内容', 'Public only')}</Button>
      </div>
    )
  }
  const title = withheld ? t('查看不公开内容', 'See what is not public') : words.title
  const whyNot = withheld ? null : noRight
  return (
    <div className="x-stack" style={{ marginBottom: 14, gap: 8 }}>
      <ProblemPanel problem={view.purpose === null ? null : problem} />
      <div className="x-row">
        <Button aria-haspopup="dialog" disabled={whyNot !== null} onClick={() => setOpen(true)}>{withheld ? title : t('查看完整信息', 'Show in full')}</Button>
        <span className="x-small x-quiet">{whyNot ?? (withheld ? t('由其他部门报送，此处只列公开内容；其余内容须说明目的', 'Another department sent this; only what is public stands here. To see the rest, say for what purpose') : words.partly)}</span>
      </div>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={title} destroyOnHidden>
        <PurposeForm view={view} near={words.purpose ?? null} onDone={() => setOpen(false)} />
      </Modal>
    </div>
  )
}

function ofAPerson(): Words {
  return {
    title: t('查看自然人完整信息', 'See a person in full'), partly: t('自然人信息已脱敏；查看完整信息须说明目的', 'A person is shown in part; to see all, say for what purpose'),
    beyond: t('只能查看本部门报送的自然人的完整信息', 'Only persons that the own department sent may be seen in full'),
  }
}

function PurposeForm({ view, near, onDone }: { readonly view: FullView; readonly near: string | null; onDone(): void }) {
  const [choice, setChoice] = useState<string | null>(near)
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
      <p className="x-prose">{minutes === undefined ? t('目的和查看的内容会记入审计日志。', 'The purpose and what you see go into the audit trail.') : t(`目的和查看的内容会记入审计日志。${minutes} 分钟内有效。`, `The purpose and what you see go into the audit trail. It holds for ${minutes} minutes.`)}</p>
      <ActField name="purpose" label={t('目的', 'Purpose')}>{(id) => <Select id={id} allowClear value={choice} placeholder={t('请选择', 'Choose')} onChange={(next: string | undefined) => setChoice(next ?? null)} options={(purposes.data?.choices ?? []).map((one) => ({ value: tt(one), label: tt(one) }))} />}</ActField>
      <ActField name="words" label={t('说明', 'In your words')} hint={t('如案号、申请编号；没有合适的目的时在此填写', 'Such as the case number; or the purpose itself when none fits')}>{(id) => <Input.TextArea id={id} rows={2} maxLength={100} showCount value={words} onChange={(event) => setWords(event.target.value)} />}</ActField>
    </ActForm>
  )
}

function clock(at: number): string {
  const day = new Date(at)
  return `${String(day.getHours()).padStart(2, '0')}:${String(day.getMinutes()).padStart(2, '0')}`
}

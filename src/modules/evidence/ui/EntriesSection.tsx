import { useState } from 'react'
import { Button, Input, Select } from 'antd'
import { Link } from '@tanstack/react-router'
import { call, type RowOf } from '../../../ui/client.ts'
import { InstantText, instantInChina } from '../../../ui/DayText.tsx'
import { ActorName } from '../../../ui/surroundings.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { windowOf, type Column, type TableSearch } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listEntries } from '../contract.ts'
import { entryNames, entryWords } from '../../audit/ui/entry-names.ts'

type Entry = RowOf<typeof listEntries>
type Search = TableSearch & { readonly name?: string | undefined; readonly subject?: string | undefined }

/** Entries, the newest first, by kind and subject; each leads to its proof. */
export function EntriesSection({ search, onSearch, onEntry }: { readonly search: Search; onSearch(next: Search): void; onEntry(entryId: number): void }) {
  const subjectId = search.subject !== undefined && /^\d+$/.test(search.subject) ? Number(search.subject) : undefined
  const filter = { name: search.name, subjectId }
  const entries = useEndpoint(listEntries, { ...filter, ...windowOf(search) }, { keep: true })
  const [number, setNumber] = useState('')
  const { texts } = useSurroundings()
  // an entry keeps its basis as the key of the text, then the article
  const basisOf = (basis: string | null) => (basis === null ? '—' : basis.replace(/^\S+/, (key) => shortened(texts[key] ? tt(texts[key].title) : key)))
  const columns: Column<Entry>[] = [
    { id: 'seq', title: { zh: '编号', en: 'No.' }, text: ({ seq }) => String(seq ?? ''), render: (row) => <button type="button" className="x-bare x-num" style={{ color: 'var(--x-accent)' }} onClick={() => onEntry(row.entryId)}>{row.seq ?? t('待编号', 'waiting')}</button> },
    { id: 'name', title: { zh: '事项', en: 'What' }, text: ({ name }) => name, render: ({ name }) => <span title={name}>{entryWords(name)}</span> },
    { id: 'at', title: { zh: '时间', en: 'At' }, text: ({ at }) => instantInChina(at), render: ({ at }) => <InstantText at={at} /> },
    { id: 'actor', title: { zh: '办理人', en: 'Actor' }, text: ({ actor }) => actor, render: ({ actor }) => <ActorName id={actor} /> },
    { id: 'subject', title: { zh: '主体', en: 'Subject' }, text: ({ subjectId: subject }) => String(subject ?? ''), render: ({ subjectId: subject }) => (subject === null ? <span className="x-quiet">—</span> : <Link to="/subjects/$subjectId" params={{ subjectId: String(subject) }}>{subject}</Link>) },
    { id: 'basis', title: { zh: '依据', en: 'Basis' }, text: ({ basis }) => basisOf(basis), render: ({ basis }) => <span className="x-cut" title={basis ?? ''}>{basisOf(basis)}</span> },
    { id: 'digest', title: { zh: '摘要', en: 'Digest' }, text: ({ digest }) => digest, render: ({ digest }) => <span className="x-mono" title={digest}>{digest.slice(0, 12)}…</span> },
    { id: 'entryId', title: { zh: '账目', en: 'Entry' }, hidden: true, align: 'right', text: ({ entryId }) => String(entryId), render: ({ entryId }) => entryId },
    { id: 'proof', title: { zh: '证明', en: 'Proof' }, text: () => '', render: (row) => <Button size="small" type="link" disabled={row.seq === null} onClick={() => onEntry(row.entryId)} title={row.seq === null ? t('编号后才有证明', 'after it is numbered') : undefined}>{t('看证明', 'Show')}</Button> },
  ]
  return (
    <Section title={t('账目', 'Entries')} flush>
      <QueryTable name="entries" caption={{ zh: '账目', en: 'Entries' }} columns={columns} answer={entries} keyOf={({ entryId }) => entryId} search={search} onSearch={onSearch} height="460px" onOpen={({ entryId }) => onEntry(entryId)}
        loadAll={(offset, limit) => call(listEntries, { ...filter, offset, limit })}
        filters={<form className="e-find" onSubmit={(event) => (event.preventDefault(), /^\d+$/.test(number) && onEntry(Number(number)))}>
          <Select style={{ width: 190 }} aria-label={t('事项', 'What')} value={search.name ?? ''} onChange={(name) => onSearch({ ...search, name: name || undefined, page: undefined })} showSearch={{ optionFilterProp: 'label' }} options={[{ value: '', label: t('全部事项', 'All kinds') }, ...Object.entries(entryNames).map(([value, words]) => ({ value, label: tt(words) }))]} />
          <Input style={{ width: 130 }} inputMode="numeric" allowClear aria-label={t('主体编号', 'Subject number')} placeholder={t('主体编号', 'Subject number')} defaultValue={search.subject ?? ''} onChange={(event) => (event.target.value === '' || /^\d+$/.test(event.target.value)) && onSearch({ ...search, subject: event.target.value || undefined, page: undefined })} />
          <Input style={{ width: 130 }} inputMode="numeric" aria-label={t('账目编号', 'Entry id')} placeholder={t('账目编号', 'Entry id')} value={number} onChange={(event) => setNumber(event.target.value.trim())} />
          <Button htmlType="submit" disabled={!/^\d+$/.test(number)}>{t('看证明', 'Show proof')}</Button>
        </form>}
        empty={{ title: t('没有账目', 'No entries'), how: t('任何办理都会在这里留下账目；也可以放宽上面的条件。', 'Every act leaves an entry here; or widen the filters above.') }} />
    </Section>
  )
}

function shortened(title: string): string {
  return title.length > 12 ? `${title.slice(0, 11)}…` : title
}

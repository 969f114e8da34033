// @clause 4.3
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { urlOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { windowOf, type TableSearch } from '../../../ui/query-table/columns.ts'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { exportTrail, listTrail, trailKindSchema } from '../contract.ts'
import { useTrailColumns } from './columns.tsx'
import { ActorFilter, type WhoFilter } from './parts.tsx'
import { trailKinds } from './words.ts'

type Search = TableSearch & WhoFilter & { readonly kind?: (typeof trailKindSchema.options)[number] | undefined; readonly from?: string | undefined; readonly until?: string | undefined }

/** 谁看过、谁改过: of one subject or record, who saw or changed it, when, by what right and for what purpose, in one list with the entries of the ledger. For whoever may read the trail. */
export function WhoLooked({ subjectId, recordId }: { readonly subjectId: number; readonly recordId?: number }) {
  const [search, setSearch] = useState<Search>({ size: 20 })
  const filter = { subjectId, recordId, actor: search.actor, find: search.find, kind: search.kind, from: search.from, until: search.until }
  const answer = useEndpoint(listTrail, { ...windowOf(search), ...filter }, { keep: true })
  const set = (next: Partial<Search>) => setSearch({ ...search, page: undefined, ...next })
  const { at, actor, department, kind, what, outcome, purpose, right } = useTrailColumns((one) => set({ actor: one, find: undefined }))
  return (
    <Section flush title={t('谁看过、谁改过', 'Who looked, who changed')} note={t('查看与办理、账目在同一张表；您打开本页也会留下一行', 'Views, acts and entries in one list; opening this page left a line too')} after={<Link to="/audit" search={{ subject: subjectId, record: recordId }}>{t('在审计日志中打开', 'Open in the audit trail')}</Link>}>
      <QueryTable name="who-looked" caption={{ zh: '谁看过、谁改过', en: 'Who looked, who changed' }} unit={{ zh: '行', en: 'lines' }} height="420px" columns={[at, actor, department, kind, what, purpose, right, { ...outcome, hidden: true }]} answer={answer}
        keyOf={(row) => `${row.kind === 'entry' ? 'e' : 't'}${row.id}`} search={search} onSearch={(next) => set({ page: undefined, ...next })} files={{ xlsx: urlOf(exportTrail, filter), csv: urlOf(exportTrail, { ...filter, form: 'csv' }) }}
        filters={<>
          <ActorFilter actor={search.actor} find={search.find} onWho={set} />
          <DayInput size="small" label={t('自', 'From')} value={search.from ?? ''} onChange={(from) => set({ from: from || undefined })} />
          <span className="x-quiet" aria-hidden>–</span>
          <DayInput size="small" label={t('至', 'Until')} value={search.until ?? ''} onChange={(until) => set({ until: until || undefined })} />
          <Select size="small" allowClear style={{ width: 110 }} placeholder={t('看过或改过', 'Seen or changed')} aria-label={t('类别', 'Kind')} value={search.kind} onChange={(one) => set({ kind: one })} options={trailKindSchema.options.map((value) => ({ value, label: tt(trailKinds[value]!) }))} />
        </>}
        empty={{ title: t('没有符合条件的记录', 'No line fits'), how: t('放宽日期或人员再看。自系统启用起，每次查看、办理都会留下一行；超过保存年限的在归档文件里。', 'Widen days or person. Every view and act since the system came into use left a line; what is past its time stands in archives.') }} />
    </Section>
  )
}

import { Button } from 'antd'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText, instantInChina } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { Column } from '../../../ui/query-table/columns.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listTrail } from '../contract.ts'
import { entryWords } from './entry-names.ts'
import { Who, whoWords } from './parts.tsx'
import { outcomeWords, trailKinds } from './words.ts'

/** A line as the pages have it. */
export type TrailRow = RowOf<typeof listTrail>

/** What was seen or done, in words: the route's, the entry's, or how often one address was refused. */
export function whatWords({ method, what, title, asked }: TrailRow): string {
  const times = asked['times']
  if (what === '*' && typeof times === 'number') return t(`同一地址一分钟内另有 ${times} 次`, `${times} more of this address within the minute`)
  return title ? tt(title) : method === null ? entryWords(what) : what
}

/** The columns that every list of lines has: when, who, what, by what right, what came of it, and why. */
export function useTrailColumns(onActor: (actor: string) => void): { readonly [Name in 'at' | 'actor' | 'department' | 'kind' | 'what' | 'outcome' | 'purpose' | 'right']: Column<TrailRow> } {
  const departmentName = useDepartmentName()
  return {
    at: { id: 'at', title: { zh: '时间', en: 'At' }, text: (row) => instantInChina(row.at, true), sortBy: true, render: (row) => <InstantText at={row.at} seconds /> },
    actor: { id: 'actor', title: { zh: '人员', en: 'Who' }, text: (row) => whoWords(row.actor, row.name), sortBy: true, render: (row) => <Button type="link" size="small" {...(row.name === null ? {} : { lang: 'zh-CN' })} style={{ paddingInline: 0 }} onClick={() => onActor(row.actor)} title={t('只看此人', 'This person only')}><Who {...row} /></Button> },
    department: { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => (row.department ? departmentName(row.department) : ''), sortBy: true, render: (row) => departmentName(row.department) },
    kind: { id: 'kind', title: { zh: '类别', en: 'Kind' }, text: (row) => tt(trailKinds[row.kind]!), sortBy: true, render: (row) => <span className={`x-tag ${row.kind === 'act' || row.kind === 'entry' ? 'x-tag-accent' : ''}`}>{tt(trailKinds[row.kind]!)}</span> },
    what: { id: 'what', title: { zh: '内容', en: 'What' }, text: whatWords, render: (row) => <span className="x-cut" title={row.method === null ? row.what : `${row.method} ${row.what}`}>{whatWords(row)}</span> },
    outcome: { id: 'outcome', title: { zh: '结果', en: 'Outcome' }, text: (row) => row.outcome, sortBy: true, render: ({ outcome }) => (outcome === 'given' ? <span className="x-quiet">{tt(outcomeWords(outcome))}</span> : <span className={`x-tag ${outcome === 'fault' ? 'x-tag-late' : 'x-tag-due'}`} title={outcome}>{tt(outcomeWords(outcome))}</span>) },
    purpose: { id: 'purpose', title: { zh: '目的', en: 'Purpose' }, text: (row) => row.purpose ?? '', render: (row) => <span className="x-cut" title={row.purpose ?? undefined}>{row.purpose ?? '—'}</span> },
    right: { id: 'right', title: { zh: '凭何权限', en: 'By what right' }, text: (row) => row.permission ?? row.basis ?? '', render: (row) => <span className="x-cut" title={row.roles.join(' ')}>{row.permission === null ? row.basis : <><span className="x-mono">{row.permission}</span> {reachText(row)}</>}</span> },
  }
}

function reachText({ reach }: TrailRow): string {
  if (reach === null) return t('（没有此权限）', '(did not have it)')
  if (reach === 'all') return t('全部', 'everything')
  return [...reach.departments, ...reach.sectors, ...reach.subjects].join(' ') || t('无', 'nothing')
}

import { useId } from 'react'
import { Button, Input, Select } from 'antd'
import { t, tt } from '../../../ui/language.ts'
import { kindNames } from './record-kinds.ts'
import { monthLater } from './shares.ts'

type Kind = 'licence' | 'penalty'
type Span = { readonly from?: string | undefined; readonly until?: string | undefined }

/** Chooses the months and the kind of the league table; what is chosen stands in the URL. */
export function SpanChoice({ from = '', until = '', kind, today, onChoose }: Span & { readonly kind: string | undefined; readonly today: string; onChoose(next: Span & { kind?: Kind | undefined }): void }) {
  const [fromId, untilId, kindId] = [useId(), useId(), useId()]
  const present = today.slice(0, 7)
  const ready: readonly (readonly [string, Span])[] = [
    [t('本月', 'This month'), { from: present, until: present }],
    [t('上月', 'Last month'), { from: monthLater(present, -1), until: monthLater(present, -1) }],
    [t('今年', 'This year'), { from: `${present.slice(0, 4)}-01`, until: present }],
    [t('近 12 个月', '12 months'), { from: undefined, until: undefined }],
  ]
  const whole = (month: string) => (/^\d{4}-\d{2}$/.test(month) ? month : undefined)
  return (
    <div className="l-span">
      <label htmlFor={fromId}>{t('从', 'From')}<Input id={fromId} type="month" value={from} max={until || present} placeholder="2026-01" onChange={(event) => whole(event.target.value) && onChoose({ from: event.target.value, until: until || undefined })} /></label>
      <label htmlFor={untilId}>{t('到', 'Until')}<Input id={untilId} type="month" value={until} min={from} max={present} placeholder="2026-11" onChange={(event) => whole(event.target.value) && onChoose({ from: from || undefined, until: event.target.value })} /></label>
      <label htmlFor={kindId}>{t('种类', 'Kind')}<Select id={kindId} style={{ width: 148 }} value={kind ?? ''} onChange={(value) => onChoose({ kind: (value || undefined) as Kind | undefined })}
        options={[{ value: '', label: t('处罚和许可', 'Both kinds') }, ...(['penalty', 'licence'] as const).map((each) => ({ value: each, label: tt(kindNames[each]) }))]} /></label>
      <span className="x-row">{ready.map(([label, span]) => <Button key={label} size="small" type="text" onClick={() => onChoose(span)}>{label}</Button>)}</span>
    </div>
  )
}

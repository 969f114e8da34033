import { useId } from 'react'
import { Button, Select } from 'antd'
import { t, tt } from '../../../ui/language.ts'
import { MonthChoice } from '../../../ui/MonthChoice.tsx'
import { kindNames } from './record-kinds.ts'
import { monthLater } from './shares.ts'

type Kind = 'licence' | 'penalty'
type Span = { readonly from?: string | undefined; readonly until?: string | undefined }

// the double publicity of licences and penalties began in 2016
const EARLIEST = '2016-01'

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
  return (
    <div className="l-span">
      <label htmlFor={fromId}>{t('从', 'From')}<MonthChoice id={fromId} value={from} from={EARLIEST} until={until || present} onChange={(month) => onChoose({ from: month, until: until || undefined })} /></label>
      <label htmlFor={untilId}>{t('到', 'Until')}<MonthChoice id={untilId} value={until} from={from || EARLIEST} until={present} onChange={(month) => onChoose({ from: from || undefined, until: month })} /></label>
      <label htmlFor={kindId}>{t('种类', 'Kind')}<Select id={kindId} style={{ width: 148 }} value={kind ?? ''} onChange={(value) => onChoose({ kind: (value || undefined) as Kind | undefined })}
        options={[{ value: '', label: t('处罚和许可', 'Both kinds') }, ...(['penalty', 'licence'] as const).map((each) => ({ value: each, label: tt(kindNames[each]) }))]} /></label>
      <span className="x-row">{ready.map(([label, span]) => <Button key={label} size="small" type="text" onClick={() => onChoose(span)}>{label}</Button>)}</span>
    </div>
  )
}

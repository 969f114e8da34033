import { useRef, useState } from 'react'
import { Input } from 'antd'
import { CalendarOutlined } from '@ant-design/icons'
import { isDay } from '../kernel/day.ts'
import { t } from './language.ts'

/**
 * A day, typed as `2026-11-22` or picked in the browser's own calendar (a bare date field would show the day in the browser's language,
 * not ours). Tells of whole days and of the empty text only; what is no day is marked and kept until it is mended.
 */
export function DayInput({ id, value, min, max, invalid = false, label, size = 'middle', onChange }: { readonly id?: string; readonly value: string; readonly min?: string; readonly max?: string; readonly invalid?: boolean; readonly label?: string; readonly size?: 'small' | 'middle'; onChange(value: string): void }) {
  const picker = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const fits = (day: string) => day === '' || (isDay(day) && (!min || day >= min) && (!max || day <= max))
  function take(text: string) {
    const day = text.trim().replaceAll(/[/.年月]/g, '-').replace(/日$/, '').replace(/^(\d{4})-(\d)-/, '$1-0$2-').replace(/-(\d)$/, '-0$1')
    setTyped(fits(day) ? null : text)
    if (fits(day)) onChange(day)
  }
  return (
    <span className="x-day-input" style={{ width: size === 'small' ? 122 : 160 }}>
      <Input id={id} size={size} value={typed ?? value} placeholder="YYYY-MM-DD" inputMode="numeric" aria-label={label} {...(invalid || (typed !== null && typed.length >= 8) ? { status: 'error' as const } : {})}
        onChange={(event) => (event.target.value.length === 0 || event.target.value.length >= 10 ? take(event.target.value) : setTyped(event.target.value))} onBlur={() => typed !== null && take(typed)} onPressEnter={() => typed !== null && take(typed)}
        suffix={<button type="button" className="x-icon-button" aria-label={t('打开日历', 'Open the calendar')} onClick={() => picker.current?.showPicker()}><CalendarOutlined /></button>} />
      <input ref={picker} type="date" tabIndex={-1} aria-hidden value={isDay(value) ? value : ''} min={min} max={max} onChange={(event) => take(event.target.value)} />
    </span>
  )
}

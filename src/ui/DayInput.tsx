import { Input } from 'antd'

/** A day typed or picked; the browser's own picker, which phones and screen readers know best. Empty text when there is none. */
export function DayInput({ id, value, min, max, invalid = false, label, onChange }: { readonly id?: string; readonly value: string; readonly min?: string; readonly max?: string; readonly invalid?: boolean; readonly label?: string; onChange(value: string): void }) {
  return <Input id={id} type="date" value={value} min={min} max={max} {...(invalid ? { status: 'error' as const } : {})} aria-label={label} onChange={(event) => onChange(event.target.value)} style={{ maxWidth: 180 }} />
}

import { Select } from 'antd'

/** A month as `2026-11`, chosen from a list or typed (a bare month field would name months in the browser's language, not ours). `from` and `until` bound the list, newest first. */
export function MonthChoice({ id, value, from, until, onChange }: { readonly id?: string; readonly value: string; readonly from: string; readonly until: string; onChange(month: string): void }) {
  const months: string[] = []
  for (let month = until; month >= from && months.length < 600; month = before(month)) months.push(month)
  const options = (value && !months.includes(value) ? [...months, value] : months).map((month) => ({ value: month, label: month }))
  return <Select {...(id ? { id } : {})} showSearch style={{ width: 108 }} className="x-num" value={value || null} options={options} onChange={(month) => month && onChange(month)} />
}

function before(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

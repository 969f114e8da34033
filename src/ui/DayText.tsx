import { weekdayOf, type Day } from '../kernel/day.ts'
import { t } from './language.ts'

const WEEKDAYS_ZH = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The day in words for deadlines: `2026-11-22 周日`. */
export function dayWithWeekday(on: string): string {
  const index = weekdayOf(on as Day) - 1
  return `${on} ${t(WEEKDAYS_ZH[index]!, WEEKDAYS_EN[index]!)}`
}

/** A day of law; with its weekday where a deadline is meant; a dash when there is none. */
export function DayText({ on, weekday = false }: { readonly on: string | null | undefined; readonly weekday?: boolean }) {
  if (!on) return <span className="x-quiet">—</span>
  return <time dateTime={on} className="x-num">{weekday ? dayWithWeekday(on) : on}</time>
}

/** An instant as it was in China: `2026-11-22 09:41`, with seconds where the order of things is meant. */
export function InstantText({ at, seconds = false }: { readonly at: string | null | undefined; readonly seconds?: boolean }) {
  if (!at) return <span className="x-quiet">—</span>
  return <time dateTime={at} className="x-num">{instantInChina(at, seconds)}</time>
}

/** The text of {@link InstantText}, for exports. */
export function instantInChina(at: string, seconds = false): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, seconds ? 19 : 16).replace('T', ' ')
}

/** So many days in English, which counts one of them apart. */
export function daysInEnglish(count: number, kind = ''): string {
  return `${count} ${kind}${count === 1 ? 'day' : 'days'}`
}

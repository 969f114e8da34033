/** A day of law (日): a calendar day in China, written `2026-11-22`. Days compare as text. */
export type Day = string & { readonly __day: true }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_PER_DAY = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000

/** True when the text is a real calendar day in the form `YYYY-MM-DD` (no 31 February). */
export function isDay(text: string): text is Day {
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const made = new Date(Date.UTC(year, month - 1, date))
  return year >= 1000 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date
}

/** The day written as `YYYY-MM-DD`. Throws RangeError for anything else: check text from outside with `isDay` first. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`)
  return text
}

/** The calendar day in China (UTC+8, no summer time since 1992) at an instant. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10) as Day
}

/** The instant at which a day begins in China. */
export function startOf(on: Day): Date {
  return new Date(numberOf(on) * MS_PER_DAY - CHINA_OFFSET_MS)
}

/** Days since 1970-01-01. Counted from the digits: a population's records ask it millions of times, and a Date for each would cost more than their rules. */
export function numberOf(on: Day): number {
  const digit = (at: number) => on.charCodeAt(at) - 48
  const month = digit(5) * 10 + digit(6)
  // The year begins in March, so that its last day may be missing or not.
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - (month <= 2 ? 1 : 0)
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + digit(8) * 10 + digit(9) - 1
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719_468
}

/** The inverse of {@link numberOf}. */
export function dayNumbered(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

/** The day that lies `count` calendar days later (earlier when negative). */
export function addDays(on: Day, count: number): Day {
  return dayNumbered(numberOf(on) + count)
}

/**
 * The day that lies `count` months later. A day that the month lacks becomes the month's last day
 * (2024-01-31 + 1 month = 2024-02-29), as PostgreSQL's `date + interval` has it: both evaluators rely on that.
 */
export function addMonths(on: Day, count: number): Day {
  const months = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 + count
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  const date = Math.min(Number(on.slice(8, 10)), lengthOfMonth(year, month))
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}` as Day
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Calendar days from the first to the second; negative when the second lies earlier. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from)
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(on: Day): number {
  return ((numberOf(on) + 3) % 7 + 7) % 7 + 1
}

/** The earliest of some days; null entries are ignored; null when there is none. */
export function earliest(...days: (Day | null)[]): Day | null {
  return days.reduce((least, on) => (least === null || (on !== null && on < least) ? on : least), null)
}

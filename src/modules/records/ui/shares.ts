import { addMonths, addDays, type Day } from '../../../kernel/day.ts'

/** A share from 0 to 1 in per cent with one decimal, never rounded up to a clean 100% nor down to 0%; a dash for null. */
export function percent(share: number | null): string {
  if (share === null) return '—'
  const shown = Math.min(share < 1 ? 99.9 : 100, Math.max(share > 0 ? 0.1 : 0, Math.round(share * 1000) / 10))
  return `${shown.toFixed(1)}%`
}

/** Every month of a span `YYYY-MM`, both ends included. */
export function monthsBetween(from: string, until: string): string[] {
  const months: string[] = []
  for (let month = from; month <= until && months.length < 240; month = monthLater(month, 1)) months.push(month)
  return months
}

/** The month so many months later. */
export function monthLater(month: string, count: number): string {
  return addMonths(`${month}-01` as Day, count).slice(0, 7)
}

/** The last day of a month. */
export function lastDayOf(month: string): string {
  return addDays(`${monthLater(month, 1)}-01` as Day, -1)
}

/** Numbers in order, written with runs joined: `3, 7–9, 12`. */
export function runsOfNumbers(numbers: readonly number[], between: string): string {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const open = runs.at(-1)
    if (open && open[1] === number - 1) open[1] = number
    else runs.push([number, number])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}${between}${last}` : `${first}–${last}`)).join(between)
}

import { addDays, addMonths, numberOf, weekdayOf, type Day } from '../../kernel/day.ts'
import type { Calendar } from '../../engines/policy/index.ts'

/** On which day the departments of the demo district send in what was ready on a day. */
export type ReportingDays = (ready: Day) => Day

const FRIDAY = 5

/**
 * The district improves: in its first year departments send in once a month, in its second every other Friday, then every Friday.
 * A holiday moves the day to the next working day.
 */
export function reportingDays(until: Day, calendar: Calendar): ReportingDays {
  const [fortnightlyFrom, weeklyFrom] = [addMonths(until, -24), addMonths(until, -12)]
  const fits = (friday: Day): boolean => friday >= weeklyFrom || (friday >= fortnightlyFrom ? Math.floor(numberOf(friday) / 7) % 2 === 0 : addDays(friday, 7).slice(0, 7) !== friday.slice(0, 7))
  return (ready) => {
    let friday = addDays(ready, (7 + FRIDAY - weekdayOf(ready)) % 7)
    while (!fits(friday)) friday = addDays(friday, 7)
    return calendar.isWorkingDay(friday) ? friday : calendar.addWorkingDays(friday, 1).day
  }
}

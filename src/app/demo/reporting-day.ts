import { addDays, weekdayOf, type Day } from '../../kernel/day.ts'
import type { Calendar } from '../../engines/policy/index.ts'

/** Departments of the demo district send in on Fridays: the one on or after a day, or the next working day when it is a holiday. */
export function reportingDay(on: Day, calendar: Calendar): Day {
  const friday = addDays(on, (12 - weekdayOf(on)) % 7)
  return calendar.isWorkingDay(friday) ? friday : calendar.addWorkingDays(friday, 1).day
}

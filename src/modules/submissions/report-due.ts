import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Day } from '../../kernel/day.ts'

/** The last day on which a decision is reported in time (报送期限), by the calendar that we hold now; null where no rule is in force. Being rejected does not stop the time. */
export function reportDueOn(policy: PolicyBook, decidedOn: Day): Day | null {
  const law = policy.on(decidedOn)
  const within = law.find('records/report-within')?.value
  if (typeof within !== 'number') return null
  return policy.calendar.addWorkingDays(decidedOn, within, { countLocal: law.find('records/local-holidays-count')?.value === true, countClosures: law.find('records/closures-count')?.value === true }).day
}

import type { PolicyBook } from '../../engines/policy/index.ts'
import type { World } from '../../engines/procedure/index.ts'
import type { Day } from '../../kernel/day.ts'
import type { AnyKind } from './kind.ts'
import { listOpenDecisionDays } from './queries/flagged.ts'
import { standardOf } from './reading/law.ts'

/** The last day on which a decision is reported in time (报送期限), by the calendar that we hold now; null where no rule is in force. Being rejected does not stop the time. */
export function reportDueOn(policy: PolicyBook, decidedOn: Day): Day | null {
  const law = policy.on(decidedOn)
  const within = law.find('records/report-within')?.value
  if (typeof within !== 'number') return null
  return policy.calendar.addWorkingDays(decidedOn, within, { countLocal: law.find('records/local-holidays-count')?.value === true, countClosures: law.find('records/closures-count')?.value === true }).day
}

/** The kinds that have a reporting time: decisions. The register has none. */
export function kindsWithDeadline(policy: PolicyBook, kinds: readonly AnyKind[]): string[] {
  return kinds.filter((kind) => standardOf(policy, kind).fields.some(({ type }) => type === 'document-number')).map(({ kind }) => kind)
}

/** The deadline of each day on which a rejected decision was made that was not sent again yet, by the calendar that we hold now. */
export async function deadlinesNow({ db, policy }: World): Promise<ReadonlyMap<Day, Day>> {
  const days = await listOpenDecisionDays(db)
  return new Map(days.flatMap((on) => {
    const due = reportDueOn(policy, on)
    return due === null ? [] : [[on, due] as const]
  }))
}

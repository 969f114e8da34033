// @clause 12.1, 4.5
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import type { AnyKind } from './kind.ts'
import { listOpenBatches } from './queries/open-batches.ts'
import { deadlinesNow, kindsWithDeadline } from './report-due.ts'

/** 退回待改正: a file with rejected decisions that were not sent again is one item, since one correction settles all of its rows. Due when the first of those is that can still be in time, else when the first was. */
export function rejectionSource(kinds: readonly AnyKind[]): WorkSource {
  return {
    kind: 'submissions.rejection', title: text('退回待改正', 'To be corrected and sent again'), permission: 'submissions.read',
    async list(world, { today, soonUntil, departments }, limit) {
      const { rows, ...counts } = await listOpenBatches(world.db, { kinds: kindsWithDeadline(world.policy, kinds), dueNow: await deadlinesNow(world), within: departments, today, soonUntil, limit })
      return {
        ...counts,
        items: rows.map(({ batchId, fileName, department, receivedAt, open, late, dueOn, earliestDecision }) => ({
          key: String(batchId), subject: null, department, officerId: null, since: receivedAt, dueOn, rule: earliestDecision === null ? null : world.policy.basisOf('records/report-within', earliestDecision),
          provisional: dueOn !== null && !world.policy.calendar.officialYears().includes(Number(dueOn.slice(0, 4))),
          title: late > 0 && late < open
            ? text(`${fileName}：${open} 项决定被退回，其中 ${late} 项已逾期`, `${fileName}: ${open} decisions sent back, ${late} of them late`)
            : text(`${fileName}：${open} 项决定被退回`, `${fileName}: ${open} ${open === 1 ? 'decision' : 'decisions'} sent back`),
          next: { to: `/imports/${batchId}`, title: text('改正这一批', 'Correct this batch') },
        })),
      }
    },
  }
}

import type { Day } from '../../../kernel/day.ts'
import { given, sql, type Queryable } from '../../../platform/db/index.ts'

/** A file with rejected decisions that were not sent again yet: how many are open and late, and the day on which the most urgent is due. */
export type OpenBatch = { readonly batchId: number; readonly fileName: string; readonly department: string; readonly receivedAt: Date; readonly open: number; readonly late: number; readonly dueOn: Day | null; readonly earliestDecision: Day | null }

/**
 * The files that wait to be corrected, the most urgent first, and how many there are. `dueNow` is the deadline of each decision day by the calendar as known now:
 * it puts a stored one off, and never brings it forward. `within`: only of these departments.
 */
export async function listOpenBatches(db: Queryable, { kinds, dueNow, within, today, soonUntil, limit }: { kinds: readonly string[]; dueNow: ReadonlyMap<Day, Day>; within: readonly string[] | null; today: Day; soonUntil: Day; limit: number }): Promise<{ rows: OpenBatch[]; total: number; late: number; dueSoon: number }> {
  const now = given({ decided_on: ['date', [...dueNow.keys()]], due_now: ['date', [...dueNow.values()]] })
  const batches = sql`select batch_id, file_name, department, received_at, count(*) as open, count(*) filter (where due_on < ${today}) as late,
      coalesce(min(due_on) filter (where due_on >= ${today}), min(due_on)) as due_on, min(decided_on) as earliest_decision
    from (select f.*, greatest(f.report_due_on, due_now) as due_on from submissions.flagged_row f left join ${now} using (decided_on)) as flagged_row join submissions.batch using (batch_id)
    where flagged_row.rejected and settled_by is null and kind = any(${[...kinds]}::text[]) and (${within && [...within]}::text[] is null or department = any(${within && [...within]}::text[]))
    group by batch_id, file_name, department, received_at`
  const { rows: [count] } = await sql<{ total: number; late: number; dueSoon: number }>`select count(*) as total, count(*) filter (where due_on < ${today}) as late,
    count(*) filter (where due_on between ${today} and ${soonUntil}) as "dueSoon" from (${batches}) as batches`.execute(db)
  const { rows } = await sql<OpenBatch>`select batch_id as "batchId", file_name as "fileName", department, received_at as "receivedAt", open, late, due_on as "dueOn", earliest_decision as "earliestDecision"
    from (${batches}) as batches order by due_on nulls last, batch_id limit ${limit}`.execute(db)
  return { rows, ...count! }
}

import { sql, type Queryable } from '../../../platform/db/index.ts'

/** What a department sent in a month of receipt: rows and how many of them were taken in (合规率 is the one over the other). */
export type SubmissionTotal = { readonly department: string; readonly kind: string; readonly month: string; readonly rowsSent: number; readonly rowsAccepted: number }

/** Rows sent and taken in, by department, kind and month (`2026-11`) of receipt; both ends included. */
export async function submissionTotals(db: Queryable, { from, until }: { from: string; until: string }): Promise<SubmissionTotal[]> {
  const { rows } = await sql<SubmissionTotal>`select department, kind, to_char(received_on, 'YYYY-MM') as month, sum(rows_read)::bigint as "rowsSent", sum(accepted + unchanged + corrected)::bigint as "rowsAccepted"
    from submissions.batch where state = 'done' and received_on >= ${`${from}-01`}::date and received_on < ${`${until}-01`}::date + interval '1 month' group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  return rows
}

/** How many rejected rows of each department were not sent again yet, by kind. */
export async function countOpenRejections(db: Queryable): Promise<{ department: string; kind: string; count: number }[]> {
  const { rows } = await sql<{ department: string; kind: string; count: number }>`select department, kind, count(*) as count from submissions.flagged_row join submissions.batch using (batch_id)
    where flagged_row.rejected and settled_by is null group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

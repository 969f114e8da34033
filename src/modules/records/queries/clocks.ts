import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** Records whose report deadline is provisional, in order of their numbers, after one of them. Locked against new versions. */
export async function listProvisional(tx: Tx, afterRecordId: number, limit: number): Promise<{ subjectId: number; recordId: number }[]> {
  const { rows } = await sql<{ subjectId: number; recordId: number }>`select d.subject_id as "subjectId", d.record_id as "recordId" from records.standing s
    join records.document d on d.subject_id = s.subject_id and d.kind = s.kind and d.document_number = s.document_number
    where s.known_until = 'infinity' and s.report_due_provisional and s.record_id > ${afterRecordId} order by s.record_id limit ${limit} for update of d`.execute(tx)
  return rows
}

/** What a department reported in one month of first receipt (报送月份): records with a clock, and how many of them late. */
export type ReportedMonth = { readonly department: string; readonly month: string; readonly reported: number; readonly late: number }

/** Reporting by department and month of first receipt, months as `2026-11`, both ends included (归集数、迟报数). One statement. */
export async function listReported(db: Queryable, from: string, until: string, kind: string | null): Promise<ReportedMonth[]> {
  const { rows } = await sql<ReportedMonth>`select department, to_char(received_on, 'YYYY-MM') as month, sum(reported)::bigint as reported, sum(late)::bigint as late from (
      select department, received_on, count(*) as reported, count(*) filter (where received_on > report_due_on) as late from records.standing
      where known_until = 'infinity' and report_due_on is not null and received_on >= ${`${from}-01`}::date and received_on < ${`${until}-01`}::date + interval '1 month'
        and (${kind}::text is null or kind = ${kind}) group by 1, 2) as by_day
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** Missing numbers of one series (文号缺口) of a department and year. */
export type Gap = { readonly department: string; readonly kind: string; readonly series: string; readonly year: number; readonly from: number; readonly until: number; readonly missing: number[]; readonly missingCount: number }

/** Numbers shown of one series; more are only counted. */
export const SHOWN_MISSING = 200

/**
 * Missing document numbers between the lowest and the highest that came in, by department, kind, series and year. A hint of decisions
 * that were not reported, never a verdict: numbers are also voided, skipped or used for other documents. One statement.
 */
export async function listGapsOf(db: Queryable, given: { readonly department: string | null; readonly kind: string | null }): Promise<Gap[]> {
  const { rows } = await sql<Gap>`with numbered as (
      select department, kind, document_series, document_year, document_serial,
        lead(document_serial) over (partition by department, kind, document_series, document_year order by document_serial) as following
      from (select distinct department, kind, document_series, document_year, document_serial from records.standing
        where known_until = 'infinity' and document_serial is not null
          and (${given.department}::text is null or department = ${given.department}) and (${given.kind}::text is null or kind = ${given.kind})) as once),
    series as (
      select department, kind, document_series, document_year, min(document_serial) as lowest, max(document_serial) as highest,
        sum(coalesce(following - document_serial - 1, 0))::bigint as missing_count
      from numbered group by 1, 2, 3, 4 having sum(coalesce(following - document_serial - 1, 0)) > 0)
    select department, kind, document_series as series, document_year as year, lowest as "from", highest as "until", missing_count as "missingCount",
      coalesce((select array_agg(serial order by serial) from (
        select serial from numbered n cross join lateral generate_series(n.document_serial + 1, least(n.following - 1, n.document_serial + ${SHOWN_MISSING}::integer)) as serial
        where n.department = series.department and n.kind = series.kind and n.document_series = series.document_series and n.document_year = series.document_year
          and n.following > n.document_serial + 1 order by n.document_serial, serial limit ${SHOWN_MISSING}::integer) as listed), '{}') as missing
    from series order by department, kind, document_series, document_year`.execute(db)
  return rows
}


import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** One writer of grades at a time, until its transaction ends. */
export async function gradingLock(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('grading'))`.execute(tx)
}

/** Subjects whose results some runs changed or ended, in order, after a subject: one page. */
export async function listSubjectsOfRuns(tx: Tx, runIds: readonly number[], after: number, limit: number): Promise<number[]> {
  const runs = sql`${[...runIds]}::bigint[]`
  const { rows } = await sql<{ id: number }>`select distinct subject_id as id from (
      select subject_id from evaluation.run, unnest(changed_subjects) as subject_id where run_id = any(${runs}) and subject_id > ${after}
      union all select subject_id from evaluation.ended_result where run_id = any(${runs}) and subject_id > ${after}) as touched
    order by 1 limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Those of the subjects that ever had a public grade from above. */
export async function listWithPublicGrade(tx: Tx, subjects: readonly number[]): Promise<number[]> {
  if (subjects.length === 0) return []
  const { rows } = await sql<{ id: number }>`select distinct subject_id as id from records.standing where subject_id = any(${[...subjects]}::bigint[]) and kind = 'public-grade' order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Subjects with a received public grade in use on or ending by a day, after a subject: one page. For days on which the law of grades changes. */
export async function listReceived(tx: Tx, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct subject_id as id from records.standing where kind = 'public-grade' and known_until = 'infinity' and subject_id > ${after} order by 1 limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether a received public grade went out of use after a day and by another. */
export async function hasReceivedEnding(db: Queryable, after: Day, by: Day): Promise<boolean> {
  const { rows } = await sql`select 1 from records.standing where kind = 'public-grade' and known_until = 'infinity'
    and ((use_ends_on > ${after} and use_ends_on <= ${by}) or (ends_on > ${after} and ends_on <= ${by})) limit 1`.execute(db)
  return rows.length > 0
}

/** The last day before another on which a daily run was finished; null when it never was. */
export async function findLastDone(db: Queryable, name: string, before: Day): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`select max(day) as day from platform.daily_run where name = ${name} and day < ${before} and finished_at is not null`.execute(db)
  return rows[0]?.day ?? null
}

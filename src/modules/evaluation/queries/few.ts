import type { Day } from '../../../kernel/day.ts'
import { given, sql, type Tx } from '../../../platform/db/index.ts'
import type { Run } from './runs.ts'

/** A result as it stands, score without trailing zeros. */
export type StandingResult = { readonly subjectId: number; readonly key: string; readonly score: string; readonly grade: string; readonly holdsUntil: Day | null; readonly hash: string }
/** A result as a run writes it. */
export type RunResult = StandingResult & { readonly runId: number }

/** The results of some subjects by any model. */
export async function listResultsOf(tx: Tx, subjects: readonly number[]): Promise<StandingResult[]> {
  const { rows } = await sql<StandingResult>`select subject_id as "subjectId", model_key as key, trim_scale(score) as score, grade, holds_until as "holdsUntil", model_hash as hash
    from evaluation.result where subject_id = any(${[...subjects]}::bigint[])`.execute(tx)
  return rows
}

/** Numbers for so many runs. */
export async function nextRunIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select nextval('evaluation.run_id') as id from generate_series(1, ${count}::integer)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Writes results of several runs on a day: those that stood give way. */
export async function writeResults(tx: Tx, results: readonly RunResult[], on: Day): Promise<void> {
  if (results.length === 0) return
  await sql`insert into evaluation.result (subject_id, model_key, score, grade, evaluated_on, holds_until, model_hash, run_id)
    select subject_id, model_key, score, grade, ${on}::date, holds_until, model_hash, run_id from ${given({
      subject_id: ['bigint', results.map(({ subjectId }) => subjectId)],
      model_key: ['text', results.map(({ key }) => key)],
      score: ['numeric', results.map(({ score }) => score)],
      grade: ['text', results.map(({ grade }) => grade)],
      holds_until: ['date', results.map(({ holdsUntil }) => holdsUntil)],
      model_hash: ['text', results.map(({ hash }) => hash)],
      run_id: ['bigint', results.map(({ runId }) => runId)],
    })}
    on conflict (subject_id, model_key) do update
    set score = excluded.score, grade = excluded.grade, evaluated_on = excluded.evaluated_on, holds_until = excluded.holds_until, model_hash = excluded.model_hash, run_id = excluded.run_id`.execute(tx)
}

/** Lets results fall away and notes by which run. */
export async function dropResults(tx: Tx, results: readonly { readonly subjectId: number; readonly key: string; readonly runId: number }[], on: Day): Promise<void> {
  if (results.length === 0) return
  await sql`with ending as (select * from ${given({
      subject_id: ['bigint', results.map(({ subjectId }) => subjectId)], model_key: ['text', results.map(({ key }) => key)], run_id: ['bigint', results.map(({ runId }) => runId)],
    })}), gone as (
      delete from evaluation.result r using ending where r.subject_id = ending.subject_id and r.model_key = ending.model_key returning r.subject_id, ending.run_id, r.model_key)
    insert into evaluation.ended_result (subject_id, run_id, model_key, ended_on) select subject_id, run_id, model_key, ${on} from gone`.execute(tx)
}

/** Keeps runs, each with the subjects whose results it changed. */
export async function insertRuns(tx: Tx, runs: readonly (Run & { readonly changedSubjects: readonly number[] })[], at: Date): Promise<void> {
  if (runs.length === 0) return
  await sql`insert into evaluation.run (run_id, model_key, model_hash, policy_hash, evaluated_on, cause, subjects, changed, ended, digest, changed_subjects, at)
    select run_id, model_key, model_hash, policy_hash, evaluated_on, cause, subjects, changed, ended, digest, changed_subjects::bigint[], ${at} from ${given({
      run_id: ['bigint', runs.map(({ runId }) => runId)],
      model_key: ['text', runs.map(({ key }) => key)],
      model_hash: ['text', runs.map(({ hash }) => hash)],
      policy_hash: ['text', runs.map(({ policyHash }) => policyHash)],
      evaluated_on: ['date', runs.map(({ on }) => on)],
      cause: ['text', runs.map(({ cause }) => cause)],
      subjects: ['integer', runs.map(({ subjects }) => subjects)],
      changed: ['integer', runs.map(({ changed }) => changed)],
      ended: ['integer', runs.map(({ ended }) => ended)],
      digest: ['text', runs.map(({ digest }) => digest)],
      changed_subjects: ['text', runs.map(({ changedSubjects }) => `{${changedSubjects.join(',')}}`)],
    })}`.execute(tx)
}

import type { Day } from '../../../kernel/day.ts'
import { compileToSql, defaultSource, type Model } from '../../../engines/scoring/index.ts'
import { given, sql, type Db, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { IdRange } from './runs.ts'

/** How a run over everybody stands. */
export type PopulationState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
/** A run over everybody (全量评价) with its progress. `subjects` and `changed` count what is done so far. */
export type PopulationRun = {
  readonly populationRunId: number; readonly key: string; readonly hash: string; readonly on: Day; readonly state: PopulationState; readonly actor: string; readonly askedAt: Date; readonly finishedAt: Date | null
  readonly failure: string | null; readonly total: number | null; readonly ranges: number; readonly rangesDone: number; readonly subjects: number; readonly changed: number
}

// An integer that no subject reaches: the last range is open.
const END = Number.MAX_SAFE_INTEGER

/** Keeps the wish for a run over everybody. */
export async function insertPopulationRun(tx: Tx, run: { readonly key: string; readonly hash: string; readonly on: Day; readonly actor: string; readonly at: Date }): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into evaluation.population_run (population_run_id, model_key, model_hash, evaluated_on, state, actor, asked_at)
    values (nextval('evaluation.population_run_id'), ${run.key}, ${run.hash}, ${run.on}, 'waiting', ${run.actor}, ${run.at}) returning population_run_id as id`.execute(tx)
  return rows[0]!.id
}

/** Runs over everybody of a model, newest first; of all models without a key; one by its number. */
export async function listPopulationRuns(db: Queryable, { key = null, id = null, open = false }: { key?: string | null; id?: number | null; open?: boolean }): Promise<PopulationRun[]> {
  const { rows } = await sql<PopulationRun>`select p.population_run_id as "populationRunId", p.model_key as key, p.model_hash as hash, p.evaluated_on as on, state, actor, asked_at as "askedAt", finished_at as "finishedAt", failure,
      p.subjects as total, count(r.from_id)::integer as ranges, count(r.run_id)::integer as "rangesDone", coalesce(sum(run.subjects), 0)::bigint as subjects, coalesce(sum(run.changed + run.ended), 0)::bigint as changed
    from evaluation.population_run p left join evaluation.population_range r using (population_run_id) left join evaluation.run on run.run_id = r.run_id
    where (${key}::text is null or p.model_key = ${key}) and (${id}::bigint is null or p.population_run_id = ${id}) and (not ${open}::boolean or state in ('waiting', 'running'))
    group by p.population_run_id order by p.population_run_id desc limit 50`.execute(db)
  return rows
}

/** Marks a run as begun, on a day, unless it is over. Answers whether it goes on. */
export async function beginPopulationRun(db: Db, id: number, on: Day, hash: string): Promise<boolean> {
  const { rows } = await sql`update evaluation.population_run set state = 'running', evaluated_on = ${on}, model_hash = ${hash} where population_run_id = ${id} and state in ('waiting', 'running') returning 1`.execute(db)
  return rows.length > 0
}

/** Ends a run that is not over yet. Answers whether it did. */
export async function endPopulationRun(db: Queryable, id: number, state: 'done' | 'cancelled' | 'failed', at: Date, failure: string | null = null): Promise<boolean> {
  const { rows } = await sql`update evaluation.population_run set state = ${state}, finished_at = ${at}, failure = ${failure} where population_run_id = ${id} and state in ('waiting', 'running') returning 1`.execute(db)
  return rows.length > 0
}

/** Draws the ranges of a run, of about so many subjects each and at least so many; once. */
export async function drawRanges(db: Db, id: number, each: number, atLeast: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows: [run] } = await sql<{ subjects: number | null }>`select subjects from evaluation.population_run where population_run_id = ${id} for update`.execute(tx)
    if (run!.subjects !== null) return
    const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from subjects.subject`.execute(tx)
    const parts = Math.max(1, Math.min(count!.total, Math.max(atLeast, Math.ceil(count!.total / each))))
    const { rows } = await sql<{ from: number }>`select min(subject_id) as from from (select subject_id, ntile(${parts}::integer) over (order by subject_id) as part from subjects.subject) as parted group by part order by 1`.execute(tx)
    // The first begins before everybody and the last ends after: results of those who are registered no more fall away too.
    const from = [0, ...rows.slice(1).map((row) => row.from)]
    await sql`insert into evaluation.population_range (population_run_id, from_id, below_id) select ${id}::bigint, from_id, below_id
      from ${given({ from_id: ['bigint', from], below_id: ['bigint', [...from.slice(1), END]] })}`.execute(tx)
    await sql`update evaluation.population_run set subjects = ${count!.total} where population_run_id = ${id}`.execute(tx)
  })
}

/** The ranges of a run that are still to be done, in order. */
export async function listOpenRanges(db: Db, id: number): Promise<IdRange[]> {
  const { rows } = await sql<IdRange>`select from_id as from, below_id as below from evaluation.population_range where population_run_id = ${id} and run_id is null order by from_id`.execute(db)
  return rows
}

/** Notes in the transaction that evaluated a range that it is done. */
export async function markRange(tx: Tx, id: number, from: number, runId: number): Promise<void> {
  await sql`update evaluation.population_range set run_id = ${runId} where population_run_id = ${id} and from_id = ${from} and run_id is null`.execute(tx)
}

/** What a model would do: how its results would lie, and beside the present results of a model which grades would change. */
export type Trial = {
  readonly subjects: number; readonly average: string | null
  readonly grades: readonly { readonly grade: string; readonly subjects: number }[]
  readonly moves: readonly { readonly from: string | null; readonly to: string | null; readonly subjects: number }[]
  readonly movers: readonly { readonly subjectId: number; readonly name: string; readonly type: string; readonly uscc: string | null; readonly from: string | null; readonly to: string | null; readonly scoreFrom: string | null; readonly scoreTo: string | null }[]
}

/** Tries a model on a day over everybody, beside what stands by the model of a key, in a transaction that cannot write. Gives up to `most` of those who move, the furthest first. */
export async function tryModel(db: Db, model: Model, beside: string, on: Day, most: number): Promise<Trial> {
  return db.transaction().execute(async (tx) => {
    await sql`set transaction read only`.execute(tx)
    await sql`set local jit = off`.execute(tx)
    const { rows: [row] } = await sql<{ trial: Trial }>`with fresh as materialized (${compileToSql(model, defaultSource, { on })}),
      beside as materialized (select subject_id, r.grade as before, f.grade as after, r.score as score_before, f.score as score_after
        from fresh f full join (select subject_id, score, grade from evaluation.result where model_key = ${beside}) r using (subject_id)),
      movers as (select b.subject_id as "subjectId", s.name, s.type, s.uscc, before as "from", after as "to", score_before::text as "scoreFrom", score_after::text as "scoreTo"
        from (select * from beside where before is distinct from after order by abs(score_after - score_before) desc nulls last, subject_id limit ${most}) b join subjects.subject s using (subject_id)
        order by abs(score_after - score_before) desc nulls last, subject_id)
      select json_build_object('subjects', (select count(*) from fresh), 'average', (select round(avg(score), 2)::text from fresh),
        'grades', coalesce((select json_agg(g) from (select grade, count(*) as subjects from fresh group by 1 order by 1) g), '[]'),
        'moves', coalesce((select json_agg(m) from (select before as "from", after as "to", count(*) as subjects from beside where before is distinct from after group by 1, 2 order by 3 desc, 1, 2) m), '[]'),
        'movers', coalesce((select json_agg(x) from movers x), '[]')) as trial`.execute(tx)
    return row!.trial
  })
}

import type { Day } from '../../../kernel/day.ts'
import { compileToSql, defaultSource, type Model } from '../../../engines/scoring/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Adoption } from '../models.ts'

/** Whom a run evaluates: everybody, some subjects, or everybody from a number on and before another. */
export type Scope = 'all' | { readonly subjects: readonly number[] } | { readonly range: IdRange }
/** Subjects from `from` on and before `below`. */
export type IdRange = { readonly from: number; readonly below: number }
/** Why a run was made. */
export type Cause = 'records' | 'subjects' | 'model' | 'daily'
/** A run (评价批次) of one model. */
export type Run = {
  readonly runId: number
  readonly key: string
  readonly hash: string
  readonly policyHash: string
  readonly on: Day
  readonly cause: Cause
  readonly subjects: number
  readonly changed: number
  readonly ended: number
  readonly digest: string
}
/** A run that is to be made; with `model` null all results of the key in the scope fall away. */
export type RunAsked = Omit<Run, 'runId' | 'subjects' | 'changed' | 'ended' | 'digest'> & { readonly model: Adoption | null; readonly scope: Scope; readonly at: Date }

/**
 * Evaluates a model for a scope, writes only what came out differently, and keeps the run; results of subjects that the model no longer concerns fall away.
 * Null, and nothing is kept, when all came out as before, unless the model is why: its results are the ones that stand.
 */
export async function score(tx: Tx, asked: RunAsked): Promise<Run | null> {
  const { key, model, on, scope } = asked
  const runId = await nextRunId(tx)
  // Compiling the long statement to machine code takes longer than running it.
  await sql`set local jit = off`.execute(tx)
  const first = !(await anyStands(tx, key, scope))
  const ended = first ? 0 : await endResults(tx, key, model, on, scope, runId)
  const subjects = model === null ? 0 : await countConcerned(tx, model, scope)
  const written = model === null ? sql`written as (select subject_id, score, grade, holds_until from evaluation.result where false)` : first ? added(model, on, scope, runId) : differing(model, on, scope, runId)
  const { rows: [kept] } = await sql<{ changed: number; digest: string }>`with ${written}
    insert into evaluation.run (run_id, model_key, model_hash, policy_hash, evaluated_on, cause, subjects, changed, ended, digest, changed_subjects, at)
    select ${runId}::bigint, ${key}, ${asked.hash}, ${asked.policyHash}, ${on}::date, ${asked.cause}, ${subjects}::bigint, count(*), ${ended}::bigint, ${digestSql('written')}, coalesce(array_agg(subject_id order by subject_id), '{}'), ${asked.at}::timestamptz
    from written having ${asked.cause}::text = 'model' or count(*) + ${ended}::bigint > 0 returning changed, digest`.execute(tx)
  return kept === undefined ? null : { runId, key, hash: asked.hash, policyHash: asked.policyHash, on, cause: asked.cause, subjects, ended, ...kept }
}

/** Where nothing stands yet, results are simply added. */
function added({ model, hash }: Adoption, on: Day, scope: Scope, runId: number) {
  return sql`written as (
      insert into evaluation.result (subject_id, model_key, score, grade, evaluated_on, holds_until, model_hash, run_id)
      select f.subject_id, ${model.key}, f.score, f.grade, ${on}::date, f.holds_until, ${hash}, ${runId}::bigint from (${fresh(model, on, scope)}) as f
      returning subject_id, score, grade, holds_until)`
}

/** Elsewhere what stands is compared before anything is written: a row that only conflicts would be locked, and that is a write too. */
function differing({ model, hash }: Adoption, on: Day, scope: Scope, runId: number) {
  return sql`written as materialized (
      select f.*, r.subject_id is not null as stood from (${fresh(model, on, scope)}) as f
      left join evaluation.result r on r.subject_id = f.subject_id and r.model_key = ${model.key} and ${within('r', scope)}
      where (r.score, r.grade, r.holds_until, r.model_hash) is distinct from (f.score, f.grade, f.holds_until, ${hash})),
    changed as (
      update evaluation.result r set score = w.score, grade = w.grade, evaluated_on = ${on}, holds_until = w.holds_until, model_hash = ${hash}, run_id = ${runId}
      from written w where w.stood and r.subject_id = w.subject_id and r.model_key = ${model.key}),
    added as (
      insert into evaluation.result (subject_id, model_key, score, grade, evaluated_on, holds_until, model_hash, run_id)
      select subject_id, ${model.key}, score, grade, ${on}::date, holds_until, ${hash}, ${runId}::bigint from written where not stood)`
}

function fresh(model: Model, on: Day, scope: Scope) {
  return compileToSql(model, defaultSource, { on, ...(scope === 'all' ? {} : scope) })
}

async function anyStands(tx: Tx, key: string, scope: Scope): Promise<boolean> {
  const { rows } = await sql`select 1 from evaluation.result r where model_key = ${key} and ${within('r', scope)} limit 1`.execute(tx)
  return rows.length > 0
}

async function endResults(tx: Tx, key: string, one: Adoption | null, on: Day, scope: Scope, runId: number): Promise<number> {
  const concerned = one === null ? sql`false` : sql`exists (select 1 from subjects.subject s where s.subject_id = r.subject_id and ${concernedBy(one)})`
  const { rows } = await sql<{ count: number }>`with gone as (
      delete from evaluation.result r where model_key = ${key} and ${within('r', scope)} and not ${concerned} returning subject_id)
    , noted as (insert into evaluation.ended_result (subject_id, run_id, model_key, ended_on) select subject_id, ${runId}, ${key}, ${on} from gone returning 1)
    select count(*) as count from noted`.execute(tx)
  return rows[0]!.count
}

async function countConcerned(tx: Tx, one: Adoption, scope: Scope): Promise<number> {
  if (scope !== 'all' && 'subjects' in scope) return scope.subjects.length
  const { rows } = await sql<{ count: number }>`select count(*) as count from subjects.subject s where ${concernedBy(one)} and ${within('s', scope)}`.execute(tx)
  return rows[0]!.count
}

/** The subjects whose results expire by a day, in order, by key. One reading of all results a day is cheaper than an index that every change of a result must keep. */
export async function listExpiring(tx: Tx, by: Day): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ key: string; subjects: number[] }>`select model_key as key, array_agg(subject_id order by subject_id) as subjects from evaluation.result where holds_until <= ${by} group by 1`.execute(tx)
  return new Map(rows.map(({ key, subjects }) => [key, subjects]))
}

/** Which keys can concern these subjects: by sector, and those under which they stand scored. */
export async function keysConcerning(tx: Tx, subjects: readonly number[]): Promise<{ sectors: Set<string>; keys: Set<string> }> {
  const { rows } = await sql<{ sector: string | null; key: string | null }>`
    select distinct sector, null::text as key from subjects.subject, unnest(sectors) as sector where subject_id = any(${[...subjects]}::bigint[])
    union select distinct null, model_key from evaluation.result where subject_id = any(${[...subjects]}::bigint[])`.execute(tx)
  return { sectors: new Set(rows.flatMap(({ sector }) => sector ?? [])), keys: new Set(rows.flatMap(({ key }) => key ?? [])) }
}

/** The number of the next run. */
async function nextRunId(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('evaluation.run_id') as id`.execute(tx)
  return rows[0]!.id
}

/** Runs by number. */
export async function findRuns(db: Queryable, runIds: readonly number[]): Promise<Run[]> {
  const { rows } = await sql<Run>`select run_id as "runId", model_key as key, model_hash as hash, policy_hash as "policyHash", evaluated_on as on, cause, subjects, changed, ended, digest
    from evaluation.run where run_id = any(${[...runIds]}::bigint[])`.execute(db)
  return rows
}

/** How many results each run left that still stand, and the digest over them: lines of subject, score, grade and day, in order of subject. */
export async function summaryOf(db: Queryable, runIds: readonly number[]): Promise<Map<number, { changed: number; digest: string }>> {
  const { rows } = await sql<{ run_id: number; changed: number; digest: string }>`select r.run_id, count(*) as changed, ${digestSql('r')} as digest
    from evaluation.run cross join unnest(run.changed_subjects) as changed_subject
    join evaluation.result r on r.subject_id = changed_subject and r.model_key = run.model_key and r.run_id = run.run_id
    where run.run_id = any(${[...runIds]}::bigint[]) group by r.run_id`.execute(db)
  return new Map(rows.map(({ run_id: runId, changed, digest }) => [runId, { changed, digest }]))
}

// Of no rows it is SHA-256 of nothing.
function digestSql(row: string) {
  const of = (column: string) => sql.id(row, column)
  return sql`encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', ${of('subject_id')}, ${of('score')}, ${of('grade')}, coalesce(${of('holds_until')}::text, '-')), E'\n' order by ${of('subject_id')}), ''), 'UTF8')), 'hex')`
}

/** Results that a fresh evaluation does not confirm: none, unless a table was changed behind the back of the acts. */
export async function listDrift(db: Queryable, one: Adoption, on: Day): Promise<{ subjectId: number; kept: string | null; fresh: string | null }[]> {
  const { rows } = await sql<{ subjectId: number; kept: string | null; fresh: string | null }>`
    select coalesce(r.subject_id, f.subject_id) as "subjectId", r.score || ' ' || r.grade || ' ' || coalesce(r.holds_until::text, '-') as kept, f.score || ' ' || f.grade || ' ' || coalesce(f.holds_until::text, '-') as fresh
    from (select * from evaluation.result where model_key = ${one.model.key}) as r
    full join (select subject_id, score, grade, holds_until from (${compileToSql(one.model, defaultSource, { on })}) as scored) as f on f.subject_id = r.subject_id
    where (r.score, r.grade, r.holds_until) is distinct from (f.score, f.grade, f.holds_until) order by 1`.execute(db)
  return rows
}

function within(row: string, scope: Scope) {
  if (scope === 'all') return sql`true`
  return 'range' in scope ? inRange(row, scope.range) : sql`${sql.id(row, 'subject_id')} = any(${[...scope.subjects]}::bigint[])`
}

function inRange(row: string, { from, below }: IdRange) {
  return sql`${sql.id(row, 'subject_id')} >= ${from}::bigint and ${sql.id(row, 'subject_id')} < ${below}::bigint`
}

/** Whom a model concerns, as `appliesTo` of the scoring engine has it. */
function concernedBy({ model: { sector, subject_types: types } }: Adoption) {
  const ofSector = sector === 'all' ? sql`true` : sql`s.sectors @> array[${sector}]::text[]`
  return types === null ? ofSector : sql`${ofSector} and s.type = any(${[...types]}::text[])`
}

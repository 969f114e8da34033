import type { Day } from '../../../kernel/day.ts'
import { compileToSql, defaultSource } from '../../../engines/scoring/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Adoption } from '../models.ts'

/** Whom a run evaluates: everybody, some subjects, those whose result expires by a day, or everybody from a number on and before another. */
export type Scope = 'all' | { readonly subjects: readonly number[] } | { readonly expiredBy: Day } | { readonly range: IdRange }
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

/**
 * Evaluates a model for a scope and writes only what came out differently. Results of subjects that the model no longer concerns fall away;
 * with `model` null all of the key's in the scope do.
 */
export async function score(tx: Tx, { key, model, on, scope, runId }: { key: string; model: Adoption | null; on: Day; scope: Scope; runId: number }): Promise<{ subjects: number; changed: number; ended: number; digest: string }> {
  const ended = await endResults(tx, key, model, on, scope, runId)
  const subjects = model === null ? 0 : await upsertResults(tx, model, on, scope, runId)
  return { subjects, ended, ...(await summaryOf(tx, [runId])).get(runId) ?? { changed: 0, digest: EMPTY } }
}

async function endResults(tx: Tx, key: string, one: Adoption | null, on: Day, scope: Scope, runId: number): Promise<number> {
  const concerned = one === null ? sql`false` : sql`exists (select 1 from subjects.subject s where s.subject_id = r.subject_id and ${concernedBy(one)})`
  const { rows } = await sql<{ count: number }>`with gone as (
      delete from evaluation.result r where model_key = ${key} and ${within(key, scope)} and not ${concerned} returning subject_id)
    , noted as (insert into evaluation.ended_result (subject_id, run_id, model_key, ended_on) select subject_id, ${runId}, ${key}, ${on} from gone returning 1)
    select count(*) as count from noted`.execute(tx)
  return rows[0]!.count
}

async function upsertResults(tx: Tx, one: Adoption, on: Day, scope: Scope, runId: number): Promise<number> {
  const { key } = one.model
  const range = scope !== 'all' && 'range' in scope ? scope.range : undefined
  const subjects = scope === 'all' || range ? undefined : 'subjects' in scope ? scope.subjects : await expiredSubjects(tx, key, (scope as { expiredBy: Day }).expiredBy)
  if (subjects?.length === 0) return 0
  // Compiling the long statement to machine code takes longer than running it.
  await sql`set local jit = off`.execute(tx)
  // What stands is compared before anything is written: a row that only conflicts would be locked, and that is a write too.
  await sql`insert into evaluation.result (subject_id, model_key, score, grade, evaluated_on, holds_until, model_hash, run_id)
    select f.subject_id, ${key}, f.score, f.grade, ${on}::date, f.holds_until, ${one.hash}, ${runId}::bigint from (${compileToSql(one.model, defaultSource, { on, subjects, range })}) as f
    left join (select * from evaluation.result r where model_key = ${key} and ${subjects ? sql`r.subject_id = any(${[...subjects]}::bigint[])` : within(key, scope)}) as r on r.subject_id = f.subject_id
    where (r.score, r.grade, r.holds_until, r.model_hash) is distinct from (f.score, f.grade, f.holds_until, ${one.hash})
    on conflict (subject_id, model_key) do update
    set score = excluded.score, grade = excluded.grade, evaluated_on = excluded.evaluated_on, holds_until = excluded.holds_until, model_hash = excluded.model_hash, run_id = excluded.run_id`.execute(tx)
  if (subjects !== undefined) return subjects.length
  const { rows } = await sql<{ count: number }>`select count(*) as count from subjects.subject s where ${concernedBy(one)} and ${range ? inRange('s', range) : sql`true`}`.execute(tx)
  return rows[0]!.count
}

async function expiredSubjects(tx: Tx, key: string, by: Day): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select subject_id as id from evaluation.result where model_key = ${key} and holds_until <= ${by}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Which keys can concern these subjects: by sector, and those under which they stand scored. */
export async function keysConcerning(tx: Tx, subjects: readonly number[]): Promise<{ sectors: Set<string>; keys: Set<string> }> {
  const { rows } = await sql<{ sector: string | null; key: string | null }>`
    select distinct sector, null::text as key from subjects.subject, unnest(sectors) as sector where subject_id = any(${[...subjects]}::bigint[])
    union select distinct null, model_key from evaluation.result where subject_id = any(${[...subjects]}::bigint[])`.execute(tx)
  return { sectors: new Set(rows.flatMap(({ sector }) => sector ?? [])), keys: new Set(rows.flatMap(({ key }) => key ?? [])) }
}

/** The keys of which some result expires by a day. */
export async function keysExpiring(tx: Queryable, keys: readonly string[], by: Day): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select key from unnest(${[...keys]}::text[]) as key
    where exists (select 1 from evaluation.result where model_key = key and holds_until <= ${by})`.execute(tx)
  return rows.map(({ key }) => key)
}

/** The number of the next run. */
export async function nextRunId(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('evaluation.run_id') as id`.execute(tx)
  return rows[0]!.id
}

/** Keeps a run. */
export async function insertRun(tx: Tx, run: Run, at: Date): Promise<void> {
  await sql`insert into evaluation.run (run_id, model_key, model_hash, policy_hash, evaluated_on, cause, subjects, changed, ended, digest, at)
    values (${run.runId}, ${run.key}, ${run.hash}, ${run.policyHash}, ${run.on}, ${run.cause}, ${run.subjects}, ${run.changed}, ${run.ended}, ${run.digest}, ${at})`.execute(tx)
}

/** Runs by number. */
export async function findRuns(db: Queryable, runIds: readonly number[]): Promise<Run[]> {
  const { rows } = await sql<Run>`select run_id as "runId", model_key as key, model_hash as hash, policy_hash as "policyHash", evaluated_on as on, cause, subjects, changed, ended, digest
    from evaluation.run where run_id = any(${[...runIds]}::bigint[])`.execute(db)
  return rows
}

/** SHA-256 of nothing: the digest of a run that changed no result. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** How many results each run left that still stand, and the digest over them: lines of subject, score, grade and day, in order of subject. */
export async function summaryOf(db: Queryable, runIds: readonly number[]): Promise<Map<number, { changed: number; digest: string }>> {
  const { rows } = await sql<{ run_id: number; changed: number; digest: string }>`select run_id, count(*) as changed,
      encode(sha256(convert_to(string_agg(concat_ws(' ', subject_id, score, grade, coalesce(holds_until::text, '-')), E'\n' order by subject_id), 'UTF8')), 'hex') as digest
    from evaluation.result where run_id = any(${[...runIds]}::bigint[]) group by run_id`.execute(db)
  return new Map(rows.map(({ run_id: runId, changed, digest }) => [runId, { changed, digest }]))
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

function within(key: string, scope: Scope) {
  if (scope === 'all') return sql`true`
  if ('range' in scope) return inRange('r', scope.range)
  return 'subjects' in scope ? sql`r.subject_id = any(${[...scope.subjects]}::bigint[])` : sql`r.holds_until <= ${scope.expiredBy}`
}

function inRange(row: string, { from, below }: IdRange) {
  return sql`${sql.id(row, 'subject_id')} >= ${from}::bigint and ${sql.id(row, 'subject_id')} < ${below}::bigint`
}

/** Whom a model concerns, as `appliesTo` of the scoring engine has it. */
function concernedBy({ model: { sector, subject_types: types } }: Adoption) {
  const ofSector = sector === 'all' ? sql`true` : sql`s.sectors @> array[${sector}]::text[]`
  return types === null ? ofSector : sql`${ofSector} and s.type = any(${[...types]}::text[])`
}

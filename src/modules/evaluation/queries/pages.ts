import type { Day } from '../../../kernel/day.ts'
import type { Reach } from '../../../engines/procedure/index.ts'
import { compileToSql, defaultSource } from '../../../engines/scoring/index.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import { ofSubjectsWithin } from '../../subjects/index.ts'
import type { Adoption } from '../models.ts'

/** How the results of a model lie: by grade, in all, and on average (two decimals). */
export type Spread = { readonly subjects: number; readonly average: string | null; readonly least: string | null; readonly most: string | null; readonly grades: readonly { readonly grade: string; readonly subjects: number }[] }

/** The spread of the results of every model, by key; `within`: of subjects that a limited permission reaches. */
export async function listSpreads(db: Queryable, keys: readonly string[], within: Reach | null): Promise<Map<string, Spread>> {
  const { rows } = await sql<{ key: string; grade: string; subjects: number; total: string; least: string; most: string }>`select model_key as key, grade, count(*) as subjects, sum(score) as total, min(score) as least, max(score) as most
    from evaluation.result where model_key = any(${[...keys]}::text[]) and ${ofSubjectsWithin(within, 'subject_id')} group by 1, 2`.execute(db)
  return new Map([...Map.groupBy(rows, ({ key }) => key)].map(([key, graded]) => {
    const subjects = graded.reduce((sum, row) => sum + row.subjects, 0)
    const number = (pick: (row: (typeof rows)[number]) => string, choose: (...values: number[]) => number) => String(choose(...graded.map((row) => Number(pick(row)))))
    return [key, {
      subjects, average: (graded.reduce((sum, row) => sum + Number(row.total), 0) / subjects).toFixed(2), least: number(({ least }) => least, Math.min), most: number(({ most }) => most, Math.max),
      grades: graded.map(({ grade, subjects: count }) => ({ grade, subjects: count })),
    }]
  }))
}

/** How many results lie in each of so many equal steps between two scores; what lies outside counts in the outer steps. */
export async function listDistribution(db: Queryable, key: string, from: number, below: number, steps: number, within: Reach | null): Promise<number[]> {
  const { rows } = await sql<{ step: number; subjects: number }>`select greatest(1, least(${steps}::integer, width_bucket(score, ${from}::numeric, ${below}::numeric, ${steps}::integer))) as step, count(*) as subjects
    from evaluation.result where model_key = ${key} and ${ofSubjectsWithin(within, 'subject_id')} group by 1`.execute(db)
  return Array.from({ length: steps }, (_, at) => rows.find(({ step }) => step === at + 1)?.subjects ?? 0)
}

/** A result as a list shows it. */
export type ResultRow = { readonly subjectId: number; readonly key: string; readonly score: string; readonly grade: string; readonly hash: string; readonly evaluatedOn: Day; readonly holdsUntil: Day | null }

/** The results of one subject. */
export async function listResultsOf(db: Queryable, subjectId: number): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`select subject_id as "subjectId", model_key as key, score, grade, model_hash as hash, evaluated_on as "evaluatedOn", holds_until as "holdsUntil"
    from evaluation.result where subject_id = ${subjectId} order by model_key`.execute(db)
  return rows
}

/** Which results are wanted; null is any. `within`: of subjects that a limited permission reaches. */
export type ResultsAsked = { readonly grade: string | null; readonly within: Reach | null }

/** A result as the list of a model shows it. `type`: what the subject is by the register, for how its name is shown. */
export type ListedResult = { readonly subjectId: number; readonly name: string; readonly type: string; readonly uscc: string | null; readonly score: string; readonly grade: string; readonly holdsUntil: Day | null }

/** A page of the results of a model, the lowest scores first. */
export async function listResults(db: Queryable, key: string, { grade, within }: ResultsAsked, window: { readonly offset: number; readonly limit: number }): Promise<{ rows: ListedResult[]; total: number }> {
  const where = sql`r.model_key = ${key} and (${grade}::text is null or r.grade = ${grade}) and ${ofSubjectsWithin(within, 'r.subject_id')}`
  const { rows } = await sql<ListedResult>`select r.subject_id as "subjectId", s.name, s.type, s.uscc, r.score, r.grade, r.holds_until as "holdsUntil"
    from evaluation.result r join subjects.subject s on s.subject_id = r.subject_id where ${where} order by r.score, r.subject_id offset ${window.offset} limit ${window.limit}`.execute(db)
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from evaluation.result r where ${where}`.execute(db)
  return { rows, total: count!.total }
}

/** The same as the records and the law of another day have it, evaluated now: nothing is kept. */
export async function listResultsOn(db: Queryable, { model }: Adoption, on: Day, { grade, within }: ResultsAsked, window: { readonly offset: number; readonly limit: number }): Promise<{ rows: ListedResult[]; total: number }> {
  const { rows } = await sql<ListedResult & { total: number }>`select r.subject_id as "subjectId", s.name, s.type, s.uscc, r.score, r.grade, r.holds_until as "holdsUntil", r.total
    from (select *, count(*) over () as total from (${compileToSql(model, defaultSource, { on })}) as scored where (${grade}::text is null or grade = ${grade}) and ${ofSubjectsWithin(within, 'scored.subject_id')} order by score, subject_id offset ${window.offset} limit ${window.limit}) r
    join subjects.subject s on s.subject_id = r.subject_id order by r.score, r.subject_id`.execute(db)
  return { rows, total: rows[0]?.total ?? 0 }
}

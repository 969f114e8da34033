import type { Reach } from '../../../engines/procedure/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import { ofSubjectsWithin } from '../../subjects/index.ts'
import type { Because, Direction } from '../grading.ts'

/** A grade as pages show it. */
export type GradeRow = {
  readonly gradeId: number
  readonly subjectId: number
  readonly model: string
  readonly hash: string | null
  readonly scale: string
  readonly grade: string
  readonly score: string | null
  readonly evaluatedGrade: string | null
  readonly origin: 'received' | 'local'
  readonly fromOn: Day
  readonly untilOn: Day | null
  readonly because: Because
  readonly recordedAt: Date
}

/** Every grade that a subject has had, the present and newest first. */
export async function listGradesOf(db: Queryable, subjectId: number): Promise<GradeRow[]> {
  const { rows } = await sql<GradeRow>`select grade_id as "gradeId", subject_id as "subjectId", model_key as model, model_hash as hash, scale, grade, score, evaluated_grade as "evaluatedGrade", origin,
      from_on as "fromOn", until_on as "untilOn", because, recorded_at as "recordedAt"
    from grading.grade where subject_id = ${subjectId} order by until_on desc nulls first, grade_id desc`.execute(db)
  return rows
}

/** A change of grade as the list shows it. */
export type ChangeRow = {
  readonly gradeId: number
  readonly subjectId: number
  readonly subjectName: string
  readonly subjectType: string
  readonly model: string
  readonly hash: string | null
  readonly from: string | null
  readonly fromScale: string | null
  readonly to: string
  readonly toScale: string
  readonly direction: Direction
  readonly on: Day
  readonly recordedAt: Date
  readonly because: Because
  /** It is the grade that stands today. */
  readonly stands: boolean
}

/** Which changes are asked for. */
export type ChangesAsked = { readonly from: Day | null; readonly until: Day | null; readonly model: string | null; readonly direction: Direction | null; readonly within: Reach | null; readonly offset: number; readonly limit: number }

/** A page of changes of grade by day, the newest first. */
export async function listChanges(db: Queryable, { from, until, model, direction, within, offset, limit }: ChangesAsked): Promise<{ rows: ChangeRow[]; total: number }> {
  const where = sql`(${from}::date is null or g.from_on >= ${from}) and (${until}::date is null or g.from_on <= ${until}) and (${model}::text is null or g.model_key = ${model}) and (${direction}::text is null or g.direction = ${direction}) and ${ofSubjectsWithin(within, 'g.subject_id')}`
  const { rows } = await sql<ChangeRow>`select g.grade_id as "gradeId", g.subject_id as "subjectId", s.name as "subjectName", s.type as "subjectType", g.model_key as model, g.model_hash as hash, b.grade as from, b.scale as "fromScale", g.grade as to, g.scale as "toScale",
      g.direction, g.from_on as on, g.recorded_at as "recordedAt", g.because, g.until_on is null as stands
    from (select * from grading.grade g where ${where} order by g.from_on desc, g.grade_id desc offset ${offset} limit ${limit}) g
    join subjects.subject s on s.subject_id = g.subject_id left join grading.grade b on b.subject_id = g.subject_id and b.grade_id = g.before_id
    order by g.from_on desc, g.grade_id desc`.execute(db)
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from grading.grade g where ${where}`.execute(db)
  return { rows, total: count!.total }
}

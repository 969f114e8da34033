import type { Day } from '../../../kernel/day.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Scales } from '../../evaluation/index.ts'
import { PUBLIC_KEY, type Because, type Cap, type Cause, type Direction } from '../grading.ts'

/** A change that is due: what stands, and what should stand (null: nothing any more). */
export type DueChange = {
  readonly subjectId: number
  readonly key: string
  readonly present: { readonly gradeId: number; readonly scale: string; readonly grade: string; readonly fromOn: Day } | null
  readonly next: {
    readonly scale: string
    readonly grade: string
    readonly score: string | null
    readonly evaluated: string | null
    readonly origin: 'received' | 'local'
    readonly hash: string | null
    readonly recordId: number | null
  } | null
  /** The public grade received for the subject, if one stands. */
  readonly received: { readonly scale: string; readonly grade: string; readonly decidedOn: Day; readonly documentNumber: string } | null
  /** The run from which the result is: number, day and cause. */
  readonly run: { readonly runId: number; readonly on: Day; readonly cause: Exclude<Cause, 'received'> } | null
  /** Records that became known since the present grade was written, newest first. */
  readonly fresh: number[]
}

/** A model as grading looks at it: the results of which hash are on which scale, and whether it stands in for the public grade. */
export type GradedModel = { readonly hash: string; readonly scale: string; readonly public: boolean }

/** Which grades of some subjects are no longer what they should be. One statement for all of them. */
export async function listDueChanges(tx: Tx, subjects: readonly number[], on: Day, models: readonly GradedModel[], scales: Scales, caps: readonly Cap[]): Promise<DueChange[]> {
  const ids = sql`${[...subjects]}::bigint[]`
  const marks = Object.entries(scales).flatMap(([scale, { grades }]) => grades.map(({ key, rank }) => ({ scale, key, rank })))
  const { rows } = await sql<Row>`with models as (select * from ${given({ model_hash: ['text', models.map(({ hash }) => hash)], scale: ['text', models.map(({ scale }) => scale)], public: ['boolean', models.map((model) => model.public)] })}),
    marks as (select * from ${given({ scale: ['text', marks.map(({ scale }) => scale)], grade: ['text', marks.map(({ key }) => key)], rank: ['integer', marks.map(({ rank }) => rank)] })}),
    caps as (select * from ${given({ scale: ['text', caps.map(({ scale }) => scale)], grade: ['text', caps.map(({ grade }) => grade)], best_rank: ['integer', caps.map(({ best_rank }) => best_rank)] })}),
    received as (
      select distinct on (r.subject_id) r.subject_id, m.scale, r.grade, r.decided_on, r.record_id, r.document_number
      from records.standing r join marks m on m.scale = any(r.tags) and m.grade = r.grade
      where r.subject_id = any(${ids}) and r.known_until = 'infinity' and r.kind = 'public-grade' and not r.withdrawn and r.decided_on <= ${on}
        and (r.use_ends_on is null or r.use_ends_on > ${on}) and (r.ends_on is null or r.ends_on > ${on})
      order by r.subject_id, r.decided_on desc, r.record_id desc),
    evaluated as (
      select distinct on (r.subject_id, 2) r.subject_id, case when m.public then ${PUBLIC_KEY} else r.model_key end as model_key, m.scale, r.grade as evaluated_grade, r.score, r.model_hash, r.run_id,
        case when not m.public and k.rank < c.best_rank then coalesce((select l.grade from marks l where l.scale = m.scale and l.rank >= c.best_rank order by l.rank limit 1), r.grade) else r.grade end as grade
      from evaluation.result r join models m on m.model_hash = r.model_hash
      left join received p on p.subject_id = r.subject_id
      left join caps c on c.scale = p.scale and c.grade = p.grade
      left join marks k on k.scale = m.scale and k.grade = r.grade
      where r.subject_id = any(${ids}) and not (m.public and p.subject_id is not null)
      order by r.subject_id, 2, r.run_id desc),
    desired as (
      select subject_id, model_key, scale, grade, score, evaluated_grade, 'local' as origin, model_hash, run_id, null::bigint as record_id, null::date as decided_on from evaluated
      union all select subject_id, ${PUBLIC_KEY}, scale, grade, null, null, 'received', null, null, record_id, decided_on from received),
    present as (select * from grading.grade where subject_id = any(${ids}) and until_on is null)
    select coalesce(d.subject_id, g.subject_id) as "subjectId", coalesce(d.model_key, g.model_key) as key, g.grade_id, g.scale as present_scale, g.grade as present_grade, g.from_on,
      d.scale, d.grade, d.score, d.evaluated_grade, d.origin, d.model_hash, d.record_id, p.scale as received_scale, p.grade as received_grade, p.decided_on, p.document_number,
      u.run_id, u.evaluated_on, u.cause,
      array(select r.record_id from records.standing r where r.subject_id = d.subject_id and r.known_until = 'infinity' and g.recorded_at is not null and r.known_from > g.recorded_at order by r.known_from desc, r.record_id desc limit 20) as fresh
    from desired d full join present g on g.subject_id = d.subject_id and g.model_key = d.model_key
    left join received p on p.subject_id = d.subject_id
    left join evaluation.run u on u.run_id = d.run_id
    where (d.scale, d.grade, d.origin, d.evaluated_grade, d.record_id, d.decided_on) is distinct from (g.scale, g.grade, g.origin, g.evaluated_grade, g.record_id, g.decided_on)
    order by 1, 2`.execute(tx)
  return rows.map(dueChangeOf)
}

type Row = {
  subjectId: number; key: string; grade_id: number | null; present_scale: string; present_grade: string; from_on: Day
  scale: string | null; grade: string; score: string | null; evaluated_grade: string | null; origin: 'received' | 'local'; model_hash: string | null; record_id: number | null
  received_scale: string | null; received_grade: string; decided_on: Day; document_number: string; run_id: number | null; evaluated_on: Day; cause: Exclude<Cause, 'received'>; fresh: number[]
}

function dueChangeOf(row: Row): DueChange {
  return {
    subjectId: row.subjectId, key: row.key, fresh: row.fresh,
    present: row.grade_id === null ? null : { gradeId: row.grade_id, scale: row.present_scale, grade: row.present_grade, fromOn: row.from_on },
    next: row.scale === null ? null : { scale: row.scale, grade: row.grade, score: row.score, evaluated: row.evaluated_grade, origin: row.origin, hash: row.model_hash, recordId: row.record_id },
    received: row.received_scale === null ? null : { scale: row.received_scale, grade: row.received_grade, decidedOn: row.decided_on, documentNumber: row.document_number },
    run: row.run_id === null ? null : { runId: row.run_id, on: row.evaluated_on, cause: row.cause },
  }
}

/** A grade as it is written. */
export type NewGrade = {
  readonly subjectId: number
  readonly gradeId: number
  readonly key: string
  readonly scale: string
  readonly grade: string
  readonly score: string | null
  readonly evaluatedGrade: string | null
  readonly origin: 'received' | 'local'
  readonly recordId: number | null
  readonly hash: string | null
  readonly decidedOn: Day | null
  readonly fromOn: Day
  readonly beforeId: number | null
  readonly direction: Direction
  readonly because: Because
}

/** Fresh numbers of grades. */
export async function nextGradeIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select nextval('grading.grade_id') as id from generate_series(1, ${count}) order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Ends grades that stood: each on its first day without it. */
export async function endGrades(tx: Tx, ends: readonly { readonly subjectId: number; readonly gradeId: number; readonly untilOn: Day }[]): Promise<void> {
  if (ends.length === 0) return
  await sql`update grading.grade g set until_on = ending.until_on from (select * from ${given({
    subject_id: ['bigint', ends.map(({ subjectId }) => subjectId)], grade_id: ['bigint', ends.map(({ gradeId }) => gradeId)], until_on: ['date', ends.map(({ untilOn }) => untilOn)],
  })}) as ending where g.subject_id = ending.subject_id and g.grade_id = ending.grade_id`.execute(tx)
}

/** Writes grades that stand from now on. */
export async function insertGrades(tx: Tx, grades: readonly NewGrade[], policyHash: string, at: Date): Promise<void> {
  if (grades.length === 0) return
  await sql`insert into grading.grade (subject_id, grade_id, model_key, scale, grade, score, evaluated_grade, origin, record_id, model_hash, decided_on, from_on, before_id, direction, because, policy_hash, recorded_at)
    select subject_id, grade_id, model_key, scale, grade, score, evaluated_grade, origin, record_id, model_hash, decided_on, from_on, before_id, direction, because::jsonb, ${policyHash}, ${at} from ${given({
      subject_id: ['bigint', grades.map(({ subjectId }) => subjectId)],
      grade_id: ['bigint', grades.map(({ gradeId }) => gradeId)],
      model_key: ['text', grades.map(({ key }) => key)],
      scale: ['text', grades.map(({ scale }) => scale)],
      grade: ['text', grades.map(({ grade }) => grade)],
      score: ['numeric', grades.map(({ score }) => score)],
      evaluated_grade: ['text', grades.map(({ evaluatedGrade }) => evaluatedGrade)],
      origin: ['text', grades.map(({ origin }) => origin)],
      record_id: ['bigint', grades.map(({ recordId }) => recordId)],
      model_hash: ['text', grades.map(({ hash }) => hash)],
      decided_on: ['date', grades.map(({ decidedOn }) => decidedOn)],
      from_on: ['date', grades.map(({ fromOn }) => fromOn)],
      before_id: ['bigint', grades.map(({ beforeId }) => beforeId)],
      direction: ['text', grades.map(({ direction }) => direction)],
      because: ['text', grades.map(({ because }) => JSON.stringify(because))],
    })}`.execute(tx)
}

/** A written grade by number, with the end of the one before. */
export type WrittenGrade = Omit<NewGrade, 'subjectId' | 'gradeId'> & { readonly id: number; readonly policyHash: string; readonly beforeUntil: Day | null }

/** Grades by number, as they were written. */
export async function findGrades(db: Queryable, gradeIds: readonly number[]): Promise<WrittenGrade[]> {
  const { rows } = await sql<WrittenGrade>`select g.grade_id as id, g.model_key as key, g.scale, g.grade, g.score, g.evaluated_grade as "evaluatedGrade", g.origin, g.record_id as "recordId", g.model_hash as hash, g.decided_on as "decidedOn",
      g.from_on as "fromOn", g.direction, g.because, g.before_id as "beforeId", b.until_on as "beforeUntil", g.policy_hash as "policyHash"
    from grading.grade g left join grading.grade b on b.subject_id = g.subject_id and b.grade_id = g.before_id where g.grade_id = any(${[...gradeIds]}::bigint[])`.execute(db)
  return rows
}

/** Until when grades stood, by number. */
export async function findEnds(db: Queryable, gradeIds: readonly number[]): Promise<{ readonly id: number; readonly until: Day | null }[]> {
  const { rows } = await sql<{ id: number; until: Day | null }>`select grade_id as id, until_on as until from grading.grade where grade_id = any(${[...gradeIds]}::bigint[])`.execute(db)
  return rows
}

// @clause 4.8
import type { Day } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/db/index.ts'

/** An objection that is pending (异议处理中) to a subject's registration, or to its grade by a model. */
export type Objected = { readonly subjectId: number; readonly about: 'grade' | 'registration'; readonly model: string | null; readonly since: Day }
/** What is pending about some subjects: a later module's answer. */
export type ObjectedOf = (db: Queryable, subjectIds: readonly number[]) => Promise<readonly Objected[]>

/** Rows with the mark of a pending objection, as lists show it: since when, null without; `concerns` says whether one is about what the row shows. */
export async function withMarks<Row extends { readonly subjectId: number }>(db: Queryable, objectedOf: ObjectedOf, rows: readonly Row[], concerns: (one: Objected, row: Row) => boolean = () => true): Promise<(Row & { objectedSince: Day | null })[]> {
  const pending = Map.groupBy(rows.length === 0 ? [] : await objectedOf(db, [...new Set(rows.map(({ subjectId }) => subjectId))]), ({ subjectId }) => subjectId)
  return rows.map((row) => ({ ...row, objectedSince: (pending.get(row.subjectId) ?? []).filter((one) => concerns(one, row)).map(({ since }) => since).sort()[0] ?? null }))
}

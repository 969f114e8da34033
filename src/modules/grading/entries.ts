import type { Day } from '../../kernel/day.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { EntryType } from '../../engines/ledger/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { findEnds, findGrades, type NewGrade } from './queries/changes.ts'

/** What a change of grade says to the ledger; with it the end of the grade before. */
export function witnessOfGrade(grade: Omit<NewGrade, 'subjectId' | 'gradeId'> & { readonly policyHash: string; readonly beforeUntil: Day | null }): JsonObject {
  const { cause, words, recordIds, runId } = grade.because
  return {
    model: grade.key, scale: grade.scale, grade: grade.grade, score: grade.score, evaluated_grade: grade.evaluatedGrade, origin: grade.origin, record_id: grade.recordId, model_hash: grade.hash,
    decided_on: grade.decidedOn, from_on: grade.fromOn, direction: grade.direction, because: { cause, words: { ...words }, recordIds: [...recordIds], runId },
    before: grade.beforeId === null ? null : { grade_id: grade.beforeId, until_on: grade.beforeUntil }, policy_hash: grade.policyHash,
  }
}

async function gradeWitness(db: Queryable, gradeIds: number[]): Promise<Map<number, JsonObject>> {
  return new Map((await findGrades(db, gradeIds)).map((row) => [row.id, witnessOfGrade(row)]))
}

/** What the end of a grade that no other follows says to the ledger. */
export function witnessOfEnd(untilOn: Day): JsonObject {
  return { until_on: untilOn }
}

async function endWitness(db: Queryable, gradeIds: number[]): Promise<Map<number, JsonObject>> {
  return new Map((await findEnds(db, gradeIds)).flatMap(({ id, until }) => (until === null ? [] : [[id, witnessOfEnd(until)] as const])))
}

/** The kinds of entry of this module: 等级变动, 等级终止. */
export const gradingEntryTypes: readonly EntryType[] = [
  { name: 'grade.changed', table: { relation: 'grading.grade', key: 'grade_id' }, witness: gradeWitness },
  { name: 'grade.ended', witness: endWitness },
]

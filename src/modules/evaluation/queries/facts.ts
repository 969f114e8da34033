import type { Day } from '../../../kernel/day.ts'
import type { Fact, Subject } from '../../../engines/scoring/index.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'

/** A version of a record with what a line shows of it. */
export type KnownFact = Fact & { readonly document_number: string }
/** A subject with its name and code. */
export type NamedSubject = Subject & { readonly name: string; readonly uscc: string | null }

/** The present versions of the records of some subjects, or (`all`) every version that was ever known. */
export async function listFacts(db: Queryable, subjects: readonly number[], all = false): Promise<Map<number, KnownFact[]>> {
  const { rows } = await sql<KnownFact>`select subject_id, record_id, fact_id, kind, document_number, decided_on, ends_on, use_ends_on, class, tags, department, sector, amount_fen, grade, known_from, nullif(known_until, 'infinity') as known_until, withdrawn
    from records.standing where subject_id = any(${[...subjects]}::bigint[]) and (${all} or known_until = 'infinity') order by subject_id, decided_on, record_id, version`.execute(db)
  return Map.groupBy(rows, (row) => row.subject_id)
}

/** Subjects that may be evaluated, by number. */
export async function findSubjects(db: Queryable, subjects: readonly number[]): Promise<Map<number, NamedSubject>> {
  const { rows } = await sql<NamedSubject>`select subject_id, type, status, industry, sectors, founded_on, name, uscc from subjects.subject where subject_id = any(${[...subjects]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.subject_id, row]))
}

/** How a subject was registered on a day, as known at an instant; null when nothing was yet. */
export async function findSubjectOn(db: Queryable, subjectId: number, on: Day, knownAt: Date | null): Promise<Subject | null> {
  const { rows: [row] } = await sql<Subject & { sectors: string[] }>`select subject_id, content->>'type' as type, content->>'status' as status, content->>'industry' as industry,
      array(select jsonb_array_elements_text(content->'sectors')) as sectors, (content->>'foundedOn')::date as founded_on
    from subjects.registration where subject_id = ${subjectId} and effective_on <= ${on} and (${knownAt}::timestamptz is null or recorded_at <= ${knownAt}) order by registration_id desc limit 1`.execute(db)
  return row ?? null
}

import { sql, type Queryable } from '../../../platform/db/index.ts'
import { PERSONAL_KINDS } from '../persons.ts'
import type { Identifier } from '../subjects.ts'

/** An id of a person among the codes of a subject; `value` is readable where it was never sealed. */
export type PersonalIdentifier = Identifier & { readonly subjectId: number; readonly sealed: string | null }

/** Ids of persons of the next subjects after a number, all of a subject at a time. */
export async function listPersonalIdentifiers(db: Queryable, after: number, subjects: number): Promise<PersonalIdentifier[]> {
  const { rows } = await sql<PersonalIdentifier>`select subject_id as "subjectId", kind, value, sealed from subjects.identifier where kind = any(${PERSONAL_KINDS}::text[]) and subject_id in
    (select subject_id from subjects.identifier where subject_id > ${after} and kind = any(${PERSONAL_KINDS}::text[]) group by subject_id order by subject_id limit ${subjects}) order by subject_id, kind, value`.execute(db)
  return rows
}

/** Puts an id in the place of the same one that is readable, sealed by another key, or looked up by another digest; while the key of the digests changes it may stand there under both. */
export async function replaceIdentifier(db: Queryable, { subjectId, kind, value }: PersonalIdentifier, next: { readonly value: string; readonly sealed: string }): Promise<void> {
  if (next.value === value) return void await sql`update subjects.identifier set sealed = ${next.sealed} where subject_id = ${subjectId} and kind = ${kind} and value = ${value}`.execute(db)
  await sql`insert into subjects.identifier (subject_id, kind, value, sealed) values (${subjectId}, ${kind}, ${next.value}, ${next.sealed}) on conflict do nothing`.execute(db)
  await sql`insert into subjects.identifier_owner (kind, value, subject_id) select kind, ${next.value}::text, subject_id from subjects.identifier_owner where kind = ${kind} and value = ${value} on conflict do nothing`.execute(db)
  await sql`delete from subjects.identifier where subject_id = ${subjectId} and kind = ${kind} and value = ${value}`.execute(db)
  await sql`delete from subjects.identifier_owner where kind = ${kind} and value = ${value}`.execute(db)
}

/** A registration that holds ids of persons. */
export type PersonalContent = { readonly registrationId: number; readonly subjectId: number; readonly codes: readonly Identifier[] }

/** Registrations that hold ids of persons, after a number. */
export async function listPersonalContents(db: Queryable, after: number, limit: number): Promise<PersonalContent[]> {
  const { rows } = await sql<PersonalContent>`select registration_id as "registrationId", subject_id as "subjectId", content->'codes' as codes from subjects.registration
    where registration_id > ${after} and exists (select 1 from jsonb_array_elements(content->'codes') as code where code->>'kind' = any(${PERSONAL_KINDS}::text[])) order by registration_id limit ${limit}`.execute(db)
  return rows
}

/** Puts codes in the place of the same ones sealed by another key. */
export async function replaceContent(db: Queryable, { registrationId, subjectId }: PersonalContent, codes: readonly Identifier[]): Promise<void> {
  await sql`update subjects.registration set content = content || ${JSON.stringify({ codes })}::text::jsonb where subject_id = ${subjectId} and registration_id = ${registrationId}`.execute(db)
}

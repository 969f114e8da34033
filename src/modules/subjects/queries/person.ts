import { REMOVED } from '../../../kernel/masking/index.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import { MANY_DIGITS } from '../../privacy/index.ts'
import { PERSONAL_KINDS } from '../persons.ts'

/** How many registrations there are of subjects. */
export async function countRegistrations(db: Queryable, subjectIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from subjects.registration where subject_id = any(${[...subjectIds]}::bigint[])`.execute(db)
  return rows[0]!.count
}

/** Takes name, codes and everything else that tells who it is from natural persons in the register, their history and the search. Answers the registrations. */
export async function emptyPersons(tx: Tx, subjectIds: readonly number[]): Promise<number[]> {
  const ids = sql`any(${[...subjectIds]}::bigint[])`
  await sql`update subjects.subject set name = ${REMOVED}, legal_representative = null, place = null, founded_on = null, name_lines = '', name_grams = '{}' where subject_id = ${ids} and type = 'natural-person'`.execute(tx)
  await sql`delete from subjects.name where subject_id = ${ids}`.execute(tx)
  await sql`insert into subjects.name (subject_id, name) select subject_id, ${REMOVED} from subjects.subject where subject_id = ${ids}`.execute(tx)
  for (const table of ['identifier', 'identifier_owner']) await sql`delete from ${sql.table(`subjects.${table}`)} where subject_id = ${ids} and kind = any(${[...PERSONAL_KINDS]}::text[])`.execute(tx)
  const { rows } = await sql<{ id: number }>`update subjects.registration set reason = case when reason is null then null else ${REMOVED} end,
      content = content || jsonb_build_object('name', ${REMOVED}::text, 'legalRepresentative', null, 'place', null, 'foundedOn', null, 'codes',
        (select coalesce(jsonb_agg(code), '[]') from jsonb_array_elements(content->'codes') as code where code->>'kind' <> all(${[...PERSONAL_KINDS]}::text[])))
    where subject_id = ${ids} returning registration_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What officers wrote about a registration: why it was made, and why a code was admitted. */
export type Notes = { readonly subjectId: number; readonly registrationId: number; readonly reason: string | null; readonly codeNote: string | null }

/** Notes in which many digits stand. */
export async function listNotes(db: Queryable): Promise<Notes[]> {
  const { rows } = await sql<Notes>`select subject_id as "subjectId", registration_id as "registrationId", reason, content->>'codeNote' as "codeNote" from subjects.registration
    where concat_ws(' ', reason, content->>'codeNote') ~ ${MANY_DIGITS}`.execute(db)
  return rows
}

/** Puts notes in the place of those of the same registrations, and in the register what is said of a code. */
export async function replaceNotes(tx: Tx, notes: readonly Notes[]): Promise<void> {
  if (notes.length === 0) return
  const anew = given({
    subject_id: ['bigint', notes.map(({ subjectId }) => subjectId)], registration_id: ['bigint', notes.map(({ registrationId }) => registrationId)],
    reason: ['text', notes.map(({ reason }) => reason)], code_note: ['text', notes.map(({ codeNote }) => codeNote)],
  })
  await sql`update subjects.subject as s set code_note = anew.code_note from subjects.registration as r, (select * from ${anew}) as anew
    where r.subject_id = anew.subject_id and r.registration_id = anew.registration_id and s.subject_id = r.subject_id and s.code_note = r.content->>'codeNote'`.execute(tx)
  await sql`update subjects.registration as r set reason = anew.reason, content = case when anew.code_note is null then r.content else r.content || jsonb_build_object('codeNote', anew.code_note) end
    from (select * from ${anew}) as anew where r.subject_id = anew.subject_id and r.registration_id = anew.registration_id`.execute(tx)
}

import { REMOVED } from '../../../kernel/masking/index.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
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

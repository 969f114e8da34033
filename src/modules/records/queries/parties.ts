import { given, sql, type Queryable } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import { askedFor, type SubjectByCode } from '../../subjects/index.ts'

/** What is known of a subject when a document is joined to it. */
export type PartySubject = Pick<SubjectByCode, 'subjectId' | 'uscc' | 'name' | 'formerNames' | 'type'>

/**
 * The subjects that own codes, by `kind value`: one statement for a chunk of a file. The register's door answers the same with all that
 * is registered; an import of a hundred thousand rows asks only for what it compares.
 */
export async function findParties(db: Queryable, sealing: Sealing, codes: readonly { readonly kind: string; readonly value: string }[]): Promise<Map<string, PartySubject>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<PartySubject & { key: string }>`select key, subject.subject_id as "subjectId", subject.uscc, subject.name, subject.type,
      coalesce((select array_agg(name.name) from subjects.name where name.subject_id = subject.subject_id and name.until_on is not null), '{}') as "formerNames"
    from (select distinct key, kind, value from ${given(askedFor(sealing, codes))}) as asked join subjects.identifier_owner as owner using (kind, value) join subjects.subject on subject.subject_id = owner.subject_id`.execute(db)
  return new Map(rows.map(({ key, ...subject }) => [key, subject]))
}

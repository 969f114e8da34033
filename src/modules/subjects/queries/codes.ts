import { given, sql, type Queryable } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { askedFor, openedContent } from '../persons.ts'
import { sortedCodes, type Identifier, type NameSpan, type Registered, type SubjectContent, type SubjectStatus, type SubjectType } from '../subjects.ts'

/** A subject as other modules need it to join a document to it. */
export type SubjectByCode = {
  readonly subjectId: number
  readonly uscc: string | null
  readonly name: string
  readonly formerNames: readonly string[]
  readonly type: SubjectType
  readonly sectors: readonly string[]
  /** Why an officer admitted a code that fails its check; null for all others. */
  readonly codeNote: string | null
}

/** The key under which codes stand in maps: `uscc 91460200…`. */
export function codeKey({ kind, value }: { readonly kind: string; readonly value: string }): string {
  return `${kind} ${value}`
}

/** Who owns which codes, by {@link codeKey}; codes that nobody owns are left out. Exact: kind and value. */
export async function findOwners(db: Queryable, sealing: Sealing, codes: readonly Identifier[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ key: string; subject_id: number }>`select distinct key, owner.subject_id
    from (select * from ${given(askedFor(sealing, codes))}) as asked join subjects.identifier_owner as owner using (kind, value)`.execute(db)
  return new Map(rows.map(({ key, subject_id }) => [key, subject_id]))
}

/** The subjects that own the codes, by `kind value`. An organisation code also finds the subject whose credit code holds it, if there is just one. */
export async function findSubjectsByCodes(db: Queryable, sealing: Sealing, codes: readonly { readonly kind: string; readonly value: string }[]): Promise<Map<string, SubjectByCode>> {
  const owners = await findOwners(db, sealing, codes as readonly Identifier[])
  const inner = codes.filter((code) => code.kind === 'organisation-code' && !owners.has(codeKey(code))).map(({ value }) => value)
  if (inner.length > 0) {
    const { rows } = await sql<{ value: string; subject_id: number }>`select substr(value, 9, 9) as value, min(subject_id) as subject_id from subjects.identifier_owner
      where kind = 'uscc' and substr(value, 9, 9) = any(${inner}::text[]) group by 1 having count(distinct subject_id) = 1`.execute(db)
    for (const { value, subject_id } of rows) owners.set(codeKey({ kind: 'organisation-code', value }), subject_id)
  }
  const subjects = await findRegistered(db, sealing, [...owners.values()])
  return new Map([...owners].flatMap(([key, subjectId]) => {
    const found = subjects.get(subjectId)
    return found ? [[key, byCode(found)] as const] : []
  }))
}

/** The subjects with all that is registered of them, by id. */
export async function findRegistered(db: Queryable, sealing: Sealing, subjectIds: readonly number[]): Promise<Map<number, Registered>> {
  if (subjectIds.length === 0) return new Map()
  const { rows } = await sql<RegisteredRow>`select subject_id, type, name, uscc, code_note, status, industry, sectors, place, department, founded_on, legal_representative,
      (select jsonb_agg(jsonb_build_object('kind', kind, 'value', coalesce(sealed, value))) from subjects.identifier where identifier.subject_id = subject.subject_id) as codes,
      (select jsonb_agg(jsonb_build_object('name', name, 'fromOn', from_on, 'untilOn', until_on) order by until_on nulls last, from_on, name) from subjects.name where name.subject_id = subject.subject_id) as names
    from subjects.subject where subject_id = any(${[...new Set(subjectIds)]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.subject_id, registeredOf(row, sealing)]))
}

/** What subjects are by the register, by id; those that do not exist are left out. */
export async function findTypes(db: Queryable, subjectIds: readonly number[]): Promise<Map<number, SubjectType>> {
  if (subjectIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; type: SubjectType }>`select subject_id as id, type from subjects.subject where subject_id = any(${[...new Set(subjectIds)]}::bigint[])`.execute(db)
  return new Map(rows.map(({ id, type }) => [id, type]))
}

/** The credit codes that were admitted by an officer although they fail their check: few. */
export async function listAdmittedCodes(db: Queryable): Promise<Set<string>> {
  const { rows } = await sql<{ uscc: string }>`select uscc from subjects.subject where code_note is not null and uscc is not null`.execute(db)
  return new Set(rows.map(({ uscc }) => uscc))
}

type RegisteredRow = {
  subject_id: number; type: SubjectType; name: string; uscc: string | null; code_note: string | null; status: SubjectStatus; industry: string | null; sectors: string[]; place: string | null
  department: string | null; founded_on: Day | null; legal_representative: string | null; codes: Identifier[] | null; names: NameSpan[] | null
}

function registeredOf(row: RegisteredRow, sealing: Sealing): Registered {
  const stored: SubjectContent = {
    type: row.type, name: row.name, uscc: row.uscc, codeNote: row.code_note, status: row.status, industry: row.industry, sectors: row.sectors, place: row.place, department: row.department,
    foundedOn: row.founded_on, legalRepresentative: row.legal_representative, codes: row.codes ?? [],
  }
  const content = openedContent(sealing, row.subject_id, stored)
  return { subjectId: row.subject_id, content: { ...content, codes: sortedCodes(content.codes) }, names: row.names ?? [] }
}

function byCode({ subjectId, content, names }: Registered): SubjectByCode {
  const { uscc, name, type, sectors, codeNote } = content
  return { subjectId, uscc, name, type, sectors, codeNote, formerNames: names.filter(({ untilOn }) => untilOn !== null).map((span) => span.name) }
}

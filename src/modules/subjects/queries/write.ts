import type { Day } from '../../../kernel/day.ts'
import { given, sql, type Tx } from '../../../platform/db/index.ts'
import { searchableNames } from '../names.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import { isPersonal, lookUpOf } from '../persons.ts'
import { contentJson, type Registered, type SubjectContent } from '../subjects.ts'

/** A registration to be written, `stored` as it is kept: ids of persons sealed. `first`: the subject begins with it. */
export type NewRegistration = { readonly next: Registered; readonly stored: SubjectContent; readonly first: boolean; readonly effectiveOn: Day; readonly rowNumber: number | null; readonly reason: string | null }

/** Whoever registers subjects waits here for the other, so that no code can be given to two subjects at the same time. */
export async function holdRegister(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('subjects.register'))`.execute(tx)
}

/** Fresh ids of subjects. */
export async function newSubjectIds(tx: Tx, count: number): Promise<number[]> {
  return numbered(tx, 'subjects.subject_id', count)
}

/** Writes registrations and the projections that follow from them, in a few statements however many they are. Returns their ids, in order. */
export async function insertRegistrations(tx: Tx, sealing: Sealing, registrations: readonly NewRegistration[], from: { readonly batchId: number | null; readonly actor: string; readonly at: Date }): Promise<number[]> {
  if (registrations.length === 0) return []
  const ids = await numbered(tx, 'subjects.registration_id', registrations.length)
  await sql`insert into subjects.registration (subject_id, registration_id, content, effective_on, recorded_at, batch_id, row_number, actor, reason)
    select subject_id, registration_id, content::jsonb, effective_on, ${from.at}, ${from.batchId}, row_number, ${from.actor}, reason from ${given({
      subject_id: ['bigint', registrations.map(({ next }) => next.subjectId)],
      registration_id: ['bigint', ids],
      content: ['text', registrations.map(({ stored }) => JSON.stringify(contentJson(stored)))],
      effective_on: ['date', registrations.map(({ effectiveOn }) => effectiveOn)],
      row_number: ['integer', registrations.map(({ rowNumber }) => rowNumber)],
      reason: ['text', registrations.map(({ reason }) => reason)],
    })}`.execute(tx)
  // A subject may come twice in one chunk: its last state counts.
  const latest = [...new Map(registrations.map((one) => [one.next.subjectId, one])).values()]
  const last = latest.map(({ next }) => next)
  await writeSubjects(tx, last, from.at)
  await writeNames(tx, last)
  await writeCodes(tx, sealing, latest)
  return ids
}

async function writeSubjects(tx: Tx, subjects: readonly Registered[], at: Date): Promise<void> {
  const contents = subjects.map(({ content }) => content)
  const searchable = subjects.map(({ content, names }) => searchableNames(names.map(({ name }) => name), { person: content.type === 'natural-person' }))
  // Sector keys and pairs of characters hold no blanks, so a blank can part them: much faster than JSON.
  await sql`insert into subjects.subject (subject_id, type, name, uscc, code_note, status, industry, sectors, place, department, founded_on, legal_representative, name_lines, name_grams, registered_at)
    select subject_id, type, name, uscc, code_note, status, industry, string_to_array(sectors, ' '), place, department, founded_on, legal_representative, name_lines, string_to_array(name_grams, ' '), ${at} from ${given({
      subject_id: ['bigint', subjects.map(({ subjectId }) => subjectId)],
      type: ['text', contents.map(({ type }) => type)],
      name: ['text', contents.map(({ name }) => name)],
      uscc: ['text', contents.map(({ uscc }) => uscc)],
      code_note: ['text', contents.map(({ codeNote }) => codeNote)],
      status: ['text', contents.map(({ status }) => status)],
      industry: ['text', contents.map(({ industry }) => industry)],
      sectors: ['text', contents.map(({ sectors }) => sectors.join(' '))],
      place: ['text', contents.map(({ place }) => place)],
      department: ['text', contents.map(({ department }) => department)],
      founded_on: ['date', contents.map(({ foundedOn }) => foundedOn)],
      legal_representative: ['text', contents.map(({ legalRepresentative }) => legalRepresentative)],
      name_lines: ['text', searchable.map(({ lines }) => lines)],
      name_grams: ['text', searchable.map(({ grams }) => grams.join(' '))],
    })}
    on conflict (subject_id) do update set type = excluded.type, name = excluded.name, uscc = excluded.uscc, code_note = excluded.code_note, status = excluded.status, industry = excluded.industry,
      sectors = excluded.sectors, place = excluded.place, department = excluded.department, founded_on = excluded.founded_on, legal_representative = excluded.legal_representative,
      name_lines = excluded.name_lines, name_grams = excluded.name_grams`.execute(tx)
}

async function writeNames(tx: Tx, subjects: readonly Registered[]): Promise<void> {
  const names = subjects.flatMap((subject) => subject.names.map((span) => ({ ...span, subjectId: subject.subjectId })))
  await sql`insert into subjects.name (subject_id, name, from_on, until_on) select * from ${given({
    subject_id: ['bigint', names.map(({ subjectId }) => subjectId)],
    name: ['text', names.map(({ name }) => name)],
    from_on: ['date', names.map(({ fromOn }) => fromOn)],
    until_on: ['date', names.map(({ untilOn }) => untilOn)],
  })} on conflict (subject_id, name) do update set from_on = excluded.from_on, until_on = excluded.until_on`.execute(tx)
}

async function writeCodes(tx: Tx, sealing: Sealing, subjects: readonly NewRegistration[]): Promise<void> {
  const codes = subjects.flatMap(({ next: { subjectId, content }, stored }) => content.codes.map((code, at) => ({
    subjectId, kind: code.kind, value: lookUpOf(sealing, code), sealed: isPersonal(code.kind) ? stored.codes[at]!.value : null,
  })))
  const rows = given({
    subject_id: ['bigint', codes.map(({ subjectId }) => subjectId)], kind: ['text', codes.map(({ kind }) => kind)], value: ['text', codes.map(({ value }) => value)], sealed: ['text', codes.map(({ sealed }) => sealed)],
  })
  await sql`insert into subjects.identifier (subject_id, kind, value, sealed) select subject_id, kind, value, sealed from ${rows} on conflict do nothing`.execute(tx)
  await sql`insert into subjects.identifier_owner (kind, value, subject_id) select kind, value, subject_id from ${rows} on conflict do nothing`.execute(tx)
}

async function numbered(tx: Tx, sequence: string, count: number): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await sql<{ id: number }>`select nextval(${sql.lit(sequence)}) as id from generate_series(1, ${sql.lit(count)})`.execute(tx)
  return rows.map(({ id }) => id)
}

import type { JsonObject } from '../../../kernel/json.ts'
import { given, sql, type Db, type Queryable, type Tx } from '../../../platform/db/index.ts'
import { contentDigest, witnessOfFact, type FactRow, type StandingRow } from '../fact.ts'

/** What makes a record the same one: subject, kind and document number. */
export type DocumentKey = { readonly subjectId: number; readonly kind: string; readonly documentNumber: string }

/** A record's key as one text, for maps. */
export function keyText({ subjectId, kind, documentNumber }: DocumentKey): string {
  return `${subjectId}\n${kind}\n${documentNumber}`
}

const factColumns = sql.raw(`f.subject_id, f.fact_id, f.record_id, f.version, f.operation, f.kind, f.document_number, f.fields, f.content_digest, f.decided_on, f.received_on,
  f.recorded_at, f.department, f.batch_id, f.row_number, f.reason, f.occasion_on, f.actor, f.policy_hash`)
// The same names stand in both tables, so the standing's come with a prefix.
const standingNames = ['document_series', 'document_year', 'document_serial', 'department', 'sector', 'decided_on', 'received_on', 'report_due_on', 'report_due_provisional', 'ends_on', 'class', 'tags',
  'amount_fen', 'grade', 'public', 'public_reason', 'repairable_on', 'publicity_ends_on', 'publicity_end_reason', 'sharing_ends_on', 'sharing_end_reason', 'use_ends_on', 'use_end_reason', 'withdrawn', 'known_from'] as const
const standingColumns = sql.raw(standingNames.map((name) => `s.${name}${name === 'amount_fen' ? '::text' : ''} as s_${name}`).join(', '))

type JoinedRow = Omit<FactRow, 'standing'> & { readonly [name: string]: unknown }

function factRowOf(joined: JoinedRow): FactRow {
  const fact: Record<string, unknown> = {}
  const standing: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(joined)) if (name.startsWith('s_')) standing[name.slice(2)] = value
  else fact[name] = value
  return { ...fact, standing: standing as unknown as StandingRow } as FactRow
}

/** A record that is there already, as far as it matters for what comes again. */
export type KnownRecord = { readonly recordId: number; readonly factId: number; readonly version: number; readonly contentDigest: string; readonly withdrawn: boolean }

/** The records of documents that came before, by {@link keyText}. */
export async function findKnown(db: Queryable, keys: readonly DocumentKey[]): Promise<Map<string, KnownRecord>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<KnownRecord & DocumentKey>`select subject_id as "subjectId", d.kind, d.document_number as "documentNumber", d.record_id as "recordId", s.fact_id as "factId", s.version, f.content_digest as "contentDigest", s.withdrawn
    from ${given(keyColumns(keys))} join records.document d using (subject_id, kind, document_number)
    join records.standing s using (subject_id, record_id) join records.fact f using (subject_id, fact_id) where s.known_until = 'infinity'`.execute(db)
  return new Map(rows.map(({ subjectId, kind, documentNumber, ...known }) => [keyText({ subjectId, kind, documentNumber }), known]))
}

/**
 * Gives new records to documents that are not there yet, by {@link keyText}; the others are left out. A document that another writer files at the
 * same moment waits until that one is through, and then the record is a known one.
 */
export async function insertDocuments(tx: Tx, keys: readonly DocumentKey[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  // One order for all writers, so that they wait for one another instead of deadlocking.
  const { rows } = await sql<DocumentKey & { recordId: number }>`insert into records.document (subject_id, kind, document_number, record_id)
    select subject_id, kind, document_number, nextval('records.record_id') from (select * from ${given(keyColumns(keys))} order by 1, 2, 3) as given
    on conflict do nothing returning subject_id as "subjectId", kind, document_number as "documentNumber", record_id as "recordId"`.execute(tx)
  return new Map(rows.map((row) => [keyText(row), row.recordId]))
}

function keyColumns(keys: readonly DocumentKey[]) {
  return {
    subject_id: ['bigint', keys.map(({ subjectId }) => subjectId)], kind: ['text', keys.map(({ kind }) => kind)],
    document_number: ['text', keys.map(({ documentNumber }) => documentNumber)],
  } as const
}

/** Locks records, in one order for all, so that two writers of the same record follow one another. */
export async function lockRecords(tx: Tx, records: readonly { subjectId: number; recordId: number }[]): Promise<void> {
  if (records.length === 0) return
  await sql`select 1 from records.document d join ${given({ subject_id: ['bigint', records.map(({ subjectId }) => subjectId)], record_id: ['bigint', records.map(({ recordId }) => recordId)] })}
    using (subject_id, record_id) order by subject_id, kind, document_number for update of d`.execute(tx)
}

/** The present version of each record, by record id. */
export async function findPresent(db: Queryable, records: readonly { subjectId: number; recordId: number }[]): Promise<Map<number, FactRow>> {
  if (records.length === 0) return new Map()
  const columns = given({ subject_id: ['bigint', records.map(({ subjectId }) => subjectId)], record_id: ['bigint', records.map(({ recordId }) => recordId)] })
  const { rows } = await sql<JoinedRow>`select ${factColumns}, ${standingColumns} from ${columns}
    join records.standing s using (subject_id, record_id) join records.fact f on f.subject_id = s.subject_id and f.fact_id = s.fact_id
    where s.known_until = 'infinity'`.execute(db)
  return new Map(rows.map((row) => [row.record_id, factRowOf(row)]))
}

/** All versions of one record, the first first. */
export async function listVersions(db: Queryable, subjectId: number, recordId: number): Promise<FactRow[]> {
  const { rows } = await sql<JoinedRow>`select ${factColumns}, ${standingColumns}
    from records.standing s join records.fact f on f.subject_id = s.subject_id and f.fact_id = s.fact_id
    where s.subject_id = ${subjectId} and s.record_id = ${recordId} order by s.version`.execute(db)
  return rows.map(factRowOf)
}

/** Numbers for new versions. */
export async function nextFactIds(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select nextval('records.fact_id') as id from generate_series(1, ${count}::integer)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Appends versions, and closes the ones that they follow: a version is known until the next one is. */
export async function insertVersions(tx: Tx, rows: readonly FactRow[]): Promise<void> {
  const column = <T>(of: (row: FactRow) => T) => rows.map(of)
  await sql`insert into records.fact (subject_id, fact_id, record_id, version, operation, kind, document_number, fields, content_digest, decided_on, received_on, recorded_at, department, batch_id, row_number, reason, occasion_on, actor, policy_hash)
    select subject_id, fact_id, record_id, version, operation, kind, document_number, fields, content_digest, decided_on, received_on, recorded_at, department, batch_id, row_number, reason, occasion_on, actor, policy_hash
    from ${given({
    subject_id: ['bigint', column((row) => row.subject_id)], fact_id: ['bigint', column((row) => row.fact_id)], record_id: ['bigint', column((row) => row.record_id)],
    version: ['integer', column((row) => row.version)], operation: ['text', column((row) => row.operation)], kind: ['text', column((row) => row.kind)],
    document_number: ['text', column((row) => row.document_number)], fields: ['jsonb', column((row) => row.fields)], content_digest: ['text', column((row) => row.content_digest)],
    decided_on: ['date', column((row) => row.decided_on)], received_on: ['date', column((row) => row.received_on)], recorded_at: ['timestamptz', column((row) => row.recorded_at)],
    department: ['text', column((row) => row.department)], batch_id: ['bigint', column((row) => row.batch_id)], row_number: ['integer', column((row) => row.row_number)],
    reason: ['text', column((row) => row.reason)], occasion_on: ['date', column((row) => row.occasion_on)], actor: ['text', column((row) => row.actor)], policy_hash: ['text', column((row) => row.policy_hash)],
  })}`.execute(tx)
  const laterFrom = new Map(rows.map((row) => [`${row.record_id}/${row.version - 1}`, row.standing.known_from]))
  const here = new Set(rows.map((row) => `${row.record_id}/${row.version}`))
  const closed = rows.filter(({ record_id, version }) => version > 1 && !here.has(`${record_id}/${version - 1}`))
  if (closed.length > 0) {
    await sql`update records.standing as s set known_until = closed.known_until from (select * from ${given({
      subject_id: ['bigint', closed.map(({ subject_id }) => subject_id)], record_id: ['bigint', closed.map(({ record_id }) => record_id)],
      version: ['integer', closed.map(({ version }) => version - 1)], known_until: ['timestamptz', closed.map(({ standing }) => standing.known_from)],
    })}) as closed where s.subject_id = closed.subject_id and s.record_id = closed.record_id and s.version = closed.version`.execute(tx)
  }
  await insertStanding(tx, rows, (row) => laterFrom.get(`${row.record_id}/${row.version}`) ?? null)
}

const TAG_SEPARATOR = '\u001f'

async function insertStanding(tx: Tx, rows: readonly FactRow[], knownUntil: (row: FactRow) => Date | null): Promise<void> {
  const column = <T>(of: (row: StandingRow) => T) => rows.map(({ standing }) => of(standing))
  await sql`insert into records.standing (subject_id, record_id, version, fact_id, kind, document_number, document_series, document_year, document_serial, department, sector, decided_on, received_on,
      report_due_on, report_due_provisional, ends_on, class, tags, amount_fen, grade, public, public_reason, repairable_on, publicity_ends_on, publicity_end_reason, sharing_ends_on, sharing_end_reason,
      use_ends_on, use_end_reason, withdrawn, known_from, known_until)
    select subject_id, record_id, version, fact_id, kind, document_number, document_series, document_year, document_serial, department, sector, decided_on, received_on,
      report_due_on, report_due_provisional, ends_on, class, string_to_array(tags, ${TAG_SEPARATOR}), amount_fen::bigint, grade, public, public_reason, repairable_on, publicity_ends_on, publicity_end_reason,
      sharing_ends_on, sharing_end_reason, use_ends_on, use_end_reason, withdrawn, known_from, coalesce(known_until, 'infinity')
    from ${given({
    subject_id: ['bigint', rows.map((row) => row.subject_id)], record_id: ['bigint', rows.map((row) => row.record_id)], version: ['integer', rows.map((row) => row.version)],
    fact_id: ['bigint', rows.map((row) => row.fact_id)], kind: ['text', rows.map((row) => row.kind)], document_number: ['text', rows.map((row) => row.document_number)],
    document_series: ['text', column((one) => one.document_series)], document_year: ['integer', column((one) => one.document_year)], document_serial: ['integer', column((one) => one.document_serial)],
    department: ['text', column((one) => one.department)], sector: ['text', column((one) => one.sector)], decided_on: ['date', column((one) => one.decided_on)], received_on: ['date', column((one) => one.received_on)],
    report_due_on: ['date', column((one) => one.report_due_on)], report_due_provisional: ['boolean', column((one) => one.report_due_provisional)], ends_on: ['date', column((one) => one.ends_on)],
    class: ['text', column((one) => one.class)], tags: ['text', column((one) => one.tags.join(TAG_SEPARATOR))], amount_fen: ['text', column((one) => one.amount_fen)], grade: ['text', column((one) => one.grade)],
    public: ['boolean', column((one) => one.public)], public_reason: ['text', column((one) => one.public_reason)], repairable_on: ['date', column((one) => one.repairable_on)],
    publicity_ends_on: ['date', column((one) => one.publicity_ends_on)], publicity_end_reason: ['text', column((one) => one.publicity_end_reason)],
    sharing_ends_on: ['date', column((one) => one.sharing_ends_on)], sharing_end_reason: ['text', column((one) => one.sharing_end_reason)],
    use_ends_on: ['date', column((one) => one.use_ends_on)], use_end_reason: ['text', column((one) => one.use_end_reason)],
    withdrawn: ['boolean', column((one) => one.withdrawn)], known_from: ['timestamptz', column((one) => one.known_from)], known_until: ['timestamptz', rows.map(knownUntil)],
  })}`.execute(tx)
}

/**
 * The witnesses of versions, rebuilt from the tables. Where a version's end of knowledge does not agree with the next version's
 * beginning, the odd instant goes into the witness; so does the digest of fields that are not the ones received. The ledger finds both.
 */
export async function witnessFacts(db: Db, factIds: readonly number[]): Promise<Map<number, JsonObject>> {
  const { rows } = await sql<JoinedRow & { odd: string | null }>`select ${factColumns}, ${standingColumns},
      case when s.known_until = coalesce(later.known_from, 'infinity') then null else s.known_until::text end as odd
    from records.fact f join records.standing s on s.subject_id = f.subject_id and s.record_id = f.record_id and s.version = f.version and s.fact_id = f.fact_id
    left join records.standing later on later.subject_id = s.subject_id and later.record_id = s.record_id and later.version = s.version + 1
    where f.fact_id = any(${[...factIds]}::bigint[])`.execute(db)
  return new Map(rows.map(({ odd, ...row }) => {
    const fact = factRowOf(row as JoinedRow)
    const digest = contentDigest(fact.fields)
    return [fact.fact_id, { ...witnessOfFact(fact), ...(odd === null ? {} : { known_until: odd }), ...(digest === fact.content_digest ? {} : { fields_digest: digest }) }]
  }))
}

/** The places of versions in the ledger, by fact id; null while they wait for one. */
export async function findSequence(db: Queryable, factIds: readonly number[]): Promise<Map<number, number | null>> {
  const { rows } = await sql<{ about_id: number; seq: number | null }>`select about_id, seq from ledger.entry left join ledger.sequence using (entry_id)
    where name in ('record.filed', 'record.corrected', 'record.withdrawn', 'record.publicity-ended', 'record.deadline-recomputed') and about_id = any(${[...factIds]}::bigint[])`.execute(db)
  return new Map(rows.map(({ about_id, seq }) => [about_id, seq]))
}

/** The numbers of a record's versions and of its documents. */
export async function findNumbersOf(db: Queryable, subjectId: number, recordId: number): Promise<{ factIds: number[]; attachmentIds: number[] }> {
  const { rows } = await sql<{ id: number; attached: boolean }>`select fact_id as id, false as attached from records.fact where subject_id = ${subjectId} and record_id = ${recordId}
    union all select attachment_id, true from records.attachment where subject_id = ${subjectId} and record_id = ${recordId}`.execute(db)
  return { factIds: rows.filter(({ attached }) => !attached).map(({ id }) => id), attachmentIds: rows.filter(({ attached }) => attached).map(({ id }) => id) }
}

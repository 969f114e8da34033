import type { Rotation } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { sql, type Queryable } from '../../platform/db/index.ts'

/** An entry as the ledger page lists it. `seq` is null until it is sequenced. */
export type EntryRow = { entryId: number; seq: number | null; name: string; at: Date; actor: string; subjectId: number | null; aboutId: number | null; basis: string | null; digest: string; removalId: number | null }

type Filter = { readonly name?: string; readonly subjectId?: number; readonly aboutId?: number }

function where({ name, subjectId, aboutId }: Filter) {
  return sql`(${name ?? null}::text is null or e.name = ${name ?? null}) and (${subjectId ?? null}::bigint is null or e.subject_id = ${subjectId ?? null}) and (${aboutId ?? null}::bigint is null or e.about_id = ${aboutId ?? null})`
}

const columns = sql`e.entry_id as "entryId", s.seq, e.name, e.at, e.actor, e.subject_id as "subjectId", e.about_id as "aboutId", e.basis, encode(e.digest, 'hex') as digest,
  (select max(removal_id) from ledger.redaction r where r.entry_id = e.entry_id) as "removalId"`

/** Entries, newest first. */
export async function listEntryRows(db: Queryable, filter: Filter, offset: number, limit: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`select ${columns} from ledger.entry e left join ledger.sequence s using (entry_id)
    where ${where(filter)} order by e.entry_id desc offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** How many entries fit the filter. */
export async function countEntries(db: Queryable, filter: Filter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.entry e where ${where(filter)}`.execute(db)
  return rows[0]!.count
}

/** One entry, or null. */
export async function findEntry(db: Queryable, entryId: number): Promise<EntryRow | null> {
  const { rows } = await sql<EntryRow>`select ${columns} from ledger.entry e left join ledger.sequence s using (entry_id) where e.entry_id = ${entryId}`.execute(db)
  return rows[0] ?? null
}

/** An audit (核验) and its outcome. */
export type AuditRow = { auditId: number; at: Date; actor: string; entries: number; checkpoints: number; valid: boolean; firstProblem: JsonObject | null }

/** Keeps an audit's outcome. */
export async function insertAudit(tx: Queryable, { at, actor, entries, checkpoints, valid, firstProblem }: Omit<AuditRow, 'auditId'>): Promise<AuditRow> {
  const { rows } = await sql<{ id: number }>`insert into evidence.audit (audit_id, at, actor, entries, checkpoints, valid, first_problem)
    values (nextval('evidence.audit_id'), ${at}, ${actor}, ${entries}, ${checkpoints}, ${valid}, ${firstProblem === null ? null : JSON.stringify(firstProblem)}::jsonb) returning audit_id as id`.execute(tx)
  return { auditId: rows[0]!.id, at, actor, entries, checkpoints, valid, firstProblem }
}

const auditColumns = sql`audit_id as "auditId", at, actor, entries, checkpoints, valid, first_problem as "firstProblem"`

/** The latest audit, or null. */
export async function findLatestAudit(db: Queryable): Promise<AuditRow | null> {
  const { rows } = await sql<AuditRow>`select ${auditColumns} from evidence.audit order by audit_id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Audits by id. */
export async function listAudits(db: Queryable, ids: readonly number[]): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`select ${auditColumns} from evidence.audit where audit_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** A change of the key that signs (签名密钥轮换), as it is kept. */
export type SigningKeyRow = Rotation & { readonly signingKeyId: number; readonly at: Date; readonly actor: string }

const keyColumns = sql`signing_key_id as "signingKeyId", former, verifier_key as "verifierKey", note, at, actor`

/** All changes of the key that signs, in order. */
export async function listRotations(db: Queryable): Promise<SigningKeyRow[]> {
  const { rows } = await sql<SigningKeyRow>`select ${keyColumns} from evidence.signing_key order by signing_key_id`.execute(db)
  return rows
}

/** Changes of the key by number. */
export async function findRotations(db: Queryable, ids: readonly number[]): Promise<SigningKeyRow[]> {
  const { rows } = await sql<SigningKeyRow>`select ${keyColumns} from evidence.signing_key where signing_key_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Keeps a change of the key; null when that key, or its successor, is known already. */
export async function insertRotation(tx: Queryable, { former, verifierKey, note }: Rotation, at: Date, actor: string): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`insert into evidence.signing_key (former, verifier_key, note, at, actor) values (${former}, ${verifierKey}, ${note}, ${at}, ${actor}) on conflict do nothing returning signing_key_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** The key that signs now, as the log knows it; null where it never changed. */
export async function latestSigningKey(db: Queryable): Promise<string | null> {
  const { rows } = await sql<{ verifierKey: string }>`select verifier_key as "verifierKey" from evidence.signing_key order by signing_key_id desc limit 1`.execute(db)
  return rows[0]?.verifierKey ?? null
}

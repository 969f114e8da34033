import { sql, type Queryable } from '../../platform/db/index.ts'

/** An entry as the ledger page lists it. `seq` is null until it is sequenced. */
export type EntryRow = { entryId: number; seq: number | null; name: string; at: Date; actor: string; subjectId: number | null; aboutId: number | null; basis: string | null; digest: string }

type Filter = { readonly name?: string; readonly subjectId?: number; readonly aboutId?: number }

function where({ name, subjectId, aboutId }: Filter) {
  return sql`(${name ?? null}::text is null or e.name = ${name ?? null}) and (${subjectId ?? null}::bigint is null or e.subject_id = ${subjectId ?? null}) and (${aboutId ?? null}::bigint is null or e.about_id = ${aboutId ?? null})`
}

const columns = sql`e.entry_id as "entryId", s.seq, e.name, e.at, e.actor, e.subject_id as "subjectId", e.about_id as "aboutId", e.basis, encode(e.digest, 'hex') as digest`

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

/** Entries that wait for the sequencer. */
export async function countPending(db: Queryable): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.pending`.execute(db)
  return rows[0]!.count
}

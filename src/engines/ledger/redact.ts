// @clause X.4
import { hash } from 'node:crypto'
import { given, sql, type Queryable, type Tx } from '../../platform/db/index.ts'
import type { Randomness } from '../../platform/randomness.ts'
import { SALT_BYTES } from './append.ts'
import { contentText, digestOf, type EntryType } from './entry.ts'
import { sameHash, type Hash } from './tree.ts'

/** Rows that were changed lawfully behind their entries: `relation` is the witnessed table of their types, `ids` what `aboutId` holds. */
export type ChangedRows = { readonly relation: string; readonly ids: readonly number[] }

type Row = { entryId: number; name: string; at: Date; actor: string; subjectId: number | null; aboutId: number; basis: string | null; salt: Uint8Array; digest: Hash }

/**
 * Says of the entries about changed rows that they were changed lawfully (账目内容删除): by a removal, or, with a number below zero, since the keyed digests in them were made anew. Call it in the same
 * transaction, after the rows were changed. The leaves stay, so the log and every proof that an entry stands in it hold. What the rows say now is committed to anew under a new salt; with the earlier
 * salt goes the only way to try out what an entry said. `only` leaves all other entries as they are. Answers how many entries were touched; those that still fit are left alone.
 * Throws when a witnessed row is gone: rows are emptied, never deleted.
 */
export async function redact(tx: Tx, randomness: Randomness, types: readonly EntryType[], removalId: number, changed: readonly ChangedRows[], only?: ReadonlySet<number>): Promise<number> {
  let touched = 0
  for (const one of ofTypes(types, changed)) {
    const anew = (await entriesOf(tx, one)).filter(({ fits, entryId }) => !fits && (only?.has(entryId) ?? true)).map(({ entryId, content }) => {
      const salt = randomness.bytes(SALT_BYTES)
      return { entryId, salt: hex(salt), digest: hex(digestOf(salt, content)) }
    })
    await insertRedactions(tx, removalId, anew)
    touched += anew.length
  }
  return touched
}

/** The entries about some rows that fit what the rows say (吻合的账目). Whoever changes rows lawfully commits anew for these only, so that what was changed before on the sly is still found. */
export async function entriesThatFit(tx: Tx, types: readonly EntryType[], rows: readonly ChangedRows[]): Promise<Set<number>> {
  const fitting = new Set<number>()
  for (const one of ofTypes(types, rows)) for (const { entryId, fits } of await entriesOf(tx, one)) if (fits) fitting.add(entryId)
  return fitting
}

/** A number for a change of the digests of some rows, below zero: removals count upwards. */
export async function nextRenewal(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select -nextval('ledger.renewal_id') as id`.execute(tx)
  return rows[0]!.id
}

type OfType = { readonly type: EntryType; readonly ids: readonly number[] }

function ofTypes(types: readonly EntryType[], changed: readonly ChangedRows[]): OfType[] {
  return changed.flatMap(({ relation, ids }) => (ids.length === 0 ? [] : types.filter(({ table }) => table?.relation === relation).map((type) => ({ type, ids: [...new Set(ids)] }))))
}

/** The entries of a type about some rows: what each would say now, and whether that is what it said. */
async function entriesOf(tx: Tx, { type, ids }: OfType): Promise<{ entryId: number; content: string; fits: boolean }[]> {
  const { rows } = await sql<Row>`select e.entry_id as "entryId", name, at, actor, subject_id as "subjectId", about_id as "aboutId", basis, salt, coalesce(r.digest, e.digest) as digest
    from ledger.entry e left join lateral (${latestOf(sql`e.entry_id`)}) r on true where name = ${type.name} and about_id = any(${[...ids]}::bigint[])`.execute(tx)
  const bodies = await type.witness(tx, rows.map(({ aboutId }) => aboutId))
  return rows.map((row) => {
    const body = bodies.get(row.aboutId)
    if (body === undefined) throw new Error(`${type.name} about ${row.aboutId}: the row is gone`)
    const content = contentText({ ...row, body })
    return { entryId: row.entryId, content, fits: sameHash(digestOf(row.salt, content), row.digest) }
  })
}

async function insertRedactions(tx: Tx, removalId: number, anew: readonly { readonly entryId: number; readonly salt: string; readonly digest: string }[]): Promise<void> {
  if (anew.length === 0) return
  const columns = given({ entry_id: ['bigint', anew.map(({ entryId }) => entryId)], salt: ['text', anew.map(({ salt }) => salt)], digest: ['text', anew.map(({ digest }) => digest)] })
  await sql`update ledger.entry e set salt = decode(given.salt, 'hex') from ${columns} where e.entry_id = given.entry_id`.execute(tx)
  await sql`insert into ledger.redaction (entry_id, removal_id, digest, redaction_id) select entry_id, ${removalId}::bigint, decode(digest, 'hex'), nextval('ledger.redaction_id') from ${columns}
    on conflict (entry_id, removal_id) do update set digest = excluded.digest, redaction_id = excluded.redaction_id`.execute(tx)
}

/** The redaction of an entry that counts, for a lateral join. */
export function latestOf(entryId: ReturnType<typeof sql>) {
  return sql`select digest, removal_id from ledger.redaction where redaction.entry_id = ${entryId} order by redaction_id desc limit 1`
}

/** Of each removal the SHA-256, in hex, over its redactions in the order of their entries: what the entry of the removal says of them, so that none can be added, changed or taken away unnoticed. */
export async function redactionDigests(db: Queryable, removalIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ removalId: number; entryId: number; digest: Uint8Array }>`select removal_id as "removalId", entry_id as "entryId", digest from ledger.redaction
    where removal_id = any(${[...removalIds]}::bigint[]) order by removal_id, entry_id`.execute(db)
  const byRemoval = Map.groupBy(rows, ({ removalId }) => removalId)
  return new Map(removalIds.map((id) => [id, hash('sha256', (byRemoval.get(id) ?? []).map(({ entryId, digest }) => `${entryId} ${hex(digest)}\n`).join(''))]))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

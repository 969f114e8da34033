import { given, sql, type Tx } from '../../platform/db/index.ts'
import type { Randomness } from '../../platform/randomness.ts'
import { contentText, digestOf, type NewEntry } from './entry.ts'

const ROWS_A_STATEMENT = 10_000
/** Bytes of an entry's salt. */
export const SALT_BYTES = 16
// Most acts leave an entry or two: as plain values they cost the database and us a third of what columns for thousands do.
const FEW = 4

/**
 * Writes the entries of an act, in its transaction: they exist if and only if the act does. They get their place in the log later,
 * from the sequencer, so writers never wait for one another. Any number of entries; a few statements.
 * Throws RangeError when an entry has a body but no row to rebuild it from.
 */
export async function append(tx: Tx, randomness: Randomness, entries: readonly NewEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += ROWS_A_STATEMENT) {
    await insert(tx, randomness, entries.slice(from, from + ROWS_A_STATEMENT))
  }
}

async function insert(tx: Tx, randomness: Randomness, entries: readonly NewEntry[]): Promise<void> {
  const salts = randomness.bytes(entries.length * SALT_BYTES)
  const sealed = entries.map((entry, at) => {
    if (entry.aboutId === null && Object.keys(entry.body).length > 0) throw new RangeError(`entry ${entry.name} has a body but no aboutId to rebuild it from`)
    const salt = salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES)
    return { ...entry, salt: Buffer.from(salt).toString('hex'), digest: Buffer.from(digestOf(salt, contentText(entry))).toString('hex') }
  })
  await sql`with written as (
      insert into ledger.entry (entry_id, name, at, actor, subject_id, about_id, basis, salt, digest)
      ${sealed.length <= FEW ? valuesOf(sealed) : columnsOf(sealed)}
      returning entry_id)
    insert into ledger.pending (entry_id) select entry_id from written`.execute(tx)
}

type Sealed = NewEntry & { readonly salt: string; readonly digest: string }

function valuesOf(sealed: readonly Sealed[]) {
  return sql`values ${sql.join(sealed.map(({ name, at, actor, subjectId, aboutId, basis, salt, digest }) =>
    sql`(nextval('ledger.entry_id'), ${name}, ${at}, ${actor}, ${subjectId}, ${aboutId}, ${basis}, decode(${salt}, 'hex'), decode(${digest}, 'hex'))`))}`
}

function columnsOf(sealed: readonly Sealed[]) {
  return sql`select nextval('ledger.entry_id'), name, at, actor, subject_id, about_id, basis, decode(salt, 'hex'), decode(digest, 'hex') from ${given({
    name: ['text', sealed.map(({ name }) => name)],
    at: ['timestamptz', sealed.map(({ at }) => at)],
    actor: ['text', sealed.map(({ actor }) => actor)],
    subject_id: ['bigint', sealed.map(({ subjectId }) => subjectId)],
    about_id: ['bigint', sealed.map(({ aboutId }) => aboutId)],
    basis: ['text', sealed.map(({ basis }) => basis)],
    salt: ['text', sealed.map(({ salt }) => salt)],
    digest: ['text', sealed.map(({ digest }) => digest)],
  })}`
}

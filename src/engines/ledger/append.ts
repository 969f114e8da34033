import { given, sql, type Tx } from '../../platform/db/index.ts'
import type { Randomness } from '../../platform/randomness.ts'
import { contentText, digestOf, type NewEntry } from './entry.ts'

const ROWS_A_STATEMENT = 10_000
const SALT_BYTES = 16

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
  const salt: string[] = []
  const digest: string[] = []
  entries.forEach((entry, at) => {
    if (entry.aboutId === null && Object.keys(entry.body).length > 0) throw new RangeError(`entry ${entry.name} has a body but no aboutId to rebuild it from`)
    const own = salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES)
    salt.push(Buffer.from(own).toString('hex'))
    digest.push(Buffer.from(digestOf(own, contentText(entry))).toString('hex'))
  })
  const rows = given({
    name: ['text', entries.map(({ name }) => name)],
    at: ['timestamptz', entries.map(({ at }) => at)],
    actor: ['text', entries.map(({ actor }) => actor)],
    subject_id: ['bigint', entries.map(({ subjectId }) => subjectId)],
    about_id: ['bigint', entries.map(({ aboutId }) => aboutId)],
    basis: ['text', entries.map(({ basis }) => basis)],
    salt: ['text', salt],
    digest: ['text', digest],
  })
  await sql`with written as (
      insert into ledger.entry (entry_id, name, at, actor, subject_id, about_id, basis, salt, digest)
      select nextval('ledger.entry_id'), name, at, actor, subject_id, about_id, basis, decode(salt, 'hex'), decode(digest, 'hex') from ${rows}
      returning entry_id)
    insert into ledger.pending (entry_id) select entry_id from written`.execute(tx)
}

import { given, sql, type Tx } from '../../../platform/db/index.ts'

/** Remembers kept files that have to go. */
export async function insertFiles(tx: Tx, removalId: number, digests: readonly string[]): Promise<void> {
  await sql`insert into removals.file (digest, removal_id) select digest, ${removalId}::bigint from ${given({ digest: ['text', digests] })} on conflict (digest) do update set removal_id = excluded.removal_id, gone_at = null`.execute(tx)
}

/** Forgets what acts of these actors answered: it may name them, and nobody repeats a request after so long. */
export async function forgetAnswers(tx: Tx, actors: readonly string[]): Promise<void> {
  await sql`update platform.performed_act set answer = null where actor = any(${[...actors]}::text[])`.execute(tx)
}

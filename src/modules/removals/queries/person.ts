import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** Remembers kept files that have to go. */
export async function insertFiles(tx: Tx, removalId: number, digests: readonly string[]): Promise<void> {
  await sql`insert into removals.file (digest, removal_id) select digest, ${removalId}::bigint from ${given({ digest: ['text', digests] })} on conflict (digest) do update set removal_id = excluded.removal_id, gone_at = null`.execute(tx)
}

/** Sealed numbers of requests after one. */
export async function listSealedNumbers(db: Queryable, after: number, limit: number): Promise<{ removalId: number; idSealed: string }[]> {
  const { rows } = await sql<{ removalId: number; idSealed: string }>`select removal_id as "removalId", id_sealed as "idSealed" from removals.removal where removal_id > ${after} and id_sealed is not null order by removal_id limit ${limit}`.execute(db)
  return rows
}

/** Puts a number in the place of the same one sealed by another key. */
export async function replaceSealedNumber(db: Queryable, removalId: number, idSealed: string): Promise<void> {
  await sql`update removals.removal set id_sealed = ${idSealed} where removal_id = ${removalId}`.execute(db)
}

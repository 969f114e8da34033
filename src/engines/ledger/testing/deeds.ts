import type { JsonObject } from '../../../kernel/json.ts'
import { given, sql, type Db, type Tx } from '../../../platform/db/index.ts'
import { seededRandomness } from '../../../platform/randomness.ts'
import { append, signerOfSeed, type EntryType } from '../index.ts'

/** The instant at which everything in these tests happens. */
export const NOW = new Date('2026-11-22T01:02:03.456Z')
export const randomness = seededRandomness(7)
export const signer = signerOfSeed('haitang.example/xinheng', new Uint8Array(32).fill(7))
export const signers = [signer]

/** A table of the tests whose rows are witnessed by `deed.done`. */
export async function createDeeds(db: Db): Promise<void> {
  await sql`create schema trial`.execute(db)
  await sql`create table trial.deed (deed_id bigint primary key, says text not null)`.execute(db)
}

export const deedDone: EntryType = {
  name: 'deed.done',
  table: { relation: 'trial.deed', key: 'deed_id' },
  async witness(db, ids) {
    const { rows } = await sql<{ deed_id: number; says: string }>`select deed_id, says from trial.deed where deed_id = any(${ids}::bigint[])`.execute(db)
    return new Map(rows.map((row): [number, JsonObject] => [row.deed_id, { says: row.says }]))
  },
}

/** Does deeds: rows and entries together, as an act does. */
export async function doDeeds(tx: Tx, ids: readonly number[], name = 'deed.done', at = NOW): Promise<void> {
  await sql`insert into trial.deed (deed_id, says) select * from ${given({ deed_id: ['bigint', ids], says: ['text', ids.map((id) => `办理第${id}件`)] })}`.execute(tx)
  await append(tx, randomness, ids.map((id) => ({ name, at, actor: 'officer:test', subjectId: id % 10, aboutId: id, basis: 'ndrc-order-36 第三条', body: { says: `办理第${id}件` } })))
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)

import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A name that an officer had before (更名). */
export type Renaming = { readonly renamingId: number; readonly officerId: number; readonly former: string; readonly name: string; readonly reason: string; readonly setAt: Date; readonly setBy: string }

const columns = sql`renaming_id as "renamingId", officer_id as "officerId", former, name, reason, set_at as "setAt", set_by as "setBy"`

/** Renamings by number. */
export async function findRenamings(db: Queryable, ids: readonly number[]): Promise<Renaming[]> {
  const { rows } = await sql<Renaming>`select ${columns} from organisation.renaming where renaming_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The names that an officer had, in order. */
export async function listRenamings(db: Queryable, officerId: number): Promise<Renaming[]> {
  const { rows } = await sql<Renaming>`select ${columns} from organisation.renaming where officer_id = ${officerId} order by renaming_id`.execute(db)
  return rows
}

/** Renames an officer, and shows it in the officer's row. */
export async function insertRenaming(tx: Tx, { officerId, former, name, reason }: Omit<Renaming, 'renamingId' | 'setAt' | 'setBy'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.renaming (officer_id, former, name, reason, set_at, set_by) values (${officerId}, ${former}, ${name}, ${reason}, ${at}, ${by}) returning renaming_id as id`.execute(tx)
  await sql`update organisation.officer set name = ${name} where officer_id = ${officerId}`.execute(tx)
  return rows[0]!.id
}

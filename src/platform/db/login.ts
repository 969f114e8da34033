// @clause X.4
import { sql } from 'kysely'
import type { Database } from './db.ts'
import type { Migration } from './migrate.ts'

/** The name of the login by which the database is open. */
export async function loginOf({ db }: Pick<Database, 'db'>): Promise<string> {
  const { rows: [login] } = await sql<{ name: string }>`select session_user as name`.execute(db)
  return login!.name
}

/** Whether the login owns what it works with, so that it can read everything and change the schema. */
export async function mayChangeSchema({ db }: Pick<Database, 'db'>): Promise<boolean> {
  const { rows: [right] } = await sql<{ may: boolean }>`select has_database_privilege(current_database(), 'CREATE') as may`.execute(db)
  return right!.may
}

// No such role, not a member of it, no schema, no table: all of it means that nobody prepared the database.
const UNPREPARED = ['22023', '42501', '42704', '3F000', '42P01']

/** Whether another login has brought schema and roles to exactly these migrations. */
export async function isPrepared(database: Pick<Database, 'as'>, migrations: readonly Migration[]): Promise<boolean> {
  try {
    const { rows } = await sql<{ digest: string }>`select digest from platform.migration order by number`.execute(database.as({ role: 'worker' }))
    return rows.length === migrations.length && rows.every(({ digest }, at) => digest === migrations[at]!.digest)
  } catch (error) {
    if (UNPREPARED.includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

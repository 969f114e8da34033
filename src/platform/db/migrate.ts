import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db } from './db.ts'

/** One file of `migrations/`. */
export type Migration = { readonly number: number; readonly name: string; readonly text: string; readonly digest: string }

/** The migrations in order. Throws when a number is missing, doubled or not four digits. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql') && name !== 'schema.sql').sort()
  return names.map((name, index) => {
    const number = Number(name.slice(0, 4))
    if (number !== index + 1) throw new Error(`migrations must be numbered without gap: found ${name} at place ${index + 1}`)
    const text = readFileSync(join(folder, name), 'utf8')
    return { number, name, text, digest: createHash('sha256').update(text).digest('hex') }
  })
}

/**
 * Applies what is missing, each in a transaction. The number is inserted first, so that a second process collides at once instead
 * of doing the work twice. Refuses to go on when an applied migration was edited afterwards, or when the database is newer than the program.
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<number> {
  await sql`create schema if not exists platform`.execute(db)
  await sql`create table if not exists platform.migration (number integer primary key, name text not null, digest text not null, at timestamptz not null default now())`.execute(db)
  const { rows: applied } = await sql<{ number: number; digest: string }>`select number, digest from platform.migration order by number`.execute(db)
  if (applied.length > migrations.length) throw new Error(`the database has migration ${applied.length}, this program knows ${migrations.length}: install the newer program`)
  for (const { number, digest } of applied) {
    if (migrations[number - 1]!.digest !== digest) throw new Error(`migration ${migrations[number - 1]!.name} was edited after it was applied: restore it and write a new one`)
  }
  for (const migration of migrations.slice(applied.length)) {
    await db.transaction().execute(async (tx) => {
      await sql`insert into platform.migration (number, name, digest) values (${migration.number}, ${migration.name}, ${migration.digest})`.execute(tx)
      await sql.raw(migration.text).execute(tx)
    })
  }
  return migrations.length - applied.length
}

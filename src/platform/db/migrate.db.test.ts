// @clause X.5
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
// @ts-expect-error plain JavaScript, because it is a script
import { dumpSchema } from '../../../scripts/schema.mjs'
import { freshDatabase } from '../../../tests/support/database.ts'
import { listTables, migrate, readMigrations, sql, type Db } from './index.ts'

const migrations = readMigrations('migrations')
const database = await freshDatabase()
after(() => database.close())
const { db } = database

async function empty(): Promise<void> {
  for (const schema of new Set((await listTables(db)).map((table) => table.schema))) await sql`drop schema ${sql.id(schema)} cascade`.execute(db)
}

/** A row of each kind as soon as its table stands: what an earlier version would hold when the program is updated. */
const EARLIER: Readonly<Record<string, string>> = {
  'platform.daily_run': `insert into platform.daily_run (name, day, started_at) values ('records.provisional-deadlines', '2026-01-05', '2026-01-05 00:01+08')`,
  'ledger.entry': `insert into ledger.entry (entry_id, name, at, actor, subject_id, about_id, salt, digest) values (nextval('ledger.entry_id'), 'subject.registered', '2026-01-05 10:00+08', 'officer:a', 1, 1, '\\x01', '\\x02')`,
  'submissions.batch': `insert into submissions.batch (kind, file_name, file_digest, file_size, department, received_on, received_at, actor, state) values ('penalty', 'a.xlsx', 'x', 1, 'tax', '2026-01-05', '2026-01-05 10:00+08', 'officer:a', 'done')`,
  'subjects.subject': `insert into subjects.subject (subject_id, type, name, name_lines, name_grams, registered_at) values (1, 'enterprise', '甲公司', '甲公司', '{甲公,公司}', '2026-01-05 10:00+08')`,
  'records.fact': `insert into records.fact (subject_id, fact_id, record_id, version, operation, kind, document_number, fields, content_digest, decided_on, received_on, recorded_at, department, actor, policy_hash)
    values (1, 1, 1, 1, 'filed', 'penalty', '甲〔2026〕1号', '{}', 'x', '2026-01-02', '2026-01-05', '2026-01-05 10:00+08', 'tax', 'officer:a', 'x')`,
  'evaluation.result': `insert into evaluation.result (subject_id, model_key, score, grade, evaluated_on, model_hash, run_id) values (1, 'public-credit', 850.5, 'A', '2026-01-05', 'x', 1)`,
  'grading.grade': `insert into grading.grade (subject_id, grade_id, model_key, scale, grade, origin, from_on, direction, because, policy_hash, recorded_at) values (1, 1, 'public-credit', 'public', 'A', 'local', '2026-01-05', 'first', '{}', 'x', '2026-01-05 10:00+08')`,
}

async function standing(at: Db): Promise<Set<string>> {
  return new Set((await listTables(at)).map(({ schema, name }) => `${schema}.${name}`))
}

test('an update from every earlier version, with data in it, ends in the same schema as a new installation and keeps every row', async () => {
  await empty()
  const filled = new Set<string>()
  for (let count = 1; count <= migrations.length; count++) {
    assert.equal(await migrate(db, migrations.slice(0, count)), 1, `${migrations[count - 1]!.name} applies on what the versions before it left`)
    const tables = await standing(db)
    for (const [table, insert] of Object.entries(EARLIER)) {
      if (!tables.has(table) || filled.has(table)) continue
      await sql.raw(insert).execute(db)
      filled.add(table)
    }
  }
  assert.deepEqual([...filled].sort(), Object.keys(EARLIER).sort())
  assert.equal(String(await dumpSchema(db)), readFileSync('migrations/schema.sql', 'utf8'))
  for (const table of filled) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)
    assert.equal(rows[0]!.count, 1, table)
  }
  assert.equal(await migrate(db, migrations), 0, 'a second start has nothing to do')
})

test('a migration that was edited after it was applied is refused, and nothing is applied', async () => {
  await empty()
  await migrate(db, migrations.slice(0, 2))
  const edited = migrations.map((migration) => (migration.number === 1 ? { ...migration, digest: 'another' } : migration))
  await assert.rejects(migrate(db, edited), /edited after it was applied/)
  assert.ok(!(await standing(db)).has('subjects.subject'))
})

test('a database that a newer program made is refused', async () => {
  await empty()
  await migrate(db, migrations.slice(0, 2))
  await assert.rejects(migrate(db, migrations.slice(0, 1)), /install the newer program/)
})

test('a migration that fails leaves nothing of itself, and the next start takes it up again', async () => {
  await empty()
  const broken = { number: 2, name: '0002-broken.sql', text: 'create schema half; create table half.t (n integer); select 1 / 0', digest: 'broken' }
  await assert.rejects(migrate(db, [migrations[0]!, broken]))
  assert.ok(!(await standing(db)).has('half.t'))
  assert.equal(await migrate(db, migrations.slice(0, 2)), 1)
})

// @clause X.4
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { walls } from '../src/app/wall/tables.ts'
import { raiseWall, roleName, ROLES, sql, type Db, type Dress, type Part, type Role } from '../src/platform/db/index.ts'
import { startProgram } from './support/program.ts'

const program = await startProgram()
after(() => program.close())
const { database } = program.xinheng
const nothing: Part = { departments: [], sectors: [], subjects: [] }

type Column = { readonly table: string; readonly column: string }
let columns: Column[] = []
let tables: string[] = []
let subjects: number[] = []

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation', '2026-11-20')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation', '2026-11-20')
  await program.xinheng.settled()
  columns = (await sql<Column>`select table_schema || '.' || table_name as "table", column_name as "column" from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema', 'public') and table_name in (select relname from pg_class where relkind = 'r')`.execute(database.db)).rows
  tables = [...new Set(columns.map(({ table }) => table))].sort()
  subjects = (await sql<{ id: number }>`select distinct subject_id as id from records.fact`.execute(database.db)).rows.map(({ id }) => id)
})

class Undo extends Error {}
/** What the database says to a statement under a role: `done`, `denied` by grant or row security, or another error's code. Nothing stays. */
async function attempt(db: Db, statement: string): Promise<string> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql.raw(statement).execute(tx)
      throw new Undo()
    })
  } catch (error) {
    if (error instanceof Undo) return 'done'
    const { code } = error as { code?: string }
    return code === '42501' ? 'denied' : (code ?? String(error))
  }
  return 'done'
}
const as = (role: Role, more: Partial<Dress> = {}): Db => database.as({ role, ...more })
const idsOf = async (db: Db, table: string, column = 'subject_id'): Promise<number[]> =>
  (await sql<{ id: number }>`select distinct ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.ref(column)} is not null order by 1`.execute(db)).rows.map(({ id }) => id)

test('every table stands in the wall (src/app/wall/tables.ts), and nothing stands there that is no table', () => {
  assert.deepEqual(tables.filter((table) => !walls.some((wall) => wall.table === table)), [], 'add a line: by what a part of its rows is told, and what worker, keeper, auditor and business may do with it')
  assert.deepEqual(walls.filter(({ table }) => !tables.includes(table)).map(({ table }) => table), [])
})

test('what the code inserts, updates and deletes is granted to some role, and no role has more', () => {
  const done = new Map<string, Set<string>>()
  // Migrations, sealing what is kept by a new key, removing a person's data and taking archived lines out of the trail are the owner's: no role of the program may.
  for (const file of globSync('src/{platform,engines,modules,app}/**/*.ts').filter((name) => !/\.test\.ts$|\/testing\/|\/migrate\.ts$|modules\/\w+\/queries\/(sealed|person|removed)\.ts$|ledger\/redact\.ts$/.test(name))) {
    for (const [, verb, table] of readFileSync(file, 'utf8').matchAll(/\b(insert into|update|delete from) ([a-z_]+\.[a-z_]+)/g)) done.set(table!, (done.get(table!) ?? new Set()).add(verb === 'insert into' ? 'I' : verb === 'update' ? 'U' : 'D'))
    for (const [, table] of readFileSync(file, 'utf8').matchAll(/insert into ([a-z_]+\.[a-z_]+)(?:(?!insert into)[^]){0,1500}?do update/g)) done.get(table!)!.add('U')
  }
  const granted = (letter: string) => walls.filter(({ worker = '', keeper = '', auditor = '', business = '' }) => [worker, keeper, auditor, business].some((letters) => letters.replace(/\([^)]*\)/g, '').includes(letter))).map(({ table }) => table)
  for (const letter of ['I', 'U', 'D']) {
    const needed = walls.map(({ table }) => table).filter((table) => done.get(table)?.has(letter))
    assert.deepEqual(granted(letter).sort(), needed.sort(), `${letter}: granted, and needed by the code`)
  }
})

test('no role changes or removes what was entered, filed, seen or sealed, nor a password', () => {
  const kept = ['ledger.entry', 'ledger.sequence', 'ledger.checkpoint', 'records.fact', 'subjects.registration', 'audit.trail', 'audit.seal', 'audit.archive', 'identity.password', 'evidence.audit', 'evaluation.model', 'organisation.department']
  for (const { table, worker = '', keeper = '', auditor = '', business = '' } of walls.filter(({ table }) => kept.includes(table))) assert.ok(!/[UDL]/.test([worker, keeper, auditor, business].join('').replace(/\([^)]*\)/g, '')), table)
  const business = walls.filter(({ table }) => /^(subjects|records|submissions|evaluation|grading)\./.test(table))
  assert.deepEqual(business.filter(({ keeper }) => keeper !== undefined).map(({ table }) => table), [], 'administrators touch no business data')
  assert.deepEqual(walls.filter(({ table, business: letters, worker }) => table.startsWith('identity.') && table !== 'identity.mandate' && (letters !== undefined || worker !== undefined)).map(({ table }) => table), [], 'business requests reach no account; who may act for a business is told by its subject')
})

for (const role of ROLES) {
  test(`${role}: every table, every column, every way, exactly as the wall says; never the schema`, async () => {
    const wrong: string[] = []
    const db = as(role, { sees: nothing })
    for (const table of tables) {
      const wall = walls.find((one) => one.table === table)!
      const letters = (role === 'district' || role === 'part' ? wall.business : wall[role]) ?? ''
      const of = (letter: string): string[] | boolean => {
        const found = new RegExp(`${letter}(?:\\(([^)]*)\\))?`).exec(letters.replace(/\(([^)]*)\)/g, (all) => all.toLowerCase()))
        return found === null ? false : (found[1]?.split(', ') ?? true)
      }
      const expect = async (statement: string, allowed: boolean) => {
        const said = await attempt(db, statement)
        if ((said === 'denied') === allowed) wrong.push(`${statement}: ${said}`)
      }
      for (const { column } of columns.filter((one) => one.table === table)) {
        const [reads, changes] = [of('S'), of('U') || of('L')]
        await expect(`select "${column}" from ${table} limit 0`, reads === true || (Array.isArray(reads) && reads.includes(column)))
        if (!(await attempt(db, `select 1 from ${table} limit 0`)).startsWith('den')) await expect(`update ${table} set "${column}" = null where false`, changes === true || (Array.isArray(changes) && changes.includes(column)))
      }
      await expect(`delete from ${table}${of('S') ? ' where false' : ''}`, of('D') !== false)
      if (of('I') === false) await expect(`insert into ${table} default values`, false)
      for (const statement of [`truncate ${table}`, `alter table ${table} add column more integer`, `alter table ${table} disable row level security`, `drop table ${table}`, `create index on ${table} ((1))`, `create policy open on ${table} using (true)`, `create trigger t before insert on ${table} execute function suppress_redundant_updates_trigger()`]) await expect(statement, false)
    }
    for (const statement of ['create schema more', 'create table platform.more (x integer)', 'create function platform.more() returns integer language sql as $$ select 1 $$', 'create role more', 'create database more', 'create extension pg_trgm',
      `copy (select 1) to '/tmp/x'`, `copy platform.migration to program 'cat'`, 'alter role current_user superuser', `alter database ${(await sql<{ name: string }>`select current_database() as name`.execute(database.db)).rows[0]!.name} set row_security = off`]) {
      const said = await attempt(db, statement)
      if (said === 'done') wrong.push(`${statement}: ${said}`)
    }
    assert.deepEqual(wrong, [])
  })
}

test('rows that a lock may hold are not changed by it', async () => {
  const db = as('worker', { does: 'all' })
  assert.equal(await attempt(db, 'select 1 from records.document for update'), 'done')
  assert.equal(await attempt(db, `update records.document set kind = 'licence'`), 'denied')
})

test('without a reach nothing of anybody is seen or written', async () => {
  for (const dress of [{ role: 'part' }, { role: 'part', sees: nothing, does: nothing }] as const) {
    const db = database.as(dress)
    for (const { table, by } of walls.filter(({ business }) => business?.includes('S'))) {
      if (by === 'nothing') continue
      const { rows: [count] } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(db)
      assert.equal(count!.rows, 0, table)
    }
    assert.equal(await attempt(db, `insert into submissions.batch (kind, file_name, file_digest, file_size, department, received_on, received_at, actor, state) values ('subject', 'x', 'x', 1, 'water', now(), now(), 'x', 'received')`), 'denied')
  }
})

test('one department sees and writes its own batches and rows with problems, not those of another', async () => {
  const [market, water] = ['market-regulation', 'water'].map((one) => ({ departments: [one], sectors: [], subjects: [] }) satisfies Part)
  const own = as('part', { sees: market!, does: market! })
  const other = as('part', { sees: water!, does: water! })
  const all = await idsOf(database.db, 'submissions.flagged_row', 'batch_id')
  assert.ok(all.length > 0)
  assert.deepEqual(await idsOf(own, 'submissions.flagged_row', 'batch_id'), all)
  assert.deepEqual(await idsOf(other, 'submissions.flagged_row', 'batch_id'), [])
  assert.deepEqual(await idsOf(other, 'submissions.batch', 'batch_id'), [])
  const file = (department: string) => `insert into submissions.batch (kind, file_name, file_digest, file_size, department, received_on, received_at, actor, state) values ('subject', 'x', 'x', 1, '${department}', now(), now(), 'x', 'received')`
  assert.deepEqual([await attempt(own, file('market-regulation')), await attempt(own, file('water')), await attempt(as('district', { does: market! }), file('water'))], ['done', 'denied', 'denied'])
})

test('a business sees what is its own in every table, and nothing of another', async () => {
  const [first] = subjects
  const db = as('part', { sees: { ...nothing, subjects: [first!] } })
  for (const { table, by } of walls.filter(({ business, by }) => business?.includes('S') && ['register', 'subject', 'either'].includes(by))) {
    const there = (await idsOf(database.db, table)).includes(first!)
    assert.deepEqual(await idsOf(db, table), there ? [first] : [], `${table} ${by}`)
  }
})

test('a sector shows its subjects and what is known of them', async () => {
  const { rows } = await sql<{ id: number; sectors: string[] }>`select subject_id as id, to_jsonb(sectors) as sectors from subjects.subject order by 1`.execute(database.db)
  const sector = rows.flatMap((one) => one.sectors)[0]!
  const of = rows.filter((one) => one.sectors.includes(sector)).map(({ id }) => id)
  const db = as('part', { sees: { ...nothing, sectors: [sector] } })
  assert.deepEqual(await idsOf(db, 'subjects.subject'), of)
  assert.deepEqual(await idsOf(db, 'records.standing'), (await idsOf(database.db, 'records.standing')).filter((id) => of.includes(id)))
})

test('a connection keeps nothing of whoever used it before', async () => {
  await Promise.all(Array.from({ length: 40 }, async (_, at) => {
    const everything = at % 2 === 0
    const { rows: [count] } = await sql<{ rows: number; who: string }>`select count(*) as rows, current_user as who from subjects.subject`.execute(everything ? as('district') : as('part', { sees: nothing }))
    assert.deepEqual(count, { rows: everything ? count!.rows : 0, who: roleName(everything ? 'district' : 'part') })
    assert.ok(!everything || count!.rows > 0)
  }))
  await assert.rejects(as('part').transaction().execute(async (tx) => sql`select set_config('xinheng.subjects', ${String(subjects[0])}, false) from ledger.tile`.execute(tx)))
  assert.equal((await idsOf(as('part'), 'subjects.subject')).length, 0)
})

test('the wall is raised once: a second start finds it standing', async () => {
  assert.equal(await raiseWall(database.db, walls), false)
})

test('a login that has one role only cannot leave it: no other role, no reset, no other session', { skip: database.kind !== 'postgresql' }, async () => {
  const login = `xinheng_try_${randomBytes(4).toString('hex')}`
  const url = new URL(process.env.XINHENG_TEST_DATABASE_URL!)
  url.pathname = `/${(await sql<{ name: string }>`select current_database() as name`.execute(database.db)).rows[0]!.name}`
  await sql.raw(`create role ${login} login noinherit password 'try'; grant ${roleName('part')} to ${login}`).execute(database.db)
  Object.assign(url, { username: login, password: 'try' })
  const client = new pg.Client({ connectionString: url.href })
  const said = async (statement: string) => client.query(statement).then(() => 'done', (error: { code?: string }) => (error.code === '42501' ? 'denied' : error.code))
  try {
    await client.connect()
    assert.equal(await said('select 1 from subjects.subject'), 'denied')
    assert.equal(await said(`set role ${roleName('part')}`), 'done')
    assert.equal((await client.query('select 1 from subjects.subject')).rowCount, 0)
    for (const role of ROLES.filter((one) => one !== 'part')) assert.equal(await said(`set role ${roleName(role)}`), 'denied', role)
    assert.equal(await said('set session authorization postgres'), 'denied')
    assert.equal(await said('reset role'), 'done')
    for (const table of ['subjects.subject', 'records.fact', 'identity.password', 'ledger.entry', 'audit.trail']) assert.equal(await said(`select 1 from ${table}`), 'denied', table)
    assert.equal(await said(`copy ledger.entry to stdout`), 'denied')
  } finally {
    await client.end()
    await sql.raw(`drop role ${login}`).execute(database.db)
  }
})

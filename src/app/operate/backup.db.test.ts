// @clause X.5
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { freshDatabase } from '../../../tests/support/database.ts'
import { startProgram } from '../../../tests/support/program.ts'
import { usccFrom } from '../../kernel/codes/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { proveConsistency, sequencePending } from '../../engines/ledger/index.ts'
import { auditLedger } from '../../modules/evidence/contract.ts'
import { listSubjects } from '../../modules/subjects/contract.ts'
import { listTables, migrate, openEmbedded, openPostgresql, readMigrations, readRows, sql, type Database, type Db } from '../../platform/db/index.ts'
import { boot } from '../boot.ts'
import { serverOf, version } from '../server.ts'
import { checkArchive, MANIFEST, SUMS, type Manifest } from './archive.ts'
import { writeBackup } from './backup.ts'
import { makeBackup } from './contract.ts'
import { restoreBackup } from './restore.ts'
import { bytesOf, listTar, TarWriter } from './tar.ts'

const migrations = readMigrations('migrations')
const folder = mkdtempSync(join(tmpdir(), 'xinheng-backup-'))
const program = await startProgram()
after(async () => {
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

const NOW = new Date('2026-11-22T02:00:00Z')
const codes = Array.from({ length: 40 }, (_, at) => usccFrom('91460202', `XH9${String(at).padStart(5, '0')}`))
const register = (from: number, to: number) => Buffer.from(['统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人',
  ...codes.slice(from, to).map((code, at) => `${code},三亚“椰岚”${from + at}号 \\ 餐饮有限公司,企业,存续,62,市场监管,2015-03-01,符海`)].join('\n'))
await program.import('subject', register(0, 30), 'market-regulation', '2024-01-05')
await program.xinheng.settled()
const archive = join(folder, 'whole.tar')
const made = await writeBackup({ database: program.xinheng.database, data: program.data, out: archive, version, now: NOW, keys: true })
const before = await rowsOf(program.xinheng.database.db)

async function rowsOf(db: Db): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const table of await listTables(db)) found.set(`${table.schema}.${table.name}`, (await Array.fromAsync(readRows(db, table))).flatMap(({ lines }) => [...lines]).sort())
  return found
}

const refuses = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code && error.parts.message.zh !== '' && error.parts.fix.en !== ''
const nowhere = () => join(folder, `data-${randomBytes(4).toString('hex')}`)
const never = async (): Promise<Database> => assert.fail('the database was opened')

/** Every kind of database that this run has. */
const kinds = process.env.XINHENG_TEST_DATABASE_URL ? ['embedded', 'postgresql'] as const : ['embedded'] as const

for (const kind of kinds) {
  test(`what is restored into an ${kind} database is the same row by row, audits clean, and its log goes on`, async () => {
    const data = nowhere()
    const target = kind === 'postgresql' ? await freshDatabase() as Database & { url: string } : null
    await restoreBackup({ from: archive, data, version, migrations, open: async () => (target ? openPostgresql(target.url) : openEmbedded(join(data, 'database'))) })
    const xinheng = await boot({ data, databaseUrl: target?.url })
    try {
      assert.deepEqual(await rowsOf(xinheng.database.db), before)
      const { rows: [newest] } = await sql<{ size: number; root: string }>`select size, encode(root, 'hex') as root from ledger.checkpoint order by size desc limit 1`.execute(xinheng.database.db)
      assert.deepEqual(newest, { size: made.ledger.size, root: made.ledger.root })
      assert.equal(xinheng.signer.verifierKey, program.xinheng.signer.verifierKey, 'the log goes on under the same key')
      const { rows: [batch] } = await sql<{ digest: string }>`select file_digest as digest from submissions.batch`.execute(xinheng.database.db)
      assert.deepEqual(await buffer(await xinheng.world.files.read(batch!.digest)), register(0, 30), 'a received file is read by the keys of the archive')

      await xinheng.follow()
      const server = await serverOf(xinheng, { demo: false, filling: () => null })
      const audit = (await server.inject({ method: auditLedger.method, url: '/api/ledger/audit', payload: {}, headers: { authorization: `Bearer ${xinheng.commandToken}` } })).json<{ valid: boolean; firstProblem: unknown }>()
      assert.deepEqual([audit.valid, audit.firstProblem], [true, null])
      await xinheng.settled()
      await sequencePending(xinheng.database.db, { now: NOW, signers: [xinheng.signer] })
      const { rows: [grown] } = await sql<{ size: number }>`select max(size) as size from ledger.checkpoint`.execute(xinheng.database.db)
      assert.ok(grown!.size > made.ledger.size, 'the audit itself is the next act')
      await proveConsistency(xinheng.database.db, made.ledger.size, grown!.size)
      await server.close()
    } finally {
      await xinheng.close()
      await target?.close()
    }
  })
}

test('an archive unpacks with tar and checks with sha256sum, without this program', async () => {
  const sums = (await bytesOf(archive, (await listTar(archive)).at(-1)!)).toString('utf8').trim().split('\n')
  assert.ok(sums.every((line) => /^[0-9a-f]{64} {2}\S+$/.test(line)))
  assert.equal(statSync(archive).mode & 0o077, 0, 'nobody but its owner reads it: it holds the key')
  assert.ok(!readFileSync(archive).includes('餐饮有限公司'), 'files are sealed in it as they lie')
  assert.ok(made.files.count >= 1 && made.keys)
})

test('the key can be left out', async () => {
  const out = join(folder, 'without-key.tar')
  const { keys } = await writeBackup({ database: program.xinheng.database, data: program.data, out, version, now: NOW, keys: false })
  assert.equal(keys, false)
  assert.ok((await listTar(out)).every(({ name }) => !name.startsWith('keys/')))
})

test('a running server writes the backup itself, and what is filed meanwhile is either whole in it or not at all', async () => {
  const administrator = await program.officer(['system-administrator'])
  const [, answer] = await Promise.all([program.import('subject', register(30, 40), 'market-regulation', '2024-02-05'), program.call(makeBackup, {}, { as: administrator.cookie })])
  const { manifest } = await checkArchive(answer.file)
  const rows = (name: string) => manifest.tables.find((table) => `${table.schema}.${table.name}` === name)!.rows
  assert.ok(rows('subjects.subject') === 30 || rows('subjects.subject') === 40)
  assert.equal(rows('subjects.registration'), rows('subjects.subject'))
  assert.ok((await program.call(listSubjects, {})).total === 40)
})

test('a backup never overwrites a file', async () => {
  await assert.rejects(writeBackup({ database: program.xinheng.database, data: program.data, out: archive, version, now: NOW, keys: true }), refuses('backup.exists'))
})

test('a restore refuses a folder or a database that holds anything, and touches neither', async () => {
  await assert.rejects(restoreBackup({ from: archive, data: program.data, version, migrations, open: never }), refuses('restore.folder-not-empty'))
  const data = nowhere()
  const same = { ...program.xinheng.database, close: async () => undefined }
  await assert.rejects(restoreBackup({ from: archive, data, version, migrations, open: async () => same }), refuses('restore.database-not-empty'))
  assert.equal((await program.call(listSubjects, {})).total, 40)
  assert.ok(!existsSync(join(data, 'files')))
})

test('a byte changed or bytes cut off anywhere in what an archive holds is noticed before anything is restored', async () => {
  const whole = readFileSync(archive)
  const entries = (await listTar(archive)).filter(({ size }) => size > 0)
  const broken = join(folder, 'broken.tar')
  const places = fc.tuple(fc.constantFrom(...entries), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }), fc.boolean())
  await fc.assert(fc.asyncProperty(places, async ([{ at, size }, fraction, change, cut]) => {
    const place = at + Math.floor(fraction * size)
    const bytes = Buffer.from(cut ? whole.subarray(0, place) : whole)
    if (!cut) bytes[place]! ^= change
    writeFileSync(broken, bytes)
    await assert.rejects(restoreBackup({ from: broken, data: nowhere(), version, migrations, open: never }), refuses('backup.damaged'))
  }), { numRuns: 60 })
  await assert.rejects(restoreBackup({ from: join(folder, 'no-such.tar'), data: nowhere(), version, migrations, open: never }), refuses('backup.missing'))
})

test('what a newer or another program wrote is refused', async () => {
  const [first, ...others] = made.migrations
  const cases: readonly [string, Partial<Manifest> | { format: number }][] = [
    ['backup.newer', { format: 2 }], ['backup.newer', { version: '0.2.0' }], ['backup.newer', { migrations: [...made.migrations, { number: made.migrations.length + 1, name: 'later.sql', digest: 'x' }] }],
    ['backup.other-program', { migrations: [{ ...first!, digest: 'edited' }, ...others] }],
  ]
  for (const [code, change] of cases) {
    const path = join(folder, `${randomBytes(4).toString('hex')}.tar`)
    const tar = await TarWriter.create(path, NOW)
    await tar.add(SUMS, Buffer.from(`${await tar.add(MANIFEST, Buffer.from(JSON.stringify({ ...made, ...change })))}  ${MANIFEST}\n`))
    await tar.end()
    await assert.rejects(restoreBackup({ from: path, data: nowhere(), version, migrations, open: never }), refuses(code))
  }
})

test('a backup of an earlier version restores by its own migrations, and the later ones follow', async () => {
  const early = await emptyDatabase()
  await migrate(early.db, migrations.slice(0, 4))
  await sql`insert into subjects.subject (subject_id, type, name, name_lines, name_grams, registered_at) values (nextval('subjects.subject_id'), 'enterprise', '旧版企业', '旧版企业', '{旧版,版企}', now())`.execute(early.db)
  const out = join(folder, 'early.tar')
  await writeBackup({ database: early, data: nowhere(), out, version: '0.0.9', now: NOW, keys: true })
  await early.close()
  const target = await freshDatabase()
  await restoreBackup({ from: out, data: nowhere(), version, migrations, open: async () => ({ ...target, close: async () => undefined }) })
  const { rows } = await sql`select name, (select count(*) from platform.migration) as applied, (select count(*) from grading.grade) as grades, nextval('subjects.subject_id') as next from subjects.subject`.execute(target.db)
  assert.deepEqual(rows, [{ name: '旧版企业', applied: migrations.length, grades: 0, next: 2 }])
  await target.close()
})

async function emptyDatabase(): Promise<Database> {
  const database = await freshDatabase()
  for (const schema of new Set((await listTables(database.db)).map((table) => table.schema))) await sql`drop schema ${sql.id(schema)} cascade`.execute(database.db)
  return database
}

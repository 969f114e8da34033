import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { walls } from '../../src/app/wall/tables.ts'
import { prepareDatabase } from '../../src/app/wall/prepare.ts'
import { openEmbedded, openPostgresql, readMigrations, type Database } from '../../src/platform/db/index.ts'

const migrations = readMigrations(new URL('../../migrations', import.meta.url).pathname)
const digest = createHash('sha256').update(JSON.stringify([migrations.map((one) => one.digest), walls])).digest('hex').slice(0, 12)

/**
 * A fresh database for one test file, migrated and walled: PGlite on a copy of a template folder, or, when `XINHENG_TEST_DATABASE_URL`
 * names a PostgreSQL on which databases may be created, a copy of a template database there. `close()` removes it.
 */
export async function freshDatabase(): Promise<Database & { readonly url?: string }> {
  const server = process.env.XINHENG_TEST_DATABASE_URL
  return server ? freshPostgresql(server) : freshEmbedded()
}

async function freshEmbedded(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-test-'))
  await preparedFolder(folder)
  const database = await openEmbedded(folder)
  return {
    ...database,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Copies the template of the embedded database to a folder: migrating and walling an empty one takes most of a short test's time. */
export async function preparedFolder(to: string): Promise<void> {
  const templates = join(tmpdir(), 'xinheng-test-templates')
  const template = join(templates, digest)
  if (!existsSync(template)) {
    mkdirSync(templates, { recursive: true })
    const partial = mkdtempSync(join(templates, 'partial-'))
    const made = await openEmbedded(partial)
    await prepareDatabase(made, migrations)
    await made.close()
    try {
      renameSync(partial, template)
    } catch (error) {
      // Another test file made it meanwhile.
      if (!existsSync(template)) throw error
      rmSync(partial, { recursive: true })
    }
  }
  cpSync(template, to, { recursive: true })
}

async function freshPostgresql(server: string): Promise<Database & { readonly url: string }> {
  const template = `xinheng_template_${digest}`
  const name = `xinheng_test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock(7265)')
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      await admin.query(`create database ${template}_new`)
      const made = openPostgresql(databaseUrl(server, `${template}_new`))
      await prepareDatabase(made, migrations)
      await made.close()
      await admin.query(`alter database ${template}_new rename to ${template}`)
    }
    await admin.query(`create database ${name} template ${template}`)
  } finally {
    await admin.end()
  }
  const database = openPostgresql(databaseUrl(server, name))
  return {
    ...database,
    url: databaseUrl(server, name),
    async close() {
      await database.close()
      const cleaner = new pg.Client({ connectionString: server })
      await cleaner.connect()
      await cleaner.query(`drop database ${name} with (force)`)
      await cleaner.end()
    },
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, openEmbedded, openPostgresql, readMigrations, type Database } from '../../src/platform/db/index.ts'

const migrations = readMigrations(new URL('../../migrations', import.meta.url).pathname)
const state = migrations.map(({ digest }) => digest).join('').slice(0, 4000)
const digest = (await import('node:crypto')).createHash('sha256').update(state).digest('hex').slice(0, 12)

/**
 * A fresh, migrated database for one test file: PGlite in memory from a template image, or, when `XINHENG_TEST_DATABASE_URL`
 * names a PostgreSQL on which databases may be created, a copy of a template database there. `close()` removes it.
 */
export async function freshDatabase(): Promise<Database & { readonly url?: string }> {
  const server = process.env.XINHENG_TEST_DATABASE_URL
  return server ? freshPostgresql(server) : freshEmbedded()
}

async function freshEmbedded(): Promise<Database> {
  const folder = join(tmpdir(), 'xinheng-test-templates')
  const image = join(folder, `${digest}.tar`)
  if (existsSync(image)) return openEmbedded(undefined, readFileSync(image))
  const template = await openEmbedded()
  await migrate(template.db, migrations)
  mkdirSync(folder, { recursive: true })
  const partial = `${image}.${randomBytes(6).toString('hex')}`
  writeFileSync(partial, await template.dump())
  renameSync(partial, image)
  return template
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
      await migrate(made.db, migrations)
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

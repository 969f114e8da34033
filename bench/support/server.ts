import { spawnSync } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, openPostgresql, readMigrations } from '../../src/platform/db/index.ts'

/** The settings of the temporary server, as docs/performance.md states them: a small machine's, and nothing that a real server must not have but what is said there. */
export const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '4GB', effective_cache_size: '12GB', work_mem: '64MB', maintenance_work_mem: '1GB', max_wal_size: '16GB', checkpoint_timeout: '30min', wal_level: 'minimal', max_wal_senders: '0',
  synchronous_commit: 'on', fsync: 'on', random_page_cost: '1.1', max_parallel_workers_per_gather: '2', autovacuum: 'off',
}

/** A server for one run of the bench. */
export type BenchServer = {
  readonly version: string
  readonly url: string
  /** A database of its own for one part, migrated; `fill` runs once, however many parts ask for the name. Gives its URL. */
  database(name: string, fill?: (url: string) => Promise<void>): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a temporary PostgreSQL with {@link SETTINGS} and throws its data away at the end; or, while the bench itself is worked on, uses the server that
 * XINHENG_BENCH_DATABASE_URL names and keeps what was filled. Throws when there is no PostgreSQL on the machine.
 */
export async function startServer(): Promise<BenchServer> {
  const kept = process.env.XINHENG_BENCH_DATABASE_URL
  const own = kept === undefined ? startTemporary() : null
  const url = kept ?? own!.url
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const { rows: [found] } = await admin.query<{ server_version: string }>('show server_version')
  const known = new Map<string, Promise<string>>()
  return {
    version: found!.server_version, url,
    database(name, fill = async () => undefined) {
      return known.get(name) ?? known.set(name, made(admin, url, `xinheng_bench_${name}`, fill)).get(name)!
    },
    async stop() {
      await admin.end()
      own?.stop()
    },
  }
}

async function made(admin: pg.Client, server: string, name: string, fill: (url: string) => Promise<void>): Promise<string> {
  const target = new URL(server)
  target.pathname = `/${name}`
  const { rows } = await admin.query('select shobj_description(oid, \'pg_database\') = \'filled\' as filled from pg_database where datname = $1', [name])
  if (rows[0]?.filled) return target.href
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  const database = openPostgresql(target.href)
  await migrate(database.db, readMigrations(new URL('../../migrations', import.meta.url).pathname))
  await database.close()
  await fill(target.href)
  await admin.query(`comment on database ${name} is 'filled'`)
  return target.href
}

function startTemporary(): { url: string; stop(): void } {
  const binaries = globSync(['/usr/lib/postgresql/*/bin/initdb', '/usr/local/pgsql/bin/initdb', '/opt/homebrew/opt/postgresql*/bin/initdb']).sort().at(-1)?.replace(/\/initdb$/, '')
  if (binaries === undefined) throw new Error('no PostgreSQL found: install it (Debian: apt-get install postgresql)')
  const folder = mkdtempSync(join(process.env.XINHENG_BENCH_FOLDER ?? tmpdir(), 'xinheng-bench-'))
  // PostgreSQL refuses to run as root; Debian's package makes the user postgres.
  const asRoot = process.getuid?.() === 0
  if (asRoot) chownSync(folder, Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim()), -1)
  const run = (program: string, ...args: string[]) => {
    const command = [join(binaries, program), ...args]
    const { status, stderr } = spawnSync(asRoot ? 'runuser' : command[0]!, asRoot ? ['-u', 'postgres', '--', ...command] : command.slice(1), { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'] })
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
  }
  const port = 20_000 + (process.pid % 20_000)
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync')
  const settings = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: folder, ...SETTINGS }
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', Object.entries(settings).map(([key, value]) => `-c ${key}=${value}`).join(' '), '-w', 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aptInstall } from './apt.mjs'

const findBinaries = () => globSync(['/usr/lib/postgresql/*/bin/initdb', '/usr/local/pgsql/bin/initdb', '/opt/homebrew/opt/postgresql*/bin/initdb']).sort().at(-1)?.replace(/\/initdb$/, '')

/**
 * Starts a temporary PostgreSQL for one test run, or uses the one that XINHENG_TEST_DATABASE_URL names.
 * It keeps nothing and syncs nothing. Null (with the way out said) when there is no PostgreSQL to be had.
 * `own`: always a server of its own that may be crashed; what it has committed then outlives its processes, though not the machine.
 */
export function startPostgresql({ own = false } = {}) {
  if (process.env.XINHENG_TEST_DATABASE_URL && !own) return { url: process.env.XINHENG_TEST_DATABASE_URL, stop: () => undefined }
  const binaries = findBinaries() ?? (aptInstall('postgresql') ? findBinaries() : undefined)
  if (!binaries) {
    console.error('no PostgreSQL found: install it, or name a server in XINHENG_TEST_DATABASE_URL')
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-postgresql-'))
  // PostgreSQL refuses to run as root; Debian's package makes the user postgres.
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const id = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim()
    chownSync(folder, Number(id), -1)
  }
  const run = (program, ...args) => {
    const command = [join(binaries, program), ...args]
    const { status, stderr, stdout } = spawnSync(asRoot ? 'runuser' : command[0], asRoot ? ['-u', 'postgres', '--', ...command] : command.slice(1), { encoding: 'utf8', cwd: folder, stdio: ['ignore', program === 'pg_ctl' ? 'ignore' : 'pipe', 'pipe'] })
    if (status !== 0) throw new Error(`${program} failed: ${stderr}${stdout ?? ''}`)
  }
  const data = join(folder, 'data')
  const port = 20_000 + (process.pid % 20_000)
  const settings = `-p ${port} -c fsync=off -c synchronous_commit=${own ? 'on' : 'off'} -c full_page_writes=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`
  const start = ['-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start']
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync')
  run('pg_ctl', ...start)
  const postmaster = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const processesOf = (pid) => spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).stdout.split('\n').map(Number).filter((one) => one > 0)
  const kill = (pid) => {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    /** Kills one of its processes, the `share`th of them: the server notices, ends all others and recovers by itself. */
    crashOne(share) {
      const processes = processesOf(postmaster())
      kill(processes[Math.floor(share * processes.length)])
    },
    /** Kills all of it at once. */
    crash() {
      const pid = postmaster()
      for (const one of [pid, ...processesOf(pid)]) kill(one)
    },
    /** Starts it again after a crash. */
    async restart() {
      const command = [join(binaries, 'pg_ctl'), ...start]
      for (let attempt = 1; ; attempt++) {
        const child = spawn(asRoot ? 'runuser' : command[0], asRoot ? ['-u', 'postgres', '--', ...command] : command.slice(1), { cwd: folder, stdio: 'ignore' })
        const code = await new Promise((resolve) => child.once('exit', resolve))
        if (code === 0) return
        if (attempt === 20) throw new Error(`PostgreSQL does not start again: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
    },
  }
}

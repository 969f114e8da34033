import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { seededFraction } from '../../src/platform/randomness.ts'
import { startPostgresql } from '../support/postgresql.mjs'
import { Clients, dayAt } from './clients.ts'
import { Program } from './program.ts'

/** What is run: on which database, how often, and by which seed. */
export type Rounds = { readonly database: 'embedded' | 'postgresql'; readonly rounds: number; readonly seed: number; readonly log?: (line: string) => void }
/** What came of it. */
export type Outcome = { readonly kills: number; readonly checks: number; readonly answers: number; readonly silences: number }

type Kill = 'while starting' | 'at a statement' | 'at a moment' | 'of the database' | 'of one process of the database' | 'of the database and the program'

const FIRST_DAY = Date.parse('2026-11-23T09:00:00+08:00')
const DAY_MS = 86_400_000
const MODELS = new Set(['public-credit.yaml', 'market-regulation.yaml'])
const policy = fileURLToPath(new URL('../../policy', import.meta.url))

/**
 * Kills the program, or its database, round after round while clients work with it; each time it is started again a day later, whatever had no
 * answer is sent again, and everything is checked. Throws with all findings, the round and the seed as soon as something is not as it must be.
 */
export async function runRounds({ database, rounds, seed, log = () => undefined }: Rounds): Promise<Outcome> {
  const chance = seededFraction(seed)
  const clients = new Clients(chance)
  const data = mkdtempSync(join(tmpdir(), 'xinheng-kills-'))
  copyLaw(join(data, 'policy'))
  const cluster = database === 'postgresql' ? startPostgresql({ own: true }) : null
  if (database === 'postgresql' && cluster === null) throw new Error('no PostgreSQL')
  const databaseUrl = cluster === null ? undefined : await newDatabase(cluster.url)
  let standby = new Program()
  let current = standby
  let kills = 0
  let checks = 0
  const mustHold = async (url: string): Promise<void> => {
    await clients.repeat(url)
    const findings = await current.check({ check: clients.promised })
    if (findings === null) throw new Error('it died by itself while it was checked')
    if (findings.length > 0) throw new Error(findings.join('\n'))
    checks += 1
  }
  let kill: Kill = 'while starting'
  let round = 0
  try {
    for (round = 1; round <= rounds + 1; round++) {
      const last = round > rounds
      kill = last ? 'at a moment' : round <= 2 ? 'while starting' : choose(chance(), cluster !== null)
      const nowMs = FIRST_DAY + round * DAY_MS
      const started = performance.now()
      current = standby
      const order = { data, databaseUrl, policy: join(data, 'policy'), nowMs }
      if (kill === 'while starting') {
        const starting = current.start({ ...order, dieAfter: round === 1 ? 1 : 1 + Math.floor(chance() * (round === 2 ? 60 : 80)) })
        standby = new Program()
        const url = await Promise.race([starting, setTimeout(15_000, null)])
        if (url !== null || current.alive) current.kill()
        await current.gone
      } else {
        const url = await current.start({ ...order, dieAfter: null })
        if (!last) standby = new Program()
        if (url === null) throw new Error('it does not start')
        await mustHold(url)
        if (last) break
        const work = clients.work(url, dayAt(nowMs))
        work.catch(() => undefined)
        if (kill === 'at a statement') current.tell({ dieAfter: 1 + Math.floor(chance() ** 2 * 200) })
        else await setTimeout(chance() ** 2 * 600)
        if (kill === 'at a statement') await Promise.race([current.gone, work.then(() => setTimeout(1000))])
        if (kill === 'of one process of the database') cluster!.crashOne(chance())
        if (kill === 'of the database' || kill === 'of the database and the program') {
          cluster!.crash()
          if (kill === 'of the database') await setTimeout(chance() * 300)
          else current.kill()
          await cluster!.restart()
        }
        if (kill === 'of the database' || kill === 'of one process of the database') {
          // It must go on by itself; half of the times this is looked at before it is killed, too.
          await work
          if (chance() < 0.5) await mustHold(url)
        }
        current.kill()
        await work
        await current.gone
      }
      kills += 1
      log(`round ${round}: killed ${kill}, ${clients.promised.documents.length} records sent, ${clients.counts.answers} answers, ${clients.counts.silences} silences (${Math.round(performance.now() - started)} ms)`)
    }
    return { kills, checks, ...clients.counts }
  } catch (error) {
    throw new Error(`round ${round} of seed ${seed} on ${database} (kill ${kill}):\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${current.errors}`, { cause: error })
  } finally {
    for (const one of new Set([current, standby])) one.kill()
    await Promise.all([current.gone, standby.gone])
    cluster?.stop()
    if (process.env.XINHENG_KEEP_KILLED) log(`the data is in ${data}`)
    else rmSync(data, { recursive: true, force: true })
  }
}

function choose(fraction: number, postgresql: boolean): Kill {
  if (!postgresql) return fraction < 0.2 ? 'while starting' : fraction < 0.75 ? 'at a statement' : 'at a moment'
  if (fraction < 0.15) return 'while starting'
  if (fraction < 0.5) return 'at a statement'
  if (fraction < 0.65) return 'at a moment'
  return fraction < 0.8 ? 'of the database' : fraction < 0.9 ? 'of one process of the database' : 'of the database and the program'
}

/** The law with two models only: the rounds are about kills, not about scores. */
function copyLaw(to: string): void {
  cpSync(policy, to, { recursive: true })
  const models = join(to, 'haitang', 'models')
  for (const name of readdirSync(models)) if (!MODELS.has(name)) rmSync(join(models, name))
}

async function newDatabase(server: string): Promise<string> {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const name = `kills_${randomBytes(4).toString('hex')}`
  await admin.query(`create database ${name}`)
  await admin.end()
  return server.replace(/postgres$/, name)
}

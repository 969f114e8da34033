// @clause X.5
import { addDays, dayOf, startOf, type Day } from '../../kernel/day.ts'
import { usccFrom } from '../../kernel/codes/index.ts'
import { audit } from '../../engines/ledger/index.ts'
import type { World } from '../../engines/procedure/index.ts'
import { standingClock, systemClock } from '../../platform/clock.ts'
import { seededFraction } from '../../platform/randomness.ts'
import { boot, type Xinheng } from '../boot.ts'
import { runOnce } from '../daily.ts'
import { demoFiller } from '../demo/fill.ts'
import { dailyRuns, entryTypes } from '../modules.ts'
import { serverOf } from '../server.ts'
import { wordsApart } from '../../kernel/words.ts'

/** How long and how hard. */
export type SoakParts = {
  readonly data: string
  readonly databaseUrl?: string
  /** Time under load, after the demo district is filled. */
  readonly seconds: number
  /** Businesses of the demo district, five at least. */
  readonly subjects: number
  readonly requestsPerSecond: number
  /** How often a file is imported, and how often a day passes, in seconds. */
  readonly importEvery: number
  readonly dayEvery: number
  say(line: string): void
}
/** What was seen. Memory in bytes: after the first fifth and at the end; times in ms. */
export type SoakReport = {
  readonly requests: number
  readonly errors: readonly string[]
  readonly imports: number
  readonly rows: number
  readonly days: number
  readonly p50: number
  readonly p99: number
  readonly memoryEarly: number
  readonly memoryLate: number
  readonly audited: boolean
}

const READS = ['/me', '/subjects?limit=20', '/subjects?find=三亚', '/subjects/:id', '/subjects/:id/scores', '/subjects/:id/grades', '/records?limit=20', '/records/league', '/grades/changes', '/models', '/imports', '/ledger', '/ledger/entries?limit=20'] as const
const PAGES_OF = 5
const ROWS = 20
const LINES = 10

/**
 * The whole server under steady load on loopback: reads at a bounded rate, imports, and daily runs of one day after the other; then the audit. Prints
 * ten lines of memory, times and errors. Whatever answers 400 or above, or not at all, is an error.
 */
export async function soak({ data, databaseUrl, seconds, subjects, requestsPerSecond, importEvery, dayEvery, say }: SoakParts): Promise<SoakReport> {
  const xinheng = await boot({ data, databaseUrl })
  const server = await serverOf(xinheng, { demo: true, filling: () => null })
  try {
    const filler = await demoFiller(xinheng, { data, subjects })
    await filler?.fill(say)
    await xinheng.follow()
    await xinheng.settled()
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    return await underLoad(xinheng, url, { seconds, requestsPerSecond, importEvery, dayEvery, say })
  } finally {
    await server.close()
    await xinheng.close()
  }
}

async function underLoad(xinheng: Xinheng, url: string, { seconds, requestsPerSecond, importEvery, dayEvery, say }: Pick<SoakParts, 'seconds' | 'requestsPerSecond' | 'importEvery' | 'dayEvery' | 'say'>): Promise<SoakReport> {
  const chance = seededFraction(1)
  const errors: string[] = []
  const times: number[] = []
  const open = new Set<Promise<void>>()
  let [requests, imports, rows, days, memoryEarly] = [0, 0, 0, 0, 0]
  let working: Promise<void> = Promise.resolve()
  const background = (name: string, work: () => Promise<void>) => void (working = working.then(work).catch((error: unknown) => void errors.push(`${name}: ${String(error)}`)))

  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const from = performance.now()
    requests += 1
    try {
      const apart = wordsApart(path)
      const response = await fetch(`${url}/api${apart.address}`, { ...init, headers: { ...init?.headers, ...apart.headers, authorization: `Bearer ${xinheng.commandToken}` } })
      const body: unknown = await response.json()
      times.push(performance.now() - from)
      if (response.status >= 400) errors.push(`${path}: ${response.status} ${JSON.stringify(body)}`)
      return body
    } catch (error) {
      errors.push(`${path}: ${String(error)}`)
      return null
    }
  }
  const read = async (): Promise<void> => {
    await ask(READS[Math.floor(chance() * READS.length)]!.replace(':id', String(1 + Math.floor(chance() * PAGES_OF))))
  }
  const takeIn = async (): Promise<void> => {
    const number = (imports += 1)
    const { file } = (await ask(`/imports/recognise?name=soak-${number}.csv`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: registrations(number) })) as { file: string }
    const { batchId } = (await ask('/imports', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ file, name: `soak-${number}.csv`, kind: 'subject', department: 'market-regulation' }) })) as { batchId: number }
    for (;;) {
      const batch = (await ask(`/imports/${batchId}`)) as { state: string; accepted: number; rejected: number } | null
      if (batch === null || batch.state === 'refused' || (batch.state === 'done' && batch.accepted !== ROWS)) throw new Error(JSON.stringify(batch))
      if (batch.state === 'done') break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    rows += ROWS
  }
  const passDay = async (): Promise<void> => {
    const day: Day = addDays(dayOf(systemClock.now()), (days += 1))
    const then: World = { ...xinheng.world, clock: standingClock(startOf(day)) }
    for (const run of dailyRuns) await runOnce(then, run, day)
  }

  const begin = performance.now()
  let [sent, imported, passed, told] = [0, 0, 0, 0]
  for (;;) {
    const elapsed = (performance.now() - begin) / 1000
    if (elapsed >= seconds) break
    for (; sent < elapsed * requestsPerSecond && open.size < 8; sent++) {
      const one = read().finally(() => open.delete(one))
      open.add(one)
    }
    // What could not be sent in time is not made up for: the load is bounded.
    sent = Math.max(sent, Math.floor(elapsed * requestsPerSecond))
    for (; imported < elapsed / importEvery; imported++) background('import', takeIn)
    for (; passed < elapsed / dayEvery; passed++) background('daily run', passDay)
    if (elapsed >= (told * seconds) / LINES) {
      if (told === LINES / 5) memoryEarly = process.memoryUsage().rss
      say(lineOf({ elapsed, requests, errors: errors.length, imports, days, times }))
      told += 1
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await Promise.all([working, ...open])
  await xinheng.settled()
  const { valid } = await audit(xinheng.database.db, entryTypes, { verifierKeys: [xinheng.signer.verifierKey], now: systemClock.now() })
  const report = { requests, errors, imports, rows, days, p50: quantile(times, 0.5), p99: quantile(times, 0.99), memoryEarly, memoryLate: process.memoryUsage().rss, audited: valid }
  say(lineOf({ elapsed: seconds, requests, errors: errors.length, imports, days, times }))
  return report
}

function registrations(number: number): string {
  const heading = '统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人'
  return [heading, ...Array.from({ length: ROWS }, (_, at) => `${usccFrom('91460202', `XK${String(number).padStart(4, '0')}${String(at).padStart(2, '0')}`)},三亚负载${number}第${at}号商贸有限公司,企业,存续,52,市场监管,2020-03-01,符海`)].join('\n')
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function lineOf({ elapsed, requests, errors, imports, days, times }: { elapsed: number; requests: number; errors: number; imports: number; days: number; times: readonly number[] }): string {
  const recent = times.slice(-2000)
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576)
  return `${String(Math.round(elapsed)).padStart(5)} s  ${String(requests).padStart(7)} requests  ${errors} errors (${((100 * errors) / Math.max(requests, 1)).toFixed(2)} %)  p50 ${quantile(recent, 0.5).toFixed(0)} ms  p99 ${quantile(recent, 0.99).toFixed(0)} ms  ${imports} imports  ${days} days  ${megabytes} MB`
}

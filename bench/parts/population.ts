import { readFileSync } from 'node:fs'
import pg from 'pg'
import { addDays } from '../../src/kernel/day.ts'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { askPopulationRun, importModel, rescore, rescoreExpired, startPopulationRun } from '../../src/modules/evaluation/index.ts'
import { sql, type Db } from '../../src/platform/db/index.ts'
import { timed } from '../support/measure.ts'
import type { BenchContext, Part, Result } from '../support/part.ts'
import { countRecords, population, TODAY } from '../support/population.ts'
import { duration, number } from '../support/report.ts'
import { openWorld } from '../support/world.ts'

const officer = systemActor('bench')
const MODEL = readFileSync(new URL('../model.yaml', import.meta.url), 'utf8')
const HAND_WRITTEN = readFileSync(new URL('../hand-written.sql', import.meta.url), 'utf8')

/** Scoring a population, and the morning after. */
export const populationPart: Part = {
  key: 'population',
  async run(context) {
    const { server, subjects, note } = context
    const url = await population(server, subjects, note)
    const records = await countRecords(url)
    const size = `${subjects.toLocaleString('en-US')} subjects, ${records.toLocaleString('en-US')} records, 24 characteristics`
    const { world, setDay, close } = openWorld(url, TODAY)
    try {
      const scan = await timed(() => sql`select count(*), min(decided_on), max(amount_fen) from records.standing`.execute(world.db))
      await prepareResults(world.db)
      note('hand-written SQL …')
      const hand = await handWritten(url, 1, subjects)
      const handTwice = await handWritten(url, 2, subjects)
      await importModel.perform(world, officer, { definition: MODEL })
      note('the product: everybody …')
      const runAll = async () => timed(async () => startPopulationRun(world, await askPopulationRun.perform(world, officer, { key: 'bench' })))
      const full = await runAll()
      await mustAgree(world.db, subjects)
      await sql`vacuum analyze evaluation.result`.execute(world.db)
      const again = await runAll()
      note('the morning after …')
      const morning = await morningAfter(context, world, setDay)
      const ratio = full.ms / handTwice
      context.measured.set('population.perSecond', (subjects / full.ms) * 1000)
      const rows: Result[] = [
        {
          work: `Score everybody: ${size}; score, grade and the day until which they hold are written, with the entries in the ledger, on two connections`,
          ours: duration(full.ms), beside: `hand-written SQL of the same work: ${duration(handTwice)} on two connections, ${duration(hand)} on one; bare parallel scan ${duration(scan.ms)}`,
          aim: '≤ 1.2 × the hand-written, ≤ 8 s', met: ratio <= 1.2 && full.ms <= 8000, figures: { ms: full.ms, handTwoMs: handTwice, handOneMs: hand, scanMs: scan.ms, ratio, records, perSecond: (subjects / full.ms) * 1000 },
        },
        {
          work: 'The same again when nothing changed', ours: duration(again.ms), beside: `the first run: ${duration(full.ms)}`, aim: '—', met: null, figures: { ms: again.ms },
        },
        {
          work: `The morning after: ${number(morning.touched)} subjects with a new record and ${number(morning.expired)} whose result expires`,
          ours: `${duration(morning.ms)} (${duration(morning.touchedMs)} + ${duration(morning.expiredMs)})`, beside: `the full run: ${duration(full.ms)}`, aim: '≤ 5 % of the full run', met: morning.ms <= full.ms * 0.05,
          figures: { ms: morning.ms, touchedMs: morning.touchedMs, expiredMs: morning.expiredMs, touched: morning.touched, expired: morning.expired, share: morning.ms / full.ms },
        },
      ]
      return rows
    } finally {
      await close()
    }
  },
}

async function prepareResults(db: Db): Promise<void> {
  await sql`drop schema if exists bench cascade`.execute(db)
  await sql`create schema bench`.execute(db)
  await sql`create table bench.result (subject_id bigint primary key, score numeric not null, grade text not null, holds_until date)`.execute(db)
  await sql`truncate evaluation.result, evaluation.population_range, evaluation.population_run, evaluation.run, evaluation.model, evaluation.applied_model, ledger.entry, ledger.pending`.execute(db)
  await sql`delete from records.standing where document_number like 'bench-%'`.execute(db)
  await sql`vacuum analyze records.standing`.execute(db)
}

/** Milliseconds of the hand-written statement, its subjects parted over so many connections. */
async function handWritten(url: string, connections: number, subjects: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('set jit = off')
    return client
  }))
  await clients[0]!.query('truncate bench.result')
  const edge = (part: number) => String(Math.round((part * (subjects + 1)) / connections))
  const { ms } = await timed(() => Promise.all(clients.map((client, part) => client.query(HAND_WRITTEN.replaceAll(':from', edge(part)).replaceAll(':below', edge(part + 1))))))
  await Promise.all(clients.map((client) => client.end()))
  return ms
}

/** Two ways to do the same work must come out the same, or the comparison is none. */
async function mustAgree(db: Db, subjects: number): Promise<void> {
  const { rows: [row] } = await sql<{ same: number }>`select count(*) as same from bench.result b join evaluation.result r using (subject_id) where (b.score, b.grade, b.holds_until) = (r.score, r.grade, r.holds_until)`.execute(db)
  if (row!.same !== subjects) throw new Error(`the hand-written statement and the product agree on ${row!.same} of ${subjects} subjects only`)
}

/** One subject of a hundred has a new penalty today and is scored as the follower does it; on the next day those whose result expires are. */
async function morningAfter({ subjects }: BenchContext, world: Parameters<typeof rescoreExpired>[0], setDay: (on: typeof TODAY) => void) {
  const { db } = world
  await sql`insert into records.standing (subject_id, record_id, version, fact_id, kind, document_number, department, decided_on, received_on, class, tags, amount_fen, public, use_ends_on, known_from)
    select id, nextval('records.record_id'), 1, nextval('records.fact_id'), 'penalty', 'bench-' || id, 'market-regulation', ${TODAY}::date, ${TODAY}::date, 'general', '{fine}', 300000, true, ${TODAY}::date + 1095, now()
    from generate_series(7, ${subjects}::integer, 100) as id`.execute(db)
  const touched = Array.from({ length: Math.floor((subjects - 7) / 100) + 1 }, (_, at) => 7 + at * 100)
  const facts = await timed(() => rescore.perform(world, officer, { scope: { of: 'subjects', subjects: touched, cause: 'records' } }))
  const tomorrow = addDays(TODAY, 1)
  setDay(tomorrow)
  const { rows: [expiring] } = await sql<{ n: number }>`select count(*) as n from evaluation.result where holds_until <= ${tomorrow}`.execute(db)
  const expired = await timed(() => rescoreExpired(world, tomorrow))
  setDay(TODAY)
  return { touched: touched.length, expired: expiring!.n, ms: facts.ms + expired.ms, touchedMs: facts.ms, expiredMs: expired.ms }
}

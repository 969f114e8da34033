import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkpointNow, startLedger } from '../../engines/ledger/index.ts'
import type { Actor, World } from '../../engines/procedure/index.ts'
import { addDays, addMonths, dayOf, startOf, type Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import { departmentsOf } from '../../modules/organisation/index.ts'
import { listSubjects } from '../../modules/subjects/index.ts'
import { submitRows, type SubmittedRows } from '../../modules/submissions/index.ts'
import { standingClock } from '../../platform/clock.ts'
import type { Xinheng } from '../boot.ts'
import { runOnce } from '../daily.ts'
import { worldFor } from '../wall/reach.ts'
import { atStart, dailyRuns, followers, kinds } from '../modules.ts'
import { hasAccounts } from '../../modules/identity/index.ts'
import { adoptDemoAccounts, isDemos } from './accounts.ts'
import { doingsOfBusinesses } from './businesses.ts'
import { chanceOf } from './chance.ts'
import { makeDecisions } from './decisions.ts'
import { publicGrades } from './public-grades.ts'
import { makePopulation } from './population.ts'
import { reportingDays } from './reporting-day.ts'
import { decisionsSent, registrationsOf, type DemoSubmission } from './submissions.ts'

/** Fills an empty data folder with the fictional demo district (演示数据), week by week as it would have come in. */
export type DemoFiller = {
  /** How far it is; null when it is full. */
  progress(): { readonly done: number; readonly note: Text } | null
  /** Fills what is missing; says what it does. Interrupted, it goes on at the next start. */
  fill(say: (line: string) => void): Promise<void>
  stop(): Promise<void>
}

type State = { readonly until: Day; readonly subjects: number; readonly filledUntil: Day | null; readonly full: boolean }

const SEED = 460202
const YEARS = 3
const LICENCES_PER_SUBJECT = 11.2
const LOOKED_AT = '10:00:00+08:00'
const sender: Actor = { id: 'officer:demo', name: '演示数据', department: 'credit-office', may: () => true, scope: () => 'all' }

/** A filler for the folder; null when folder or database holds data that is not the demo's: whoever signs in to a demo by a click must never come to real ones. */
export async function demoFiller({ world, keeper, database, signer }: Xinheng, { data, subjects }: { readonly data: string; readonly subjects: number }): Promise<DemoFiller | null> {
  const path = join(data, 'demo.json')
  const demos = await isDemos(keeper)
  // What lies in the folder may tell of another database.
  const kept = demos && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as State) : null
  if (kept === null && (await listSubjects(world.db, {}, { offset: 0, limit: 1 })).total > 0) return null
  if (!demos && (await hasAccounts(keeper.db))) return null
  let state: State = kept ?? { until: dayOf(world.clock.now()), subjects, filledUntil: null, full: false }
  await adoptDemoAccounts({ ...keeper, clock: standingClock(state.filledUntil === null ? at(addMonths(state.until, -12 * YEARS)) : world.clock.now()), wake: () => undefined })
  let done = 0
  let stopping = false
  let filling: Promise<void> = Promise.resolve()
  const keep = (next: Partial<State>): void => {
    state = { ...state, ...next }
    writeFileSync(path, JSON.stringify(state))
  }

  const run = async (say: (line: string) => void): Promise<void> => {
    const all = sendings(world, state)
    const rows = all.reduce((sum, one) => sum + one.rows.length, 0)
    let sent = 0
    const clock = standingClock(world.clock.now())
    const then: World = { ...world, clock, wake: () => undefined }
    const reviews = reviewDays(addMonths(state.until, -12 * YEARS), state.until)
    const doings = doingsOfBusinesses(world, state.until)
    const doUntil = async (on: Day) => {
      while (!stopping && doings.length > 0 && doings[0]!.on < on) {
        const doing = doings.shift()!
        clock.set(at(doing.on))
        await doing.do({ world: then, keeper: { ...keeper, clock, wake: () => undefined }, as: (actor, permission) => worldFor(database, then, actor, permission) })
      }
    }
    let percent = -1
    keep({})
    clock.set(at(addMonths(state.until, -12 * YEARS)))
    await atStart(then, { ...keeper, clock, wake: () => undefined })
    for (const [on, submissions] of Map.groupBy(all, (one) => one.on)) {
      while (reviews.length > 0 && reviews[0]! < on) await reviewOn(then, clock.set, reviews.shift()!, state.filledUntil)
      await doUntil(on)
      if (stopping) return
      clock.set(at(on))
      if (state.filledUntil === null || on > state.filledUntil) {
        await submitRows(then, sender, submissions.map(setOf))
        // The ledger grows with what comes in, as it would have: nobody who looks while it is filled finds entries that wait.
        await checkpointNow(then.db, { now: clock.now(), signers: [signer] })
        keep({ filledUntil: on })
      }
      sent += submissions.reduce((sum, one) => sum + one.rows.length, 0)
      done = sent / rows
      if (Math.floor(done * 10) > percent) say(`演示数据 demo district: ${(percent = Math.floor(done * 10)) * 10} % (${on})`)
    }
    for (const day of reviews) await reviewOn(then, clock.set, day, null)
    await doUntil(state.until)
    if (stopping) return
    keep({ full: true })
    say('演示数据已就绪 · the demo district is ready')
  }

  const reviewOn = async (then: World, set: (at: Date) => void, day: Day, filledUntil: Day | null): Promise<void> => {
    if (filledUntil !== null && day < filledUntil) return
    set(startOf(day))
    const ledger = startLedger({ db: then.db, clock: then.clock, signers: [signer], followers, world: then, everyMs: 0, log: { error: ({ error }, message) => console.error(message, error) } })
    await ledger.settled()
    for (const daily of dailyRuns) await runOnce(then, daily, day)
    await ledger.settled()
    await ledger.stop()
  }

  return {
    progress: () => (state.full ? null : { done, note: text('正在装入虚构的演示企业与记录', 'filling in fictional businesses and records') }),
    async fill(say) {
      if (state.full) return
      filling = run(say)
      await filling
    },
    async stop() {
      stopping = true
      await filling
    },
  }
}

function at(on: Day): Date {
  return new Date(`${on}T${LOOKED_AT}`)
}

/** The days on which the district looks at its grades: every half year, at last every month, and each of the last days. */
function reviewDays(from: Day, until: Day): Day[] {
  const months = [6, 12, 18, 24, 27, 30, 33, 34, 35].map((count) => addMonths(from, count))
  return [...months, ...[-14, -7, -3, -2, -1].map((count) => addDays(until, count))].sort()
}

function sendings(world: World, { until, subjects: count }: State): DemoSubmission[] {
  const chance = chanceOf(SEED)
  const from = addMonths(until, -12 * YEARS)
  const reportingDay = reportingDays(until, world.policy.calendar)
  const { places } = world.policy.file<{ places: { code: string; zh: string }[] }>('places')
  const subjects = makePopulation(chance, { count, from, until, places: places.map(({ zh }) => zh) })
  const decisions = makeDecisions(chance, subjects, { from, until, departments: departmentsOf(world.policy), reportingDay, licencesPerSubject: LICENCES_PER_SUBJECT })
  const order = ['subject', 'licence', 'penalty', 'public-grade']
  return [...registrationsOf(subjects, from, reportingDay), ...decisionsSent(chance, decisions, until, reportingDay), ...publicGrades(chance, subjects, until)]
    .filter(({ on }) => on <= until)
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : order.indexOf(one.kind) - order.indexOf(other.kind)))
}

const TITLES: Readonly<Record<DemoSubmission['kind'], string>> = { subject: '主体登记', licence: '行政许可', penalty: '行政处罚', 'public-grade': '公共信用评价结果' }

function setOf({ on, kind, department, rows }: DemoSubmission): SubmittedRows {
  return { kind: kinds.find((one) => one.kind === kind)!, department, receivedOn: on, name: `演示数据-${TITLES[kind]}-${on}.csv`, rows }
}

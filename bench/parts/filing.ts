import { setTimeout as wait } from 'node:timers/promises'
import { dayOf } from '../../src/kernel/day.ts'
import { atRate, percentile } from '../support/measure.ts'
import type { Part } from '../support/part.ts'
import { startProgram, type Program } from '../support/program.ts'
import { duration } from '../support/report.ts'
import { business, penaltiesCsv, penalty, registerBusinesses } from '../support/rows.ts'

const PER_SECOND = 50
const PATIENCE_MS = 30_000

/** A record filed over HTTP until the grade that it changes can be read over HTTP, at an even rate. */
export const filingPart: Part = {
  key: 'filing',
  async run({ server, quick, note }) {
    const seconds = quick ? 5 : 30
    const warm = 100
    const businesses = PER_SECOND * seconds + warm
    const program = await startProgram(await server.database(`filing_${process.pid}`), { follows: true })
    try {
      note(`registering ${businesses} businesses …`)
      await registerBusinesses(program, businesses)
      const graded = new Map<string, number>()
      let watching = true
      const watch = watchGrades(program, graded, () => watching)
      const times: number[] = []
      const answers: number[] = []
      const file = async (at: number) => {
        const began = performance.now()
        await fileOne(program, at, businesses)
        answers.push(performance.now() - began)
        const { name } = business(at)
        while (!graded.has(name) && performance.now() - began < PATIENCE_MS) await wait(5)
        times.push((graded.get(name) ?? Infinity) - began)
      }
      await atRate(20, warm / 20, file)
      times.length = answers.length = 0
      note(`filing ${PER_SECOND} a second for ${seconds} s …`)
      await atRate(PER_SECOND, seconds, (at) => file(warm + at))
      watching = false
      await watch
      const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
      return [{
        work: `A record filed over HTTP (a file of one row: upload, import) until its new grade is readable over HTTP; ${PER_SECOND} a second for ${seconds} s`,
        ours: `p50 ${duration(p50)}, p99 ${duration(p99)}`, beside: `the two requests alone: p50 ${duration(percentile(answers, 0.5))}, p99 ${duration(percentile(answers, 0.99))}`, aim: 'p99 ≤ 200 ms', met: p99 <= 200,
        figures: { p50, p99, answersP50: percentile(answers, 0.5), answersP99: percentile(answers, 0.99), filings: times.length },
      }]
    } finally {
      await program.stop()
    }
  },
}

async function fileOne(program: Program, number: number, businesses: number): Promise<void> {
  // A recent fine of 200,000 yuan: the grade falls.
  const { file } = await program.post(`/imports/recognise?name=one-${number}.csv`, penaltiesCsv([penalty(number, businesses, dayOf(new Date()), { fineWan: '20.000000', within: 20 })]))
  await program.post('/imports', { file, name: `one-${number}.csv`, kind: 'penalty', department: 'market-regulation' })
}

// So many changes are asked for at a time, as the screen's list does; when none of them was seen before, there may be more behind them.
const PAGE = 20
const MOST = 200

/** Reads the newest changes of grade, as the screen does, again and again, and notes when each business was first seen to fall. */
async function watchGrades(program: Program, seen: Map<string, number>, goesOn: () => boolean): Promise<void> {
  const look = async (limit: number): Promise<void> => {
    const { rows } = (await program.get(`/grades/changes?limit=${limit}&model=public-credit&direction=down`)) as { rows: { subjectName: string }[] }
    const now = performance.now()
    const fresh = rows.filter(({ subjectName }) => !seen.has(subjectName))
    for (const { subjectName } of fresh) seen.set(subjectName, now)
    if (fresh.length === limit && limit < MOST) await look(MOST)
  }
  while (goesOn()) {
    await look(PAGE)
    await wait(20)
  }
}

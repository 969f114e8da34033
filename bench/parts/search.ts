import { readFileSync } from 'node:fs'
import { atRate, percentile } from '../support/measure.ts'
import type { Part, Result } from '../support/part.ts'
import { population } from '../support/population.ts'
import { startProgram, type Program } from '../support/program.ts'
import { duration, number } from '../support/report.ts'
import { seededFraction } from '../../src/platform/randomness.ts'

const PER_SECOND = 100
const TRADES = ['餐饮', '酒店', '旅游', '建筑', '商贸', '装饰', '物业', '水产', '超市', '药店', '医疗', '科技', '汽车', '农业', '渔业', '物流', '教育', '环保', '广告']

/** Search by two characters of a name, and the page of a subject, over the whole population, over HTTP. */
export const searchPart: Part = {
  key: 'search',
  async run({ server, subjects, quick, note }) {
    const program = await startProgram(await population(server, subjects, note), { follows: false })
    const seconds = quick ? 5 : 20
    const chance = seededFraction(23)
    try {
      await program.post('/models', { definition: readFileSync(new URL('../model.yaml', import.meta.url), 'utf8') })
      const fragments = await fragmentsOf(program, chance, subjects)
      // The first seconds warm up the server's code and the connections.
      await measure(seconds / 4, (at) => searchFor(program, fragments[at % fragments.length]!))
      note(`${PER_SECOND} searches a second for ${seconds} s …`)
      const searches = await measure(seconds, (at) => searchFor(program, fragments[at % fragments.length]!))
      await measure(seconds / 4, () => pageOf(program, 1 + Math.floor(chance() * subjects)))
      note(`${PER_SECOND} subject pages a second for ${seconds} s …`)
      const pages = await measure(seconds, () => pageOf(program, 1 + Math.floor(chance() * subjects)))
      const row = (work: string, times: readonly number[], aimMs: number): Result => {
        const [p50, p95, p99] = [percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99)]
        return { work, ours: `p50 ${duration(p50)}, p95 ${duration(p95)}, p99 ${duration(p99)}`, beside: '—', aim: `p95 ≤ ${aimMs} ms`, met: p95 <= aimMs, figures: { p50, p95, p99, requests: times.length } }
      }
      return [
        row(`Search by two characters over ${number(subjects)} names, ${PER_SECOND} a second (nine of ten from inside a name, one of ten a trade that stands in a twentieth of all)`, searches, 50),
        row(`Subject page (six requests in two turns: subject, grades, scores, records; then the explained score and what was rejected), ${PER_SECOND} a second`, pages, 100),
      ]
    } finally {
      await program.stop()
    }
  },
}

async function measure(seconds: number, run: (at: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  await atRate(PER_SECOND, seconds, async (at) => {
    const began = performance.now()
    await run(at)
    times.push(performance.now() - began)
  })
  return times
}

const searchFor = (program: Program, fragment: string) => program.get(`/subjects?find=${encodeURIComponent(fragment)}&limit=20`)

/** What the screen asks for to show one subject: what hangs on the first answers comes after them. The score is explained by the model of the bench, with every record read. */
async function pageOf(program: Program, id: number): Promise<void> {
  const [{ uscc }] = await Promise.all([program.get(`/subjects/${id}`), program.get(`/subjects/${id}/grades`), program.get(`/subjects/${id}/scores`), program.get(`/records?subjectId=${id}&limit=15`)]) as [{ uscc: string }, ...unknown[]]
  await Promise.all([program.get(`/subjects/${id}/score?model=bench`), program.get(`/imports/open-rejections?party=${uscc}&limit=20`)])
}

/** Two neighbouring characters of the distinguishing part of real names, and now and then a trade. */
async function fragmentsOf(program: Program, chance: () => number, subjects: number): Promise<string[]> {
  const fragments: string[] = []
  while (fragments.length < 600) {
    const { name } = (await program.get(`/subjects/${1 + Math.floor(chance() * subjects)}`)) as { name: string }
    const inner = name.replace(/^(三亚海棠湾|三亚|海棠|海南|林旺|藤桥|海口|陵水)/, '')
    fragments.push(fragments.length % 10 === 9 ? TRADES[Math.floor(chance() * TRADES.length)]! : inner.slice(0, 2))
  }
  return fragments
}

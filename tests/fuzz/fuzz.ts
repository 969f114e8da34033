import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { seededFraction } from '../../src/platform/randomness.ts'

/** Gives fractions of [0, 1), the same ones for the same seed. */
export type Chance = () => number

/** Something that reads what comes from outside. */
export type Target<Input> = {
  readonly name: string
  /** How many of a hundred thousand inputs it gets. */
  readonly share: number
  readonly seeds: readonly Input[]
  mutate(chance: Chance, input: Input, other: Input): Input
  /** Reads the input. Gives in few words what came of it; throws when anything but a refusal or a right value came. */
  run(input: Input): string | Promise<string>
  /** Simpler inputs, which may still show the same fault. */
  smaller(input: Input): Iterable<Input>
  /** How an input is kept in the corpus. */
  readonly kept: { write(input: Input): string | Uint8Array; read(bytes: Buffer): Input }
}

/** What a target was found to do wrong, by the smallest input found. */
export class Found<Input> extends Error {
  readonly input: Input
  constructor(target: Target<Input>, input: Input, cause: unknown) {
    super(`${target.name} fails on ${Buffer.from(target.kept.write(input)).toString('utf8').slice(0, 2000)}\n${cause instanceof Error ? cause.stack : String(cause)}`, { cause })
    this.input = input
  }
}

const corpus = join(import.meta.dirname, 'corpus')
const MOST_POOL = 2000
const MOST_SECONDS = 3
const MOST_SHRINKING_MS = 20_000
const MOST_GROWTH = 600_000_000

/** The kept inputs of a target: what was found wrong once, and what to begin with. */
export function keptOf<Input>(name: string, kept: Target<Input>['kept']): Input[] {
  const folder = join(corpus, name)
  return existsSync(folder) ? readdirSync(folder).sort().map((file) => kept.read(readFileSync(join(folder, file)))) : []
}

/** Keeps an input in the corpus, under a name that says what it shows. */
export function keep<Input>(target: Target<Input>, input: Input, as: string): string {
  mkdirSync(join(corpus, target.name), { recursive: true })
  const path = join(corpus, target.name, as)
  writeFileSync(path, target.kept.write(input))
  return path
}

/**
 * Feeds a target: first every seed and kept input, then mutations of them and of whatever led to an outcome not seen before. Throws `Found` with a
 * small input when one fails, takes seconds, or makes memory grow without bound. Gives how many different outcomes there were.
 */
export async function fuzz<Input>(target: Target<Input>, { inputs, seed }: { inputs: number; seed: number }): Promise<{ inputs: number; outcomes: number }> {
  const chance = seededFraction(seed)
  const pool = [...keptOf(target.name, target.kept), ...target.seeds]
  const certain = pool.length
  const seen = new Set<string>()
  const watch = watchdog(target.name, seed)
  const memory = process.memoryUsage().rss
  try {
    for (let at = 0; at < Math.max(inputs, certain); at++) {
      let input = pool[at] as Input
      if (at >= certain) {
        input = pool[Math.floor(chance() * pool.length)] as Input
        for (let times = 1 + Math.floor(chance() ** 2 * 5); times > 0; times--) input = target.mutate(chance, input, pool[Math.floor(chance() * pool.length)] as Input)
      }
      watch.tick(at)
      const started = process.cpuUsage().user
      let outcome: string
      try {
        const given = target.run(input)
        outcome = typeof given === 'string' ? given : await given
      } catch (error) {
        const small = await shrunk(target, input)
        throw new Found(target, small, await faultOf(target, small) ?? error)
      }
      const seconds = (process.cpuUsage().user - started) / 1e6
      if (seconds > MOST_SECONDS) throw new Found(target, input, `it takes ${seconds} s`)
      if (at % 500 === 0 && process.memoryUsage().rss - memory > MOST_GROWTH) throw new Found(target, input, `memory grew by ${Math.round((process.memoryUsage().rss - memory) / 1e6)} MB`)
      if (seen.has(outcome)) continue
      seen.add(outcome)
      if (at >= certain && pool.length < MOST_POOL) pool.push(input)
    }
  } finally {
    await watch.stop()
  }
  return { inputs: Math.max(inputs, certain), outcomes: seen.size }
}

async function faultOf<Input>(target: Target<Input>, input: Input): Promise<unknown> {
  try {
    await target.run(input)
    return null
  } catch (error) {
    return error ?? 'failed'
  }
}

async function shrunk<Input>(target: Target<Input>, failing: Input): Promise<Input> {
  let best = failing
  const until = performance.now() + MOST_SHRINKING_MS
  for (let tries = 0, better = true; better && tries < 2000;) {
    better = false
    for (const candidate of target.smaller(best)) {
      if ((tries += 1) > 2000 || performance.now() > until) return best
      if ((await faultOf(target, candidate)) === null) continue
      best = candidate
      better = true
      break
    }
  }
  return best
}

/** Ends the process, naming the input, when one input hangs: nothing inside a busy loop could. */
function watchdog(name: string, seed: number): { tick(at: number): void; stop(): Promise<unknown> } {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(`
    const { workerData: { shared, name, seed } } = require('node:worker_threads')
    let last = -1, same = 0
    setInterval(() => {
      const at = Atomics.load(shared, 0)
      same = at === last ? same + 1 : 0
      last = at
      if (same >= 30) {
        require('node:fs').writeSync(2, name + ' hangs on input ' + at + ' of seed ' + seed + '\\n')
        process.kill(process.pid, 'SIGKILL')
      }
    }, 1000)`, { eval: true, workerData: { shared, name, seed } })
  worker.unref()
  return { tick: (at) => void Atomics.store(shared, 0, at), stop: () => worker.terminate() }
}

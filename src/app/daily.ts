import { dayOf, type Day } from '../kernel/day.ts'
import type { World } from '../engines/procedure/index.ts'
import { sql } from '../platform/db/index.ts'
import { dailyRuns, type DailyRun } from './modules.ts'

/** What stops the daily runs. */
export type RunningDaily = { stop(): Promise<void> }

const LOOK_EVERY_MS = 60_000

/**
 * Makes every daily run once a legal day, soon after midnight in China, and catches up at the start when the day's run is missing.
 * A run that a kill cut off is taken up again. Every run is safe to repeat, so that two processes that meet at midnight do no harm.
 */
export function startDailyRuns(world: World, runs: readonly DailyRun[] = dailyRuns): RunningDaily {
  let done: Day | null = null
  let working: Promise<void> = Promise.resolve()
  const look = (): void => {
    const today = dayOf(world.clock.now())
    if (done === today) return
    done = today
    working = working.then(() => runAll(world, runs, today)).catch((error: unknown) => {
      done = null
      console.error('a daily run failed and is tried again in a minute', error)
    })
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await working
    },
  }
}

async function runAll(world: World, runs: readonly DailyRun[], today: Day): Promise<void> {
  for (const run of runs) await runOnce(world, run, today)
}

/** Makes one daily run unless it is finished for that day. Answers whether it ran. */
export async function runOnce(world: World, { name, run }: DailyRun, today: Day): Promise<boolean> {
  const now = world.clock.now()
  const { rows } = await sql<{ finished_at: Date | null }>`select finished_at from platform.daily_run where name = ${name} and day = ${today}`.execute(world.db)
  if (rows[0]?.finished_at) return false
  await sql`insert into platform.daily_run (name, day, started_at) values (${name}, ${today}, ${now}) on conflict (name, day) do update set started_at = excluded.started_at`.execute(world.db)
  await run(world, today)
  await sql`update platform.daily_run set finished_at = ${world.clock.now()} where name = ${name} and day = ${today}`.execute(world.db)
  return true
}


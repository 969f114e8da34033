import type { Day } from '../../kernel/day.ts'
import { follower } from '../../engines/ledger/index.ts'
import { systemActor, type World } from '../../engines/procedure/index.ts'
import { regrade } from './acts.ts'
import { findLastDone, hasReceivedEnding, listWithPublicGrade } from './queries/scope.ts'

const actor = systemActor('grading')

/** Follows evaluation, and records as far as they are public grades from above; writes only where a grade changes. */
export const gradingFollower = follower<World>({
  name: 'grading',
  entries: ['evaluation.run', 'record.filed', 'record.corrected', 'record.withdrawn', 'record.publicity-ended'],
  batch: 20_000,
  async handle({ tx, world }, entries) {
    const runs = entries.flatMap(({ name, aboutId }) => (name === 'evaluation.run' && aboutId !== null ? [aboutId] : []))
    const touched = [...new Set(entries.flatMap(({ name, subjectId }) => (name !== 'evaluation.run' && subjectId !== null ? [subjectId] : [])))]
    const subjects = await listWithPublicGrade(tx, touched)
    if (runs.length + subjects.length > 0) await regrade.performIn(tx, world, actor, { runs, subjects })
  },
})

const DAILY = 'grading.received'

/** When the law of grades has changed, or a received grade has gone out of use, since this was last done: looks at all received grades again. Idle otherwise, and when repeated. */
export async function regradeReceived(world: World, on: Day): Promise<{ changed: number }> {
  const law = world.policy.on(on)
  const since = await findLastDone(world.db, DAILY, on)
  const lawChanged = since === null || ['grading/scales', 'grading/public-caps'].some((key) => (law.find(key)?.from ?? since) > since)
  if (!lawChanged && !(await hasReceivedEnding(world.db, since, on))) return { changed: 0 }
  return regrade.perform(world, actor, { received: true })
}

/** What the application runs once every legal day. */
export const dailyRuns: readonly { readonly name: string; run(world: World, day: Day): Promise<unknown> }[] = [{ name: DAILY, run: regradeReceived }]

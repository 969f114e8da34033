import type { Day } from '../../kernel/day.ts'
import { follower } from '../../engines/ledger/index.ts'
import { systemActor, type World } from '../../engines/procedure/index.ts'
import { regrade } from './acts.ts'
import { hasReceivedEnding, listWithPublicGrade } from './queries/scope.ts'

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

/** On a day on which the law of grades changes, or a received grade goes out of use, looks at all received grades again. Idle on other days, and when repeated. */
export async function regradeReceived(world: World, on: Day): Promise<{ changed: number }> {
  const law = world.policy.on(on)
  const lawChanges = ['grading/scales', 'grading/public-caps'].some((key) => law.find(key)?.from === on)
  if (!lawChanges && !(await world.db.transaction().execute((tx) => hasReceivedEnding(tx, on)))) return { changed: 0 }
  return regrade.perform(world, actor, { received: true })
}

/** What the application runs once every legal day. */
export const dailyRuns: readonly { readonly name: string; run(world: World, day: Day): Promise<unknown> }[] = [{ name: 'grading.received', run: regradeReceived }]

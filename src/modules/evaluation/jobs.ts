// @clause 5.6
import type { Day } from '../../kernel/day.ts'
import { follower } from '../../engines/ledger/index.ts'
import { systemActor, type World } from '../../engines/procedure/index.ts'
import { rescore } from './acts.ts'

const actor = systemActor('evaluation')

/** Follows records and subjects: whoever was touched is scored again at once, a whole batch in a few statements; a newly adopted model is applied. */
export const evaluationFollower = follower<World>({
  name: 'evaluation',
  entries: [
    'record.filed', 'record.corrected', 'record.withdrawn', 'record.publicity-ended', 'subject.registered', 'subject.changed', 'subject.admitted', 'model.adopted',
  ],
  batch: 20_000,
  async handle({ tx, world }, entries) {
    const touched = (of: string) => [...new Set(entries.filter(({ name }) => name.startsWith(of)).flatMap(({ subjectId }) => subjectId ?? []))]
    const records = touched('record.')
    const others = new Set(records)
    const subjects = touched('subject.').filter((id) => !others.has(id))
    if (subjects.length > 0) await rescore.performIn(tx, world, actor, { scope: { of: 'subjects', subjects, cause: 'subjects' } })
    if (records.length > 0) await rescore.performIn(tx, world, actor, { scope: { of: 'subjects', subjects: records, cause: 'records' } })
    if (subjects.length + records.length === 0) await rescore.performIn(tx, world, actor, { scope: { of: 'models' } })
  },
})

/** Scores those whose result expires by a day, and applies models that came into or went out of force. Doing it again does nothing. */
export function rescoreExpired(world: World, on: Day): Promise<{ runs: number; changed: number }> {
  return rescore.perform(world, actor, { on, scope: { of: 'expired' } })
}

/** What the application runs once every legal day, missed days first. */
export const dailyRuns: readonly { readonly name: string; run(world: World, day: Day): Promise<unknown> }[] = [{ name: 'evaluation.expired', run: rescoreExpired }]

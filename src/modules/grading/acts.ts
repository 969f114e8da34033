// @clause 5.1, 6.1
import { z } from 'zod'
import { planBasis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import { act, type ActContext } from '../../engines/procedure/index.ts'
import { listAdoptions, reasonsBeside, recordsLapsed, type Adoption, type Scales } from '../evaluation/index.ts'
import { witnessOfEnd, witnessOfGrade } from './entries.ts'
import { becauseOf, directionOf, lawOfGrades, type Cause } from './grading.ts'
import { endGrades, insertGrades, listDueChanges, nextGradeIds, type DueChange, type NewGrade } from './queries/changes.ts'
import { gradingLock, listReceived, listSubjectsOfRuns } from './queries/scope.ts'

const SUBJECTS_A_STEP = 20_000

/**
 * 更新等级: writes the grades of some subjects that are no longer what they should be, and nothing else. A public grade from above outranks
 * the local reference; where the law says so it limits industry grades.
 */
export const regrade = act({
  name: 'grading.regrade', permission: 'grading.regrade', basis: planBasis('grading'),
  input: z.object({ runs: z.array(z.number()).default([]), subjects: z.array(z.number()).default([]), received: z.boolean().default(false) }),
  async run(context, { runs, subjects, received }) {
    const { tx, today } = context
    await gradingLock(tx)
    const adoptions = await listAdoptions(tx)
    const law = lawOfGrades(context.policy.on(today))
    const models = [...new Map(adoptions.map(({ hash, model }) => [hash, { hash, scale: model.scale, public: model.kind === 'public-reference' }])).values()]
    let changed = 0
    const take = async (ids: readonly number[]) => {
      for (let from = 0; from < ids.length; from += SUBJECTS_A_STEP) {
        const due = await listDueChanges(tx, ids.slice(from, from + SUBJECTS_A_STEP), today, models, law.scales, law.caps)
        changed += await write(context, due, adoptions, law.scales, new Set(runs))
      }
    }
    await take(subjects)
    const pages = [...(runs.length > 0 ? [(after: number) => listSubjectsOfRuns(tx, runs, after, SUBJECTS_A_STEP)] : []), ...(received ? [(after: number) => listReceived(tx, after, SUBJECTS_A_STEP)] : [])]
    for (const page of pages) {
      for (let ids = await page(0); ids.length > 0; ids = await page(ids.at(-1)!)) await take(ids)
    }
    return { changed }
  },
})

async function write(context: ActContext, due: readonly DueChange[], adoptions: readonly Adoption[], scales: Scales, runs: ReadonlySet<number>): Promise<number> {
  if (due.length === 0) return 0
  const { tx, now, today, policy, enter } = context
  const ids = await nextGradeIds(tx, due.length)
  const beside = await reasonsBeside(tx, adoptions, due.flatMap(({ subjectId, next }) => (next?.origin === 'local' ? [{ subjectId, hash: next.hash!, score: next.score!, grade: next.evaluated! }] : [])), today)
  const byTime = due.flatMap(({ subjectId, present, next, run }) => (present !== null && next?.origin === 'local' && run !== null && runs.has(run.runId) && run.cause === 'daily' ? [{ subjectId, hash: next.hash!, since: present.fromOn }] : []))
  const lapsed = await recordsLapsed(tx, adoptions, byTime, today)
  const begun: (NewGrade & { beforeUntil: Day | null })[] = []
  const ends: { subjectId: number; gradeId: number; untilOn: Day }[] = []
  const endedOnly: typeof ends = []
  due.forEach(({ subjectId, key, present, next, received, run, fresh }, at) => {
    const ofRun = run !== null && runs.has(run.runId)
    const fromOn = later(ofRun ? run.on : today, present?.fromOn ?? null)
    if (present !== null) (next === null ? endedOnly : ends).push({ subjectId, gradeId: present.gradeId, untilOn: fromOn })
    if (next === null) return
    const cause: Cause = ofRun ? run.cause : 'received'
    const because = becauseOf(scales, {
      cause, runId: ofRun ? run.runId : null, next, evaluated: next.evaluated, received, beside: beside.get(`${subjectId} ${next.hash}`) ?? [],
      recordIds: next.recordId !== null ? [next.recordId] : cause === 'daily' ? (lapsed.get(`${subjectId} ${next.hash}`) ?? []) : cause === 'records' || cause === 'received' ? fresh : [],
    })
    begun.push({
      subjectId, gradeId: ids[at]!, key, scale: next.scale, grade: next.grade, score: next.score, evaluatedGrade: next.evaluated, origin: next.origin, recordId: next.recordId, hash: next.hash,
      decidedOn: next.origin === 'received' ? received!.decidedOn : null, fromOn, beforeId: present?.gradeId ?? null, beforeUntil: present === null ? null : fromOn,
      direction: directionOf(scales, present, next), because,
    })
  })
  await endGrades(tx, [...ends, ...endedOnly])
  await insertGrades(tx, begun, policy.hash, now)
  await enter([
    ...begun.map((grade) => ({ name: 'grade.changed', subjectId: grade.subjectId, aboutId: grade.gradeId, body: witnessOfGrade({ ...grade, policyHash: policy.hash }) })),
    ...endedOnly.map(({ subjectId, gradeId, untilOn }) => ({ name: 'grade.ended', subjectId, aboutId: gradeId, body: witnessOfEnd(untilOn) })),
  ])
  return due.length
}

function later(on: Day, other: Day | null): Day {
  return other !== null && other > on ? other : on
}

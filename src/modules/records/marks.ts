// @clause 4.8
import { dayOf, type Day } from '../../kernel/day.ts'
import type { ActContext, World } from '../../engines/procedure/index.ts'
import { rowOf } from './page.ts'
import { listPage } from './queries/list.ts'
import { endMark, insertMark, type Marked } from './queries/marks.ts'

const MOST = 500

/** 异议标注: from now on the record is shown with the mark, in the caller's act. */
export async function markRecord({ tx, now }: ActContext, marked: Marked): Promise<void> {
  await insertMark(tx, marked, now)
}

/** Takes the mark of a settled objection off. */
export async function unmarkRecord({ tx, now }: ActContext, marked: Marked): Promise<void> {
  if (!(await endMark(tx, marked, now))) throw new Error(`objection ${marked.objectionId} has no mark that stands`)
}

/** The records of one subject as lists show them, the newest first, at most 500. */
export async function recordsOfSubject({ db, policy, clock }: World, subjectId: number, today: Day = dayOf(clock.now())) {
  const filter = { within: null, subjectId, kind: null, department: null, late: null, receivedFrom: null, receivedUntil: null, find: null, subjectIds: [] }
  return (await listPage(db, filter, { offset: 0, limit: MOST })).map((row) => rowOf(row, policy, today))
}

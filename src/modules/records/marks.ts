// @clause 4.8
import { dayOf } from '../../kernel/day.ts'
import type { ActContext, World } from '../../engines/procedure/index.ts'
import { rowOf } from './page.ts'
import { countRecords, listPage } from './queries/list.ts'
import { endMark, insertMark, type Marked } from './queries/marks.ts'

/** 异议标注: from now on the record is shown with the mark, in the caller's act. */
export async function markRecord({ tx, now }: ActContext, marked: Marked): Promise<void> {
  await insertMark(tx, marked, now)
}

/** Takes the mark of a settled objection off. */
export async function unmarkRecord({ tx, now }: ActContext, marked: Marked): Promise<void> {
  if (!(await endMark(tx, marked, now))) throw new Error(`objection ${marked.objectionId} has no mark that stands`)
}

/** A page of the records of one subject as it sees them itself, the newest first, and how many there are. */
export async function recordsOfSubject(world: World, subjectId: number, kind: string | null, window: { readonly offset: number; readonly limit: number }) {
  const { db, clock } = world
  const filter = { within: null, subjectId, kind, department: null, late: null, receivedFrom: null, receivedUntil: null, find: null, subjectIds: [] }
  const today = dayOf(clock.now())
  return { rows: (await listPage(db, filter, window)).map((row) => rowOf(row, world, today, 'full')), total: await countRecords(db, filter) }
}

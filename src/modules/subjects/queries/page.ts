import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import { openedContent } from '../persons.ts'
import { subjectMissing } from '../refusals.ts'
import { changesBetween, type Registered, type SubjectContent } from '../subjects.ts'
import { findRegistered } from './codes.ts'

/** A registration as the subject page shows it: what it changed. */
export type ShownRegistration = { readonly registrationId: number; readonly effectiveOn: Day; readonly recordedAt: Date; readonly actor: string; readonly reason: string | null; readonly changes: ReturnType<typeof changesBetween> }

/** One subject with its registrations, newest first. Refuses `subject.missing`. */
export async function getSubject(db: Queryable, sealing: Sealing, subjectId: number): Promise<Registered & { readonly registrations: readonly ShownRegistration[] }> {
  const subject = (await findRegistered(db, sealing, [subjectId])).get(subjectId)
  if (!subject) throw subjectMissing()
  const { rows } = await sql<{ registration_id: number; content: SubjectContent; effective_on: Day; recorded_at: Date; actor: string; reason: string | null }>`
    select registration_id, content, effective_on, recorded_at, actor, reason from subjects.registration where subject_id = ${subjectId} order by registration_id`.execute(db)
  const contents = rows.map(({ content }) => openedContent(sealing, subjectId, content))
  const registrations = rows.map((row, at) => ({
    registrationId: row.registration_id, effectiveOn: row.effective_on, recordedAt: row.recorded_at, actor: row.actor, reason: row.reason,
    changes: changesBetween(contents[at - 1] ?? null, contents[at]!),
  }))
  return { ...subject, registrations: registrations.reverse() }
}

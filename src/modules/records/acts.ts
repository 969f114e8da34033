// @clause 4.3, 4.7
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import { type Day } from '../../kernel/day.ts'
import { daySchema } from '../../kernel/endpoint.ts'
import { act, mustBeWithin, systemActor, type ActContext, type World } from '../../engines/procedure/index.ts'
import { recomputeDeadline } from '../../engines/policy/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { standingEnded, type FactRow } from './fact.ts'
import { followingVersion, knownAfter, writeVersions } from './file-records.ts'
import { alreadyWithdrawn, occasionImpossible, recordMissing } from './problems.ts'
import { insertAttachment, witnessOfAttachment } from './queries/attachments.ts'
import { findPresent, lockRecords } from './queries/versions.ts'
import { listProvisional } from './queries/clocks.ts'
import { reportDue, withdrawalDue } from './records.ts'

const recordId = z.number().int()
const subjectId = z.number().int()

/**
 * 撤回记录: the decision was changed, revoked or found invalid. Publicity, sharing and use end at once; every version stays. With the
 * day of that event, answers the last day on which the withdrawal is in time. Refuses `record.not-found`, `record.already-withdrawn`, `record.occasion-impossible`.
 */
export const withdrawRecord = act({
  name: 'records.withdraw', permission: 'records.withdraw', basis: basis('law', 'penalty-law-2021', '第四十八条', 'confirmed'),
  input: z.object({ recordId, subjectId, reason: z.string().trim().min(4).max(500), occasionOn: daySchema.optional() }),
  async run(context, input) {
    const before = await getPresent(context.tx, input.subjectId, input.recordId)
    mustBeWithin(context.actor, 'records.withdraw', before.department)
    if (before.standing.withdrawn) throw alreadyWithdrawn()
    const occasionOn = (input.occasionOn as Day | undefined) ?? null
    if (occasionOn !== null && (occasionOn > context.today || occasionOn < before.decided_on)) throw occasionImpossible(before.decided_on, context.today)
    const standing = { ...standingEnded(before.standing, context.today, 'withdrawn', knownAfter(before, context.now)), withdrawn: true }
    const draft = { ...followingVersion(context, before, 'withdrawn', input.reason, standing), occasion_on: occasionOn }
    const written = (await writeVersions(context, [draft])).get(draft)!
    const due = occasionOn === null ? null : withdrawalDue(occasionOn, context.policy)
    return { factId: written.fact_id, dueOn: due?.day ?? null, late: due === null ? null : context.today > due.day }
  },
})

/** 上传文书: joins a kept file to a record. The same bytes again change nothing. Refuses `record.not-found`. */
export const attachDocument = act({
  name: 'records.attach', permission: 'records.attach', basis: basis('practice', 'practice'),
  input: z.object({ recordId, subjectId, name: z.string().trim().min(1).max(300), digest: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().positive(), contentType: z.enum(['application/pdf', 'image/png', 'image/jpeg']) }),
  async run({ tx, now, actor, enter }, input) {
    mustBeWithin(actor, 'records.attach', (await getPresent(tx, input.subjectId, input.recordId)).department)
    const { attachment, isNew } = await insertAttachment(tx, {
      subject_id: input.subjectId, record_id: input.recordId, digest: input.digest, file_name: input.name, content_type: input.contentType, size: input.size, attached_at: now, actor: actor.id,
    })
    if (isNew) await enter([{ name: 'record.document-attached', subjectId: input.subjectId, aboutId: attachment.attachment_id, body: witnessOfAttachment(attachment) }])
    return { attachmentId: attachment.attachment_id }
  },
})

/**
 * The door of repair and objection (终止公示、停止共享和使用): ends the three switches of records by a decision, from `endsOn` on, in the
 * caller's transaction; what ended earlier stays. A later correction does not open them again. `reason` is one of {@link decidedEnds}.
 * Refuses `record.not-found`, `record.already-withdrawn`.
 */
export async function endPublicity(context: ActContext, records: readonly { readonly subjectId: number; readonly recordId: number }[], why: { readonly endsOn: Day; readonly reason: 'repaired' | 'revoked' | 'objection'; readonly words: string }): Promise<void> {
  const drafts = []
  for (const { subjectId, recordId } of records) {
    const before = await getPresent(context.tx, subjectId, recordId)
    if (before.standing.withdrawn) throw alreadyWithdrawn()
    drafts.push(followingVersion(context, before, 'ended', why.words, standingEnded(before.standing, why.endsOn, why.reason, knownAfter(before, context.now))))
  }
  await writeVersions(context, drafts)
}

const CHUNK = 500

/**
 * 期限重算: when the calendar of a year has become official, deadlines that were provisional are computed again; never brought forward,
 * so that nobody becomes late in hindsight. Answers how many changed. Records whose deadline stays provisional are left as they are.
 */
export const recomputeDeadlines = act({
  name: 'records.recompute-deadlines', permission: 'records.recompute', basis: basis('law', 'gbf-2019-35', '第十五项', 'confirmed'),
  input: z.object({}),
  async run(context) {
    let changed = 0
    for (let after = 0; ;) {
      const found = await listProvisional(context.tx, after, CHUNK)
      if (found.length === 0) return { changed }
      after = found.at(-1)!.recordId
      const present = [...(await findPresent(context.tx, found)).values()]
      const drafts = present.flatMap((before) => recomputedDraft(context, before))
      await writeVersions(context, drafts)
      changed += drafts.length
    }
  },
})

/** Runs {@link recomputeDeadlines} in the system's name: daily and at start. */
export async function recomputeProvisionalDeadlines(world: World): Promise<{ changed: number }> {
  const { changed } = await recomputeDeadlines.perform(world, systemActor('calendar'), {})
  return { changed }
}

function recomputedDraft(context: ActContext, before: FactRow) {
  const { decided_on, report_due_on } = before.standing
  if (report_due_on === null) return []
  const fresh = reportDue(decided_on, context.policy)
  const due = recomputeDeadline({ day: report_due_on, provisional: true, calendarHash: '' }, fresh)
  if (due.provisional && due.day === report_due_on) return []
  const moved = due.day === report_due_on ? '日期不变' : `由 ${report_due_on} 改为 ${due.day}`
  return [followingVersion(context, before, 'recomputed', `放假安排已公布，报送期限重算：${moved}`, { ...before.standing, report_due_on: due.day, report_due_provisional: due.provisional, known_from: knownAfter(before, context.now) })]
}

async function getPresent(tx: Tx, subject: number, record: number): Promise<FactRow> {
  await lockRecords(tx, [{ subjectId: subject, recordId: record }])
  const found = (await findPresent(tx, [{ subjectId: subject, recordId: record }])).get(record)
  if (!found) throw recordMissing()
  return found
}

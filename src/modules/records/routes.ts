// @clause 4.3, 4.5, 4.7, X.4
import { isDeepStrictEqual } from 'node:util'
import { dayOf } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { mustBeWithin, reachOf, type Actor, type Asked, type World } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { listDepartments } from '../organisation/index.ts'
import { idsFor, listSubjects } from '../subjects/index.ts'
import { countOpenRejections, mayOpenBatches, submissionTotals } from '../submissions/index.ts'
import { audienceInList, audienceOf, maySeeInFull, mustHavePurpose, mustSayPurpose, type Audience } from '../privacy/index.ts'
import { attachDocument as attach, withdrawRecord as withdraw } from './acts.ts'
import { attachDocument, downloadDocument, getRecord, leagueTable, listGaps, listRecords, withdrawRecord } from './contract.ts'
import { keepDocument } from './document.ts'
import { leagueOf, spanOf } from './league.ts'
import { basesOf, rowInPart, rowOf } from './page.ts'
import { documentMissing, recordMissing } from './problems.ts'
import { findAttachment, listAttachments } from './queries/attachments.ts'
import { listGapsOf, listReported } from './queries/clocks.ts'
import { countRecords, isRecordWithin, listPage, listRecordsOf, type ListedRecord } from './queries/list.ts'
import { findSequence, listVersions } from './queries/versions.ts'
import { versionsSeen } from './shown.ts'

type GapRow = OutputOf<typeof listGaps>['rows'][number]

// Subjects whose records a search by name shows; who means more should say more of the name.
const NAMED = 200
const READ = 'records.read'

/** All that can be asked of records. */
export const recordRoutes = [
  route(listRecords, async (asking: Asked, { offset, limit, find: sought, ...asked }) => {
    const { world, actor } = asking
    const find = sought?.trim() || null
    const within = reachOf(actor, READ)
    const filter = {
      within, subjectId: asked.subjectId ?? null, kind: asked.kind ?? null, department: asked.department ?? null, late: asked.late ?? null, receivedFrom: asked.receivedFrom ?? null,
      receivedUntil: asked.receivedUntil ?? null, find, subjectIds: find === null ? [] : (await listSubjects(world.db, { find, within, ids: idsFor(world, actor) }, { offset: 0, limit: NAMED })).rows.map((one) => one.subjectId),
    }
    const rows = await listPage(world.db, filter, { offset, limit })
    const total = rows.length < limit && (rows.length > 0 || offset === 0) ? offset + rows.length : await countRecords(world.db, filter)
    const today = dayOf(world.clock.now())
    const shown = (row: ListedRecord) => (audienceInList(asking, row.department) === 'public' ? rowInPart(rowOf(row, world, today)) : rowOf(row, world, today))
    return { rows: rows.map(shown), total }
  }),
  // Before /records/:recordId: these are names, not numbers.
  route(leagueTable, async ({ world, actor }: Asked, { from, until, kind }) => {
    const span = spanOf(dayOf(world.clock.now()), from, until)
    const wanted = (one: { readonly kind: string }) => (kind === undefined ? one.kind === 'licence' || one.kind === 'penalty' : one.kind === kind)
    const within = await departmentsReached(world, actor)
    const parts = {
      departments: within ?? (await listDepartments(world.db)).filter(({ kind, closedOn }) => kind === 'department' && closedOn === null).map(({ key }) => key),
      reported: await listReported(world.db, span.from, span.until, kind ?? null),
      sent: (await submissionTotals(world.db, span)).filter(wanted),
      gaps: await listGapsOf(world.db, { department: null, kind: kind ?? null }),
      openRejections: (await countOpenRejections(world.db)).filter(wanted),
    }
    const basis = world.policy.basisOf('records/report-within', dayOf(world.clock.now()))
    return {
      ...span, rows: leagueOf(parts).filter(({ department }) => within === null || within.includes(department)),
      bases: [{ what: text('报送期限', 'Time to report'), basis, policyKey: 'records/report-within' }],
    }
  }),
  route(listGaps, async ({ world, actor }: Asked, { department, kind }) => {
    const within = await departmentsReached(world, actor)
    return { rows: (await listGapsOf(world.db, { department: department ?? null, kind: kind ?? null })).filter((gap) => within === null || within.includes(gap.department)) as GapRow[] }
  }),
  route(getRecord, async (asked: Asked, { subjectId, recordId, full }) => {
    const { world, actor, purpose } = asked
    await mustReachRecord(world, actor, { subjectId, recordId })
    const [record] = await listRecordsOf(world.db, [{ subjectId, recordId }])
    if (!record) throw recordMissing()
    const versions = await listVersions(world.db, subjectId, recordId)
    const sequence = await findSequence(world.db, versions.map(({ fact_id }) => fact_id))
    if (full) mustHavePurpose(actor, purpose, record.department)
    const audience = full ? 'full' : audienceOf(asked, record.department)
    const row = rowOf(record, world, dayOf(world.clock.now()), audience)
    const versionsAs = (one: Audience) => versionsSeen(world, { record, versions, sequence, published: row.publicity.on, batchOpens: (department) => mayOpenBatches(actor, department) }, one)
    const [whole, internal, versionList] = [versionsAs('full'), versionsAs('internal'), versionsAs(audience)]
    // A document is a picture of everything: none of it is public.
    const documents = audience === 'public' ? [] : await listAttachments(world.db, subjectId, recordId)
    return {
      ...(audience === 'public' ? rowInPart(row) : row), versionList,
      withheld: audience === 'public' && (row.attachments > 0 || !isDeepStrictEqual(versionList, internal)), masked: !isDeepStrictEqual(internal, whole), mayFull: maySeeInFull(actor, record.department),
      documents: documents.map((one) => ({ attachmentId: one.attachment_id, fileName: one.file_name, contentType: one.content_type, size: one.size, digest: one.digest, attachedAt: one.attached_at, actor: one.actor })),
      bases: basesOf(record, world.policy),
    }
  }),
  route(withdrawRecord, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => withdraw.perform(world, actor, input, { requestId: own ?? requestId })),
  route(attachDocument, async ({ world, actor, upload, requestId }: Asked, { recordId, subjectId, name }) => {
    if (upload === undefined) throw new Refusal({ code: 'file.missing', status: 400, message: text('没有收到文件', 'No file came with the request'), fix: text('请选择文件后重新上传', 'Choose the file and upload it again') })
    // Asked first, so that nothing is kept for a record that is not there, or of another department.
    const [record] = await listRecordsOf(world.db, [{ subjectId, recordId }])
    if (!record) throw recordMissing()
    mustBeWithin(actor, 'records.attach', record.department)
    const { digest, size, contentType } = await keepDocument(world.files, upload)
    return attach.perform(world, actor, { recordId, subjectId, name, digest, size, contentType }, { requestId })
  }),
  route(downloadDocument, async (asked: Asked, { recordId, subjectId, attachmentId }) => {
    const { world, actor } = asked
    await mustReachRecord(world, actor, { subjectId, recordId })
    const [record] = await listRecordsOf(world.db, [{ subjectId, recordId }])
    if (!record) throw recordMissing()
    mustSayPurpose(asked, record.department)
    const found = await findAttachment(world.db, subjectId, recordId, attachmentId)
    if (!found) throw documentMissing()
    return { fileName: found.file_name, contentType: found.content_type, stream: await world.files.read(found.digest) }
  }),
]

/** A record that the actor does not reach is as if there were none: whoever tries numbers learns nothing. */
async function mustReachRecord(world: World, actor: Actor, key: { readonly subjectId: number; readonly recordId: number }): Promise<void> {
  const reach = reachOf(actor, READ)
  if (reach !== null && !(await isRecordWithin(world.db, reach, key))) throw recordMissing()
}

/** Departments whose reporting the actor may see: the own ones, and by a sector those that supervise it; null: all. */
async function departmentsReached({ db }: World, actor: Actor): Promise<string[] | null> {
  const reach = reachOf(actor, READ)
  return reach && (await listDepartments(db)).filter(({ key, sector }) => reach.departments.includes(key) || (sector !== null && reach.sectors.includes(sector))).map(({ key }) => key)
}

// @clause 4.3, 4.5, 4.7
import { dayOf } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { route } from '../../platform/http/index.ts'
import { departmentsOf } from '../organisation/index.ts'
import { listSubjects } from '../subjects/index.ts'
import { countOpenRejections, submissionTotals } from '../submissions/index.ts'
import { attachDocument as attach, withdrawRecord as withdraw } from './acts.ts'
import { attachDocument, downloadDocument, getRecord, leagueTable, listGaps, listRecords, withdrawRecord } from './contract.ts'
import { keepDocument } from './document.ts'
import { leagueOf, spanOf } from './league.ts'
import { basesOf, rowOf, versionListOf } from './page.ts'
import { documentMissing, recordMissing } from './problems.ts'
import { findAttachment, listAttachments } from './queries/attachments.ts'
import { listGapsOf, listReported } from './queries/clocks.ts'
import { countRecords, listPage, listRecordsOf } from './queries/list.ts'
import { findSequence, listVersions } from './queries/versions.ts'
import { fieldTitles } from './titles.ts'

type GapRow = OutputOf<typeof listGaps>['rows'][number]

// Subjects whose records a search by name shows; who means more should say more of the name.
const NAMED = 200

/** All that can be asked of records. */
export const recordRoutes = [
  route(listRecords, async ({ world }: Asked, { offset, limit, find: sought, ...asked }) => {
    const find = sought?.trim() || null
    const filter = {
      subjectId: asked.subjectId ?? null, kind: asked.kind ?? null, department: asked.department ?? null, late: asked.late ?? null, receivedFrom: asked.receivedFrom ?? null,
      receivedUntil: asked.receivedUntil ?? null, find, subjectIds: find === null ? [] : (await listSubjects(world.db, { find }, { offset: 0, limit: NAMED })).rows.map((one) => one.subjectId),
    }
    const rows = await listPage(world.db, filter, { offset, limit })
    const total = rows.length < limit && (rows.length > 0 || offset === 0) ? offset + rows.length : await countRecords(world.db, filter)
    const today = dayOf(world.clock.now())
    return { rows: rows.map((row) => rowOf(row, world.policy, today)), total }
  }),
  // Before /records/:recordId: these are names, not numbers.
  route(leagueTable, async ({ world }: Asked, { from, until, kind }) => {
    const span = spanOf(dayOf(world.clock.now()), from, until)
    const wanted = (one: { readonly kind: string }) => (kind === undefined ? one.kind === 'licence' || one.kind === 'penalty' : one.kind === kind)
    const parts = {
      departments: departmentsOf(world.policy).map(({ key }) => key),
      reported: await listReported(world.db, span.from, span.until, kind ?? null),
      sent: (await submissionTotals(world.db, span)).filter(wanted),
      gaps: await listGapsOf(world.db, { department: null, kind: kind ?? null }),
      openRejections: (await countOpenRejections(world.db)).filter(wanted),
    }
    const basis = world.policy.basisOf('records/report-within', dayOf(world.clock.now()))
    return {
      ...span, rows: leagueOf(parts),
      bases: [{ what: text('报送期限', 'Time to report'), basis, policyKey: 'records/report-within' }],
    }
  }),
  route(listGaps, async ({ world }: Asked, { department, kind }) => ({ rows: (await listGapsOf(world.db, { department: department ?? null, kind: kind ?? null })) as GapRow[] })),
  route(getRecord, async ({ world }: Asked, { subjectId, recordId }) => {
    const [record] = await listRecordsOf(world.db, [{ subjectId, recordId }])
    if (!record) throw recordMissing()
    const versions = await listVersions(world.db, subjectId, recordId)
    const sequence = await findSequence(world.db, versions.map(({ fact_id }) => fact_id))
    const documents = await listAttachments(world.db, subjectId, recordId)
    return {
      ...rowOf(record, world.policy, dayOf(world.clock.now())),
      versionList: versionListOf(versions, fieldTitles(record.kind, world.policy), sequence).reverse(),
      documents: documents.map((one) => ({ attachmentId: one.attachment_id, fileName: one.file_name, contentType: one.content_type, size: one.size, digest: one.digest, attachedAt: one.attached_at, actor: one.actor })),
      bases: basesOf(record, world.policy),
    }
  }),
  route(withdrawRecord, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => withdraw.perform(world, actor, input, { requestId: own ?? requestId })),
  route(attachDocument, async ({ world, actor, upload, requestId }: Asked, { recordId, subjectId, name }) => {
    if (upload === undefined) throw new Refusal({ code: 'file.missing', status: 400, message: text('没有收到文件', 'No file came with the request'), fix: text('请选择文件后重新上传', 'Choose the file and upload it again') })
    // Asked first, so that nothing is kept for a record that is not there.
    if ((await listRecordsOf(world.db, [{ subjectId, recordId }])).length === 0) throw recordMissing()
    const { digest, size, contentType } = await keepDocument(world.files, upload)
    return attach.perform(world, actor, { recordId, subjectId, name, digest, size, contentType }, { requestId })
  }),
  route(downloadDocument, async ({ world }: Asked, { recordId, subjectId, attachmentId }) => {
    const found = await findAttachment(world.db, subjectId, recordId, attachmentId)
    if (!found) throw documentMissing()
    return { fileName: found.file_name, contentType: found.content_type, stream: await world.files.read(found.digest) }
  }),
]

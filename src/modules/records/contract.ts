import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'
import { fileNameSchema } from '../../kernel/file-name.ts'
import { text, type Text } from '../../kernel/text.ts'

/** Kinds of record. Later clauses add theirs. */
export const recordKindSchema = z.enum(['licence', 'penalty', 'public-grade'])
/** Class of dishonesty (失信程度): 轻微, 一般, 严重. */
export const dishonestyClassSchema = z.enum(['minor', 'general', 'serious'])

/** One of the three switches today. `reason` is a key of {@link switchReasons}: why it ends, or ended. */
const switchSchema = z.object({ on: z.boolean(), endsOn: daySchema.nullable(), reason: z.string().nullable() })

/** Why a switch ends (公示、共享、使用), and why a record is withheld from publicity, in words. */
export const switchReasons: Readonly<Record<string, Text>> = {
  maximum: text('最长公示期届满，自动终止', 'The maximum publicity period is over: ends by itself'),
  withdrawn: text('记录已撤回', 'The record was withdrawn'),
  repaired: text('信用修复', 'Credit repair'),
  revoked: text('决定被撤销', 'The decision was revoked'),
  objection: text('异议成立', 'An objection was upheld'),
  'simple-procedure': text('适用简易程序，不予公示', 'Simple procedure: kept, not published'),
  'natural-person': text('当事人为自然人，不予公示', 'The party is a natural person: not published'),
  minor: text('轻微失信，原则上不予公示', 'Minor: in principle not published'),
  'by-rule': text('按规则不予公示', 'Not published by rule'),
}

/** A record as a list or time line shows it. */
export const recordRowSchema = z.object({
  recordId: z.number(), subjectId: z.number(), subjectName: z.string(), kind: recordKindSchema, documentNumber: z.string(), title: z.string(), department: z.string(),
  decidedOn: daySchema, receivedOn: daySchema, reportDueOn: daySchema.nullable(), reportDueProvisional: z.boolean(),
  /** Working days by which it was late; 0 when in time; null when no clock applies. */
  lateBy: z.number().nullable(),
  class: dishonestyClassSchema.nullable(), amountFen: z.string().nullable(), tags: z.array(z.string()), grade: z.string().nullable(), endsOn: daySchema.nullable(),
  publicity: switchSchema.extend({ repairableOn: daySchema.nullable(), withheldReason: z.string().nullable() }),
  sharing: switchSchema, use: switchSchema,
  /** An objection to it is pending (异议处理中). */
  objected: z.boolean(),
  withdrawn: z.boolean(), versions: z.number(), attachments: z.number(),
})

/** Records of a subject or of all, the newest first. `total` is counted up to 100,000. `find` is a document number from its beginning, or part of a name. */
export const listRecords = endpoint({
  method: 'GET', path: '/records', sees: 'internal', permission: 'records.read', reach: ['department', 'sector', 'subject'], summary: { zh: '信用记录', en: 'Records' },
  input: z.object({ ...pageInput, subjectId: z.coerce.number().int().optional(), kind: recordKindSchema.optional(), department: z.string().optional(), late: z.stringbool().optional(), receivedFrom: daySchema.optional(), receivedUntil: daySchema.optional(), find: z.string().optional() }),
  output: pageOf(recordRowSchema),
})

/** What a version does. `ended`: its switches were ended by a decision (repair); `recomputed`: its report deadline, when a calendar became official. */
export const operationSchema = z.enum(['filed', 'corrected', 'withdrawn', 'ended', 'recomputed'])

/** One version of a record. `changed` marks the fields that differ from the version before. */
export const versionSchema = z.object({
  factId: z.number(), version: z.number(), operation: operationSchema, recordedAt: z.coerce.date(), receivedOn: daySchema, actor: z.string(), reason: z.string().nullable(), batchId: z.number().nullable(), rowNumber: z.number().nullable(), /** The caller may open the batch. */ batchOpens: z.boolean(),
  /** Withdrawal: the day on which the decision was changed, revoked or found invalid. */
  occasionOn: daySchema.nullable(),
  fields: z.array(z.object({ id: z.string(), title: z.string(), value: z.string(), changed: z.boolean() })),
  policyHash: z.string(), entrySeq: z.number().nullable(),
})
/** One record with its versions, documents, deadlines and the articles behind them. */
export const getRecord = endpoint({
  method: 'GET', path: '/records/:recordId', sees: 'internal', permission: 'records.read', reach: ['department', 'sector', 'subject'], summary: { zh: '记录详情', en: 'One record' },
  /** `full`: persons' ids in full, for whoever may (persons.read) and says for what purpose (header `x-purpose`). */
  input: z.object({ recordId: z.coerce.number().int(), subjectId: z.coerce.number().int(), full: z.stringbool().optional() }),
  output: recordRowSchema.extend({
    /** Something is left out: it is not public, another department sent it, and no purpose was said (header `x-purpose`). */
    withheld: z.boolean(),
    /** Something of a person is shown in part to officers; `mayFull`: the caller may see it in full for a purpose. */
    masked: z.boolean(), mayFull: z.boolean(),
    versionList: z.array(versionSchema),
    documents: z.array(z.object({ attachmentId: z.number(), fileName: z.string(), contentType: z.string(), size: z.number(), digest: z.string(), attachedAt: z.coerce.date(), actor: z.string() })),
    bases: z.array(z.object({ what: textSchema, basis: basisSchema, policyKey: z.string() })),
  }),
})

/** Withdraws a record that was changed, revoked or found invalid. */
export const withdrawRecord = endpoint({
  method: 'POST', path: '/records/:recordId/withdrawal', permission: 'records.withdraw', reach: ['department'], summary: { zh: '撤回记录', en: 'Withdraw a record' },
  input: z.object({ recordId: z.coerce.number().int(), subjectId: z.coerce.number().int(), reason: z.string().trim().min(4).max(500), requestId: z.string().max(100).optional(),
    /** Day on which the decision was changed, revoked or found invalid: from it the time to withdraw runs. */
    occasionOn: daySchema.optional() }),
  output: z.object({ factId: z.number(), dueOn: daySchema.nullable(), late: z.boolean().nullable() }),
})
/** Attaches the decision document (PDF, PNG or JPEG). */
export const attachDocument = endpoint({
  method: 'POST', path: '/records/:recordId/documents', permission: 'records.attach', reach: ['department'], takes: 'upload', summary: { zh: '上传文书', en: 'Attach a document' },
  input: z.object({ recordId: z.coerce.number().int(), subjectId: z.coerce.number().int(), name: fileNameSchema }), output: z.object({ attachmentId: z.number() }),
})
/** The attached document. */
export const downloadDocument = endpoint({
  method: 'GET', path: '/records/:recordId/documents/:attachmentId', sees: 'internal', permission: 'records.read', reach: ['department', 'sector', 'subject'], gives: 'file', summary: { zh: '下载文书', en: 'Download a document' },
  input: z.object({ recordId: z.coerce.number().int(), subjectId: z.coerce.number().int(), attachmentId: z.coerce.number().int() }), output: z.any(),
})

/** How a department reports: the league table (归集排名). Rates are shares from 0 to 1; null where nothing was reported. */
export const leagueRowSchema = z.object({
  department: z.string(), reported: z.number(), late: z.number(), timeliness: z.number().nullable(), lateRate: z.number().nullable(),
  rowsSent: z.number(), rowsAccepted: z.number(), compliance: z.number().nullable(), gaps: z.number(), openRejections: z.number(),
  months: z.array(z.object({ month: z.string(), reported: z.number(), timeliness: z.number().nullable(), compliance: z.number().nullable() })),
})
/** The league table of a span of months (by the month of receipt). */
export const leagueTable = endpoint({
  method: 'GET', path: '/records/league', sees: 'internal', permission: 'records.read', reach: ['department', 'sector'], summary: { zh: '部门报送排名', en: 'League table of departments' },
  input: z.object({ from: z.string().regex(/^\d{4}-\d{2}$/).optional(), until: z.string().regex(/^\d{4}-\d{2}$/).optional(), kind: recordKindSchema.optional() }),
  output: z.object({ from: z.string(), until: z.string(), rows: z.array(leagueRowSchema), bases: z.array(z.object({ what: textSchema, basis: basisSchema, policyKey: z.string() })) }),
})
/** Missing document numbers: a hint, not a proof, of decisions that were not reported. */
export const listGaps = endpoint({
  method: 'GET', path: '/records/gaps', sees: 'internal', permission: 'records.read', reach: ['department', 'sector'], summary: { zh: '文号缺口', en: 'Gaps in document numbers' },
  input: z.object({ department: z.string().optional(), kind: recordKindSchema.optional() }),
  output: z.object({ rows: z.array(z.object({ department: z.string(), kind: recordKindSchema, series: z.string(), year: z.number(), from: z.number(), until: z.number(), missing: z.array(z.number()), missingCount: z.number() })) }),
})

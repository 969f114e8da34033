import { z } from 'zod'
import { daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'

/** Kinds of line of the trail; `entry` is an entry of the ledger that stands beside them. */
export const trailKindSchema = z.enum(['view', 'export', 'act', 'sign-in', 'entry'])
/** What came of it, in short. */
export const trailOutcomeSchema = z.enum(['given', 'refused', 'fault'])

const filter = {
  /** e.g. `officer:market`. */
  actor: z.string().trim().max(100).optional(),
  /** An officer's account, or part of a name that the officer has or had. */
  find: z.string().trim().max(100).optional(),
  department: z.string().optional(), subjectId: z.coerce.number().int().optional(), recordId: z.coerce.number().int().optional(),
  from: daySchema.optional(), until: daySchema.optional(), kind: trailKindSchema.optional(), outcome: trailOutcomeSchema.optional(), purpose: z.string().trim().max(100).optional(),
  /** A text that someone may have looked for: found by its digest. */
  sought: z.string().trim().max(200).optional(),
}
const scope = z.union([z.literal('all'), z.object({ departments: z.array(z.string()), sectors: z.array(z.string()), subjects: z.array(z.number()) })])

/** A line of the trail (审计记录): who saw or did what, when, by what right, about whom. */
export const trailRowSchema = z.object({
  id: z.number(), at: z.coerce.date(), actor: z.string(), /** The officer's name as it was then; null for whoever is no officer. */ name: z.string().nullable(), department: z.string().nullable(), roles: z.array(z.string()), permission: z.string().nullable(), reach: scope.nullable(), sessionId: z.number().nullable(), address: z.string().nullable(),
  method: z.string().nullable(), what: z.string(), /** What the route does, in words; null for entries and for what is no route any more. */ title: textSchema.nullable(), kind: trailKindSchema, outcome: z.string(), subjectIds: z.array(z.number()), recordIds: z.array(z.number()), asked: z.record(z.string(), z.json()), rows: z.number().nullable(), purpose: z.string().nullable(), ms: z.number().nullable(), basis: z.string().nullable(),
})

/** The trail, the latest first. With a subject or record, the ledger's entries about it stand among the lines. `total` is counted up to 100,000. */
export const listTrail = endpoint({
  method: 'GET', path: '/audit/trail', sees: 'internal', permission: 'audit.read', summary: { zh: '审计日志', en: 'Audit trail' }, input: z.object({ ...pageInput, ...filter }), output: pageOf(trailRowSchema),
})
/** The same as a workbook or CSV. */
export const exportTrail = endpoint({
  method: 'GET', path: '/audit/trail/export', sees: 'internal', permission: 'audit.read', gives: 'file', summary: { zh: '导出审计日志', en: 'Export the audit trail' }, input: z.object({ ...filter, form: z.enum(['xlsx', 'csv']).default('xlsx') }), output: z.any(),
})

/** Says that a page is about to hand out a list as a file: which list, how many rows, narrowed by what. It leaves its line before the file is handed out; the readings that filled it left theirs. */
export const noteExport = endpoint({
  method: 'POST', path: '/audit/exports', permission: 'console.open', leaves: 'export', summary: { zh: '登记页面导出', en: 'Note an export made by a page' },
  input: z.object({ table: z.string().regex(/^[\w.-]{1,60}$/), rows: z.number().int().min(0), filter: z.record(z.string().max(60), z.string().max(500)).default({}) }), output: z.object({ rows: z.number() }),
})

/** Stretches of the trail that are past their time and stand in files, the earliest first. `digest` is what was sealed, `file` the digest of the file. */
export const listArchives = endpoint({
  method: 'GET', path: '/audit/archives', sees: 'internal', permission: 'audit.read', summary: { zh: '已归档的审计日志', en: 'Archives of the audit trail' }, input: z.object({}),
  output: z.object({ years: z.number(), rows: z.array(z.object({ sealId: z.number(), fromId: z.number(), toId: z.number(), rows: z.number(), digest: z.string(), file: z.string(), size: z.number(), fromAt: z.coerce.date(), untilAt: z.coerce.date(), archivedAt: z.coerce.date(), removed: z.boolean() })) }),
})
/** One archive as a file, to be kept elsewhere and verified there. */
export const downloadArchive = endpoint({
  method: 'GET', path: '/audit/archives/:sealId', sees: 'internal', permission: 'audit.read', gives: 'file', summary: { zh: '下载审计日志归档', en: 'Download an archive of the audit trail' }, input: z.object({ sealId: z.coerce.number().int() }), output: z.any(),
})
/** What goes with an archive to whoever has neither this server nor its database: the digests of its lines, and the proof that its seal stands in the ledger of the checkpoint over `size` entries, or of the newest. */
export const proveArchive = endpoint({
  method: 'GET', path: '/audit/archives/:sealId/proof', sees: 'internal', permission: 'audit.read', summary: { zh: '审计日志归档的证明', en: 'Proof of an archive of the audit trail' },
  input: z.object({ sealId: z.coerce.number().int(), size: z.coerce.number().int().min(1).optional() }), output: z.object({ proof: z.json() }),
})

/** Kinds of unusual reading. */
export const alarmKindSchema = z.enum(['many', 'hours', 'duties'])
/** What a look into an alarm found. */
export const findingSchema = z.enum(['explained', 'misuse'])
/** Alarms for unusual reading, the latest first; `open`: only those that nobody has settled. */
export const listAlarms = endpoint({
  method: 'GET', path: '/audit/alarms', sees: 'internal', permission: 'audit.read', summary: { zh: '异常查看告警', en: 'Alarms for unusual reading' }, input: z.object({ ...pageInput, open: z.stringbool().optional() }),
  output: pageOf(z.object({
    alarmId: z.number(), kind: alarmKindSchema, actor: z.string(), name: z.string().nullable(), onDay: daySchema, department: z.string().nullable(), subjects: z.number(), limitWas: z.number(), fromAt: z.coerce.date(), untilAt: z.coerce.date(), raisedAt: z.coerce.date(),
    settledAt: z.coerce.date().nullable(), settledBy: z.string().nullable(), settledByName: z.string().nullable(), finding: findingSchema.nullable(), reason: z.string().nullable(),
  })),
})
/** Says what a look into an alarm found. */
export const settleAlarm = endpoint({
  method: 'POST', path: '/audit/alarms/:alarmId/settlement', permission: 'audit.settle', summary: { zh: '处理告警', en: 'Settle an alarm' },
  input: z.object({ alarmId: z.coerce.number().int(), finding: findingSchema, reason: z.string().trim().min(4).max(500) }), output: z.object({ alarmId: z.number() }),
})

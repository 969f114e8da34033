import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'
import { fileNameSchema } from '../../kernel/file-name.ts'

/** What can be sent in. */
export const submissionKindSchema = z.enum(['subject', 'licence', 'penalty', 'public-grade'])

/** A problem of one cell or row. */
export const problemSchema = z.object({ code: z.string(), severity: z.enum(['error', 'warning']), field: z.string().optional(), message: textSchema, fix: textSchema, basis: basisSchema.optional() })

/** What a file was recognised to be, before anything is stored. */
export const recognitionSchema = z.object({
  kind: submissionKindSchema.nullable(),
  format: z.enum(['xlsx', 'csv']),
  encoding: z.string().nullable(),
  sheetName: z.string().nullable(),
  headingRow: z.number().nullable(),
  /** Each column of the sheet and the field of the standard that it holds. */
  columns: z.array(z.object({ column: z.number(), heading: z.string(), field: z.string().nullable(), title: z.string().nullable() })),
  missing: z.array(z.object({ field: z.string(), title: z.string(), required: z.boolean() })),
  /** First rows as they stand. */
  sample: z.array(z.array(z.string())),
  problems: z.array(problemSchema),
})

/** Looks at a file and keeps it; nothing is imported yet. */
export const recogniseFile = endpoint({
  method: 'POST', path: '/imports/recognise', permission: 'submissions.import', reach: ['department'], takes: 'upload', summary: { zh: '识别上传文件', en: 'Recognise a file' },
  input: z.object({ name: fileNameSchema }),
  output: z.object({ file: z.string(), name: z.string(), size: z.number(), recognition: recognitionSchema }),
})

/** A batch (报送批次): one file, one act. */
export const batchSchema = z.object({
  batchId: z.number(), kind: submissionKindSchema, fileName: z.string(), fileSize: z.number(), department: z.string(), receivedOn: daySchema, receivedAt: z.coerce.date(), actor: z.string(),
  state: z.enum(['received', 'reading', 'done', 'refused']),
  read: z.number(), accepted: z.number(), unchanged: z.number(), corrected: z.number(), rejected: z.number(), warned: z.number(),
  finishedAt: z.coerce.date().nullable(),
  refusal: z.object({ code: z.string(), message: textSchema, fix: textSchema }).nullable(),
  /** While it is being read: how far, from 0 to 1 (null when the size is unknown), and how fast. */
  progress: z.object({ fraction: z.number().nullable(), rowsPerSecond: z.number(), stage: z.enum(['waiting', 'reading', 'storing']) }).nullable(),
})

/** Imports a recognised file. Answers at once with the batch; its progress is read with `getBatch`. */
export const importFile = endpoint({
  method: 'POST', path: '/imports', permission: 'submissions.import', reach: ['department'], summary: { zh: '导入文件', en: 'Import a recognised file' },
  input: z.object({ file: z.string().regex(/^[0-9a-f]{64}$/), name: fileNameSchema, kind: submissionKindSchema, department: z.string(), receivedOn: daySchema.optional() }),
  output: batchSchema,
})
/** The batches, newest first. */
export const listBatches = endpoint({
  method: 'GET', path: '/imports', sees: 'internal', permission: 'submissions.read', reach: ['department'], summary: { zh: '报送批次', en: 'Batches' },
  input: z.object({ ...pageInput, kind: submissionKindSchema.optional(), department: z.string().optional() }), output: pageOf(batchSchema),
})
/** One batch with its progress. */
export const getBatch = endpoint({ method: 'GET', path: '/imports/:batchId', sees: 'internal', permission: 'submissions.read', reach: ['department'], summary: { zh: '批次详情', en: 'One batch' }, input: z.object({ batchId: z.coerce.number().int() }), output: batchSchema })

/** A row with problems, as it was sent. `cells` is keyed by field of the standard. */
export const flaggedRowSchema = z.object({ rowNumber: z.number(), rejected: z.boolean(), cells: z.record(z.string(), z.string()), problems: z.array(problemSchema) })
/** The rejected rows and the rows with warnings of a batch. */
export const listFlaggedRows = endpoint({
  method: 'GET', path: '/imports/:batchId/rows', sees: 'internal', permission: 'submissions.read', reach: ['department'], summary: { zh: '问题行', en: 'Rows with problems' },
  input: z.object({ batchId: z.coerce.number().int(), ...pageInput, rejected: z.stringbool().optional() }),
  /** `titles`: the fields in the standard's order, with its words for them. `withheld`: another department sent them, and no purpose was said (header `x-purpose`): only how many there are. */
  output: pageOf(flaggedRowSchema).extend({ withheld: z.boolean(), titles: z.record(z.string(), textSchema).optional() }),
})
/** The workbook of failed rows: the same layout, with cause and fix beside each. */
export const downloadFailedRows = endpoint({ method: 'GET', path: '/imports/:batchId/failed.xlsx', sees: 'internal', permission: 'submissions.read', reach: ['department'], gives: 'file', summary: { zh: '下载失败行', en: 'Workbook of failed rows' }, input: z.object({ batchId: z.coerce.number().int() }), output: z.any() })
/** An empty workbook in the layout of the standard. */
export const downloadTemplate = endpoint({ method: 'GET', path: '/imports/template/:kind', sees: 'public', permission: 'submissions.read', reach: ['department'], gives: 'file', summary: { zh: '下载模板', en: 'Template workbook' }, input: z.object({ kind: submissionKindSchema }), output: z.any() })

/** Decisions that were sent in, rejected, and not yet sent in again: their seven working days go on. Those that can still be in time first, then late ones, the newest first. */
export const listOpenRejections = endpoint({
  method: 'GET', path: '/imports/open-rejections', sees: 'internal', permission: 'submissions.read', reach: ['department'], summary: { zh: '待改正的退回行', en: 'Rejected rows not yet corrected' },
  /** `party`: only those of the party with this code. */
  input: z.object({ ...pageInput, department: z.string().optional(), party: z.string().optional() }),
  output: z.object({
    late: z.number(), dueSoon: z.number(), total: z.number(),
    /** The batches that hold late ones, the newest first: one correction of the file settles all of its rows. */
    lateBatches: z.array(z.object({ batchId: z.number(), fileName: z.string(), department: z.string(), receivedOn: daySchema, late: z.number(), dueOn: daySchema })),
    rows: z.array(z.object({ batchId: z.number(), rowNumber: z.number(), kind: submissionKindSchema, department: z.string(), documentNumber: z.string().nullable(), partyName: z.string().nullable(), decidedOn: daySchema.nullable(), dueOn: daySchema.nullable(), state: z.enum(['late', 'due-soon', 'open']), firstProblem: textSchema })),
  }),
})

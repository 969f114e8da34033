import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'
import { text, type Text } from '../../kernel/text.ts'
import { OBJECTION_ACTS, OBJECTION_STATES, type ObjectionState } from './procedure.ts'

/** What an objection is about. */
export const objectionAboutSchema = z.enum(['record', 'grade', 'registration'])
/** How an upheld objection was carried out: the record withdrawn, its display ended, or corrected. */
export const objectionHowSchema = z.enum(['withdrawn', 'ended', 'corrected'])
/** What it is about, in words. */
export const aboutWords: Readonly<Record<'record' | 'grade' | 'registration', Text>> = { record: text('记录', 'Record'), grade: text('等级', 'Grade'), registration: text('登记信息', 'Registration') }
/** States of an objection, in words. */
export const stateWords: Readonly<Record<ObjectionState, Text>> = {
  checking: text('核查中', 'Being checked'), answered: text('已核查，待决定', 'Answered'), upheld: text('异议成立，待更正', 'Upheld'), partly: text('部分成立，待更正', 'Upheld in part'),
  corrected: text('已更正', 'Corrected'), rejected: text('异议不成立', 'Rejected'), declined: text('不予受理', 'Declined'), withdrawn: text('已撤回', 'Withdrawn'),
}
const stateSchema = z.enum(OBJECTION_STATES)
const actSchema = z.enum(OBJECTION_ACTS)
const subjectId = z.coerce.number().int()
const objectionId = z.coerce.number().int()
const requestId = z.string().max(100).optional()
const words = z.string().trim().min(4).max(2000)
const REACH = ['department'] as const

const stepSchema = z.object({ stepId: z.number(), act: actSchema, title: textSchema, words: z.string(), remedy: z.string().nullable(), how: objectionHowSchema.nullable(), department: z.string(), toDepartment: z.string().nullable(), at: z.coerce.date(), who: z.string() })
const objectionRow = z.object({
  objectionId: z.number(), subjectId: z.number(), subjectName: z.string(), about: objectionAboutSchema, recordId: z.number().nullable(), model: z.string().nullable(), what: textSchema, grounds: z.string(), wish: z.string(),
  files: z.array(z.object({ at: z.number(), fileName: z.string(), contentType: z.string(), size: z.number() })), repeats: z.number().nullable(), filedAt: z.coerce.date(), filedBy: z.string(),
  department: z.string(), state: stateSchema, dueOn: daySchema.nullable(), late: z.boolean(), extended: z.boolean(),
})
const objectionPage = objectionRow.extend({ steps: z.array(stepSchema) })
const statementRow = z.object({ statementId: z.number(), subjectId: z.number(), recordId: z.number().nullable(), documentNumber: z.string().nullable(), words: z.string(), filedAt: z.coerce.date(), withdrawnAt: z.coerce.date().nullable() })

const pendingRow = z.object({ about: z.enum(['grade', 'registration']), model: z.string().nullable(), since: daySchema })

/** A page of the own objections of a business, the open ones first, with every step and answer; all statements, and which grades and whether the registration are under objection. */
export const listOwnObjections = endpoint({
  method: 'GET', path: '/my/subjects/:subjectId/objections', sees: 'own', permission: 'my.read', reach: ['subject'], summary: { zh: '本企业的异议与说明', en: 'Own objections and statements' }, input: z.object({ ...pageInput, subjectId }),
  output: pageOf(objectionPage).extend({ pending: z.array(pendingRow), statements: z.array(statementRow) }),
})
/** Files an objection; the record is marked at once. */
export const fileObjection = endpoint({
  method: 'POST', path: '/my/subjects/:subjectId/objections', permission: 'my.object', reach: ['subject'], summary: { zh: '提出异议', en: 'File an objection' },
  input: z.object({ subjectId, about: objectionAboutSchema, recordId: z.number().int().optional(), model: z.string().max(100).optional(), grounds: words, wish: words, uploadIds: z.array(z.number().int()).max(20).default([]), requestId }),
  output: z.object({ objectionId: z.number(), dueOn: daySchema, department: z.string() }),
})
/** Takes an own objection back. */
export const withdrawObjection = endpoint({ method: 'POST', path: '/my/subjects/:subjectId/objections/:objectionId/withdrawal', permission: 'my.object', reach: ['subject'], summary: { zh: '撤回异议', en: 'Withdraw an objection' }, input: z.object({ subjectId, objectionId, words: z.string().trim().max(500).optional() }), output: z.object({ state: stateSchema }) })
/** Files a statement that stands beside a record, or beside all of them. */
export const fileStatement = endpoint({ method: 'POST', path: '/my/subjects/:subjectId/statements', permission: 'my.object', reach: ['subject'], summary: { zh: '提交信用说明', en: 'File a statement' }, input: z.object({ subjectId, recordId: z.number().int().optional(), words: z.string().trim().min(4).max(500), requestId }), output: z.object({ statementId: z.number() }) })
/** Takes a statement back. */
export const withdrawStatement = endpoint({ method: 'POST', path: '/my/subjects/:subjectId/statements/:statementId/withdrawal', permission: 'my.object', reach: ['subject'], summary: { zh: '撤回信用说明', en: 'Withdraw a statement' }, input: z.object({ subjectId, statementId: z.coerce.number().int() }), output: z.object({ statementId: z.number() }) })

/** What stands beside a subject for whoever opens it: the grades and the registration to which an objection is pending (异议处理中), and the statements (信用说明) that the business has not taken back. Records bear their mark themselves. */
export const getBeside = endpoint({
  method: 'GET', path: '/subjects/:subjectId/objections', sees: 'internal', permission: 'subjects.read', reach: ['department', 'sector', 'subject'], summary: { zh: '主体的异议标注和信用说明', en: 'Marks of objections and statements beside a subject' }, input: z.object({ subjectId }),
  output: z.object({ pending: z.array(pendingRow), statements: z.array(statementRow) }),
})

const filter = {
  state: stateSchema.optional(), open: z.stringbool().optional(), late: z.stringbool().optional(), about: objectionAboutSchema.optional(), department: z.string().max(100).optional(), dueFrom: daySchema.optional(), dueUntil: daySchema.optional(),
  /** Part of the name of the business. */
  find: z.string().trim().max(200).optional(), subjectId: subjectId.optional(), recordId: z.coerce.number().int().optional(),
}
/** Objections, for officers: the open ones first, by day due. */
export const listObjections = endpoint({
  method: 'GET', path: '/objections', sees: 'internal', permission: 'objections.read', reach: REACH, summary: { zh: '异议', en: 'Objections' },
  input: z.object({ ...pageInput, ...filter }), output: pageOf(objectionRow),
})
/** The same as a workbook or CSV. */
export const exportObjections = endpoint({
  method: 'GET', path: '/objections/export', sees: 'internal', permission: 'objections.read', reach: REACH, gives: 'file', summary: { zh: '导出异议', en: 'Export objections' }, input: z.object({ ...filter, form: z.enum(['xlsx', 'csv']).default('xlsx') }), output: z.any(),
})
/** One objection: the steps, and what may be done next, or why not. */
export const getObjection = endpoint({
  method: 'GET', path: '/objections/:objectionId', sees: 'internal', permission: 'objections.read', reach: REACH, summary: { zh: '一项异议', en: 'One objection' }, input: z.object({ objectionId }),
  output: objectionPage.extend({ acts: z.array(z.object({ act: actSchema, title: textSchema, whyNot: textSchema.nullable() })), rule: basisSchema, statements: z.array(statementRow) }),
})
/** Evidence of an objection. */
export const downloadObjectionFile = endpoint({ method: 'GET', path: '/objections/:objectionId/files/:at', sees: 'internal', permission: 'objections.read', reach: REACH, gives: 'file', summary: { zh: '下载异议材料', en: 'Download evidence of an objection' }, input: z.object({ objectionId, at: z.coerce.number().int().min(0) }), output: z.any() })
const stepped = z.object({ objectionId: z.number(), state: stateSchema, dueOn: daySchema.nullable() })
/** Forwards an objection to another department. */
export const forwardObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/forward', permission: 'objections.handle', summary: { zh: '转交异议', en: 'Forward an objection' }, input: z.object({ objectionId, department: z.string().max(100), words, requestId }), output: stepped })
/** Declines an objection that is out of scope or repeats a settled one, with the reason. */
export const declineObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/decline', permission: 'objections.handle', summary: { zh: '不予受理异议', en: 'Decline an objection' }, input: z.object({ objectionId, words, requestId }), output: stepped })
/** The answer of the source department after checking. */
export const answerObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/answer', permission: 'objections.answer', reach: REACH, summary: { zh: '异议核查答复', en: 'Answer an objection' }, input: z.object({ objectionId, words, requestId }), output: stepped })
/** Extends the time once, with the reason. */
export const extendObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/extension', permission: 'objections.decide', reach: REACH, summary: { zh: '延长异议办理期限', en: 'Extend the time of an objection' }, input: z.object({ objectionId, words, requestId }), output: stepped })
/** Decides; with remedy unless wholly upheld. */
export const decideObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/decision', permission: 'objections.decide', reach: REACH, summary: { zh: '异议决定', en: 'Decide an objection' }, input: z.object({ objectionId, act: z.enum(['uphold', 'uphold-partly', 'reject']), words, remedy: z.string().trim().max(1000).optional(), requestId }), output: stepped })
/** Carries out an upheld objection. */
export const carryOutObjection = endpoint({ method: 'POST', path: '/objections/:objectionId/correction', permission: 'objections.carry-out', reach: REACH, summary: { zh: '落实异议决定', en: 'Carry out an objection' }, input: z.object({ objectionId, how: objectionHowSchema, words, requestId }), output: stepped })

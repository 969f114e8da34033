import { z } from 'zod'
import { text, type Text } from '../../kernel/text.ts'
import { daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'
import { fileNameSchema } from '../../kernel/file-name.ts'

/** In what capacity someone acts for a business. */
export const capacitySchema = z.enum(['legal-representative', 'agent'])
/** What someone may be let to do; seeing is part of it always. */
export const limitSchema = z.enum(['view', 'objections'])
/** What became of a claim; null while it waits. */
export const claimOutcomeSchema = z.enum(['confirmed', 'refused', 'withdrawn'])
/** In what capacity, in words. */
export const capacityWords: Readonly<Record<'legal-representative' | 'agent', Text>> = { agent: text('经办人', 'Agent'), 'legal-representative': text('法定代表人', 'Legal representative') }
/** What became of a claim, in words. */
export const claimStateWords: Readonly<Record<'waiting' | 'confirmed' | 'refused' | 'withdrawn', Text>> = { waiting: text('等待核对', 'waits'), confirmed: text('已核准', 'confirmed'), refused: text('不予核准', 'refused'), withdrawn: text('已撤回', 'withdrawn') }
const subjectId = z.coerce.number().int()
const claimId = z.coerce.number().int()
const requestId = z.string().max(100).optional()

const claimRow = z.object({
  claimId: z.number(), subjectId: z.number(), subjectName: z.string(), uscc: z.string().nullable(), name: z.string(), capacity: capacitySchema, limits: z.array(z.string()), untilOn: daySchema, words: z.string().nullable(),
  filedAt: z.coerce.date(), dueOn: daySchema, outcome: claimOutcomeSchema.nullable(), reason: z.string().nullable(), answeredAt: z.coerce.date().nullable(),
  files: z.array(z.object({ evidenceId: z.number(), fileName: z.string(), contentType: z.string(), size: z.number() })),
})

/** Who is signed in, for which businesses, and the own claims: the first page of the space (企业空间). */
export const getSpace = endpoint({
  method: 'GET', path: '/my', sees: 'own', permission: 'my.open', summary: { zh: '企业空间', en: 'The space of businesses' }, input: z.object({}),
  output: z.object({
    name: z.string(), userName: z.string(), /** False while nobody has made sure that the owner used the one-time code: the mandates rest. */ verified: z.boolean(), today: daySchema, district: textSchema, credit: textSchema,
    subjects: z.array(z.object({ subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), status: z.string(), capacity: capacitySchema, limits: z.array(z.string()), mandateId: z.number(), untilOn: daySchema, endsSoon: z.boolean(), may: z.array(z.string()) })),
    claims: z.array(claimRow), longest: z.object({ 'legal-representative': daySchema, agent: daySchema }), evidence: z.object({ most: z.number(), megabytes: z.number() }),
  }),
})
/** Uploads a file for a claim or an objection (PDF, PNG or JPEG). */
export const uploadEvidence = endpoint({
  method: 'POST', path: '/my/uploads', permission: 'my.open', takes: 'upload', summary: { zh: '上传材料', en: 'Upload evidence' }, input: z.object({ name: fileNameSchema }),
  output: z.object({ uploadId: z.number(), fileName: z.string(), size: z.number() }),
})
/** Claims a subject by its unified social credit code. */
export const fileClaim = endpoint({
  method: 'POST', path: '/my/claims', permission: 'my.claim', summary: { zh: '认领信用主体', en: 'Claim a subject' },
  input: z.object({ uscc: z.string().trim().min(1).max(40), capacity: capacitySchema, limits: z.array(limitSchema).max(5).default([]), untilOn: daySchema, words: z.string().trim().max(500).optional(), uploadIds: z.array(z.number().int()).max(20), requestId }),
  output: z.object({ claimId: z.number(), subjectName: z.string(), dueOn: daySchema }),
})
/** Takes an own claim back. */
export const withdrawClaim = endpoint({ method: 'POST', path: '/my/claims/:claimId/withdrawal', permission: 'my.claim', summary: { zh: '撤回认领', en: 'Withdraw a claim' }, input: z.object({ claimId }), output: z.object({ claimId: z.number() }) })

/** What is held about the own business: grades, and scores with what moves them. */
export const getOwnRecord = endpoint({
  method: 'GET', path: '/my/subjects/:subjectId', sees: 'own', permission: 'my.read', reach: ['subject'], summary: { zh: '本企业的信用档案', en: 'The own record' }, input: z.object({ subjectId }),
  output: z.object({
    subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), status: z.string(), legalRepresentative: z.string().nullable(), today: daySchema,
    grades: z.array(z.object({ model: z.string(), modelTitle: textSchema, grade: z.string(), gradeTitle: textSchema, score: z.string().nullable(), origin: z.string(), fromOn: daySchema })),
    scores: z.array(z.object({
      model: z.string(), title: textSchema, score: z.string(), grade: z.string(), gradeTitle: textSchema, standing: textSchema, holdsUntil: daySchema.nullable(),
      lines: z.array(z.object({ title: textSchema, words: textSchema, points: z.string(), fallsAwayOn: daySchema.nullable(), recordIds: z.array(z.number()) })), vetoes: z.array(textSchema),
      ahead: z.array(z.object({ on: daySchema, score: z.string(), grade: z.string(), why: textSchema })),
    })),
    departments: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string() })),
  }),
})
/** The own records, public or not, the newest first. */
export const listOwnRecords = endpoint({
  method: 'GET', path: '/my/subjects/:subjectId/records', sees: 'own', permission: 'my.read', reach: ['subject'], summary: { zh: '本企业的信用记录', en: 'The own records' }, input: z.object({ subjectId, ...pageInput, kind: z.string().max(40).optional() }),
  output: pageOf(z.object({ recordId: z.number(), kind: z.string(), documentNumber: z.string(), title: z.string(), department: z.string(), decidedOn: daySchema, amountFen: z.string().nullable(), class: z.string().nullable(), withdrawn: z.boolean(), objected: z.boolean(), public: z.boolean(), publicUntil: daySchema.nullable(), repairableOn: daySchema.nullable(), withheldReason: z.string().nullable() })),
})
/** Who looked at what is not public: by department, day and class of purpose, the latest first. */
export const listOwnLooks = endpoint({
  method: 'GET', path: '/my/subjects/:subjectId/looks', sees: 'own', permission: 'my.read', reach: ['subject'], summary: { zh: '谁查看过本企业', en: 'Who looked at the own business' }, input: z.object({ subjectId, ...pageInput }),
  output: pageOf(z.object({ day: daySchema, department: z.string(), purpose: textSchema.nullable(), times: z.number() })),
})
/** A mandate as the business sees it. */
export const mandateSchema = z.object({ mandateId: z.number(), name: z.string(), capacity: capacitySchema, limits: z.array(z.string()), fromOn: daySchema, untilOn: daySchema, grantedAt: z.coerce.date(), endedAt: z.coerce.date().nullable(), stands: z.boolean(), endsSoon: z.boolean(), own: z.boolean(), isNew: z.boolean() })
/** Who may act for the business, now and before. */
export const listAgents = endpoint({
  method: 'GET', path: '/my/subjects/:subjectId/agents', sees: 'own', permission: 'my.read', reach: ['subject'], summary: { zh: '本企业的经办人', en: 'Who acts for the business' }, input: z.object({ subjectId }),
  output: z.object({ rows: z.array(mandateSchema), limits: z.array(z.object({ key: limitSchema, title: textSchema })) }),
})
/** Lets a registered person act for the business. */
export const appointAgent = endpoint({
  method: 'POST', path: '/my/subjects/:subjectId/agents', permission: 'my.appoint', reach: ['subject'], summary: { zh: '授权经办人', en: 'Let someone act for the business' },
  input: z.object({ subjectId, userName: z.string().trim().min(1).max(100), name: z.string().trim().min(1).max(100), limits: z.array(limitSchema).max(5).default([]), untilOn: daySchema, requestId }), output: z.object({ mandateId: z.number() }),
})
/** Ends a mandate at once. */
export const endAgent = endpoint({
  method: 'POST', path: '/my/subjects/:subjectId/agents/:mandateId/end', permission: 'my.appoint', reach: ['subject'], summary: { zh: '终止授权', en: 'End a mandate' }, input: z.object({ subjectId, mandateId: z.coerce.number().int() }), output: z.object({ mandateId: z.number() }),
})

/** Lets an agent go on within the same limits, when the end is near. */
export const renewAgent = endpoint({
  method: 'POST', path: '/my/subjects/:subjectId/agents/:mandateId/renewal', permission: 'my.appoint', reach: ['subject'], summary: { zh: '续期授权', en: 'Renew a mandate' },
  input: z.object({ subjectId, mandateId: z.coerce.number().int(), untilOn: daySchema, requestId }), output: z.object({ mandateId: z.number() }),
})
/** Ends one's own mandate at once. */
export const endOwnMandate = endpoint({
  method: 'POST', path: '/my/subjects/:subjectId/mandates/:mandateId/end', permission: 'my.leave', reach: ['subject'], summary: { zh: '终止本人的代办', en: 'End one’s own mandate' }, input: z.object({ subjectId, mandateId: z.coerce.number().int() }), output: z.object({ mandateId: z.number() }),
})

const filter = {
  state: z.enum(['waiting', ...claimOutcomeSchema.options]).optional(), capacity: capacitySchema.optional(), late: z.stringbool().optional(), dueFrom: daySchema.optional(), dueUntil: daySchema.optional(),
  /** Part of the name of the business or of whoever claims it, or the code. */
  find: z.string().trim().max(200).optional(), subjectId: subjectId.optional(),
}
/** Claims, for officers: those that wait first, by the day due. */
export const listClaims = endpoint({
  method: 'GET', path: '/claims', sees: 'internal', permission: 'agents.read', summary: { zh: '企业认领', en: 'Claims of subjects' }, input: z.object({ ...pageInput, ...filter }), output: pageOf(claimRow),
})
/** The same as a workbook or CSV. */
export const exportClaims = endpoint({
  method: 'GET', path: '/claims/export', sees: 'internal', permission: 'agents.read', gives: 'file', summary: { zh: '导出企业认领', en: 'Export claims' }, input: z.object({ ...filter, form: z.enum(['xlsx', 'csv']).default('xlsx') }), output: z.any(),
})
/** One claim, with what the register says. `full`: telephone number and a person's name in full, for whoever answers it (agents.confirm) while it waits, or may see persons (persons.read), and says for what purpose (header `x-purpose`). */
export const getClaim = endpoint({
  method: 'GET', path: '/claims/:claimId', sees: 'internal', permission: 'agents.read', summary: { zh: '一项认领', en: 'One claim' }, input: z.object({ claimId, full: z.stringbool().optional() }),
  output: claimRow.extend({
    /** Whether something of it is shown in part to officers; `mayFull`: the caller may see it in full for a purpose. */
    masked: z.boolean(), mayFull: z.boolean(), phone: z.string().nullable(), answeredBy: z.string().nullable(), legalRepresentative: z.string().nullable(),
    /** Whether the name given is the registered legal representative's; null when none is registered or another capacity is claimed. It decides nothing. */
    nameFits: z.boolean().nullable(),
    standing: z.array(mandateSchema), others: z.array(claimRow), mayAnswer: z.boolean(),
  }),
})
/** A file that came with a claim. */
export const downloadEvidence = endpoint({ method: 'GET', path: '/claims/:claimId/evidence/:evidenceId', sees: 'internal', permission: 'agents.read', gives: 'file', summary: { zh: '下载认领材料', en: 'Download evidence of a claim' }, input: z.object({ claimId, evidenceId: z.coerce.number().int() }), output: z.any() })
/** Confirms a claim, which grants the mandate, or refuses it with the reason. `endOthers` ends the mandate of another legal representative. */
export const answerClaim = endpoint({
  method: 'POST', path: '/claims/:claimId/answer', permission: 'agents.confirm', summary: { zh: '核准或不予核准认领', en: 'Confirm or refuse a claim' },
  input: z.object({ claimId, outcome: z.enum(['confirmed', 'refused']), reason: z.string().trim().max(500).optional(), endOthers: z.boolean().default(false), requestId }), output: z.object({ claimId: z.number(), mandateId: z.number().nullable() }),
})

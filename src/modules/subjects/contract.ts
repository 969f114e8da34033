import { z } from 'zod'
import { daySchema, endpoint, pageInput, pageOf } from '../../kernel/endpoint.ts'

/** Types of subject (主体类型). */
export const subjectTypeSchema = z.enum(['enterprise', 'individual-business', 'cooperative', 'institution', 'social-organisation', 'government', 'other-organisation', 'natural-person'])
/** Registration status (登记状态). */
export const subjectStatusSchema = z.enum(['active', 'dormant', 'revoked', 'deregistered', 'moved-out'])

/** A subject as a list shows it. */
export const subjectRowSchema = z.object({
  subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), type: subjectTypeSchema, status: subjectStatusSchema,
  industry: z.string().nullable(), industryTitle: z.string().nullable(), sectors: z.array(z.string()), place: z.string().nullable(), placeTitle: z.string().nullable(),
  department: z.string().nullable(), foundedOn: daySchema.nullable(), legalRepresentative: z.string().nullable(),
  /** The former name by which it was found. */
  foundBy: z.string().nullable(),
  /** An objection to the registration or a grade is pending (异议处理中) since this day. */
  objectedSince: daySchema.nullable(),
})

/** Subjects by part of a name, former name or any code; a natural person by a whole name. */
export const listSubjects = endpoint({
  method: 'GET', path: '/subjects', sees: 'internal', permission: 'subjects.read', reach: ['department', 'sector', 'subject'], summary: { zh: '查找信用主体', en: 'Find subjects' },
  input: z.object({ ...pageInput, find: z.string().max(200).optional(), type: subjectTypeSchema.optional(), sector: z.string().optional(), place: z.string().optional(), status: subjectStatusSchema.optional() }),
  output: pageOf(subjectRowSchema),
})

/** One subject with its names, codes and registrations. */
export const getSubject = endpoint({
  method: 'GET', path: '/subjects/:subjectId', sees: 'internal', permission: 'subjects.read', reach: ['department', 'sector', 'subject'], summary: { zh: '主体详情', en: 'One subject' },
  /** `full`: a person in full, for whoever may (persons.read) and says for what purpose (header `x-purpose`). */
  input: z.object({ subjectId: z.coerce.number().int(), full: z.stringbool().optional() }),
  output: subjectRowSchema.extend({
    /** Something is left out: it is not public, another department sent it, and no purpose was said (header `x-purpose`). */
    withheld: z.boolean(),
    /** Something of a person is shown in part to officers; `mayFull`: the caller may see it in full for a purpose. */
    masked: z.boolean(), mayFull: z.boolean(),
    codeNote: z.string().nullable(),
    names: z.array(z.object({ name: z.string(), fromOn: daySchema.nullable(), untilOn: daySchema.nullable() })),
    identifiers: z.array(z.object({ kind: z.string(), value: z.string() })),
    registrations: z.array(z.object({ registrationId: z.number(), effectiveOn: daySchema, recordedAt: z.coerce.date(), actor: z.string(), reason: z.string().nullable(), changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })) })),
  }),
})

/** Admits a real code that fails its check digit, with the officer's reason. */
export const admitSubject = endpoint({
  method: 'POST', path: '/subjects/admit', permission: 'subjects.admit', summary: { zh: '核准校验不符的代码', en: 'Admit a code that fails its check digit' },
  input: z.object({ uscc: z.string(), name: z.string().min(1).max(200), type: subjectTypeSchema, reason: z.string().min(4).max(500), sectors: z.array(z.string()).default([]), foundedOn: daySchema.optional(), place: z.string().optional() }),
  output: z.object({ subjectId: z.number() }),
})

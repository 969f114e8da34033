import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'
import { REMOVAL_ACTS, REMOVAL_STATES, type RemovalAct } from './procedure.ts'

export { REMOVAL_STATES, type RemovalAct }

/** Grounds of a removal (删除情形): the five of article 47 of the Personal Information Protection Law, in their order. */
export const REMOVAL_GROUNDS = ['purpose-over', 'period-over', 'consent-withdrawn', 'unlawful', 'other-law'] as const
/** Whoever wants it: the person, or the office of its own accord. */
export const askedBySchema = z.enum(['person', 'office'])
const groundSchema = z.enum(REMOVAL_GROUNDS)
const stateSchema = z.enum(REMOVAL_STATES)
const removalId = z.coerce.number().int()
const requestId = z.string().max(100).optional()
const words = z.string().trim().min(4).max(1000)
const heldSchema = z.object({ what: textSchema, count: z.number(), fate: z.enum(['goes', 'stays', 'bars']), why: textSchema.nullable() })
const removalRow = z.object({ removalId: z.number(), who: textSchema, askedBy: askedBySchema, ground: groundSchema, askedOn: daySchema, dueOn: daySchema, state: stateSchema, late: z.boolean(), filedAt: z.coerce.date(), filedBy: z.string() })
const stepSchema = z.object({ act: z.enum(REMOVAL_ACTS), title: textSchema, words: z.string(), remedy: z.string().nullable(), at: z.coerce.date(), who: z.string() })

/** Requests to remove a person's data, those that wait first. */
export const listRemovals = endpoint({
  method: 'GET', path: '/removals', sees: 'internal', permission: 'removals.read', summary: { zh: '个人信息删除', en: 'Removals of persons’ data' },
  input: z.object({ ...pageInput, state: stateSchema.optional() }), output: pageOf(removalRow),
})
/** One request: what is held of the person now (or was removed), the steps, and what may be done next, or why not. */
export const getRemoval = endpoint({
  method: 'GET', path: '/removals/:removalId', sees: 'internal', permission: 'removals.read', summary: { zh: '一项删除申请', en: 'One removal' }, input: z.object({ removalId }),
  output: removalRow.extend({
    words: z.string(), held: z.array(heldSchema), senders: z.array(z.string()), steps: z.array(stepSchema), rule: basisSchema,
    acts: z.array(z.object({ act: z.enum(REMOVAL_ACTS), title: textSchema, whyNot: textSchema.nullable() })),
  }),
})
/** What is held of a person, by the number of an identity document or the user name of an account. In the body, for a number must not stand in an address. */
export const previewRemoval = endpoint({
  method: 'POST', path: '/removals/preview', sees: 'internal', permission: 'removals.read', summary: { zh: '查询持有的个人信息', en: 'What is held of a person' },
  input: z.object({ idNumber: z.string().trim().max(40).optional(), userName: z.string().trim().max(100).optional() }), output: z.object({ held: z.array(heldSchema) }),
})
/** Files a request for a person who asked at the counter, or of the office's own accord. */
export const fileRemoval = endpoint({
  method: 'POST', path: '/removals', permission: 'removals.file', summary: { zh: '提出删除申请', en: 'File a removal' },
  input: z.object({ idNumber: z.string().trim().max(40).optional(), userName: z.string().trim().max(100).optional(), askedBy: askedBySchema, askedOn: daySchema, ground: groundSchema, words, requestId }),
  output: z.object({ removalId: z.number(), dueOn: daySchema }),
})
/** The person asks for the removal of the own account and everything with it. */
export const askOwnRemoval = endpoint({ method: 'POST', path: '/my/removal', permission: 'my.open', summary: { zh: '申请删除本人信息', en: 'Ask for the removal of one’s own data' }, input: z.object({ words, requestId }), output: z.object({ removalId: z.number(), dueOn: daySchema }) })
/** The person's own requests. */
export const listOwnRemovals = endpoint({
  method: 'GET', path: '/my/removal', sees: 'own', permission: 'my.open', summary: { zh: '本人的删除申请', en: 'One’s own requests for removal' }, input: z.object({}),
  output: z.object({ rows: z.array(z.object({ removalId: z.number(), askedOn: daySchema, dueOn: daySchema, state: stateSchema, words: z.string().nullable(), remedy: z.string().nullable() })) }),
})
const stepped = z.object({ removalId: z.number(), state: stateSchema })
/** Approves or refuses; a refusal with its reasons and remedy. */
export const decideRemoval = endpoint({ method: 'POST', path: '/removals/:removalId/decision', permission: 'removals.decide', summary: { zh: '决定删除申请', en: 'Decide a removal' }, input: z.object({ removalId, act: z.enum(['approve', 'refuse']), words, remedy: z.string().trim().max(500).optional(), requestId }), output: stepped })
/** Takes a request back. */
export const withdrawRemoval = endpoint({ method: 'POST', path: '/removals/:removalId/withdrawal', permission: 'removals.file', summary: { zh: '撤回删除申请', en: 'Withdraw a removal' }, input: z.object({ removalId, words, requestId }), output: stepped })
/** Carries an approved removal out, for good. */
export const carryOutRemoval = endpoint({ method: 'POST', path: '/removals/:removalId/removal', permission: 'removals.carry-out', summary: { zh: '执行个人信息删除', en: 'Carry a removal out' }, input: z.object({ removalId, words, requestId }), output: stepped.extend({ entries: z.number(), files: z.number() }) })

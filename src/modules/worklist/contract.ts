// @clause 12.1
import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, textSchema } from '../../kernel/endpoint.ts'

/** Whose work: what I am in charge of, what my section is in charge of, what waits for my department, everything that I may see. */
export const viewSchema = z.enum(['mine', 'section', 'department', 'all'])
/** How urgent. */
export const urgencySchema = z.enum(['late', 'due-soon', 'open'])
const countsSchema = z.object({ total: z.number(), late: z.number(), dueSoon: z.number() })

/** One thing that waits (待办). */
export const workItemSchema = z.object({
  kind: z.string(), kindTitle: textSchema, key: z.string(), title: textSchema,
  subject: z.object({ subjectId: z.number(), name: z.string() }).nullable(),
  department: z.string().nullable(),
  inCharge: z.object({ officerId: z.number(), name: z.string(), mine: z.boolean() }).nullable(),
  since: z.coerce.date(), dueOn: daySchema.nullable(), provisional: z.boolean(), urgency: urgencySchema,
  rule: basisSchema.nullable(), next: z.object({ to: z.string(), title: textSchema }),
  /** Whether the caller may take it, give it to someone, or give it back. */
  may: z.object({ take: z.boolean(), assign: z.boolean(), release: z.boolean() }),
})

/** The one work list: the most urgent first. Without `view`, the first of mine, department and all that holds something. */
export const listWork = endpoint({
  method: 'GET', path: '/work', sees: 'internal', permission: 'work.read', summary: { zh: '待办事项', en: 'Work list' },
  input: z.object({ ...pageInput, view: viewSchema.optional(), kind: z.string().optional(), urgency: urgencySchema.optional(), department: z.string().optional(), officer: z.coerce.number().int().optional() }),
  output: z.object({
    view: viewSchema, rows: z.array(workItemSchema), total: z.number(),
    /** More waits than is listed: the least urgent items of a kind are left out of list and counts. */
    cut: z.boolean(),
    views: z.object({ mine: countsSchema, section: countsSchema.nullable(), department: countsSchema, all: countsSchema }),
    kinds: z.array(countsSchema.extend({ kind: z.string(), title: textSchema })),
    /** For the view: by department, and by officer in charge (null: nobody yet), the most late first. */
    departments: z.array(countsSchema.extend({ department: z.string().nullable() })),
    officers: z.array(countsSchema.extend({ officerId: z.number().nullable(), name: z.string().nullable() })),
  }),
})

const itemInput = { kind: z.string().max(60), key: z.string().max(60) }
/** The officer takes the item. */
export const takeWork = endpoint({ method: 'POST', path: '/work/take', permission: 'work.read', summary: { zh: '认领待办', en: 'Take an item' }, input: z.object(itemInput), output: z.object({ assignmentId: z.number() }) })
/** Gives the item to an officer of the department that has to do it. */
export const assignWork = endpoint({
  method: 'POST', path: '/work/assign', permission: 'work.assign', reach: ['department'], summary: { zh: '指派待办', en: 'Give an item to an officer' },
  input: z.object({ ...itemInput, officerId: z.number().int(), note: z.string().trim().max(300).optional() }), output: z.object({ assignmentId: z.number() }),
})
/** Gives the item back: it waits for the department again. */
export const releaseWork = endpoint({ method: 'POST', path: '/work/release', permission: 'work.read', summary: { zh: '退回待办', en: 'Give an item back' }, input: z.object(itemInput), output: z.object({ assignmentId: z.number() }) })

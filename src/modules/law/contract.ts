import { z } from 'zod'
import { basisSchema, daySchema, endpoint, textSchema } from '../../kernel/endpoint.ts'

const json = z.json()

/** A figure of law (政策参数) with all its values by day. */
export const figureSchema = z.object({
  key: z.string(),
  title: textSchema,
  unit: textSchema,
  pack: z.string(),
  hash: z.string(),
  checkedOn: daySchema.nullable(),
  confirmed: z.boolean(),
  /** The question that a lawyer must answer before go-live. */
  legalReview: textSchema.nullable(),
  /** The modules that ask for it. */
  askedBy: z.array(z.string()),
  /** The value in force on the day asked for. */
  value: json,
  since: daySchema.nullable(),
  until: daySchema.nullable(),
  values: z.array(z.object({ from: daySchema, value: json, basis: basisSchema.nullable(), textTitle: z.string().nullable(), pack: z.string() })),
})

/** Every figure of law in one table. */
export const listFigures = endpoint({
  method: 'GET', path: '/law/figures', sees: 'public', permission: 'law.read', summary: { zh: '政策参数一览', en: 'All figures of law' },
  input: z.object({ on: daySchema.optional(), find: z.string().optional() }),
  output: z.object({ on: daySchema, packHash: z.string(), rows: z.array(figureSchema) }),
})

/** The legal texts cited. */
export const listTexts = endpoint({
  method: 'GET', path: '/law/texts', sees: 'public', permission: 'law.read', summary: { zh: '引用的法规文件', en: 'Legal texts cited' },
  input: z.object({}),
  output: z.object({ rows: z.array(z.object({ key: z.string(), title: textSchema, number: z.string().nullable(), issuer: z.string().nullable(), inForceFrom: daySchema.nullable(), inForceUntil: daySchema.nullable(), status: z.string(), source: z.string().nullable(), url: z.string().nullable(), articles: z.record(z.string(), textSchema) })) }),
})

/** A day so many working days later. */
export const addDaysOfWork = endpoint({
  method: 'GET', path: '/law/working-days', sees: 'public', permission: 'law.read', summary: { zh: '工作日推算', en: 'Count working days' },
  input: z.object({ from: daySchema, count: z.coerce.number().int().min(0).max(2000), knownOn: daySchema.optional() }),
  output: z.object({ from: daySchema, count: z.number(), day: daySchema, provisional: z.boolean(), reason: textSchema.nullable() }),
})

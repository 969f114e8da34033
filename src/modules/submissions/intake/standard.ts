import { z } from 'zod'
import type { Json } from '../../../kernel/json.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** What a row is about. */
export type IntakeKind = 'licence' | 'penalty' | 'subject' | 'public-grade'

const bothLanguages = z.object({ zh: z.string().min(1), en: z.string().min(1) })
const choiceSchema = z.object({ key: z.coerce.string(), zh: z.string().min(1), en: z.string().min(1), also: z.array(z.string()).default([]) })
const fieldSchema = z.strictObject({
  id: z.string().regex(/^[A-Z_0-9]+$/), zh: z.string().min(1), en: z.string().min(1),
  type: z.enum(['name', 'text', 'long-text', 'code', 'uscc', 'registration-number', 'organisation-code', 'personal-id', 'industry', 'document-number', 'date', 'open-date', 'amount', 'choice', 'choices']),
  length: z.number().int().positive().optional(), required: z.enum(['M', 'C', 'O']), when: bothLanguages.optional(), table: z.string().optional(),
  also: z.array(z.string()).default([]), old: z.array(z.string()).default([]), extra: z.boolean().default(false), persons: z.boolean().default(false), status: z.enum(['confirmed', 'unconfirmed']).optional(),
})
const standardSchema = z.strictObject({
  kind: z.enum(['licence', 'penalty', 'subject', 'public-grade']), title: bothLanguages, sheet: z.string(), source: z.string(), status: z.enum(['confirmed', 'unconfirmed']),
  fields: z.array(fieldSchema).min(1), tables: z.record(z.string(), z.array(choiceSchema)), ignore: z.array(z.string()),
  spellings: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
})
const kindTableSchema = z.object({
  kinds: z.array(z.object({ key: z.string(), zh: z.string(), also: z.array(z.string()).default([]) })),
  combined: z.array(z.object({ zh: z.string(), kinds: z.array(z.string()), ambiguous: z.boolean().default(false) })).default([]),
})

/** One field of a standard (数据项): `M` mandatory, `C` conditional (`when` says on what), `O` optional; `extra` ones are read but are no part of the standard; a text with `persons` may hold the ID of a person (it is kept sealed). */
export type Field = z.infer<typeof fieldSchema>
/** One value of a code table: what is written (`zh`), and other spellings met. */
export type Choice = { readonly key: string; readonly zh: string; readonly also: readonly string[] }
/** A field standard (数据项标准), read from `policy/national/standards/`. */
export type Standard = z.infer<typeof standardSchema>
/** A code table of kinds; `combined` are texts of older files that stand for several kinds, or for one of them without saying which. */
export type KindTable = z.infer<typeof kindTableSchema>

/** A standard from the content of its file. Refuses `standard.unreadable`. */
export function standardFrom(content: Json): Standard {
  const read = standardSchema.safeParse(content)
  if (read.success) return read.data
  throw unreadable(z.prettifyError(read.error))
}

/** A table of kinds (处罚种类, 许可类别, 行业领域) from the content of its policy file, whose list is called `kinds` or `sectors`. Refuses `standard.unreadable`. */
export function kindTableFrom(content: Json): KindTable {
  const object = typeof content === 'object' && content !== null && !Array.isArray(content) ? content as { [key: string]: Json } : {}
  const read = kindTableSchema.safeParse({ kinds: object['kinds'] ?? object['sectors'], combined: object['combined'] ?? [] })
  if (read.success) return read.data
  throw unreadable(z.prettifyError(read.error))
}

function unreadable(cause: string): Refusal {
  return new Refusal({
    code: 'standard.unreadable', message: { zh: `数据项标准文件有误：${cause}`, en: `A field standard is malformed: ${cause}` },
    fix: { zh: '更正 policy/national 下的相应文件', en: 'Correct the file below policy/national' },
  })
}

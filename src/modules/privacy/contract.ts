import { z } from 'zod'
import { endpoint, textSchema } from '../../kernel/endpoint.ts'

/** Fewest characters that say a purpose (查询目的). */
export const SHORTEST_PURPOSE = 4

/** Purposes offered to whoever may see a person in full (查询目的), and for how many minutes one holds for a subject on an open page. */
export const listPurposes = endpoint({
  method: 'GET', path: '/privacy/purposes', sees: 'public', permission: 'persons.read', reach: ['department'], summary: { zh: '查看自然人完整信息的目的', en: 'Purposes for seeing a person in full' },
  input: z.object({}),
  output: z.object({ keepMinutes: z.number(), choices: z.array(textSchema) }),
})

import { z } from 'zod'
import { endpoint, textSchema } from '../../kernel/endpoint.ts'

/** Fewest characters that say a purpose (查询目的). */
export const SHORTEST_PURPOSE = 4

/** Purposes offered to whoever sees a person in full, or what is not public of another department (查询目的), and for how many minutes one holds for a subject on an open page. */
export const listPurposes = endpoint({
  method: 'GET', path: '/privacy/purposes', sees: 'public', permission: 'records.read', reach: ['department', 'sector', 'subject'], summary: { zh: '查看完整信息的目的', en: 'Purposes for seeing in full' },
  input: z.object({}),
  output: z.object({ keepMinutes: z.number(), choices: z.array(textSchema) }),
})

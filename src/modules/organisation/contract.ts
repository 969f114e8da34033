import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'

/** A department (部门) that sends in records or supervises a sector. */
export const departmentSchema = z.object({ key: z.string(), zh: z.string(), en: z.string(), uscc: z.string(), sector: z.string().nullable() })

/** Who is signed in, where, and what the district is. */
export const whoAmI = endpoint({
  method: 'GET', path: '/me', permission: 'console.open', summary: { zh: '当前用户与辖区', en: 'Who is signed in, and the district' },
  input: z.object({}),
  output: z.object({
    actor: z.object({ id: z.string(), name: z.string(), department: z.string().nullable() }),
    district: z.object({ code: z.string(), zh: z.string(), en: z.string() }),
    departments: z.array(departmentSchema),
    sectors: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string() })),
    /** 演示数据: fictional businesses. */
    demo: z.boolean(),
    /** The demo district is still being filled: 0 to 1; null when it is not. */
    filling: z.object({ done: z.number(), note: z.object({ zh: z.string(), en: z.string() }) }).nullable(),
    today: z.iso.date(),
    database: z.enum(['embedded', 'postgresql']),
    version: z.string(),
  }),
})

import { z } from 'zod'
import { daySchema, endpoint, pageInput } from '../../kernel/endpoint.ts'

/** A department (部门) that sends in records or supervises a sector. */
export const departmentSchema = z.object({ key: z.string(), zh: z.string(), en: z.string(), uscc: z.string(), sector: z.string().nullable() })

/** Who is signed in, where, and what the district is. */
export const whoAmI = endpoint({
  method: 'GET', path: '/me', sees: 'own', permission: 'console.open', summary: { zh: '当前用户与辖区', en: 'Who is signed in, and the district' },
  input: z.object({}),
  output: z.object({
    actor: z.object({ id: z.string(), name: z.string(), department: z.string().nullable(), roles: z.array(z.string()) }),
    /** What the actor may do: the same table that the server goes by. */
    permissions: z.array(z.string()),
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

const requestId = z.string().optional()
const officerId = z.coerce.number().int()
const name = z.string().trim().min(1).max(100)

/** Departments, sections, duties and roles. */
export const getOrganisation = endpoint({
  method: 'GET', path: '/organisation', sees: 'public', permission: 'organisation.read', summary: { zh: '组织机构、职责与角色', en: 'Departments, sections, duties and roles' }, input: z.object({}),
  output: z.object({
    departments: z.array(departmentSchema.extend({ role: z.enum(['department', 'credit-office']) })),
    sections: z.array(z.object({ department: z.string(), key: z.string(), zh: z.string(), en: z.string() })),
    duties: z.array(z.object({ clause: z.string(), department: z.string(), sector: z.string().nullable(), part: z.enum(['lead', 'support']) })),
    permissions: z.array(z.object({ key: z.string(), area: z.enum(['own', 'business', 'administration', 'audit', 'program']), zh: z.string(), en: z.string() })),
    roles: z.array(z.object({ key: z.string(), kind: z.enum(['base', 'business', 'administrator', 'oversight']), zh: z.string(), en: z.string(), permissions: z.record(z.string(), z.enum(['all', 'own-department', 'own-sector', 'own-subject'])) })),
  }),
})

const grantSchema = z.object({ grantId: z.number(), role: z.string(), fromOn: daySchema, untilOn: daySchema.nullable() })
const delegationSchema = z.object({ delegationId: z.number(), officerId: z.number(), deputyId: z.number(), fromOn: daySchema, untilOn: daySchema, reason: z.string() })

/** Officers with what they hold. */
export const listOfficers = endpoint({
  method: 'GET', path: '/organisation/officers', sees: 'internal', permission: 'organisation.read', summary: { zh: '工作人员', en: 'Officers' },
  input: z.object({ department: z.string().optional(), ...pageInput }),
  output: z.object({
    rows: z.array(z.object({
      officerId: z.number(), number: z.string(), name: z.string(), department: z.string(), section: z.string().nullable(), post: z.string().nullable(), joinedOn: daySchema, leftOn: daySchema.nullable(),
      grants: z.array(grantSchema), delegations: z.array(delegationSchema), certificates: z.array(z.object({ number: z.string(), issuedOn: daySchema.nullable(), untilOn: daySchema.nullable() })),
    })),
    total: z.number(),
  }),
})

/** Appoints an officer. */
export const appointOfficer = endpoint({
  method: 'POST', path: '/organisation/officers', permission: 'organisation.edit', summary: { zh: '登记人员', en: 'Appoint an officer' },
  input: z.object({
    number: z.string().trim().regex(/^[\w.-]{2,40}$/), name, department: z.string(), section: name.optional(), post: name.optional(), joinedOn: daySchema.optional(),
    certificate: z.object({ number: z.string().trim().min(3).max(60), issuedOn: daySchema.optional(), untilOn: daySchema.optional() }).optional(), requestId,
  }),
  output: z.object({ officerId: z.number() }),
})

/** Notes that an officer has left: access ends at once. */
export const departOfficer = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/departure', permission: 'organisation.edit', summary: { zh: '离任', en: 'An officer leaves' }, input: z.object({ officerId }), output: z.object({ officerId: z.number() }),
})

/** Grants a role. */
export const grantRole = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/roles', permission: 'organisation.grant', summary: { zh: '授权', en: 'Grant a role' },
  input: z.object({ officerId, role: z.string(), fromOn: daySchema.optional(), untilOn: daySchema.optional() }), output: z.object({ grantId: z.number() }),
})

/** Ends a granted role. */
export const endRole = endpoint({
  method: 'POST', path: '/organisation/roles/:grantId/end', permission: 'organisation.grant', summary: { zh: '收回授权', en: 'End a role' }, input: z.object({ grantId: z.coerce.number().int() }), output: z.object({ grantId: z.number() }),
})

/** Lets one officer act for another for some days. */
export const delegate = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/delegations', permission: 'organisation.grant', summary: { zh: '代理', en: 'Delegate' },
  input: z.object({ officerId, deputyId: z.coerce.number().int(), fromOn: daySchema, untilOn: daySchema, reason: z.string().trim().min(2).max(200) }), output: z.object({ delegationId: z.number() }),
})

/** Ends a delegation early. */
export const endDelegation = endpoint({
  method: 'POST', path: '/organisation/delegations/:delegationId/end', permission: 'organisation.grant', summary: { zh: '终止代理', en: 'End a delegation' }, input: z.object({ delegationId: z.coerce.number().int() }), output: z.object({ delegationId: z.number() }),
})

import { z } from 'zod'
import { daySchema, endpoint, pageInput, textSchema } from '../../kernel/endpoint.ts'
import { fileNameSchema } from '../../kernel/file-name.ts'

const kindSchema = z.enum(['government', 'department', 'association', 'credit-agency'])
const departmentRole = z.enum(['department', 'credit-office'])
/** A department (部门) that sends in records or supervises a sector; from `closedOn` on it is no more, and `mergedInto` answers for it. */
export const departmentSchema = z.object({
  key: z.string(), zh: z.string(), en: z.string(), uscc: z.string(), sector: z.string().nullable(), kind: kindSchema, parent: z.string().nullable(), closedOn: daySchema.nullable(), mergedInto: z.string().nullable(),
})

/** Who is signed in, where, and what the district is. */
export const whoAmI = endpoint({
  method: 'GET', path: '/me', sees: 'own', permission: 'console.open', summary: { zh: '当前用户与辖区', en: 'Who is signed in, and the district' },
  input: z.object({}),
  output: z.object({
    actor: z.object({ id: z.string(), name: z.string(), department: z.string().nullable(), roles: z.array(z.string()), /** False while what the actor holds rests: nobody has made sure yet that the owner used the one-time code. */ verified: z.boolean() }),
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

const dutySchema = z.object({ clause: z.string(), department: z.string(), sector: z.string().nullable(), part: z.enum(['lead', 'support', 'ended']), status: z.enum(['confirmed', 'unconfirmed']), note: z.string().nullable(), setBy: z.string().nullable() })
/** Departments, sections, posts, duties and roles. */
export const getOrganisation = endpoint({
  method: 'GET', path: '/organisation', sees: 'public', permission: 'organisation.read', summary: { zh: '组织机构、职责与角色', en: 'Departments, sections, duties and roles' }, input: z.object({}),
  output: z.object({
    departments: z.array(departmentSchema.extend({ role: departmentRole })),
    sections: z.array(z.object({ department: z.string(), key: z.string(), zh: z.string(), en: z.string(), closedOn: daySchema.nullable() })),
    posts: z.array(z.object({ department: z.string(), section: z.string().nullable(), zh: z.string(), en: z.string(), leads: z.boolean(), roles: z.array(z.string()), closedOn: daySchema.nullable() })),
    duties: z.array(dutySchema),
    permissions: z.array(z.object({ key: z.string(), area: z.enum(['own', 'business', 'administration', 'audit', 'program']), zh: z.string(), en: z.string() })),
    roles: z.array(z.object({ key: z.string(), kind: z.enum(['base', 'business', 'outside', 'administrator', 'oversight']), zh: z.string(), en: z.string(), permissions: z.record(z.string(), z.enum(['all', 'own-department', 'own-sector', 'own-subject'])) })),
  }),
})

/** How an enforcement certificate (行政执法证) stands: `expiring` is good, but not much longer. */
const certificateState = z.enum(['good', 'expiring', 'expired', 'withdrawn', 'not-yet'])
const certificateSchema = z.object({ certificateId: z.number(), number: z.string(), issuedOn: daySchema.nullable(), untilOn: daySchema.nullable(), withdrawnOn: daySchema.nullable(), state: certificateState })
const grantSchema = z.object({ grantId: z.number(), role: z.string(), fromOn: daySchema, untilOn: daySchema.nullable() })
const delegationSchema = z.object({ delegationId: z.number(), officerId: z.number(), deputyId: z.number(), fromOn: daySchema, untilOn: daySchema, reason: z.string() })

/** Officers with what they hold. */
export const listOfficers = endpoint({
  method: 'GET', path: '/organisation/officers', sees: 'internal', permission: 'organisation.read', summary: { zh: '工作人员', en: 'Officers' },
  input: z.object({ department: z.string().optional(), find: z.string().trim().max(100).optional(), ...pageInput }),
  output: z.object({
    rows: z.array(z.object({
      officerId: z.number(), number: z.string(), name: z.string(), department: z.string(), section: z.string().nullable(), post: z.string().nullable(), joinedOn: daySchema, leftOn: daySchema.nullable(),
      grants: z.array(grantSchema), delegations: z.array(delegationSchema), certificates: z.array(certificateSchema),
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

const days = { fromOn: daySchema, untilOn: daySchema, reason: z.string().trim().min(2).max(200) }
const reason = z.string().trim().min(2).max(200)
const place = z.string().trim().max(100)

/** One officer with everything that was: placements, roles, certificates, and who is in charge of the work now. */
export const getOfficer = endpoint({
  method: 'GET', path: '/organisation/officers/:officerId', sees: 'internal', permission: 'organisation.read', summary: { zh: '人员履历', en: 'One officer' }, input: z.object({ officerId }),
  output: z.object({
    officerId: z.number(), number: z.string(), name: z.string(), department: z.string(), section: z.string().nullable(), post: z.string().nullable(), joinedOn: daySchema, leftOn: daySchema.nullable(), successorId: z.number().nullable(),
    formerNames: z.array(z.object({ former: z.string(), reason: z.string(), setAt: z.coerce.date(), setBy: z.string() })),
    placements: z.array(z.object({ department: z.string(), section: z.string().nullable(), post: z.string().nullable(), fromOn: daySchema, setBy: z.string().nullable(), reason: z.string().nullable() })),
    grants: z.array(grantSchema.extend({ grantedBy: z.string(), endedAt: z.coerce.date().nullable(), endedBy: z.string().nullable() })),
    delegations: z.array(delegationSchema), proposals: z.array(z.object({ proposalId: z.number(), role: z.string(), because: z.string(), proposedAt: z.coerce.date() })), certificates: z.array(certificateSchema),
    inCharge: z.object({ officerId: z.number(), name: z.string() }).nullable(),
  }),
})

/** Moves an officer to another department, section or post; roles end with the department and are proposed anew. An empty section or post takes it away. */
export const transferOfficer = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/transfer', permission: 'organisation.edit', summary: { zh: '调动', en: 'Transfer an officer' },
  input: z.object({ officerId, department: z.string().optional(), section: place.optional(), post: place.optional(), successorId: officerId.optional(), reason }), output: z.object({ placementId: z.number() }),
})

/** Gives an officer another name; the earlier one stays in the history. */
export const renameOfficer = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/name', permission: 'organisation.edit', summary: { zh: '更名', en: 'Rename an officer' },
  input: z.object({ officerId, name: z.string().trim().min(1).max(60), reason }), output: z.object({ renamingId: z.number() }),
})

/** Notes a certificate or its renewal. */
export const noteCertificate = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/certificates', permission: 'organisation.edit', summary: { zh: '登记执法证', en: 'Note a certificate' },
  input: z.object({ officerId, number: z.string().trim().min(3).max(60), issuedOn: daySchema.optional(), untilOn: daySchema.optional() }), output: z.object({ certificateId: z.number() }),
})

/** Withdraws a certificate. */
export const withdrawCertificate = endpoint({
  method: 'POST', path: '/organisation/certificates/:certificateId/withdrawal', permission: 'organisation.edit', summary: { zh: '收回执法证', en: 'Withdraw a certificate' },
  input: z.object({ certificateId: z.coerce.number().int(), reason }), output: z.object({ certificateId: z.number() }),
})

const key = z.string().trim().regex(/^[a-z][a-z0-9-]{1,39}$/)
/** Sets a department, association or agency, or changes one; earlier versions stay. */
export const setDepartment = endpoint({
  method: 'POST', path: '/organisation/departments', permission: 'organisation.edit', summary: { zh: '设置部门', en: 'Set a department' },
  input: z.object({ key, zh: name, en: name, uscc: z.string().trim().toUpperCase(), sector: z.string().nullable().optional(), role: departmentRole.optional(), kind: kindSchema.optional(), parent: z.string().nullable().optional(), reason: reason.optional() }),
  output: z.object({ departmentId: z.number() }),
})

/** Closes a department; with `into` another one takes its people and answers for it. */
export const closeDepartment = endpoint({
  method: 'POST', path: '/organisation/departments/:key/closure', permission: 'organisation.edit', summary: { zh: '提请撤销或合并部门', en: 'Propose to close or merge a department' },
  input: z.object({ key: z.string(), into: z.string().optional(), reason }), output: z.object({ closingId: z.number() }),
})

const decision = z.enum(['confirmed', 'refused'])
/** The closings and mergers of departments that wait for another administrator. */
export const listClosings = endpoint({
  method: 'GET', path: '/organisation/closings', sees: 'internal', permission: 'accounts.read', summary: { zh: '待确认的部门撤并', en: 'Closings of departments to be confirmed' }, input: z.object({}),
  output: z.object({ rows: z.array(z.object({ closingId: z.number(), key: z.string(), into: z.string().nullable(), people: z.number(), reason: z.string(), proposedAt: z.coerce.date(), proposedBy: z.string() })) }),
})
/** Confirms a closing or merger, or refuses it with a reason. */
export const decideClosing = endpoint({
  method: 'POST', path: '/organisation/closings/:closingId/decision', permission: 'organisation.grant', summary: { zh: '确认部门撤并', en: 'Decide about the closing of a department' },
  input: z.object({ closingId: z.coerce.number().int(), decision, reason: reason.optional() }), output: z.object({ closingId: z.number() }),
})

/** The versions of a department. */
export const listDepartmentVersions = endpoint({
  method: 'GET', path: '/organisation/departments/:key/versions', sees: 'public', permission: 'organisation.read', summary: { zh: '部门沿革', en: 'History of a department' }, input: z.object({ key: z.string() }),
  output: z.object({ rows: z.array(departmentSchema.extend({ setAt: z.coerce.date(), setBy: z.string().nullable(), reason: z.string().nullable() })) }),
})

/** Sets a section, or ends it. */
export const setSection = endpoint({
  method: 'POST', path: '/organisation/sections', permission: 'organisation.edit', summary: { zh: '设置科室', en: 'Set a section' },
  input: z.object({ department: z.string(), key, zh: name, en: name, closed: z.boolean().optional() }), output: z.object({ sectionId: z.number() }),
})

/** Sets a post with the roles that it asks for, or ends it. */
export const setPost = endpoint({
  method: 'POST', path: '/organisation/posts', permission: 'organisation.edit', summary: { zh: '设置岗位', en: 'Set a post' },
  input: z.object({ department: z.string(), section: z.string().nullable().optional(), zh: name, en: name, leads: z.boolean(), roles: z.array(z.string()), closed: z.boolean().optional() }), output: z.object({ postId: z.number() }),
})

/** Sets a duty: which department leads or supports a clause; `ended` takes it away. */
export const setDuty = endpoint({
  method: 'POST', path: '/organisation/duties', permission: 'organisation.edit', summary: { zh: '设置职责', en: 'Set a duty' },
  input: z.object({ clause: z.string().regex(/^([1-9]|1[0-4])$/), department: z.string(), sector: z.string().nullable().optional(), part: z.enum(['lead', 'support', 'ended']), status: z.enum(['confirmed', 'unconfirmed']), note: z.string().trim().max(300).optional() }), output: z.object({ dutyId: z.number() }),
})

/** Who holds a role today: by which grant, since when, given by whom. */
export const listHolders = endpoint({
  method: 'GET', path: '/organisation/holders', sees: 'public', permission: 'organisation.read', summary: { zh: '角色持有人', en: 'Who holds a role' }, input: z.object({ role: z.string().optional() }),
  output: z.object({ rows: z.array(z.object({ grantId: z.number(), role: z.string(), officerId: z.number(), name: z.string(), department: z.string(), fromOn: daySchema, untilOn: daySchema.nullable(), grantedBy: z.string(), deputyFor: z.string().nullable() })) }),
})

const proposalId = z.coerce.number().int()
/** Roles that wait for confirmation, or those that were decided. */
export const listProposals = endpoint({
  method: 'GET', path: '/organisation/proposals', sees: 'internal', permission: 'organisation.grant', summary: { zh: '待确认的角色', en: 'Roles to be confirmed' }, input: z.object({ open: z.stringbool().default(true), ...pageInput }),
  output: z.object({ rows: z.array(z.object({
    proposalId: z.number(), officerId: z.number(), name: z.string(), number: z.string(), department: z.string(), role: z.string(), because: z.string(), proposedAt: z.coerce.date(), proposedBy: z.string(),
    decision: decision.nullable(), decidedAt: z.coerce.date().nullable(), decidedBy: z.string().nullable(), reason: z.string().nullable(),
  })), total: z.number() }),
})
/** Confirms a proposed role, or refuses it with a reason. */
export const decideProposal = endpoint({
  method: 'POST', path: '/organisation/proposals/:proposalId/decision', permission: 'organisation.grant', summary: { zh: '确认角色', en: 'Decide about a proposed role' },
  input: z.object({ proposalId, decision, reason: reason.optional() }), output: z.object({ grantId: z.number().nullable() }),
})

/** Hands the own duties to another of the own department for some days. */
export const delegateOwn = endpoint({
  method: 'POST', path: '/organisation/own-delegations', permission: 'organisation.delegate-own', summary: { zh: '委托本人职责', en: 'Delegate own duties' },
  input: z.object({ deputyId: z.coerce.number().int(), ...days }), output: z.object({ delegationId: z.number() }),
})
/** Ends an own delegation early. */
export const endOwnDelegation = endpoint({
  method: 'POST', path: '/organisation/own-delegations/:delegationId/end', permission: 'organisation.delegate-own', summary: { zh: '终止本人的委托', en: 'End an own delegation' }, input: z.object({ delegationId: z.coerce.number().int() }), output: z.object({ delegationId: z.number() }),
})

const fileId = z.string().regex(/^[0-9a-f]{64}$/)
const sheetSchema = z.enum(['departments', 'sections', 'posts', 'officers', 'duties'])
/** What a workbook would change, before anything is stored. `plan` is handed back to apply exactly that. */
export const previewImport = endpoint({
  method: 'POST', path: '/organisation/import/preview', takes: 'upload', permission: 'organisation.edit', summary: { zh: '预览组织机构导入', en: 'Preview an import of the organisation' }, input: z.object({ name: fileNameSchema }),
  output: z.object({
    file: fileId, plan: z.string(), added: z.number(), changed: z.number(), same: z.number(),
    rows: z.array(z.object({ sheet: sheetSchema, row: z.number(), key: z.string(), title: z.string(), what: z.enum(['new', 'changed', 'same']), changes: z.array(z.object({ field: textSchema, from: z.string().nullable(), to: z.string().nullable() })) })),
    problems: z.array(z.object({ sheet: sheetSchema, row: z.number(), field: z.string().nullable(), message: textSchema, fix: textSchema })),
    /** Roles that would be proposed for confirmation. */
    roles: z.number(),
  }),
})
/** Applies a previewed workbook in one act. */
export const applyImport = endpoint({
  method: 'POST', path: '/organisation/import', permission: 'organisation.edit', summary: { zh: '导入组织机构', en: 'Import the organisation' },
  input: z.object({ file: fileId, name: fileNameSchema, plan: z.string() }), output: z.object({ importId: z.number().nullable(), added: z.number(), changed: z.number(), roles: z.number() }),
})
/** The workbook with its problems beside each row. */
export const downloadImportProblems = endpoint({
  method: 'GET', path: '/organisation/import/:file/problems', sees: 'internal', gives: 'file', permission: 'organisation.edit', summary: { zh: '下载问题行', en: 'The rows with problems' }, input: z.object({ file: fileId, sheet: sheetSchema.optional() }), output: z.any(),
})
/** The present organisation as a workbook; `empty`: its template. */
export const downloadOrganisation = endpoint({
  method: 'GET', path: '/organisation/workbook', sees: 'internal', gives: 'file', permission: 'organisation.edit', summary: { zh: '下载组织机构', en: 'The organisation as a workbook' }, input: z.object({ empty: z.stringbool().default(false) }), output: z.any(),
})

/** Notes that an officer has left: access ends at once; `successorId` takes over the work. */
export const departOfficer = endpoint({
  method: 'POST', path: '/organisation/officers/:officerId/departure', permission: 'organisation.edit', summary: { zh: '离任', en: 'An officer leaves' }, input: z.object({ officerId, successorId: officerId.optional() }), output: z.object({ officerId: z.number() }),
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
  input: z.object({ officerId, deputyId: z.coerce.number().int(), ...days }), output: z.object({ delegationId: z.number() }),
})

/** Ends a delegation early. */
export const endDelegation = endpoint({
  method: 'POST', path: '/organisation/delegations/:delegationId/end', permission: 'organisation.grant', summary: { zh: '终止代理', en: 'End a delegation' }, input: z.object({ delegationId: z.coerce.number().int() }), output: z.object({ delegationId: z.number() }),
})

import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Department, Duty, Post, Section } from './organisation.ts'
import { findClosings, type Closing } from './queries/closings.ts'
import { findDepartments, findPosts, findSections } from './queries/departments.ts'
import { findDuties } from './queries/duties.ts'
import { findDelegations, findGrants, type Delegation, type Grant } from './queries/grants.ts'
import { findImports, type ImportedWorkbook } from './queries/imports.ts'
import { findAppointments, findCertificates, findOfficers, type Certificate, type Officer } from './queries/officers.ts'
import { findPlacements, type Placement } from './queries/placements.ts'
import { findRenamings, type Renaming } from './queries/renamings.ts'
import { findProposals, type Proposal } from './queries/proposals.ts'

/** Parts that many do not have are said only where they are. */
const where = (parts: Readonly<Record<string, string | number | null>>): JsonObject => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null))

/** What is said of a department that was set. */
export const witnessOfDepartment = ({ key, uscc, zh, en, sector, role, kind, parent, closedOn, mergedInto }: Department): JsonObject => ({ key, uscc, zh, en, sector, role, ...where({ kind: kind === 'department' ? null : kind, parent, closed_on: closedOn, merged_into: mergedInto }) })
/** What is said of a section. */
export const witnessOfSection = ({ department, key, zh, en, closedOn }: Section): JsonObject => ({ department, key, zh, en, closed_on: closedOn })
/** What is said of a post. */
export const witnessOfPost = ({ department, section, zh, en, leads, roles, closedOn }: Post): JsonObject => ({ department, section, zh, en, leads, roles: [...roles], closed_on: closedOn })
/** What is said of a duty. */
export const witnessOfDuty = ({ clause, department, sector, part, status, note }: Duty): JsonObject => ({ clause, department, sector, part, status, note })
/** What is said of an appointment. */
export const witnessOfOfficer = ({ number, name, department, section, post, joinedOn }: Omit<Officer, 'officerId' | 'leftOn' | 'successorId'>): JsonObject => ({ number, name, department, section, post, joined_on: joinedOn })
/** What is said of a departure. */
export const witnessOfDeparture = ({ leftOn, successorId }: Pick<Officer, 'leftOn' | 'successorId'>): JsonObject => ({ left_on: leftOn, ...where({ successor_id: successorId }) })
/** What is said of a transfer. */
export const witnessOfPlacement = ({ officerId, department, section, post, fromOn, successorId, reason }: Omit<Placement, 'placementId' | 'setAt' | 'setBy'>): JsonObject => ({ officer_id: officerId, department, section, post, from_on: fromOn, successor_id: successorId, reason })
/** What is said of a certificate. */
export const witnessOfCertificate = ({ officerId, number, issuedOn, untilOn }: Omit<Certificate, 'certificateId' | 'withdrawnOn'>): JsonObject => ({ officer_id: officerId, number, issued_on: issuedOn, until_on: untilOn })
/** What is said of a certificate that was withdrawn. */
export const witnessOfWithdrawal = ({ withdrawnOn }: Pick<Certificate, 'withdrawnOn'>): JsonObject => ({ withdrawn_on: withdrawnOn })
/** What is said of a role that a post asks for. */
export const witnessOfProposal = ({ officerId, role, because }: Pick<Proposal, 'officerId' | 'role' | 'because'>): JsonObject => ({ officer_id: officerId, role, because })
/** What is said of what became of it. */
export const witnessOfDecision = ({ decision, reason, decidedBy }: Pick<Proposal, 'decision' | 'reason' | 'decidedBy'>): JsonObject => ({ decision, reason, decided_by: decidedBy })
/** What is said of a closing or merger of a department that one administrator proposed. */
export const witnessOfClosing = ({ key, into, reason }: Pick<Closing, 'key' | 'into' | 'reason'>): JsonObject => ({ key, into, reason })
/** What is said of what another decided about it. */
export const witnessOfClosingDecision = ({ decision, decisionReason, decidedBy }: Pick<Closing, 'decision' | 'decisionReason' | 'decidedBy'>): JsonObject => ({ decision, reason: decisionReason, decided_by: decidedBy })
/** What is said of another name of an officer. */
export const witnessOfRenaming = ({ officerId, former, name, reason }: Pick<Renaming, 'officerId' | 'former' | 'name' | 'reason'>): JsonObject => ({ officer_id: officerId, former, name, reason })
/** What is said of a workbook that was imported. */
export const witnessOfImport = ({ fileDigest, planDigest, added, changed }: Omit<ImportedWorkbook, 'importId' | 'fileName'>): JsonObject => ({ file_digest: fileDigest, plan_digest: planDigest, added, changed })
/** What is said of a role that was granted. */
export const witnessOfGrant = ({ officerId, role, fromOn, untilOn }: Pick<Grant, 'officerId' | 'role' | 'fromOn' | 'untilOn'>): JsonObject => ({ officer_id: officerId, role, from_on: fromOn, until_on: untilOn })
/** What is said of a delegation. */
export const witnessOfDelegation = ({ officerId, deputyId, fromOn, untilOn, reason }: Pick<Delegation, 'officerId' | 'deputyId' | 'fromOn' | 'untilOn' | 'reason'>): JsonObject => ({ officer_id: officerId, deputy_id: deputyId, from_on: fromOn, until_on: untilOn, reason })
/** What is said of a role or delegation that was ended early. */
export const witnessOfEnd = ({ endedAt, endedBy }: Pick<Grant, 'endedAt' | 'endedBy'>): JsonObject => ({ ended_at: endedAt?.toISOString() ?? null, ended_by: endedBy })

function type<Row>(name: string, relation: string, key: string, find: (db: Queryable, ids: number[]) => Promise<Row[]>, id: (row: Row) => number, said: (row: Row) => JsonObject): EntryType {
  return { name, table: { relation: `organisation.${relation}`, key }, witness: async (db, ids) => new Map((await find(db, ids)).map((row) => [id(row), said(row)])) }
}

/** The kinds of entry of the organisation: 部门、科室、岗位、职责、任职、调动、离任、执法证、角色待确认、授权、代理、导入. */
export const organisationEntryTypes: readonly EntryType[] = [
  type('department.set', 'department', 'department_id', findDepartments, (row) => row.departmentId, witnessOfDepartment),
  type('duty.set', 'duty', 'duty_id', findDuties, (row) => row.dutyId, witnessOfDuty),
  type('section.set', 'section', 'section_id', findSections, (row) => row.sectionId, witnessOfSection),
  type('post.set', 'post', 'post_id', findPosts, (row) => row.postId, witnessOfPost),
  type('officer.appointed', 'officer', 'officer_id', findAppointments, (row) => row.officerId, witnessOfOfficer),
  type('officer.left', 'officer', 'officer_id', findOfficers, (row) => row.officerId, witnessOfDeparture),
  { name: 'officer.placed', witness: async (db, ids) => new Map((await findPlacements(db, ids)).map((row) => [row.placementId, witnessOfPlacement(row)])) },
  type('certificate.noted', 'certificate', 'certificate_id', findCertificates, (row) => row.certificateId, witnessOfCertificate),
  type('certificate.withdrawn', 'certificate', 'certificate_id', findCertificates, (row) => row.certificateId, witnessOfWithdrawal),
  type('role.proposed', 'role_proposal', 'role_proposal_id', findProposals, (row) => row.proposalId, witnessOfProposal),
  type('role.proposal-decided', 'role_proposal', 'role_proposal_id', findProposals, (row) => row.proposalId, witnessOfDecision),
  type('department.closing-proposed', 'closing', 'closing_id', findClosings, (row) => row.closingId, witnessOfClosing),
  type('department.closing-decided', 'closing', 'closing_id', findClosings, (row) => row.closingId, witnessOfClosingDecision),
  type('officer.renamed', 'renaming', 'renaming_id', findRenamings, (row) => row.renamingId, witnessOfRenaming),
  type('organisation.imported', 'import', 'import_id', findImports, (row) => row.importId, witnessOfImport),
  type('role.granted', 'officer_role', 'officer_role_id', findGrants, (row) => row.grantId, witnessOfGrant),
  type('role.ended', 'officer_role', 'officer_role_id', findGrants, (row) => row.grantId, witnessOfEnd),
  type('delegation.made', 'delegation', 'delegation_id', findDelegations, (row) => row.delegationId, witnessOfDelegation),
  type('delegation.ended', 'delegation', 'delegation_id', findDelegations, (row) => row.delegationId, witnessOfEnd),
]

import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Department } from './organisation.ts'
import { findDepartments, findDuties, type Duty } from './queries/departments.ts'
import { findDelegations, findGrants, type Delegation, type Grant } from './queries/grants.ts'
import { findCertificates, findOfficers, type Certificate, type Officer } from './queries/officers.ts'

/** What is said of a department that was set. */
export const witnessOfDepartment = ({ key, uscc, zh, en, sector, role }: Department): JsonObject => ({ key, uscc, zh, en, sector, role })
/** What is said of a duty. */
export const witnessOfDuty = ({ clause, department, sector, part }: Duty): JsonObject => ({ clause, department, sector, part })
/** What is said of an appointment. */
export const witnessOfOfficer = ({ number, name, department, section, post, joinedOn }: Omit<Officer, 'officerId' | 'leftOn'>): JsonObject => ({ number, name, department, section, post, joined_on: joinedOn })
/** What is said of a departure. */
export const witnessOfDeparture = ({ leftOn }: Pick<Officer, 'leftOn'>): JsonObject => ({ left_on: leftOn })
/** What is said of a certificate. */
export const witnessOfCertificate = ({ officerId, number, issuedOn, untilOn }: Omit<Certificate, 'certificateId'>): JsonObject => ({ officer_id: officerId, number, issued_on: issuedOn, until_on: untilOn })
/** What is said of a role that was granted. */
export const witnessOfGrant = ({ officerId, role, fromOn, untilOn }: Pick<Grant, 'officerId' | 'role' | 'fromOn' | 'untilOn'>): JsonObject => ({ officer_id: officerId, role, from_on: fromOn, until_on: untilOn })
/** What is said of a delegation. */
export const witnessOfDelegation = ({ officerId, deputyId, fromOn, untilOn, reason }: Pick<Delegation, 'officerId' | 'deputyId' | 'fromOn' | 'untilOn' | 'reason'>): JsonObject => ({ officer_id: officerId, deputy_id: deputyId, from_on: fromOn, until_on: untilOn, reason })
/** What is said of a role or delegation that was ended early. */
export const witnessOfEnd = ({ endedAt, endedBy }: Pick<Grant, 'endedAt' | 'endedBy'>): JsonObject => ({ ended_at: endedAt?.toISOString() ?? null, ended_by: endedBy })

function type<Row>(name: string, relation: string, key: string, find: (db: Queryable, ids: number[]) => Promise<Row[]>, id: (row: Row) => number, said: (row: Row) => JsonObject): EntryType {
  return { name, table: { relation: `organisation.${relation}`, key }, witness: async (db, ids) => new Map((await find(db, ids)).map((row) => [id(row), said(row)])) }
}

/** The kinds of entry of the organisation: 部门、职责、任职、离任、执法证、授权、代理. */
export const organisationEntryTypes: readonly EntryType[] = [
  type('department.set', 'department', 'department_id', findDepartments, (row) => row.departmentId, witnessOfDepartment),
  type('duty.set', 'duty', 'duty_id', findDuties, (row) => row.dutyId, witnessOfDuty),
  type('officer.appointed', 'officer', 'officer_id', findOfficers, (row) => row.officerId, witnessOfOfficer),
  type('officer.left', 'officer', 'officer_id', findOfficers, (row) => row.officerId, witnessOfDeparture),
  type('certificate.noted', 'certificate', 'certificate_id', findCertificates, (row) => row.certificateId, witnessOfCertificate),
  type('role.granted', 'officer_role', 'officer_role_id', findGrants, (row) => row.grantId, witnessOfGrant),
  type('role.ended', 'officer_role', 'officer_role_id', findGrants, (row) => row.grantId, witnessOfEnd),
  type('delegation.made', 'delegation', 'delegation_id', findDelegations, (row) => row.delegationId, witnessOfDelegation),
  type('delegation.ended', 'delegation', 'delegation_id', findDelegations, (row) => row.delegationId, witnessOfEnd),
]

import type { ActContext } from '../../../engines/procedure/index.ts'
import { witnessOfEnd, witnessOfProposal } from '../entries.ts'
import { isOutside, type Department } from '../organisation.ts'
import { kindOfDepartment, listDepartments, listSections } from '../queries/departments.ts'
import { endDelegation, endGrant, findDelegations, findGrants, listDelegations, listGrants } from '../queries/grants.ts'
import { holdOfficer, type Officer } from '../queries/officers.ts'
import { decideProposalRow, insertProposal, listOpenProposalsOf } from '../queries/proposals.ts'
import { administers, departmentClosed, departmentUnknown, ended, hasLeft, officerMissing, sectionUnknown } from '../refusals.ts'
import { isRoleOutside, grantableRole } from '../roles.ts'

/** The officer, held for this transaction. Refuses `officer.missing` and `officer.has-left`. */
export async function present({ tx, today }: Pick<ActContext, 'tx' | 'today'>, officerId: number): Promise<Officer> {
  const officer = await holdOfficer(tx, officerId)
  if (!officer) throw officerMissing()
  if (officer.leftOn !== null && officer.leftOn <= today) throw hasLeft(officer.leftOn)
  return officer
}

/**
 * 三员分立: whoever keeps people and accounts does not put away those who watch. Refuses `officer.administers` while the officer holds the role of an administrator or of oversight: the security administrator ends it first.
 */
export async function mustNotAdminister({ tx, today, policy }: Pick<ActContext, 'tx' | 'today' | 'policy'>, officerId: number): Promise<void> {
  const watching = (await listGrants(tx, [officerId], today)).map(({ role }) => grantableRole(policy, role)).find(({ kind }) => kind === 'administrator' || kind === 'oversight')
  if (watching) throw administers(watching)
}

/** The department as it stands. Refuses `department.unknown` and `department.closed`. */
export async function openDepartment({ tx, today }: Pick<ActContext, 'tx' | 'today'>, key: string): Promise<Department> {
  const department = (await listDepartments(tx)).find((one) => one.key === key)
  if (!department) throw departmentUnknown(key)
  if (department.closedOn !== null && department.closedOn <= today) throw departmentClosed(department)
  return department
}

/** The key of a section, given by key or name. A department without sections takes any word. Refuses `section.unknown`. */
export async function sectionOf({ tx, today }: Pick<ActContext, 'tx' | 'today'>, department: string, given: string | null): Promise<string | null> {
  if (given === null) return null
  const open = (await listSections(tx)).filter((one) => one.department === department && (one.closedOn === null || one.closedOn > today))
  const found = open.find(({ key, zh }) => key === given || zh === given)
  if (!found && open.length > 0) throw sectionUnknown(given, open.map(({ zh }) => zh))
  return found?.key ?? given
}

/** Ends a grant or a delegation and says so. Refuses `grant.ended`. */
export async function finish({ tx, now, actor, enter }: ActContext, what: 'role' | 'delegation', id: number): Promise<void> {
  const done = what === 'role' ? await endGrant(tx, id, now, actor.id) : await endDelegation(tx, id, now, actor.id)
  if (!done) throw ended()
  const [row] = what === 'role' ? await findGrants(tx, [id]) : await findDelegations(tx, [id])
  await enter([{ name: `${what}.ended`, subjectId: null, aboutId: id, body: witnessOfEnd(row!) }])
}

/** Ends all that an officer holds, acts for and is proposed for; gives the roles that were held. */
export async function endRights(context: ActContext, officerId: number, why: string): Promise<string[]> {
  const { tx, today, now, actor, enter } = context
  const grants = await listGrants(tx, [officerId], today)
  for (const { grantId } of grants) await finish(context, 'role', grantId)
  for (const { delegationId } of await listDelegations(tx, [officerId], today)) await finish(context, 'delegation', delegationId)
  for (const { proposalId } of await listOpenProposalsOf(tx, officerId)) {
    await decideProposalRow(tx, proposalId, { decision: 'refused', reason: why, grantId: null }, now, actor.id)
    await enter([{ name: 'role.proposal-decided', subjectId: null, aboutId: proposalId, body: { decision: 'refused', reason: why, decided_by: actor.id } }])
  }
  return grants.map(({ role }) => role)
}

/** 提请授权. Proposes roles that a post asks for; what is held or proposed already is left. Whoever keeps the people never grants. */
export async function propose({ tx, today, now, actor, policy, enter }: ActContext, { officerId, department }: Pick<Officer, 'officerId' | 'department'>, roles: readonly string[], because: string): Promise<void> {
  const outside = isOutside(await kindOfDepartment(tx, department))
  const held = new Set([...(await listGrants(tx, [officerId], today)).map(({ role }) => role), ...(await listOpenProposalsOf(tx, officerId)).map(({ role }) => role)])
  for (const role of new Set(roles)) {
    if (held.has(role) || isRoleOutside(grantableRole(policy, role)) !== outside) continue
    const proposed = { officerId, role, because }
    const proposalId = await insertProposal(tx, proposed, now, actor.id)
    await enter([{ name: 'role.proposed', subjectId: null, aboutId: proposalId, body: witnessOfProposal(proposed) }])
  }
}

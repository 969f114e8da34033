// @clause 12.1
import { z } from 'zod'
import { act, systemActor, type ActContext, type World } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import { day, type Day } from '../../kernel/day.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { appointOfficer as appointShape, departOfficer as departShape, delegate as delegateShape, endDelegation as endDelegationShape, endRole as endRoleShape, grantRole as grantShape } from './contract.ts'
import { witnessOfCertificate, witnessOfDelegation, witnessOfDepartment, witnessOfDeparture, witnessOfEnd, witnessOfGrant, witnessOfOfficer } from './entries.ts'
import { departmentsOf } from './organisation.ts'
import { insertDepartments, listDepartments } from './queries/departments.ts'
import { endDelegation as endDelegationRow, endGrant, findDelegations, findGrants, insertDelegation, insertGrant, listDelegations, listGrants } from './queries/grants.ts'
import { endOfficer, holdOfficer, insertCertificate, insertOfficer, type Officer } from './queries/officers.ts'
import { daysWrong, departmentUnknown, ended, hasLeft, numberTaken, officerMissing, toOneself } from './refusals.ts'
import { grantableRole, mayHoldTogether } from './roles.ts'

const ground = basis('policy', 'haitang-2023-10', '(十二)')

/** 采用政策包中的部门: those that are new or changed since they were last set. Idle when there are none. */
const adopt = act({
  name: 'organisation.adopt-departments', permission: 'organisation.edit', basis: ground, input: z.object({}),
  async run({ tx, now, policy, enter }) {
    const standing = new Map((await listDepartments(tx)).map((one) => [one.key, canonicalJson(witnessOfDepartment(one))]))
    const changed = departmentsOf(policy).filter((one) => standing.get(one.key) !== canonicalJson(witnessOfDepartment(one)))
    if (changed.length === 0) return
    const ids = await insertDepartments(tx, changed, now)
    await enter(changed.map((one, at) => ({ name: 'department.set', subjectId: null, aboutId: ids[at]!, body: witnessOfDepartment(one) })))
  },
})

/** Sets the departments of the policy folder, at every start. */
export async function adoptDepartments(world: World): Promise<void> {
  await adopt.perform(world, systemActor('organisation'), {})
}

/** 登记人员. Appoints an officer to a department, with the enforcement certificate if there is one. Refuses `officer.number-taken`, `department.unknown`. */
export const appointOfficer = act({
  name: 'organisation.appoint', permission: 'organisation.edit', basis: ground, input: appointShape.input.omit({ requestId: true }),
  async run({ tx, now, today, enter }, { certificate, joinedOn, ...given }) {
    if (!(await listDepartments(tx)).some(({ key }) => key === given.department)) throw departmentUnknown(given.department)
    const officer = { ...given, section: given.section ?? null, post: given.post ?? null, joinedOn: joinedOn === undefined ? today : day(joinedOn) }
    const officerId = await insertOfficer(tx, officer)
    if (officerId === null) throw numberTaken(given.number)
    await enter([{ name: 'officer.appointed', subjectId: null, aboutId: officerId, body: witnessOfOfficer(officer) }])
    if (certificate) {
      const noted = { officerId, number: certificate.number, issuedOn: (certificate.issuedOn as Day | undefined) ?? null, untilOn: (certificate.untilOn as Day | undefined) ?? null }
      const certificateId = await insertCertificate(tx, noted, now)
      if (certificateId !== null) await enter([{ name: 'certificate.noted', subjectId: null, aboutId: certificateId, body: witnessOfCertificate(noted) }])
    }
    return { officerId }
  },
})

/** 离任. From today on the officer can do nothing: roles and delegations end, sessions see nothing from the next request on. */
export const departOfficer = act({
  name: 'organisation.depart', permission: 'organisation.edit', basis: ground, input: departShape.input,
  async run(context, { officerId }) {
    const { tx, today, enter } = context
    const officer = await present(context, officerId)
    for (const { grantId } of await listGrants(tx, [officerId], today)) await finish(context, 'role', grantId)
    for (const { delegationId } of await listDelegations(tx, [officerId], today)) await finish(context, 'delegation', delegationId)
    await endOfficer(tx, officerId, today)
    await enter([{ name: 'officer.left', subjectId: null, aboutId: officerId, body: witnessOfDeparture({ leftOn: today }) }])
    return { officerId: officer.officerId }
  },
})

/**
 * 授权. Grants a role. Refuses `role.excluded` where 三员分立 forbids it beside what the officer holds or acts for, `role.to-oneself`, and
 * `officer.has-left`.
 */
export const grantRole = act({
  name: 'organisation.grant', permission: 'organisation.grant', basis: ground, input: grantShape.input,
  async run(context, { officerId, role, fromOn, untilOn }) {
    const { tx, today, now, actor, policy, enter } = context
    const officer = await present(context, officerId)
    if (actor.officerId === officerId) throw toOneself()
    grantableRole(policy, role)
    const grant = { officerId, role, fromOn: fromOn === undefined ? today : day(fromOn), untilOn: untilOn === undefined ? null : day(untilOn) }
    if (grant.untilOn !== null && grant.untilOn < grant.fromOn) throw daysWrong()
    mayHoldTogether(policy, [...(await actsFor(context, officer)), role])
    for (const { deputyId } of await listDelegations(tx, [officerId], today)) {
      if (deputyId !== officerId) mayHoldTogether(policy, [...(await listGrants(tx, [deputyId], today)).map((one) => one.role), role])
    }
    const grantId = await insertGrant(tx, grant, now, actor.id)
    await enter([{ name: 'role.granted', subjectId: null, aboutId: grantId, body: witnessOfGrant(grant) }])
    return { grantId }
  },
})

/** 收回授权. Takes effect with the next request. Refuses `grant.ended`. */
export const endRole = act({
  name: 'organisation.end-role', permission: 'organisation.grant', basis: ground, input: endRoleShape.input,
  async run(context, { grantId }) {
    await finish(context, 'role', grantId)
    return { grantId }
  },
})

/** 代理. The deputy gets the roles of the other for some days; 三员分立 holds for both together. */
export const delegate = act({
  name: 'organisation.delegate', permission: 'organisation.grant', basis: ground, input: delegateShape.input,
  async run(context, { officerId, deputyId, fromOn, untilOn, reason }) {
    const { tx, today, now, actor, policy, enter } = context
    const [lower, upper] = [Math.min(officerId, deputyId), Math.max(officerId, deputyId)]
    const [first, second] = [await present(context, lower), await present(context, upper)]
    const [officer, deputy] = first.officerId === officerId ? [first, second] : [second, first]
    if (actor.officerId === deputyId) throw toOneself()
    if (untilOn < fromOn || untilOn < today || officerId === deputyId) throw daysWrong()
    mayHoldTogether(policy, [...(await listGrants(tx, [officer.officerId], today)).map(({ role }) => role), ...(await actsFor(context, deputy))])
    const made = { officerId, deputyId, fromOn: day(fromOn), untilOn: day(untilOn), reason }
    const delegationId = await insertDelegation(tx, made, now, actor.id)
    await enter([{ name: 'delegation.made', subjectId: null, aboutId: delegationId, body: witnessOfDelegation(made) }])
    return { delegationId }
  },
})

/** 终止代理. Refuses `grant.ended`. */
export const endDelegation = act({
  name: 'organisation.end-delegation', permission: 'organisation.grant', basis: ground, input: endDelegationShape.input,
  async run(context, { delegationId }) {
    await finish(context, 'delegation', delegationId)
    return { delegationId }
  },
})

async function present({ tx, today }: ActContext, officerId: number): Promise<Officer> {
  const officer = await holdOfficer(tx, officerId)
  if (!officer) throw officerMissing()
  if (officer.leftOn !== null && officer.leftOn <= today) throw hasLeft(officer.leftOn)
  return officer
}

/** The roles that the officer holds, and those of officers whose deputy it is, now or later. */
async function actsFor({ tx, today }: ActContext, { officerId }: Officer): Promise<string[]> {
  const others = (await listDelegations(tx, [officerId], today)).filter(({ deputyId }) => deputyId === officerId).map((one) => one.officerId)
  return (await listGrants(tx, [officerId, ...others], today)).map(({ role }) => role)
}

async function finish({ tx, now, actor, enter }: ActContext, what: 'role' | 'delegation', id: number): Promise<void> {
  const done = what === 'role' ? await endGrant(tx, id, now, actor.id) : await endDelegationRow(tx, id, now, actor.id)
  if (!done) throw ended()
  const [row] = what === 'role' ? await findGrants(tx, [id]) : await findDelegations(tx, [id])
  await enter([{ name: `${what}.ended`, subjectId: null, aboutId: id, body: witnessOfEnd(row!) }])
}

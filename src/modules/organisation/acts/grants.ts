// @clause 12.1
import { act, mustBeAnother, type ActContext } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import { day } from '../../../kernel/day.ts'
import { decideProposal as decideShape, delegate as delegateShape, delegateOwn as delegateOwnShape, endDelegation as endDelegationShape, endOwnDelegation as endOwnShape, endRole as endRoleShape, grantRole as grantShape } from '../contract.ts'
import { witnessOfDecision, witnessOfDelegation, witnessOfGrant } from '../entries.ts'
import { isOutside } from '../organisation.ts'
import { kindOfDepartment } from '../queries/departments.ts'
import { findDelegations, insertDelegation, insertGrant, listDelegations, listGrants } from '../queries/grants.ts'
import type { Officer } from '../queries/officers.ts'
import { decideProposalRow, holdProposal } from '../queries/proposals.ts'
import { daysWrong, deputyElsewhere, ended, notAnOfficer, proposalDecided, reasonMissing, roleOutside, toOneself } from '../refusals.ts'
import { grantableRole, isRoleOutside, mayHoldTogether } from '../roles.ts'
import { finish, present } from './present.ts'

const ground = planBasis('organisation')

/**
 * 授权. Grants a role. Refuses `role.excluded` where 三员分立 forbids it beside what the officer holds or acts for, `role.outside` where it is not for
 * people of such an organisation, `role.to-oneself`, and `officer.has-left`.
 */
export const grantRole = act({
  name: 'organisation.grant', permission: 'organisation.grant', basis: ground, input: grantShape.input,
  async run(context, { officerId, role, fromOn, untilOn }) {
    const { tx, today, now, actor, policy, enter } = context
    const officer = await present(context, officerId)
    if (actor.officerId === officerId) throw toOneself()
    if (isRoleOutside(grantableRole(policy, role)) !== (await isFromOutside(context, officer))) throw roleOutside()
    const grant = { officerId, role, fromOn: fromOn === undefined ? today : day(fromOn), untilOn: untilOn === undefined ? null : day(untilOn) }
    if (grant.untilOn !== null && grant.untilOn < grant.fromOn) throw daysWrong()
    mayHoldTogether(policy, [...(await actsFor(context, officer)), role])
    for (const { deputyId } of await listDelegations(tx, [officerId], today)) {
      if (deputyId !== officerId) mayHoldTogether(policy, [...(await actsFor(context, { officerId: deputyId })), role])
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

/** 确认或不予授权. The security administrator decides about a role that was proposed; whoever proposed it cannot. Refuses `role-proposal.decided`, and what `grantRole` refuses. */
export const decideProposal = act({
  name: 'organisation.decide-proposal', permission: 'organisation.grant', basis: ground, input: decideShape.input,
  async run({ tx, now, actor, world, enter }, { proposalId, decision, reason = null }) {
    const proposal = await holdProposal(tx, proposalId)
    if (!proposal || proposal.decision !== null) throw proposalDecided()
    mustBeAnother(actor, [proposal.proposedBy])
    if (decision === 'refused' && reason === null) throw reasonMissing()
    const grantId = decision === 'confirmed' ? (await grantRole.performIn(tx, world, actor, { officerId: proposal.officerId, role: proposal.role })).grantId : null
    await decideProposalRow(tx, proposalId, { decision, reason, grantId }, now, actor.id)
    await enter([{ name: 'role.proposal-decided', subjectId: null, aboutId: proposalId, body: witnessOfDecision({ decision, reason, decidedBy: actor.id }) }])
    return { grantId }
  },
})

/** 代理. The deputy gets the roles of the other for some days; 三员分立 holds for both together. */
export const delegate = act({
  name: 'organisation.delegate', permission: 'organisation.grant', basis: ground, input: delegateShape.input,
  run: (context, given) => makeDelegation(context, given),
})

/** 委托本人职责. Whoever may hands the own roles to another of the own department for some days. Refuses `delegation.other-department`, and what `delegate` refuses. */
export const delegateOwn = act({
  name: 'organisation.delegate-own', permission: 'organisation.delegate-own', basis: ground, input: delegateOwnShape.input,
  async run(context, { deputyId, ...days }) {
    const { officerId, department } = context.actor
    if (officerId === undefined) throw notAnOfficer()
    if ((await present(context, deputyId)).department !== department) throw deputyElsewhere()
    return makeDelegation(context, { officerId, deputyId, ...days })
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

/** 终止本人的委托. Refuses `grant.ended` when it is not the own one. */
export const endOwnDelegation = act({
  name: 'organisation.end-own-delegation', permission: 'organisation.delegate-own', basis: ground, input: endOwnShape.input,
  async run(context, { delegationId }) {
    const [made] = await findDelegations(context.tx, [delegationId])
    if (!made || made.officerId !== context.actor.officerId) throw ended()
    await finish(context, 'delegation', delegationId)
    return { delegationId }
  },
})

async function makeDelegation(context: ActContext, { officerId, deputyId, fromOn, untilOn, reason }: { officerId: number; deputyId: number; fromOn: string; untilOn: string; reason: string }): Promise<{ delegationId: number }> {
  const { tx, today, now, actor, policy, enter } = context
  const [lower, upper] = [Math.min(officerId, deputyId), Math.max(officerId, deputyId)]
  const [first, second] = [await present(context, lower), await present(context, upper)]
  const [officer, deputy] = first.officerId === officerId ? [first, second] : [second, first]
  if (actor.officerId === deputyId) throw toOneself()
  if (untilOn < fromOn || untilOn < today || officerId === deputyId) throw daysWrong()
  if ((await isFromOutside(context, officer)) !== (await isFromOutside(context, deputy))) throw roleOutside()
  mayHoldTogether(policy, [...(await listGrants(tx, [officer.officerId], today)).map(({ role }) => role), ...(await actsFor(context, deputy))])
  const made = { officerId, deputyId, fromOn: day(fromOn), untilOn: day(untilOn), reason }
  const delegationId = await insertDelegation(tx, made, now, actor.id)
  await enter([{ name: 'delegation.made', subjectId: null, aboutId: delegationId, body: witnessOfDelegation(made) }])
  return { delegationId }
}

async function isFromOutside({ tx }: ActContext, { department }: Officer): Promise<boolean> {
  return isOutside(await kindOfDepartment(tx, department))
}

/** The roles that the officer holds, and those of officers whose deputy it is, now or later. */
async function actsFor({ tx, today }: ActContext, { officerId }: Pick<Officer, 'officerId'>): Promise<string[]> {
  const others = (await listDelegations(tx, [officerId], today)).filter(({ deputyId }) => deputyId === officerId).map((one) => one.officerId)
  return (await listGrants(tx, [officerId, ...others], today)).map(({ role }) => role)
}

// @clause X.4
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import { daySchema } from '../../kernel/endpoint.ts'
import { act, mustReach, systemActor, type ActContext, type World } from '../../engines/procedure/index.ts'
import { endMandate, grantMandate, listMandatesFor, listMandatesOf, longestUntil, mandateMissing, stands, type Limit } from '../identity/index.ts'
import { shownName } from '../privacy/index.ts'
import { answeredAlready, claimMissing, evidenceMissing, mayClaim, mayConfirm, notYours, reasonMissing, subjectUnknown, tooManyFiles, tooOften, type ClaimRules } from './claims.ts'
import { capacitySchema, limitSchema } from './contract.ts'
import { witnessOfAnswer, witnessOfClaim } from './entries.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { countFiled, findClaimable, holdClaim, holdClaimant, insertAnswer, insertClaim, insertEvidence, listClaims, type Claim, type Claimable, type Outcome } from './queries/claims.ts'
import { findUploads } from './queries/uploads.ts'

const ground = basis('practice', 'practice')
const accountId = z.number().int()
const MS_PER_DAY = 86_400_000
const subject = z.object({ subjectId: z.number().int(), name: z.string(), type: z.string(), uscc: z.string(), status: z.string() })
const ONE = { offset: 0, limit: 1 }

/** The business with a code, as whoever claims it may know it. Refuses `claim.subject-unknown`. */
export async function getClaimable(register: Queryable, uscc: string): Promise<Claimable> {
  const found = await findClaimable(register, uscc.replace(/\s/g, '').toUpperCase())
  if (!found) throw subjectUnknown()
  return found
}

/** The rules of claims and evidence on a day. */
export function claimRules(policy: World['policy'], today: Day): ClaimRules {
  return policy.on(today).value<ClaimRules>('agents/claims')
}

/**
 * 认领: a person claims a subject with evidence; an officer answers until the day due. Refuses `claim.subject-unknown`, `claim.subject-gone`, `claim.waiting-already`,
 * `claim.granted-already`, `claim.evidence-missing`, `claim.too-many-files`, `claim.too-often`, `mandate.too-long`.
 */
export const fileClaim = act({
  name: 'agents.file-claim', permission: 'my.claim', basis: ground,
  input: z.object({ accountId, name: z.string(), subject, capacity: capacitySchema, limits: z.array(limitSchema), untilOn: daySchema, words: z.string().nullable(), uploadIds: z.array(z.number().int()) }),
  async run({ tx, now, today, policy, actor, enter }, { subject, uploadIds, ...given }) {
    const rules = claimRules(policy, today)
    await holdClaimant(tx, given.accountId)
    if ((await countFiled(tx, given.accountId, new Date(now.getTime() - MS_PER_DAY))) >= rules.claims_a_day) throw tooOften()
    const claims = await listClaims(tx, { accountId: given.accountId, subjectId: subject.subjectId, state: 'waiting' }, ONE)
    const shown = { ...subject, name: shownName(policy, subject.type, subject.name, 'public') }
    mayClaim(shown, { claims, mandates: (await listMandatesFor(tx, subject.subjectId)).filter((one) => one.accountId === given.accountId) }, given.capacity, policy, today)
    const files = await findUploads(tx, given.accountId, uploadIds)
    if (files.length === 0) throw evidenceMissing()
    if (files.length > rules.most_files) throw tooManyFiles(rules.most_files)
    const last = longestUntil(policy, today, given.capacity)
    const claim = {
      ...given, subjectId: subject.subjectId, subjectName: subject.name, uscc: subject.uscc, limits: given.capacity === 'agent' ? [...new Set<Limit>(['view', ...given.limits])] : [], untilOn: (given.untilOn > last ? last : given.untilOn) as Day,
      filedAt: now, filedBy: actor.id, dueOn: policy.calendar.addWorkingDays(today, policy.on(today).value<number>('agents/answer-within')).day,
    }
    const claimId = await insertClaim(tx, claim)
    await insertEvidence(tx, subject.subjectId, claimId, files)
    await enter([{ name: 'claim.filed', subjectId: subject.subjectId, aboutId: claimId, body: witnessOfClaim(claim, files) }])
    return { claimId, subjectName: shown.name, dueOn: claim.dueOn }
  },
})

/** 撤回认领, one's own, while it waits. Refuses `claim.missing`, `claim.answered-already`. */
export const withdrawClaim = act({
  name: 'agents.withdraw-claim', permission: 'my.claim', basis: ground, input: z.object({ accountId, claimId: z.number().int() }),
  async run(context, input) {
    const claim = await getClaim(context, input.claimId)
    if (claim.accountId !== input.accountId) throw claimMissing()
    await answer(context, claim, 'withdrawn', null, null)
    return { claimId: claim.claimId }
  },
})

/**
 * 核准或不予核准认领: confirming grants the mandate at once. Refuses `claim.missing`, `claim.answered-already`, `claim.reason-missing`, `claim.other-representative`,
 * and what a mandate is refused for.
 */
export const answerClaim = act({
  name: 'agents.answer-claim', permission: 'agents.confirm', basis: ground,
  input: z.object({ claimId: z.number().int(), outcome: z.enum(['confirmed', 'refused']), reason: z.string().trim().max(500).nullable(), endOthers: z.boolean() }),
  async run(context, { claimId, outcome, reason, endOthers }) {
    const claim = await getClaim(context, claimId)
    if (outcome === 'refused' && (reason === null || reason.length < 4)) throw reasonMissing()
    const mandateId = outcome === 'confirmed' ? await confirm(context, claim, endOthers) : null
    await answer(context, claim, outcome, reason, mandateId)
    return { claimId, mandateId }
  },
})

/** What an identity service vouches for: that this person holds this capacity for the business with this code, until a day. */
export type Vouched = { readonly accountId: number; readonly name: string; readonly uscc: string; readonly capacity: 'legal-representative' | 'agent'; readonly untilOn: Day }

/** The act behind {@link confirmByIdentityService}. Program only: no officer and no agent may vouch like this. */
const vouch = act({
  name: 'agents.vouch', permission: 'agents.vouch', basis: ground, input: z.custom<Omit<Vouched, 'uscc'> & { readonly subject: Claimable }>(),
  async run(context, { subject, ...given }) {
    const [waiting] = await listClaims(context.tx, { accountId: given.accountId, subjectId: subject.subjectId, state: 'waiting' }, ONE)
    const own = (await listMandatesFor(context.tx, subject.subjectId)).filter((one) => one.accountId === given.accountId)
    // A service that now says an earlier last day is believed; a later one counts once the day has come.
    const longer = own.find((one) => one.capacity === given.capacity && one.grantedBy === context.actor.id && stands(one, context.today) && one.untilOn > given.untilOn)
    mayClaim({ ...subject, name: shownName(context.policy, subject.type, subject.name, 'public') }, { claims: [], mandates: own.filter((one) => one !== longer) }, given.capacity, context.policy, context.today)
    if (longer) await endMandate(context, subject.subjectId, longer.mandateId)
    await endOtherRepresentatives(context, { ...given, subjectId: subject.subjectId }, true)
    const mandate = await grantMandate(context, { ...given, subjectId: subject.subjectId, limits: [] })
    if (waiting) await answer(context, waiting, 'confirmed', null, mandate.mandateId)
    return { mandateId: mandate.mandateId }
  },
})

/** Who grants what an identity service vouches for. */
const identityService = (key: string) => systemActor(`identity-service/${key}`)

/**
 * 统一身份认证自动核准: grants the mandate for what the identity service vouched for, and answers the claim that waits for it. For the code that
 * redeems a token with a verified credit code and capacity; a name or a number that the person typed is never enough. `register` is a database that reads the register, which the gate itself does not. Refuses what {@link fileClaim} refuses about the subject.
 */
export async function confirmByIdentityService(world: World, register: Queryable, service: string, { uscc, ...vouched }: Vouched): Promise<{ mandateId: number }> {
  return vouch.perform(world, identityService(service), { ...vouched, subject: await getClaimable(register, uscc) })
}

const endUnvouched = act({
  name: 'agents.end-unvouched', permission: 'agents.vouch', basis: ground, input: z.object({ accountId, vouched: z.array(z.number().int()) }),
  async run(context, { accountId: id, vouched }) {
    const over = (await listMandatesOf(context.tx, id, context.today)).filter(({ grantedBy, subjectId }) => grantedBy === context.actor.id && !vouched.includes(subjectId))
    for (const { subjectId, mandateId } of over) await endMandate(context, subjectId, mandateId)
    return null
  },
})

/** 不再核准: ends what an identity service granted a person for subjects that it names no more. */
export async function endByIdentityService(world: World, service: string, accountId: number, vouched: readonly number[]): Promise<void> {
  await endUnvouched.perform(world, identityService(service), { accountId, vouched: [...vouched] })
}

/** 授权经办人: the legal representative lets a registered person act. Refuses what a mandate is refused for, `my.subject-missing`. */
export const appointAgent = act({
  name: 'agents.appoint', permission: 'my.appoint', basis: ground, input: z.object({ subjectId: z.number().int(), accountId, name: z.string(), limits: z.array(limitSchema), untilOn: daySchema }),
  async run(context, input) {
    mustReach(context.actor, 'my.appoint', { subjectId: input.subjectId }, notYours)
    const { mandateId } = await grantMandate(context, { ...input, capacity: 'agent', untilOn: input.untilOn as Day })
    return { mandateId }
  },
})

/** 续期: the legal representative lets an agent go on, within the same limits, when the end is near. Refuses `mandate.missing`, `mandate.stands-already`, what a mandate is refused for, `my.subject-missing`. */
export const renewAgent = act({
  name: 'agents.renew', permission: 'my.appoint', basis: ground, input: z.object({ subjectId: z.number().int(), mandateId: z.number().int(), untilOn: daySchema }),
  async run(context, { subjectId, mandateId, untilOn }) {
    mustReach(context.actor, 'my.appoint', { subjectId }, notYours)
    const present = (await listMandatesFor(context.tx, subjectId)).find((one) => one.mandateId === mandateId)
    // A legal representative is confirmed by an officer each time: nobody renews oneself.
    if (!present || present.capacity !== 'agent' || !stands(present, context.today)) throw mandateMissing()
    return { mandateId: (await grantMandate(context, { ...present, limits: present.limits as Limit[], untilOn: untilOn as Day })).mandateId }
  },
})

/** 终止授权, at once, also one's own. Refuses `mandate.missing`, `my.subject-missing`. */
export const endAgent = act({
  name: 'agents.end', permission: 'my.appoint', basis: ground, input: z.object({ subjectId: z.number().int(), mandateId: z.number().int() }),
  async run(context, { subjectId, mandateId }) {
    mustReach(context.actor, 'my.appoint', { subjectId }, notYours)
    await endMandate(context, subjectId, mandateId)
    return { mandateId }
  },
})

/** 本人终止代办: whoever acts for a business stops, at once. Refuses `mandate.missing` for the mandate of another, `my.subject-missing`. */
export const endOwnMandate = act({
  name: 'agents.end-own', permission: 'my.leave', basis: ground, input: z.object({ subjectId: z.number().int(), mandateId: z.number().int(), accountId }),
  async run(context, { subjectId, mandateId, accountId: own }) {
    mustReach(context.actor, 'my.leave', { subjectId }, notYours)
    if (!(await listMandatesFor(context.tx, subjectId)).some((one) => one.mandateId === mandateId && one.accountId === own)) throw mandateMissing()
    await endMandate(context, subjectId, mandateId)
    return { mandateId }
  },
})

/** A claim that waits, held for this transaction: two who answer it at once follow one another. */
async function getClaim({ tx }: ActContext, claimId: number): Promise<Claim> {
  await holdClaim(tx, claimId)
  const [claim] = await listClaims(tx, { claimId }, ONE)
  if (!claim) throw claimMissing()
  if (claim.outcome !== null) throw answeredAlready()
  return claim
}

async function confirm(context: ActContext, claim: Claim, endOthers: boolean): Promise<number> {
  await endOtherRepresentatives(context, claim, endOthers)
  const last = longestUntil(context.policy, context.today, claim.capacity)
  return (await grantMandate(context, { ...claim, limits: claim.limits as Limit[], untilOn: claim.untilOn > last ? last : claim.untilOn })).mandateId
}

async function endOtherRepresentatives(context: ActContext, claim: Pick<Claim, 'subjectId' | 'accountId' | 'capacity'>, endOthers: boolean): Promise<void> {
  const standing = (await listMandatesFor(context.tx, claim.subjectId)).filter((one) => stands(one, context.today))
  for (const { mandateId } of mayConfirm(claim, standing, endOthers)) await endMandate(context, claim.subjectId, mandateId)
}

async function answer({ tx, now, actor, enter }: ActContext, claim: Claim, outcome: Outcome, reason: string | null, mandateId: number | null): Promise<void> {
  if (!(await insertAnswer(tx, claim, { outcome, reason, mandateId, at: now, by: actor.id }))) throw answeredAlready()
  await enter([{ name: 'claim.answered', subjectId: claim.subjectId, aboutId: claim.claimId, body: witnessOfAnswer({ outcome, reason, mandateId }) }])
}

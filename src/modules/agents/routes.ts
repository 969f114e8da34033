// @clause X.4
import { addDays, dayOf, type Day } from '../../kernel/day.ts'
import type { ReceivedOf } from '../../kernel/endpoint.ts'
import { mustReach, type Actor, type Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { endsSoon, findAccountByName, findAccounts, findPhone, listMandatesFor, listMandatesOf, longestUntil, stands, type Mandate } from '../identity/index.ts'
import { departmentsOf, districtOf } from '../organisation/index.ts'
import { maskedPhone, maySeeInFull, mustHavePurpose, partyClassOf, shownName, viewOf, type Audience } from '../privacy/index.ts'
import { findRegistered } from '../subjects/index.ts'
import * as acts from './acts.ts'
import { claimMissing, nameFits, notYours, personUnknown } from './claims.ts'
import * as contract from './contract.ts'
import { countClaims, findNames, listClaims, listEvidence, type Claim, type ClaimFilter } from './queries/claims.ts'
import { claimsSeen } from './shown.ts'
import { ownLooks, ownRecord, ownRecords } from './space.ts'
import { fileOfClaims } from './workbook.ts'
import { accountOf, keepUpload } from './uploads.ts'

const todayOf = ({ world }: Asked): Day => dayOf(world.clock.now())
const ALL = { offset: 0, limit: 100 }
const NEW_FOR_DAYS = 30
const LIMIT_TITLES = [{ key: 'view' as const, title: { zh: '查看', en: 'see' } }, { key: 'objections' as const, title: { zh: '提出异议和说明', en: 'file objections and statements' } }]
const SPACE_PERMISSIONS = ['my.read', 'my.object', 'my.appoint']

/** The space of businesses: who acts for whom; claims and their answers. */
export const agentRoutes: readonly Route<Asked>[] = [
  route(contract.getSpace, async (asked: Asked) => {
    const { world, actor } = asked
    const accountId = accountOf(asked)
    const today = todayOf(asked)
    const mandates = actor.unverified ? [] : await listMandatesOf(world.db, accountId, today)
    // Names of businesses that the caller acts for, and of no other: looked up by the program, since the gate reads no register.
    const names = await findNames(registerOf(asked), mandates.map(({ subjectId }) => subjectId))
    const claims = await listClaims(world.db, { accountId }, ALL)
    const rules = acts.claimRules(world.policy, today)
    const { zh, en } = districtOf(world.policy)
    return {
      name: actor.name, verified: !actor.unverified, userName: (await findAccounts(world.db, [accountId]))[0]!.userName, today, district: { zh, en }, credit: { zh: '信用主管部门', en: 'the credit office' },
      subjects: mandates.flatMap((mandate) => {
        const { subjectId, mandateId, capacity, limits, untilOn } = mandate
        const named = names.get(subjectId)
        const may = SPACE_PERMISSIONS.filter((permission) => actor.may(permission) && reaches(actor.scope(permission), subjectId))
        return named ? [{ subjectId, ...named, capacity, limits: [...limits], mandateId, untilOn, endsSoon: endsSoon(mandate, world.policy, today), may }] : []
      }),
      claims: await rowsOf(asked, claims, 'public'),
      longest: { 'legal-representative': longestUntil(world.policy, today, 'legal-representative'), agent: longestUntil(world.policy, today, 'agent') },
      evidence: { most: rules.most_files, megabytes: rules.most_megabytes },
    }
  }),
  route(contract.uploadEvidence, async (asked: Asked, { name }) => keepUpload(asked, name)),
  route(contract.fileClaim, async (asked: Asked, { requestId, words, uscc, ...input }) =>
    acts.fileClaim.perform(asked.world, asked.actor, { ...input, subject: await acts.getClaimable(registerOf(asked), uscc), words: words || null, accountId: accountOf(asked), name: asked.actor.name }, { requestId: requestId ?? asked.requestId, asked: { ...input, uscc } })),
  route(contract.withdrawClaim, async (asked: Asked, { claimId }) => acts.withdrawClaim.perform(asked.world, asked.actor, { claimId, accountId: accountOf(asked) }, { requestId: asked.requestId })),
  route(contract.getOwnRecord, async (asked: Asked, { subjectId }) => {
    mustReach(asked.actor, 'my.read', { subjectId }, notYours)
    return { ...(await ownRecord(asked, subjectId)), departments: departmentsOf(asked.world.policy).map(({ key, zh, en }) => ({ key, zh, en })) }
  }),
  route(contract.listOwnRecords, async (asked: Asked, { subjectId, kind, ...window }) => {
    mustReach(asked.actor, 'my.read', { subjectId }, notYours)
    return ownRecords(asked, subjectId, kind ?? null, window)
  }),
  route(contract.listOwnLooks, async (asked: Asked, { subjectId, ...window }) => {
    mustReach(asked.actor, 'my.read', { subjectId }, notYours)
    return ownLooks(asked, subjectId, window)
  }),
  route(contract.listAgents, async (asked: Asked, { subjectId }) => {
    mustReach(asked.actor, 'my.read', { subjectId }, notYours)
    return { rows: shown(asked, await listMandatesFor(asked.world.db, subjectId)), limits: LIMIT_TITLES }
  }),
  route(contract.appointAgent, async (asked: Asked, { requestId, userName, name, ...input }) => {
    mustReach(asked.actor, 'my.appoint', { subjectId: input.subjectId }, notYours)
    // Accounts are behind the wall of business data: only whether name and user name belong together is looked up in the caller's own right.
    const account = await findAccountByName((asked.within?.('identity.own') ?? asked.world).db, userName)
    if (!account || account.closedAt !== null || account.personName === null || account.personName !== name) throw personUnknown()
    return acts.appointAgent.perform(asked.world, asked.actor, { ...input, accountId: account.accountId, name: account.personName }, { requestId: requestId ?? asked.requestId, asked: { ...input, userName, name } })
  }),
  route(contract.renewAgent, async (asked: Asked, { requestId, ...input }) => acts.renewAgent.perform(asked.world, asked.actor, input, { requestId: requestId ?? asked.requestId })),
  route(contract.endAgent, async (asked: Asked, input) => acts.endAgent.perform(asked.world, asked.actor, input, { requestId: asked.requestId })),
  route(contract.endOwnMandate, async (asked: Asked, input) => acts.endOwnMandate.perform(asked.world, asked.actor, { ...input, accountId: accountOf(asked) }, { requestId: asked.requestId })),
  route(contract.listClaims, async (asked: Asked, { offset, limit, ...given }) => {
    const filter = filterOf(asked, given)
    return { rows: await rowsOf(asked, await listClaims(asked.world.db, filter, { offset, limit })), total: (await countClaims(asked.world.db, filter)).total }
  }),
  route(contract.exportClaims, async (asked: Asked, { form, ...given }) => {
    const filter = filterOf(asked, given)
    const { total: rows, subjectIds } = await countClaims(asked.world.db, filter)
    return { ...fileOfClaims(asked.world, filter, form), rows, subjectIds }
  }),
  route(contract.getClaim, async (asked: Asked, { claimId, full }) => {
    const { world, actor, purpose } = asked
    const claim = await find(asked, claimId)
    const right = rightInFull(actor, claim)
    if (full) mustHavePurpose(actor, purpose, null, right)
    const content = (await findRegistered(world.db, world.sealing, [claim.subjectId])).get(claim.subjectId)?.content
    const registered = content?.legalRepresentative ?? null
    const mandates = (await listMandatesFor(world.db, claim.subjectId)).filter((one) => stands(one, todayOf(asked)))
    const others = await listClaims(world.db, { subjectId: claim.subjectId }, ALL)
    // Whoever checks claims reads no accounts; the one number of whoever made this claim is looked up in the officer's own right.
    const phone = await findPhone((asked.within?.('identity.own') ?? world).db, world.sealing, claim.accountId)
    const audience = full ? 'full' : 'internal'
    const type = content?.type ?? null
    return {
      ...(await rowsOf(asked, [claim], audience))[0]!, masked: phone !== null || type === 'natural-person', mayFull: maySeeInFull(actor, null, right), phone: phone === null || full ? phone : maskedPhone(world.policy, phone), answeredBy: claim.answeredBy,
      legalRepresentative: registered && viewOf(world.policy, 'subject', audience, partyClassOf(type))('ZT_FDDBR', registered), nameFits: nameFits(claim.capacity, claim.name, registered),
      standing: shown(asked, mandates).map((one) => ({ ...one, name: shownName(world.policy, type, one.name, audience) })), others: await rowsOf(asked, others.filter((one) => one.claimId !== claimId)),
      mayAnswer: claim.outcome === null && actor.may('agents.confirm'),
    }
  }),
  route(contract.downloadEvidence, async (asked: Asked, { claimId, evidenceId }) => {
    const found = (await listEvidence(asked.world.db, [claimId])).find((one) => one.evidenceId === evidenceId)
    if (!found) throw claimMissing()
    return { fileName: found.fileName, contentType: found.contentType, stream: await asked.world.files.read(found.digest) }
  }),
  route(contract.answerClaim, async ({ world, actor, requestId }: Asked, { requestId: own, reason, ...input }) => acts.answerClaim.perform(world, actor, { ...input, reason: reason || null }, { requestId: own ?? requestId })),
]

/** Whoever answers a claim has to know and reach the claimant: until it is answered that right is enough, for a purpose. */
function rightInFull(actor: Actor, claim: Claim): string | undefined {
  return claim.outcome === null && actor.may('agents.confirm') ? 'agents.confirm' : undefined
}

function filterOf(asked: Asked, { late, ...given }: Omit<ReceivedOf<typeof contract.exportClaims>, 'form'>): ClaimFilter {
  return { ...given, lateOn: late ? todayOf(asked) : undefined }
}

function registerOf({ world }: Asked) {
  return (world.lasting ?? world).db
}

function reaches(scope: ReturnType<Asked['actor']['scope']>, subjectId: number): boolean {
  return scope === 'all' || scope.subjects.includes(subjectId)
}

async function find({ world }: Asked, claimId: number): Promise<Claim> {
  const [claim] = await listClaims(world.db, { claimId }, { offset: 0, limit: 1 })
  if (!claim) throw claimMissing()
  return claim
}

async function rowsOf({ world }: Asked, claims: readonly Claim[], audience: Audience = 'internal') {
  const files = await listEvidence(world.db, claims.map(({ claimId }) => claimId))
  return (await claimsSeen(world, claims, audience)).map(({ claimId, subjectId, subjectName, uscc, name, capacity, limits, untilOn, words, filedAt, dueOn, outcome, reason, answeredAt }) => ({
    claimId, subjectId, subjectName, uscc, name, capacity, limits: [...limits], untilOn, words, filedAt, dueOn, outcome, reason, answeredAt,
    files: files.filter((file) => file.claimId === claimId).map(({ evidenceId, fileName, contentType, size }) => ({ evidenceId, fileName, contentType, size })),
  }))
}

function shown(asked: Asked, mandates: readonly Mandate[]) {
  const today = todayOf(asked)
  return mandates.map(({ mandateId, accountId, name, capacity, limits, fromOn, untilOn, grantedAt, endedAt, ...rest }) => {
    const standing = stands({ fromOn, untilOn, endedAt }, today)
    const own = accountId === asked.actor.accountId
    return { mandateId, name, capacity, limits: [...limits], fromOn, untilOn, grantedAt, endedAt, stands: standing, endsSoon: endsSoon({ fromOn, untilOn, endedAt }, asked.world.policy, today), own, isNew: standing && !own && rest.grantedBy !== asked.actor.id && fromOn > addDays(today, -NEW_FOR_DAYS) }
  })
}

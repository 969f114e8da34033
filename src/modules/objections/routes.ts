// @clause 4.8
import { dayOf } from '../../kernel/day.ts'
import type { ReceivedOf } from '../../kernel/endpoint.ts'
import { isReached, mustReach, reachOf, type Asked } from '../../engines/procedure/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { accountOf, notYours } from '../agents/index.ts'
import { mustReachSubject } from '../subjects/index.ts'
import * as acts from './acts.ts'
import * as contract from './contract.ts'
import { objectionMissing } from './objections.ts'
import { OBJECTION_ACTS, objectionProcedure, whyNot } from './procedure.ts'
import { countObjections, findObjections, listObjections, listPending, listSteps, type Objection, type ObjectionFilter } from './queries/objections.ts'
import { listStatements } from './queries/statements.ts'
import { fileOfObjections } from './workbook.ts'
import { objectionShown, objectionsSeen, statementSeen, statementShown, stepSeen, stepShown } from './shown.ts'

const READ = 'objections.read'
const pendingOf = async (db: Queryable, subjectId: number) => (await listPending(db, [subjectId])).map(({ about, model, since }) => ({ about, model, since }))
const todayOf = ({ world }: Asked) => dayOf(world.clock.now())

/** Objections and statements: the business's own, and the officers'. */
export const objectionRoutes: readonly Route<Asked>[] = [
  route(contract.listOwnObjections, async (asked: Asked, { subjectId, offset, limit }) => {
    mustReach(asked.actor, 'my.read', { subjectId }, notYours)
    const { db } = asked.world
    const rows = await listObjections(db, { subjectId }, { offset, limit })
    const steps = await listSteps(db, rows.map(({ objectionId }) => objectionId))
    return {
      rows: rows.map((one) => ({ ...objectionShown(one, todayOf(asked)), steps: steps.filter(({ objectionId }) => objectionId === one.objectionId).map((step) => stepShown(step, true)) })),
      total: (await countObjections(db, { subjectId })).total, pending: await pendingOf(db, subjectId), statements: (await listStatements(db, subjectId)).map(statementShown),
    }
  }),
  route(contract.fileObjection, async (asked: Asked, { requestId, recordId, model, ...input }) =>
    acts.fileObjection.perform(asked.world, asked.actor, { ...input, recordId: recordId ?? null, model: model ?? null, accountId: accountOf(asked) }, { requestId: requestId ?? asked.requestId })),
  route(contract.withdrawObjection, async (asked: Asked, { words, ...input }) => acts.withdrawObjection.perform(asked.world, asked.actor, { ...input, words: words || '企业撤回' }, { requestId: asked.requestId })),
  route(contract.fileStatement, async (asked: Asked, { requestId, recordId, ...input }) => acts.fileStatement.perform(asked.world, asked.actor, { ...input, recordId: recordId ?? null }, { requestId: requestId ?? asked.requestId })),
  route(contract.withdrawStatement, async (asked: Asked, input) => acts.withdrawStatement.perform(asked.world, asked.actor, input, { requestId: asked.requestId })),
  route(contract.getBeside, async ({ world, actor }: Asked, { subjectId }) => {
    await mustReachSubject(world.db, actor, 'subjects.read', subjectId)
    return { pending: await pendingOf(world.db, subjectId), statements: (await listStatements(world.db, subjectId)).map((one) => statementSeen(world, one)) }
  }),
  route(contract.listObjections, async (asked: Asked, { offset, limit, ...given }) => {
    const filter = filterOf(asked, given)
    const rows = await objectionsSeen(asked.world, await listObjections(asked.world.db, filter, { offset, limit }))
    return { rows: rows.map((one) => objectionShown(one, todayOf(asked))), total: (await countObjections(asked.world.db, filter)).total }
  }),
  route(contract.exportObjections, async (asked: Asked, { form, ...given }) => {
    const filter = filterOf(asked, given)
    const { total: rows, subjectIds } = await countObjections(asked.world.db, filter)
    return { ...fileOfObjections(asked.world, filter, form), rows, subjectIds }
  }),
  route(contract.getObjection, async (asked: Asked, { objectionId }) => {
    const { world, actor } = asked
    const objection = await find(asked, objectionId)
    const hands = (await acts.handsIn({ tx: world.db }, objection)).includes(actor.id)
    const reaches = (permission: string) => actor.may(permission) && isReached(actor, permission, { department: objection.department })
    return {
      ...objectionShown((await objectionsSeen(world, [objection]))[0]!, todayOf(asked)), steps: (await listSteps(world.db, [objectionId])).map((step) => stepSeen(world, step)),
      acts: OBJECTION_ACTS.filter((act) => act !== 'withdraw').map((act) => ({ act, title: objectionProcedure[act].title, whyNot: whyNot(act, objection, reaches, hands) })),
      rule: world.policy.basisOf('objections/time-limits', todayOf(asked)),
      statements: (await listStatements(world.db, objection.subjectId, objection.recordId)).map((one) => statementSeen(world, one)),
    }
  }),
  route(contract.downloadObjectionFile, async (asked: Asked, { objectionId, at }) => {
    const file = (await find(asked, objectionId)).files[at]
    if (!file) throw objectionMissing()
    return { fileName: file.fileName, contentType: file.contentType, stream: await asked.world.files.read(file.digest) }
  }),
  route(contract.forwardObjection, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.forwardObjection.perform(world, actor, input, { requestId: own ?? requestId })),
  route(contract.declineObjection, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.declineObjection.perform(world, actor, input, { requestId: own ?? requestId })),
  route(contract.answerObjection, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.answerObjection.perform(world, actor, input, { requestId: own ?? requestId })),
  route(contract.extendObjection, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.extendObjection.perform(world, actor, input, { requestId: own ?? requestId })),
  route(contract.decideObjection, async ({ world, actor, requestId }: Asked, { requestId: own, remedy, ...input }) => acts.decideObjection.perform(world, actor, { ...input, remedy: remedy || null }, { requestId: own ?? requestId })),
  route(contract.carryOutObjection, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.carryOutObjection.perform(world, actor, input, { requestId: own ?? requestId })),
]

/** Nobody's filter reaches further than the permission. */
function filterOf(asked: Asked, { late, ...given }: Omit<ReceivedOf<typeof contract.exportObjections>, 'form'>): ObjectionFilter {
  return { ...given, lateOn: late ? todayOf(asked) : undefined, departments: reachOf(asked.actor, READ)?.departments ?? null }
}

/** An objection that the caller does not reach is as if there were none. */
async function find({ world, actor }: Asked, objectionId: number): Promise<Objection> {
  const [found] = await findObjections(world.db, [objectionId])
  if (!found || !isReached(actor, READ, { department: found.department })) throw objectionMissing()
  return found
}

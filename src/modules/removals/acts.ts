// @clause X.4
import { z } from 'zod'
import { redact, redactionDigests, type EntryType } from '../../engines/ledger/index.ts'
import { act, forgetAnswers, mustBeAnother, type ActContext, type PersonPlace } from '../../engines/procedure/index.ts'
import { daySchema } from '../../kernel/endpoint.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { askedBySchema, REMOVAL_GROUNDS } from './contract.ts'
import { witnessOfRedactions, witnessOfRemoval, witnessOfStep } from './entries.ts'
import { heldOf, personOf, placeOfNumber, soughtPerson } from './person.ts'
import { ENDED, removalProcedure } from './procedure.ts'
import { insertFiles } from './queries/person.ts'
import { holdRemoval, insertRemoval, insertStep, listRemovals, moveRemoval, nextRemovalId, type Removal, type RemovalStep } from './queries/removals.ts'
import { ARTICLE, askedInFuture, mustBeClear, notNow, notYours, remedyMissing, removalMissing, underWay } from './removals.ts'

const number = z.number().int()
const words = z.string().trim().min(4).max(1000)
const named = { idNumber: z.string().nullable(), accountId: number.nullable(), askedBy: askedBySchema, askedOn: daySchema, ground: z.enum(REMOVAL_GROUNDS), words }

async function file(context: ActContext, { idNumber, ...given }: { readonly idNumber: string | null } & Pick<Removal, 'accountId' | 'askedBy' | 'askedOn' | 'ground' | 'words'>) {
  const { tx, now, today, actor, policy, world, enter } = context
  if (given.askedOn > today) throw askedInFuture()
  if (given.accountId !== null && (await listRemovals(tx, { accountId: given.accountId, open: true }, { offset: 0, limit: 1 })).total > 0) throw underWay()
  const removalId = await nextRemovalId(tx)
  const removal: Removal = {
    ...given, removalId, idSealed: idNumber === null ? null : world.sealing.seal(idNumber, placeOfNumber(removalId)), dueOn: addDays(given.askedOn, policy.on(today).value<number>('privacy/removal-within')),
    filedAt: now, filedBy: actor.id, state: 'filed',
  }
  await insertRemoval(tx, removal)
  await enter([{ name: 'removal.filed', subjectId: null, aboutId: removalId, body: witnessOfRemoval(removal) }])
  return { removalId, dueOn: removal.dueOn }
}

/** 提出删除申请, by the credit office: for a person at the counter, or of its own accord. Refuses `removal.asked-in-future`, `removal.under-way`. */
export const fileRemoval = act({ name: 'removals.file', permission: 'removals.file', basis: ARTICLE, input: z.object(named), run: (context, { askedOn, ...given }) => file(context, { ...given, askedOn: askedOn as Day }) })

/** 申请删除本人信息: the own account and all with it. Refuses `removal.under-way`. */
export const askOwnRemoval = act({
  name: 'removals.ask', permission: 'my.open', basis: ARTICLE, input: z.object({ accountId: number, words }),
  run: (context, { accountId, words: said }) => file(context, { idNumber: null, accountId, askedBy: 'person', askedOn: context.today, ground: 'consent-withdrawn', words: said }),
})

/** 决定删除申请, by someone who did not file it. Refuses `act.same-person`, `removal.remedy-missing`, `removal.not-now`. Whoever calls has made sure that nothing bars: what is held lies behind another wall. */
export const decideRemoval = act({
  name: 'removals.decide', permission: 'removals.decide', basis: ARTICLE, input: z.object({ removalId: number, act: z.enum(['approve', 'refuse']), words, remedy: z.string().trim().nullable() }),
  async run(context, input) {
    if (input.act === 'refuse' && (input.remedy === null || input.remedy.length < 4)) throw remedyMissing()
    const removal = await getHeld(context, input.removalId)
    mustBeAnother(context.actor, [removal.filedBy])
    return step(context, removal, { ...input, found: null })
  },
})

/** 撤回删除申请, one's own: what a person asked for is decided by two, with the remedy, and never taken back by an officer. Refuses `removal.not-yours`, `removal.not-now`. */
export const withdrawRemoval = act({
  name: 'removals.withdraw', permission: 'removals.file', basis: ARTICLE, input: z.object({ removalId: number, words }),
  async run(context, { removalId, words: said }) {
    const removal = await getHeld(context, removalId)
    if (removal.filedBy !== context.actor.id) throw notYours()
    return step(context, removal, { act: 'withdraw', words: said, remedy: null, found: null })
  },
})

/**
 * The act that carries a removal out (执行删除), for the places that hold persons' data and the kinds of entry that witness them. To be performed in the world of whoever owns the tables.
 * Looks once more at what is held; everything goes, and is entered, in one transaction. Refuses `removal.barred`, `removal.not-now`.
 */
export function carryOutRemoval(places: readonly PersonPlace[], types: readonly EntryType[]) {
  return act({
    name: 'removals.carry-out', permission: 'removals.carry-out', basis: ARTICLE, input: z.object({ removalId: number, words }),
    async run(context, { removalId, words: said }) {
      const { tx, now, policy, world, enter } = context
      const removal = await getHeld(context, removalId)
      if (!removalProcedure.remove.from.includes(removal.state)) throw notNow()
      const person = await soughtPerson(tx, world, personOf(removal, world))
      const found = await heldOf(tx, world, places, person)
      mustBeClear(found)
      const files = new Set<string>()
      let entries = 0
      for (const place of places) {
        const gone = await place.remove(tx, person, { now, policy, sealing: world.sealing })
        for (const digest of gone.files) files.add(digest)
        entries += await redact(tx, world.randomness, types, removalId, gone.changed)
      }
      for (const place of places) for (const digest of (await place.needs?.(tx, [...files])) ?? []) files.delete(digest)
      await insertFiles(tx, removalId, [...files])
      await forgetAnswers(tx, person.actors)
      await enter([{ name: 'person.removed', subjectId: null, aboutId: removalId, body: witnessOfRedactions((await redactionDigests(tx, [removalId])).get(removalId)!) }])
      return { ...(await step(context, removal, { act: 'remove', words: said, remedy: null, found })), entries, files: files.size }
    },
  })
}

async function getHeld({ tx }: ActContext, removalId: number): Promise<Removal> {
  const removal = await holdRemoval(tx, removalId)
  if (!removal) throw removalMissing()
  return removal
}

async function step({ tx, now, actor, enter }: ActContext, { removalId, state }: Removal, done: Pick<RemovalStep, 'act' | 'words' | 'remedy' | 'found'>) {
  const way = removalProcedure[done.act]
  if (!way.from.includes(state)) throw notNow()
  const made = { act: done.act, words: done.words, remedy: done.remedy, found: done.found, removalId, at: now, actor: actor.id, actorName: actor.name }
  const stepId = await insertStep(tx, made)
  await moveRemoval(tx, removalId, way.to, ENDED.includes(way.to))
  await enter([{ name: 'removal.stepped', subjectId: null, aboutId: stepId, body: witnessOfStep(made) }])
  return { removalId, state: way.to }
}

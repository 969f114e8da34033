// @clause X.4
import type { EntryType } from '../../engines/ledger/index.ts'
import type { Asked, PersonPlace } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import type { Db } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { accountOf } from '../agents/index.ts'
import { notVerified } from '../identity/index.ts'
import { withoutIds } from '../privacy/index.ts'
import * as acts from './acts.ts'
import * as contract from './contract.ts'
import { removeFiles } from './files.ts'
import { heldOf, namedPerson, personOf, soughtPerson } from './person.ts'
import { ENDED, REMOVAL_ACTS, removalProcedure, whyNot } from './procedure.ts'
import { findRemovals, listRemovals, listSenders, listSteps, type Removal } from './queries/removals.ts'
import { mustBeClear, nothingHeld, removalMissing } from './removals.ts'

/** What the routes need beside the world: where persons' data lie, what witnesses them, and whoever owns the tables. */
export type RemovalParts = { readonly places: readonly PersonPlace[]; readonly types: readonly EntryType[]; readonly asOwner: <T>(work: (db: Db) => Promise<T>) => Promise<T> }

const READ = 'removals.read'
const todayOf = ({ world }: Asked) => dayOf(world.clock.now())

/** Removals of persons' data. What is held of a person is looked up in the right to read removals, which sees all tables and changes none. */
export function removalRoutes({ places, types, asOwner }: RemovalParts): readonly Route<Asked>[] {
  const removal = acts.carryOutRemoval(places, types)
  const reading = (asked: Asked) => asked.within?.(READ) ?? asked.world
  const held = async (asked: Asked, one: Removal) => {
    const world = reading(asked)
    const person = await soughtPerson(world.db, world, personOf(one, world))
    return { held: await heldOf(world.db, world, places, person), senders: await listSenders(world.db, person.subjectIds) }
  }
  return [
    route(contract.listRemovals, async (asked: Asked, { offset, limit, state }) => {
      const { rows, total } = await listRemovals(asked.world.db, { state }, { offset, limit })
      return { rows: rows.map((one) => shown(asked, one)), total }
    }),
    route(contract.getRemoval, async (asked: Asked, { removalId }) => {
      const one = await getRemoval(asked, removalId)
      const steps = await listSteps(asked.world.db, [removalId])
      const found = steps.find(({ found: known }) => known !== null)?.found
      const now = ENDED.includes(one.state) ? { held: [...(found ?? [])], senders: [] } : await held(asked, one)
      const said = (words: string) => withoutIds(asked.world.policy, words)
      const barred = now.held.some(({ fate }) => fate === 'bars')
      return {
        ...shown(asked, one), words: said(one.words), ...now, rule: asked.world.policy.basisOf('privacy/removal-within', todayOf(asked)),
        steps: steps.map(({ act, words, remedy, at, actorName }) => ({ act, title: removalProcedure[act].title, words: said(words), remedy, at, who: actorName })),
        acts: REMOVAL_ACTS.map((act) => ({ act, title: removalProcedure[act].title, whyNot: whyNot(act, { state: one.state, barred }, asked.actor.may, one.filedBy === asked.actor.id) })),
      }
    }),
    route(contract.previewRemoval, async (asked: Asked, input) => {
      const { world } = asked
      return { held: await heldOf(world.db, world, places, await soughtPerson(world.db, world, await namedPerson(world.db, input))) }
    }),
    route(contract.fileRemoval, async (asked: Asked, { idNumber, userName, requestId, ...input }) => {
      const { db, ...world } = reading(asked)
      const person = await namedPerson(db, { idNumber, userName })
      if ((await heldOf(db, world, places, await soughtPerson(db, world, person))).length === 0) throw nothingHeld()
      // By what it is known again stands as a plain digest: a number could be tried out against it.
      return acts.fileRemoval.perform(asked.world, asked.actor, { ...input, ...person }, { requestId: requestId ?? asked.requestId, asked: { ...input, accountId: person.accountId } })
    }),
    route(contract.askOwnRemoval, async (asked: Asked, { words, requestId }) => {
      // Whoever is not known to be the owner asks for nothing that cannot be undone.
      if (asked.actor.unverified) throw notVerified()
      return acts.askOwnRemoval.perform(asked.world, asked.actor, { accountId: accountOf(asked), words }, { requestId: requestId ?? asked.requestId })
    }),
    route(contract.listOwnRemovals, async (asked: Asked) => {
      const { rows } = await listRemovals(asked.world.db, { accountId: accountOf(asked) }, { offset: 0, limit: 100 })
      const steps = await listSteps(asked.world.db, rows.map(({ removalId }) => removalId))
      return { rows: rows.map(({ removalId, askedOn, dueOn, state }) => {
        const answer = steps.findLast((step) => step.removalId === removalId)
        return { removalId, askedOn, dueOn, state, words: answer?.words ?? null, remedy: answer?.remedy ?? null }
      }) }
    }),
    route(contract.decideRemoval, async (asked: Asked, { requestId, remedy, ...input }) => {
      if (input.act === 'approve') mustBeClear((await held(asked, await getRemoval({ ...asked, world: reading(asked) }, input.removalId))).held)
      return acts.decideRemoval.perform(asked.world, asked.actor, { ...input, remedy: remedy || null }, { requestId: requestId ?? asked.requestId })
    }),
    route(contract.withdrawRemoval, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => acts.withdrawRemoval.perform(world, actor, input, { requestId: own ?? requestId })),
    route(contract.carryOutRemoval, async ({ world, actor, requestId }: Asked, { requestId: own, ...input }) => asOwner(async (db) => {
      const answer = await removal.perform({ ...world, db }, actor, input, { requestId: own ?? requestId })
      await removeFiles({ ...world, db })
      return answer
    })),
  ]
}

async function getRemoval({ world }: Pick<Asked, 'world'>, removalId: number): Promise<Removal> {
  const [found] = await findRemovals(world.db, [removalId])
  if (!found) throw removalMissing()
  return found
}

function shown(asked: Asked, { removalId, idSealed, accountId, askedBy, askedOn, ground, dueOn, state, filedAt, filedBy }: Removal) {
  const who = accountId !== null ? text(`个人账号 ${accountId}`, `account ${accountId}`) : idSealed !== null ? text('证件号码（加密保存）', 'number of an identity document (sealed)') : text('号码已删除', 'the number is gone')
  return { removalId, who, askedBy, askedOn, ground: ground as (typeof contract.REMOVAL_GROUNDS)[number], dueOn, state, late: !ENDED.includes(state) && dueOn < todayOf(asked), filedAt, filedBy }
}

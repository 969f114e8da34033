import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Basis } from '../../kernel/basis.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { canonicalJson, type Json, type JsonObject } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { sql, type Tx } from '../../platform/db/index.ts'
import { append } from '../ledger/index.ts'
import { groundOf, type PolicyBook } from '../policy/index.ts'
import type { Actor, World } from './world.ts'

/** What an act says to the ledger about one thing that it did. */
export type Said = { readonly name: string; readonly subjectId: number | null; readonly aboutId: number | null; readonly body: JsonObject }

/** What an act works with. */
export type ActContext = {
  readonly tx: Tx
  readonly now: Date
  readonly today: Day
  readonly actor: Actor
  readonly policy: PolicyBook
  readonly world: World
  /** Appends entries to the ledger in the same transaction. */
  enter(said: readonly Said[]): Promise<void>
}

/** The parts of an act (办理动作). */
export type ActParts<Input extends z.ZodType, Answer> = {
  /** Module and verb, e.g. `records.withdraw`. */
  readonly name: string
  readonly permission: string
  /** The citation that entitles the office to do this. */
  readonly basis: Basis
  readonly input: Input
  run(context: ActContext, input: z.output<Input>): Promise<Answer>
}

/** An act, ready to be performed. */
export type Act<Input extends z.ZodType, Answer> = ActParts<Input, Answer> & {
  /**
   * Checks the permission, opens one transaction, runs, appends the entries and commits all together.
   * With a `requestId`, a repetition returns the first answer and does nothing; the same id with another input is refused.
   * `asked`: what the caller sent, where the input holds more than that (what was found of it, the present day): by it a repetition is known.
   */
  perform(world: World, actor: Actor, input: z.input<Input>, options?: { requestId?: string; asked?: unknown }): Promise<Answer>
  /** The same inside a transaction that is open already: a follower's, or another act's. */
  performIn(tx: Tx, world: World, actor: Actor, input: z.input<Input>): Promise<Answer>
}

/** Makes an act. Every act has a permission and a basis; a guard test lists them. */
export function act<Input extends z.ZodType, Answer>(parts: ActParts<Input, Answer>): Act<Input, Answer> {
  const run = async (tx: Tx, world: World, actor: Actor, input: z.output<Input>): Promise<Answer> => {
    const now = world.clock.now()
    return parts.run({
      tx, now, actor, world, today: dayOf(now), policy: world.policy,
      enter: (said) => append(tx, world.randomness, said.map((one) => ({ ...one, at: now, actor: actor.id, basis: citation(groundOf(world.policy, parts.basis)) }))),
    }, input)
  }
  return {
    ...parts,
    async perform(world, actor, given, { requestId, asked = given } = {}) {
      mustBeAllowed(actor, parts.permission)
      const input = parts.input.parse(given)
      const answer = await world.db.transaction().execute(async (tx) => {
        if (requestId === undefined) return run(tx, world, actor, input)
        const earlier = await claimRequest(tx, world, actor, parts.name, requestId, asked)
        if (earlier) return earlier.answer as Answer
        const made = await run(tx, world, actor, input)
        await sql`update platform.performed_act set answer = ${JSON.stringify(made ?? null)}::jsonb where request_id = ${requestId}`.execute(tx)
        return made
      })
      world.wake()
      return answer
    },
    async performIn(tx, world, actor, given) {
      mustBeAllowed(actor, parts.permission)
      return run(tx, world, actor, parts.input.parse(given))
    },
  }
}

/** Throws the refusal `act.not-allowed` unless the actor has the permission. */
export function mustBeAllowed(actor: Actor, permission: string): void {
  if (actor.may(permission)) return
  throw new Refusal({
    code: 'act.not-allowed', status: 403,
    message: text(`您的岗位没有“${permission}”权限`, `Your post does not carry the permission "${permission}"`),
    fix: text('请由有权限的人员办理，或请信用主管部门授权', 'Ask an officer who has it, or ask the credit office to grant it'),
  })
}

/** Inserting first makes a simultaneous repetition wait for this transaction, and then see its answer. */
async function claimRequest(tx: Tx, world: World, actor: Actor, name: string, requestId: string, asked: unknown): Promise<{ answer: unknown } | null> {
  const digest = createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(asked ?? null)) as Json)).digest('hex')
  const { numAffectedRows } = await sql`insert into platform.performed_act (request_id, act, actor, at, input_digest)
    values (${requestId}, ${name}, ${actor.id}, ${world.clock.now()}, ${digest}) on conflict do nothing`.execute(tx)
  if (numAffectedRows === 1n) return null
  const { rows: [earlier] } = await sql<{ act: string; actor: string; input_digest: string; answer: unknown }>`
    select act, actor, input_digest, answer from platform.performed_act where request_id = ${requestId}`.execute(tx)
  if (earlier && earlier.act === name && earlier.actor === actor.id && earlier.input_digest === digest) return { answer: earlier.answer }
  throw new Refusal({
    code: 'act.request-id-reused', status: 409,
    message: text('该请求编号已用于另一次办理', 'This request id was used for another act'),
    fix: text('请用新的请求编号重新提交', 'Send the request again with a new request id'),
  })
}

function citation({ text: key, article }: Basis): string {
  return article === undefined ? key : `${key} ${article}`
}

/** Forgets what acts of these actors answered: it may name them, and nobody repeats a request after so long. */
export async function forgetAnswers(tx: Tx, actors: readonly string[]): Promise<void> {
  await sql`update platform.performed_act set answer = null where actor = any(${[...actors]}::text[])`.execute(tx)
}

// @clause X.4
import { setTimeout } from 'node:timers/promises'
import { entriesThatFit } from '../../engines/ledger/index.ts'
import type { Actor } from '../../engines/procedure/index.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { renewDigests } from '../../modules/evidence/index.ts'
import { countSealed, LOOK_EVERY_MS, resealAll, type Algorithm } from '../../platform/sealing/index.ts'
import type { Xinheng } from '../boot.ts'
import { entryTypes, sealedPlaces } from '../modules.ts'
import { asOwner } from './owner.ts'
import type { listKeys, retireKeys, rotateKeys } from './contract.ts'

type Program = Pick<Xinheng, 'database' | 'ownerUrl' | 'keys' | 'world'>

/** The keys with what they sealed (密钥状态). Reads the key of every sealed value and file: on a large database that takes minutes. */
export async function keysOf({ database, keys, world }: Program): Promise<OutputOf<typeof listKeys>> {
  const counts = [...await countSealed(database.db, sealedPlaces), { place: 'files', byKey: await world.files.countSealed() }]
  const of = (id: string) => counts.flatMap(({ place, byKey }) => (byKey.has(id) ? [{ place, count: byKey.get(id)! }] : []))
  const { present, former } = keys.digests()
  const all = keys.keys().map((key) => ({ ...key, sealed: of(key.id) }))
  // A file has no digest: only values stand under one.
  const underFormer = all.filter(({ digest }) => digest === former).flatMap(({ sealed }) => sealed).filter(({ place }) => place !== 'files').reduce((sum, { count }) => sum + count, 0)
  return { file: keys.path, present: keys.sealing.keyIds().present, digests: { present, former, underFormer }, keys: all, clear: of('clear') }
}

/**
 * 轮换密钥. A kill on the way loses nothing: earlier keys stay until they are retired, and the next rotation without a new key goes on. With `digest` the key of the keyed digests changes too: what
 * stands in the place of an id where it is looked for, and what the ledger says of rows with ids, is made anew row by row, while both keys are tried.
 */
export async function rotate(program: Program, actor: Actor, { newKey, algorithm, digest }: { readonly newKey: boolean; readonly digest: boolean; readonly algorithm?: Algorithm | undefined }): Promise<OutputOf<typeof rotateKeys>> {
  const { keys, world } = program
  return asOwner(program, ownerNeeded, async (db) => {
    if (newKey) await keys.addKey(world.clock.now(), { algorithm, digest })
    // A server beside looks for ids by the earlier key only, until it notices the new one.
    if (digest) await setTimeout(LOOK_EVERY_MS * 1.5)
    let entries = 0
    const resealed = await resealAll(db, keys.sealing, sealedPlaces, keys.digests().former === null ? undefined : async (tx, { witnessed }, ids, reseal) => {
      if (witnessed === undefined) return reseal()
      const fitted = await entriesThatFit(tx, entryTypes, [{ relation: witnessed, ids }])
      await reseal()
      entries += (await renewal.performIn(tx, { ...world, db }, actor, { relation: witnessed, ids: [...ids], fitted })).entries
    })
    const files = await world.files.resealAll()
    world.wake()
    return { present: keys.sealing.keyIds().present, resealed, entries, files: files.resealed, unreadableFiles: [...files.unreadable] }
  })
}

const renewal = renewDigests(entryTypes)

/** 停用旧密钥: those that seal nothing any more, and the earlier key of the digests when no value stands under it. */
export async function retire(program: Program): Promise<OutputOf<typeof retireKeys>> {
  const { present, keys, digests } = await keysOf(program)
  const retired = keys.filter(({ id, sealed }) => id !== present && sealed.length === 0).map(({ id }) => id)
  const former = digests.underFormer === 0 ? digests.former : null
  if (retired.length > 0 || former !== null) await program.keys.forget(retired, program.world.clock.now(), { former: former !== null })
  return { retired: [...retired, ...(former === null ? [] : [former])], kept: keys.map(({ id }) => id).filter((id) => !retired.includes(id)) }
}

function ownerNeeded(): Refusal {
  return new Refusal({
    code: 'keys.owner-needed', status: 409, message: text('当前数据库登录不能改写已归集的记录，无法重新加密', 'The login of this program may not rewrite records, so nothing can be sealed anew'),
    fix: text('请设置 XINHENG_OWNER_URL（拥有数据表的登录）后运行 keys rotate', 'Set XINHENG_OWNER_URL, the login that owns the tables, and run keys rotate'),
  })
}

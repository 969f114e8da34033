// @clause X.4
import type { OutputOf } from '../../kernel/endpoint.ts'
import { countSealed, resealAll } from '../../platform/sealing/index.ts'
import type { Xinheng } from '../boot.ts'
import { sealedPlaces } from '../modules.ts'
import type { listKeys, retireKeys, rotateKeys } from './contract.ts'

type Program = Pick<Xinheng, 'database' | 'keys' | 'world'>

/** The keys with what they sealed (密钥状态). Reads every sealed value's key: on a large database that takes minutes. */
export async function keysOf({ database, keys }: Program): Promise<OutputOf<typeof listKeys>> {
  const counts = await countSealed(database.db, sealedPlaces)
  const of = (id: string) => counts.flatMap(({ place, byKey }) => (byKey.has(id) ? [{ place, count: byKey.get(id)! }] : []))
  return { file: keys.path, present: keys.sealing.keyIds().present, keys: keys.keys().map((key) => ({ ...key, sealed: of(key.id) })), clear: of('clear') }
}

/** 轮换密钥. A kill on the way loses nothing: earlier keys stay until they are retired, and the next rotation without a new key goes on. */
export async function rotate({ database, keys, world }: Program, newKey: boolean): Promise<OutputOf<typeof rotateKeys>> {
  if (newKey) await keys.addKey(world.clock.now())
  // Under the login itself: the roles under which requests are served may not change what was filed.
  return { present: keys.sealing.keyIds().present, resealed: await resealAll(database.db, keys.sealing, sealedPlaces) }
}

/** 停用旧密钥: those that seal nothing any more. */
export async function retire(program: Program): Promise<OutputOf<typeof retireKeys>> {
  const { present, keys } = await keysOf(program)
  const retired = keys.filter(({ id, sealed }) => id !== present && sealed.length === 0).map(({ id }) => id)
  if (retired.length > 0) await program.keys.forget(retired, program.world.clock.now())
  return { retired, kept: keys.map(({ id }) => id).filter((id) => !retired.includes(id)) }
}

// @clause X.4
import type { OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { countSealed, resealAll, type Algorithm } from '../../platform/sealing/index.ts'
import type { Xinheng } from '../boot.ts'
import { sealedPlaces } from '../modules.ts'
import { asOwner } from './owner.ts'
import type { listKeys, retireKeys, rotateKeys } from './contract.ts'

type Program = Pick<Xinheng, 'database' | 'ownerUrl' | 'keys' | 'world'>

/** The keys with what they sealed (密钥状态). Reads the key of every sealed value and file: on a large database that takes minutes. */
export async function keysOf({ database, keys, world }: Program): Promise<OutputOf<typeof listKeys>> {
  const counts = [...await countSealed(database.db, sealedPlaces), { place: 'files', byKey: await world.files.countSealed() }]
  const of = (id: string) => counts.flatMap(({ place, byKey }) => (byKey.has(id) ? [{ place, count: byKey.get(id)! }] : []))
  return { file: keys.path, present: keys.sealing.keyIds().present, keys: keys.keys().map((key) => ({ ...key, sealed: of(key.id) })), clear: of('clear') }
}

/** 轮换密钥. A kill on the way loses nothing: earlier keys stay until they are retired, and the next rotation without a new key goes on. */
export async function rotate(program: Program, { newKey, algorithm }: { readonly newKey: boolean; readonly algorithm?: Algorithm | undefined }): Promise<OutputOf<typeof rotateKeys>> {
  const { keys, world } = program
  return asOwner(program, ownerNeeded, async (db) => {
    if (newKey) await keys.addKey(world.clock.now(), algorithm)
    const resealed = await resealAll(db, keys.sealing, sealedPlaces)
    const files = await world.files.resealAll()
    return { present: keys.sealing.keyIds().present, resealed, files: files.resealed, unreadableFiles: [...files.unreadable] }
  })
}

/** 停用旧密钥: those that seal nothing any more. */
export async function retire(program: Program): Promise<OutputOf<typeof retireKeys>> {
  const { present, keys } = await keysOf(program)
  const retired = keys.filter(({ id, sealed }) => id !== present && sealed.length === 0).map(({ id }) => id)
  if (retired.length > 0) await program.keys.forget(retired, program.world.clock.now())
  return { retired, kept: keys.map(({ id }) => id).filter((id) => !retired.includes(id)) }
}

function ownerNeeded(): Refusal {
  return new Refusal({
    code: 'keys.owner-needed', status: 409, message: text('当前数据库登录不能改写已归集的记录，无法重新加密', 'The login of this program may not rewrite records, so nothing can be sealed anew'),
    fix: text('请设置 XINHENG_OWNER_URL（拥有数据表的登录）后运行 keys rotate', 'Set XINHENG_OWNER_URL, the login that owns the tables, and run keys rotate'),
  })
}

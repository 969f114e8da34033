// @clause 4.4
import { join } from 'node:path'
import { makeNextSigner, settleNextSigner, signRotation, type Rotation } from '../../engines/ledger/index.ts'
import type { Actor, World } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { latestSigningKey, rotateSigningKey } from '../../modules/evidence/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Xinheng } from '../boot.ts'

/** 轮换账本签名密钥. The new key lies beside the present one until the change stands in the ledger; a kill on the way is settled at the next start. Refuses `signing-key.changed`. */
export async function rotateSigning({ data, signer }: Pick<Xinheng, 'data' | 'signer'>, world: World, actor: Actor): Promise<Rotation> {
  const folder = join(data, 'keys')
  const rotation = await signRotation(signer.now?.() ?? signer, makeNextSigner(folder, signer.name, world.randomness), world.clock.now())
  await rotateSigningKey.perform(world, actor, rotation)
  settleNextSigner(folder, signer.name, rotation.verifierKey)
  return rotation
}

/** Ends a rotation that a kill cut off. Refuses `signing-key.other` when the key in the folder is not the one that the ledger says signs: a log signed by another key than it names would be believed by nobody. */
export async function settleSigning(db: Queryable, folder: string, origin: string): Promise<void> {
  if (settleNextSigner(folder, origin, await latestSigningKey(db))) return
  throw new Refusal({
    code: 'signing-key.other', status: 409, message: text('keys/ledger-key.pem 不是账本现用的签名密钥', 'keys/ledger-key.pem is not the key that signs the ledger now'),
    fix: text('请从轮换之后的备份取回 ledger-key.pem 再启动', 'Put back ledger-key.pem from a backup made after the rotation, and start again'),
  })
}

import { statSync } from 'node:fs'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { given, sql, type Db } from '../db/index.ts'
import type { Randomness } from '../randomness.ts'
import { checkOf, createRing, FIRST_DIGEST, newRing, readRing, replaceRing, withNewDigest, withNewKey, withoutFormer, type Algorithm, type KeyRing } from './ring.ts'
import { sealingOf, type Sealing } from './sealing.ts'

/** The key ring of a running program: what seals with it, and what an operator does with its keys. */
export type SealingFile = {
  readonly sealing: Sealing
  /** Where the ring stands. */
  readonly path: string
  /** The keys, the oldest first, each with the key of the digests of what it sealed; never their secrets. */
  keys(): { readonly id: string; readonly algorithm: Algorithm; readonly madeAt: string; readonly digest: string }[]
  /** The key of the digests, and the one before it while it is still tried. */
  digests(): { readonly present: string; readonly former: string | null }
  /** Adds a key that seals from now on, by the cipher of the key before unless another is named; with `digest` a new key of the digests too. Answers its id. Refuses `sealing.algorithm-missing`, `sealing.digest-under-way`. */
  addKey(now: Date, how?: { readonly algorithm?: Algorithm | undefined; readonly digest?: boolean }): Promise<string>
  /** Forgets keys for good, with `former` also the earlier key of the digests. Whoever asks has made sure that they sealed nothing, and that no digest was made with it, that still stands anywhere. */
  forget(ids: readonly string[], now: Date, how?: { readonly former: boolean }): Promise<void>
}

/**
 * Opens the key ring of a database. A database that was never used with one gets a new ring in the file. Refuses `sealing.keys-missing` when the database holds values
 * sealed by keys that the file lacks: a restore without keys, the file of another place.
 */
export async function openSealing({ db, path, randomness, now }: { readonly db: Db; readonly path: string; readonly randomness: Randomness; readonly now: Date }): Promise<SealingFile> {
  const { rows: known } = await sql<{ key_id: string; secret_check: string }>`select key_id, secret_check from platform.sealing_key where retired_at is null`.execute(db)
  let ring = readRing(path)
  const secrets = new Map(ring === null ? [] : secretsOf(ring).map(({ id, secret }) => [id, secret]))
  const missing = known.filter(({ key_id, secret_check }) => !secrets.has(key_id) || checkOf(secrets.get(key_id)!) !== secret_check)
  if (missing.length > 0) throw keysMissing(path, missing.map(({ key_id }) => key_id))
  ring ??= createRing(path, newRing(randomness, now), randomness)
  await tell(db, ring, now)
  let present: KeyRing = ring
  let seenAt = changedAt(path)
  const sealing = sealingOf(present, randomness, () => {
    if (changedAt(path) === seenAt) return null
    seenAt = changedAt(path)
    present = readRing(path) ?? present
    return present
  })
  const replace = (next: KeyRing): void => {
    replaceRing(path, next, randomness)
    seenAt = changedAt(path)
    present = next
    sealing.use(next)
  }
  return {
    sealing, path,
    keys: () => present.keys.map(({ id, algorithm: cipher, madeAt, digest = FIRST_DIGEST }) => ({ id, algorithm: cipher, madeAt, digest })),
    digests: () => ({ present: present.lookUpId ?? FIRST_DIGEST, former: present.former?.id ?? null }),
    async addKey(at, { algorithm, digest = false } = {}) {
      if (digest && present.former) throw digestUnderWay()
      const next = withNewKey(digest ? withNewDigest(present, randomness) : present, randomness, at, algorithm)
      // The file first: a value must never be sealed by a key that stands nowhere.
      replace(next)
      await tell(db, next, at)
      return sealing.keyIds().present
    },
    async forget(ids, at, { former } = { former: false }) {
      const gone = [...ids, ...(former && present.former ? [present.former.id] : [])]
      await sql`update platform.sealing_key set retired_at = ${at} where key_id = any(${gone}::text[])`.execute(db)
      const kept = { ...present, keys: present.keys.filter(({ id }) => !ids.includes(id)) }
      replace(former ? withoutFormer(kept) : kept)
    },
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Every secret of a ring, as the database names it. */
function secretsOf({ keys, lookUp, lookUpId = FIRST_DIGEST, former }: KeyRing): { readonly id: string; readonly secret: string }[] {
  return [...keys, { id: lookUpId, secret: lookUp }, ...(former ? [former] : [])]
}

async function tell(db: Db, ring: KeyRing, now: Date): Promise<void> {
  const all = secretsOf(ring)
  await sql`insert into platform.sealing_key (key_id, secret_check, known_at) select key_id, secret_check, ${now} from ${given({
    key_id: ['text', all.map(({ id }) => id)], secret_check: ['text', all.map(({ secret }) => checkOf(secret))],
  })} on conflict do nothing`.execute(db)
}

function digestUnderWay(): Refusal {
  return new Refusal({
    code: 'sealing.digest-under-way', status: 409, message: text('上一次检索摘要密钥的轮换还没有结束', 'An earlier change of the key of the digests is not at its end'),
    fix: text('先运行 keys rotate --continue，再运行 keys retire 停用旧的摘要密钥', 'Run keys rotate --continue, then keys retire, which forgets the earlier key'),
  })
}

function keysMissing(path: string, ids: readonly string[]): Refusal {
  return new Refusal({
    code: 'sealing.keys-missing', status: 409,
    message: text(`数据库中有用密钥 ${ids.join('、')} 加密的内容，密钥文件 ${path} 中没有这些密钥`, `The database holds values sealed by ${ids.join(', ')}, which the key file ${path} lacks`),
    fix: text('请把备份时保管的 sealing-keys.json 放回该位置再启动；没有它，证件号码和动态口令无法读取', 'Put the sealing-keys.json that was kept beside the backup back there, then start again: without it id numbers and second factors cannot be read'),
  })
}

import { statSync } from 'node:fs'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { given, sql, type Db } from '../db/index.ts'
import type { Randomness } from '../randomness.ts'
import { checkOf, createRing, newRing, readRing, replaceRing, withNewKey, type Algorithm, type KeyRing } from './ring.ts'
import { sealingOf, type Sealing } from './sealing.ts'

/** The key ring of a running program: what seals with it, and what an operator does with its keys. */
export type SealingFile = {
  readonly sealing: Sealing
  /** Where the ring stands. */
  readonly path: string
  /** The keys, the oldest first; never their secrets. */
  keys(): { readonly id: string; readonly algorithm: Algorithm; readonly madeAt: string }[]
  /** Adds a key that seals from now on, by the cipher of the key before unless another is named; answers its id. Refuses `sealing.algorithm-missing`. */
  addKey(now: Date, algorithm?: Algorithm): Promise<string>
  /** Forgets keys for good. Whoever asks has made sure that they seal nothing any more. */
  forget(ids: readonly string[], now: Date): Promise<void>
}

/** The ring's secret by which sealed values are found, as the database names it. */
const LOOK_UP = 'look-up'

/**
 * Opens the key ring of a database. A database that was never used with one gets a new ring in the file. Refuses `sealing.keys-missing` when the database holds values
 * sealed by keys that the file lacks: a restore without keys, the file of another place.
 */
export async function openSealing({ db, path, randomness, now }: { readonly db: Db; readonly path: string; readonly randomness: Randomness; readonly now: Date }): Promise<SealingFile> {
  const { rows: known } = await sql<{ key_id: string; secret_check: string }>`select key_id, secret_check from platform.sealing_key where retired_at is null`.execute(db)
  let ring = readRing(path)
  const secrets = new Map((ring?.keys ?? []).map(({ id, secret }) => [id, secret]))
  if (ring) secrets.set(LOOK_UP, ring.lookUp)
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
    keys: () => present.keys.map(({ id, algorithm: cipher, madeAt }) => ({ id, algorithm: cipher, madeAt })),
    async addKey(at, algorithm) {
      const next = withNewKey(present, randomness, at, algorithm)
      // The file first: a value must never be sealed by a key that stands nowhere.
      replace(next)
      await tell(db, next, at)
      return sealing.keyIds().present
    },
    async forget(ids, at) {
      await sql`update platform.sealing_key set retired_at = ${at} where key_id = any(${[...ids]}::text[])`.execute(db)
      replace({ ...present, keys: present.keys.filter(({ id }) => !ids.includes(id)) })
    },
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

async function tell(db: Db, { keys, lookUp }: KeyRing, now: Date): Promise<void> {
  const all = [...keys.map(({ id, secret }) => ({ id, secret })), { id: LOOK_UP, secret: lookUp }]
  await sql`insert into platform.sealing_key (key_id, secret_check, known_at) select key_id, secret_check, ${now} from ${given({
    key_id: ['text', all.map(({ id }) => id)], secret_check: ['text', all.map(({ secret }) => checkOf(secret))],
  })} on conflict do nothing`.execute(db)
}

function keysMissing(path: string, ids: readonly string[]): Refusal {
  return new Refusal({
    code: 'sealing.keys-missing', status: 409,
    message: text(`数据库中有用密钥 ${ids.join('、')} 加密的内容，密钥文件 ${path} 中没有这些密钥`, `The database holds values sealed by ${ids.join(', ')}, which the key file ${path} lacks`),
    fix: text('请把备份时保管的 sealing-keys.json 放回该位置再启动；没有它，证件号码和动态口令无法读取', 'Put the sealing-keys.json that was kept beside the backup back there, then start again: without it id numbers and second factors cannot be read'),
  })
}

import { createHmac, getCiphers } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { createOnce, replaceFile } from '../files/secret-file.ts'
import type { Randomness } from '../randomness.ts'

/** Ciphers with which values are sealed (加密算法). */
export const ALGORITHMS = ['aes-256-gcm', 'sm4-gcm'] as const
/** One of {@link ALGORITHMS}. */
export type Algorithm = (typeof ALGORITHMS)[number]

/** A key that seals values (加密密钥): its secret as base64. `digest`: the key of the digests that go with what it seals, {@link FIRST_DIGEST} unless named. */
export type SealingKey = { readonly id: string; readonly algorithm: Algorithm; readonly madeAt: string; readonly secret: string; readonly digest?: string }

/**
 * All keys of a program (密钥环): the last one seals, all open. `lookUp` makes the keyed digests by which a sealed value is found again (检索摘要密钥); `former` is the one before it, as long as
 * digests made with it may stand anywhere.
 */
export type KeyRing = { readonly format: 1; readonly lookUp: string; readonly lookUpId?: string; readonly former?: { readonly id: string; readonly secret: string }; readonly keys: readonly SealingKey[] }

/** What the first key of the digests is called. */
export const FIRST_DIGEST = 'look-up'

/** Bytes of the secret of each cipher. */
export const KEY_BYTES: Readonly<Record<Algorithm, number>> = { 'aes-256-gcm': 32, 'sm4-gcm': 16 }

/** The ring of a new program, with its first key. */
export function newRing(randomness: Randomness, now: Date): KeyRing {
  return withNewKey({ format: 1, lookUp: Buffer.from(randomness.bytes(32)).toString('base64'), keys: [] }, randomness, now)
}

// What OpenSSL must have for each: the mode GCM of SM4 is put together here.
const NEEDS: Readonly<Record<Algorithm, string>> = { 'aes-256-gcm': 'aes-256-gcm', 'sm4-gcm': 'sm4-ctr' }

/** The ring with one key more, which seals from then on, by the cipher of the key before unless another is named. Refuses `sealing.algorithm-missing` when this Node does not have it. */
export function withNewKey(ring: KeyRing, randomness: Randomness, now: Date, algorithm: Algorithm = ring.keys.at(-1)?.algorithm ?? 'aes-256-gcm'): KeyRing {
  if (!getCiphers().includes(NEEDS[algorithm])) throw algorithmMissing(algorithm)
  const id = `k${Buffer.from(randomness.bytes(4)).toString('hex')}`
  const secret = Buffer.from(randomness.bytes(KEY_BYTES[algorithm])).toString('base64')
  return { ...ring, keys: [...ring.keys, { id, algorithm, madeAt: now.toISOString(), secret, ...(ring.lookUpId && { digest: ring.lookUpId }) }] }
}

/** The ring with another key of the digests; the earlier one is tried too until {@link withoutFormer}. Give it a new key that seals as well: by the key that sealed a value it is known with which its digest was made. */
export function withNewDigest(ring: KeyRing, randomness: Randomness): KeyRing {
  return {
    ...ring, former: { id: ring.lookUpId ?? FIRST_DIGEST, secret: ring.lookUp },
    lookUpId: `d${Buffer.from(randomness.bytes(4)).toString('hex')}`, lookUp: Buffer.from(randomness.bytes(32)).toString('base64'),
  }
}

/** The ring without the earlier key of the digests. */
export function withoutFormer({ former: _, ...ring }: KeyRing): KeyRing {
  return ring
}

/** What the database may know of a key: enough to tell that it is the right one, nothing of it. */
export function checkOf(secret: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64')).update('xinheng/sealing/check').digest('hex').slice(0, 32)
}

/** The ring in a file; null when there is none. Refuses `sealing.keys-unreadable`. */
export function readRing(path: string): KeyRing | null {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const ring = parsed(content)
  if (ring === null || ring.format !== 1 || !Array.isArray(ring.keys) || ring.keys.length === 0 || typeof ring.lookUp !== 'string') throw unreadable(path)
  return ring
}

/** Writes a first ring, readable by its owner only. Of two processes that start at once the second takes the ring of the first. */
export function createRing(path: string, ring: KeyRing, randomness: Randomness): KeyRing {
  createOnce(path, written(ring), randomness)
  return readRing(path)!
}

/** Puts a ring in the place of the earlier one, in one step: a kill leaves the one or the other. */
export function replaceRing(path: string, ring: KeyRing, randomness: Randomness): void {
  replaceFile(path, written(ring), randomness)
}

function written(ring: KeyRing): string {
  return `${JSON.stringify(ring, null, 1)}\n`
}

function parsed(content: string): KeyRing | null {
  try {
    return JSON.parse(content) as KeyRing
  } catch {
    return null
  }
}

function unreadable(path: string): Refusal {
  return new Refusal({ code: 'sealing.keys-unreadable', status: 409, message: text(`密钥文件 ${path} 不是本系统的密钥环`, `The key file ${path} holds no key ring of this system`), fix: text('请从保管处取回该文件', 'Put back the file from where it is kept') })
}

function algorithmMissing(algorithm: string): Refusal {
  return new Refusal({ code: 'sealing.algorithm-missing', message: text(`当前运行环境的密码库没有 ${algorithm}`, `The cryptographic library of this runtime has no ${algorithm}`), fix: text('请改用 aes-256-gcm，或换用提供该算法的 Node', 'Use aes-256-gcm, or a Node that offers the cipher') })
}

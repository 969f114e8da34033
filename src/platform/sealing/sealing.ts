import { createHmac } from 'node:crypto'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Randomness } from '../randomness.ts'
import { decrypt, encrypt, TAG_BYTES } from './cipher.ts'
import { keyOfHead, openFrames, sealFrames } from './frames.ts'
import type { KeyRing, SealingKey } from './ring.ts'

/**
 * Seals single values (加密保存). A sealed value is a text `v1:key:digest:nonce:ciphertext:tag`; `place` (table, column, whose it is) is bound into it, so that one
 * cannot be put in the place of another. The digest is keyed: equal values of one kind have equal digests, and without the key nobody can try out numbers.
 */
export type Sealing = {
  seal(value: string, place: string): string
  /** The value. What is not sealed is given back as it is: rows from before. Refuses `sealing.key-missing`; throws when the text was altered or moved. */
  open(sealed: string, place: string): string
  /** The same value sealed anew when it is clear or sealed by an earlier key; null when nothing is to be done. */
  reseal(sealed: string, place: string): string | null
  /** What stands for a value where it is kept to be looked for; the {@link sameness} of what is sealed. */
  lookUp(value: string): string
  /** The keyed digest by which an equal value is found (检索摘要), in hex. */
  digestOf(value: string): string
  /** The keyed digests by which to look for a value, the present one first: while the key of the digests changes there are two. */
  digestsOf(value: string): readonly string[]
  /** What may stand for a value where it is kept to be looked for: as many as {@link digestsOf} gives. */
  lookUpsOf(value: string): readonly string[]
  /** Seals a stream in frames: never all of it is in memory. */
  sealStream(clear: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined>
  /** Opens what follows the head of a sealed stream. Refuses `sealing.key-missing`; throws at the first frame that was altered. */
  openStream(head: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined>
  /** Id of the key that seals now, and of all that open. */
  keyIds(): { readonly present: string; readonly all: readonly string[] }
  /** Goes on with another ring. */
  use(ring: KeyRing): void
}

const MARK = 'v1:'
const SHAPE = /^v1:(k[0-9a-f]{8}):([0-9a-f]{64}|-):([\w-]{16}):([\w-]*):([\w-]{22})$/

/** Whether a text is a sealed value. */
export function isSealed(value: string): boolean {
  return value.startsWith(MARK) && SHAPE.test(value)
}

/** Id of the key that sealed a value; `clear` when it is not sealed. */
export function keyOf(value: string): string {
  return (value.startsWith(MARK) ? SHAPE.exec(value)?.[1] : undefined) ?? 'clear'
}

/** What stands for a sealed value where equality counts: its keyed digest. Clear values stand for themselves. */
export function sameness(value: string): string {
  const digest = value.startsWith(MARK) ? SHAPE.exec(value)?.[2] : undefined
  return digest === undefined ? value : `${MARK}${digest}`
}

/** So long after another process changed the ring this one goes on with the earlier, at most. */
export const LOOK_EVERY_MS = 1000

/** What seals with a ring. `fresh` gives the ring when another process changed it, else null: asked now and then, and when a key is not known here. */
export function sealingOf(first: KeyRing, randomness: Randomness, fresh: () => KeyRing | null = () => null): Sealing {
  let ring = first
  let keys = keysOf(ring)
  let lookedAt = performance.now()
  const use = (next: KeyRing): void => {
    ring = next
    keys = keysOf(next)
  }
  const look = (): void => {
    lookedAt = performance.now()
    const changed = fresh()
    if (changed !== null) use(changed)
  }
  const lookNowAndThen = (): void => {
    if (performance.now() - lookedAt > LOOK_EVERY_MS) look()
  }
  const digestOf = (value: string) => {
    lookNowAndThen()
    return digestWith(ring.lookUp, value)
  }
  const digestsOf = (value: string) => [digestOf(value), ...(ring.former ? [digestWith(ring.former.secret, value)] : [])]
  const presentKey = (): SealingKey => {
    lookNowAndThen()
    return ring.keys.at(-1)!
  }
  const keyNamed = (id: string): SealingKey => {
    if (!keys.has(id)) look()
    const key = keys.get(id)
    if (!key) throw keyMissing(id)
    return key
  }
  const seal = (value: string, place: string): string => {
    const key = presentKey()
    const nonce = randomness.bytes(12)
    const sealed = encrypt(cipherOf(key), nonce, boundTo(key.id, place), Buffer.from(value, 'utf8'))
    return [MARK.slice(0, -1), key.id, digestWith(ring.lookUp, value), base64(nonce), base64(sealed.subarray(0, -TAG_BYTES)), base64(sealed.subarray(-TAG_BYTES))].join(':')
  }
  const open = (value: string, place: string): string => {
    const [, id, , nonce, sealed, tag] = (value.startsWith(MARK) && SHAPE.exec(value)) || []
    if (id === undefined) return value
    return decrypt(cipherOf(keyNamed(id)), Buffer.from(nonce!, 'base64url'), boundTo(id, place), Buffer.concat([Buffer.from(sealed!, 'base64url'), Buffer.from(tag!, 'base64url')])).toString('utf8')
  }
  return {
    seal, open, digestOf, digestsOf,
    lookUp: (value) => `${MARK}${digestOf(value)}`,
    lookUpsOf: (value) => digestsOf(value).map((digest) => `${MARK}${digest}`),
    sealStream: (clear) => sealFrames(presentKey(), randomness, clear),
    openStream: (head, sealed) => openFrames(keyNamed(keyOfHead(head) ?? 'clear'), head, sealed),
    reseal: (value, place) => (isSealed(value) && value.startsWith(`${MARK}${ring.keys.at(-1)!.id}:`) ? null : seal(open(value, place), place)),
    keyIds: () => ({ present: ring.keys.at(-1)!.id, all: ring.keys.map(({ id }) => id) }),
    use,
  }
}

function digestWith(secret: string, value: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64')).update(value).digest('hex')
}

function keysOf(ring: KeyRing): ReadonlyMap<string, SealingKey> {
  return new Map(ring.keys.map((key) => [key.id, key]))
}

function cipherOf({ algorithm, secret }: SealingKey) {
  return { algorithm, secret: Buffer.from(secret, 'base64') }
}

function boundTo(keyId: string, place: string): Buffer {
  return Buffer.from(`${keyId}\n${place}`)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function keyMissing(id: string): Refusal {
  return new Refusal({ code: 'sealing.key-missing', status: 409, message: text(`密钥 ${id} 不在密钥环中，加密内容无法读取`, `The key ${id} is not in the key ring: what it sealed cannot be read`), fix: text('请把该密钥所在的密钥文件放回 keys/', 'Put the key file that holds it back into keys/') })
}

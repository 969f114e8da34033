import { hkdfSync } from 'node:crypto'
import type { Randomness } from '../randomness.ts'
import { decrypt, encrypt, TAG_BYTES, type CipherKey } from './cipher.ts'
import { KEY_BYTES, type SealingKey } from './ring.ts'

// A sealed stream: the mark, the id of the key, a salt; then frames of 256 KiB, each with its tag, the last one shorter or full.
// Every stream has a key of its own, made of the ring's and the salt, so that a frame's nonce is its number. The last frame is marked in
// its nonce: a stream that is cut off, or goes on, does not open.
const MARK = Buffer.from('XHSEAL1\n')
const KEY_ID_BYTES = 9
const SALT_BYTES = 32
const FRAME_BYTES = 262_144

/** Bytes of a frame as it is sealed: a reader that asks for so many at a time spares copying. */
export const SEALED_FRAME_BYTES = FRAME_BYTES + TAG_BYTES
/** Bytes before the first frame. */
export const HEAD_BYTES = MARK.length + KEY_ID_BYTES + SALT_BYTES

/** Id of the key that sealed a stream, by its first {@link HEAD_BYTES} bytes; null when it is not sealed. */
export function keyOfHead(head: Uint8Array): string | null {
  if (head.length < HEAD_BYTES || !MARK.equals(head.subarray(0, MARK.length))) return null
  return Buffer.from(head.subarray(MARK.length, MARK.length + KEY_ID_BYTES)).toString('latin1')
}

/** How many bytes a sealed stream of so many bytes holds. */
export function clearSizeOf(sealedSize: number): number {
  const framed = sealedSize - HEAD_BYTES
  return framed - Math.ceil(framed / SEALED_FRAME_BYTES) * TAG_BYTES
}

/** Seals a stream with a key, a frame in memory at a time. */
export async function* sealFrames(key: SealingKey, randomness: Randomness, clear: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  const head = Buffer.concat([MARK, Buffer.from(key.id, 'latin1'), randomness.bytes(SALT_BYTES)])
  const own = keyOfStream(key, head)
  yield head
  for await (const { bytes, nonce } of framed(clear, FRAME_BYTES)) yield encrypt(own, nonce, head, bytes)
}

/** Opens what follows the head of a sealed stream. Throws at the first frame that was altered, moved or left out. */
export async function* openFrames(key: SealingKey, head: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  const own = keyOfStream(key, head)
  for await (const { bytes, nonce } of framed(sealed, SEALED_FRAME_BYTES)) yield decrypt(own, nonce, head, bytes)
}

function keyOfStream({ algorithm, secret }: SealingKey, head: Uint8Array): CipherKey {
  const salt = head.subarray(MARK.length + KEY_ID_BYTES)
  return { algorithm, secret: new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'base64'), salt, 'xinheng/files', KEY_BYTES[algorithm])) }
}

/** Cuts a stream into frames; one is held back until it is known whether it is the last. */
async function* framed(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ readonly bytes: Uint8Array; readonly nonce: Buffer }, void, undefined> {
  let number = 0
  const frame = (bytes: Uint8Array, last: boolean) => {
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(number++, 5, 6)
    nonce[11] = last ? 1 : 0
    return { bytes, nonce }
  }
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    if (length === size) {
      yield frame(whole(held), false)
      ;[held, length] = [[], 0]
    }
    held.push(chunk)
    length += chunk.length
    if (length <= size) continue
    let bytes = whole(held)
    for (; bytes.length > size; bytes = bytes.subarray(size)) yield frame(bytes.subarray(0, size), false)
    held = [bytes]
    length = bytes.length
  }
  yield frame(whole(held), true)
}

function whole(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}

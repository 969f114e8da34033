import { createCipheriv, createDecipheriv, type CipherGCM, type DecipherGCM } from 'node:crypto'
import type { Algorithm } from './ring.ts'

/** A cipher with its secret. */
export type CipherKey = { readonly algorithm: Algorithm; readonly secret: Uint8Array }

/** Bytes that a tag takes. */
export const TAG_BYTES = 16

/** Seals bytes with a nonce of 12 bytes that was never used with the key; `bound` must be given again to open them. Gives what is sealed, then its tag. */
export function encrypt({ algorithm, secret }: CipherKey, nonce: Uint8Array, bound: Uint8Array, clear: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, secret, nonce) as CipherGCM
  cipher.setAAD(bound)
  const sealed = cipher.update(clear)
  cipher.final()
  return Buffer.concat([sealed, cipher.getAuthTag()])
}

/** What was sealed. Throws when a bit of it, of the nonce or of what is bound into it is another. */
export function decrypt({ algorithm, secret }: CipherKey, nonce: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Buffer {
  const end = Math.max(0, sealed.length - TAG_BYTES)
  const decipher = createDecipheriv(algorithm, secret, nonce, { authTagLength: TAG_BYTES } as object) as DecipherGCM
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(end))
  const clear = decipher.update(sealed.subarray(0, end))
  decipher.final()
  return clear
}

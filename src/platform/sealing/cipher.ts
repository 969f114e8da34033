import { createCipheriv, createDecipheriv, type CipherGCM, type DecipherGCM } from 'node:crypto'
import { gcmOpen, gcmSeal, TAG_BYTES } from './gcm.ts'
import type { Algorithm } from './ring.ts'

export { TAG_BYTES }

/** A cipher with its secret. */
export type CipherKey = { readonly algorithm: Algorithm; readonly secret: Uint8Array }

/** Seals bytes with a nonce of 12 bytes that was never used with the key; `bound` must be given again to open them. Gives what is sealed, then its tag. */
export function encrypt({ algorithm, secret }: CipherKey, nonce: Uint8Array, bound: Uint8Array, clear: Uint8Array): Buffer {
  if (algorithm === 'sm4-gcm') return gcmSeal('sm4', secret, nonce, bound, clear)
  const cipher = createCipheriv(algorithm, secret, nonce) as CipherGCM
  cipher.setAAD(bound)
  const sealed = cipher.update(clear)
  cipher.final()
  return Buffer.concat([sealed, cipher.getAuthTag()])
}

/** What was sealed. Throws when a bit of it, of the nonce or of what is bound into it is another. */
export function decrypt({ algorithm, secret }: CipherKey, nonce: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Buffer {
  if (algorithm === 'sm4-gcm') return gcmOpen('sm4', secret, nonce, bound, sealed)
  const end = Math.max(0, sealed.length - TAG_BYTES)
  const decipher = createDecipheriv(algorithm, secret, nonce, { authTagLength: TAG_BYTES } as object) as DecipherGCM
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(end))
  const clear = decipher.update(sealed.subarray(0, end))
  decipher.final()
  return clear
}

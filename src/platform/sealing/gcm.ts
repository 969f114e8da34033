import { createCipheriv, timingSafeEqual } from 'node:crypto'
import { GHASH } from '@noble/ciphers/_polyval.js'

/** Bytes that a tag takes. */
export const TAG_BYTES = 16

/** A block cipher of OpenSSL that lacks the mode GCM there. */
export type BlockCipher = 'sm4' | 'aes-128'

/**
 * Seals with a block cipher in Galois/Counter Mode (NIST SP 800-38D; for SM4 as in RFC 8998): what is sealed, then its tag. OpenSSL counts, and an audited library multiplies:
 * nothing here but the order of both. The nonce has 12 bytes. For less than 64 GB at a time.
 */
export function gcmSeal(block: BlockCipher, secret: Uint8Array, nonce: Uint8Array, bound: Uint8Array, clear: Uint8Array): Buffer {
  const sealed = counted(block, secret, nonce, clear)
  return Buffer.concat([sealed, tagOf(block, secret, nonce, bound, sealed)])
}

/** Opens what was sealed by {@link gcmSeal}. Throws when a bit of it, of the nonce or of what is bound into it is another; nothing is decrypted before. */
export function gcmOpen(block: BlockCipher, secret: Uint8Array, nonce: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Buffer {
  const end = sealed.length - TAG_BYTES
  if (end < 0 || !timingSafeEqual(tagOf(block, secret, nonce, bound, sealed.subarray(0, end)), sealed.subarray(end))) throw new Error('unable to authenticate data')
  return counted(block, secret, nonce, sealed.subarray(0, end))
}

function counted(block: BlockCipher, secret: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Buffer {
  return createCipheriv(`${block}-ctr`, secret, Buffer.concat([nonce, Uint8Array.of(0, 0, 0, 2)])).update(bytes)
}

function tagOf(block: BlockCipher, secret: Uint8Array, nonce: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Buffer {
  const one = createCipheriv(`${block}-ecb`, secret, null).setAutoPadding(false)
  const ghash = new GHASH(one.update(new Uint8Array(16)), sealed.length)
  const mask = one.update(Buffer.concat([nonce, Uint8Array.of(0, 0, 0, 1)]))
  const lengths = Buffer.alloc(16)
  lengths.writeUIntBE(bound.length * 8, 2, 6)
  lengths.writeUIntBE(sealed.length * 8, 10, 6)
  return Buffer.from(ghash.update(bound).update(sealed).update(lengths).digest().map((byte, at) => byte ^ mask[at]!))
}

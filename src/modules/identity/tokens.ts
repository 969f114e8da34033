import { createHash } from 'node:crypto'
import type { Randomness } from '../../platform/randomness.ts'

const TOKEN_BYTES = 32
// Kept as a plain digest: long enough that nobody finds them from it.
const CODE_BYTES = 15
// No 0, 1, I, O: codes are read aloud and typed.
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A session's token: 256 random bits, for a cookie. */
export function newToken(randomness: Randomness): string {
  return Buffer.from(randomness.bytes(TOKEN_BYTES)).toString('base64url')
}

/** A code for people: 120 random bits in groups of four, e.g. `K7QX-…`. */
export function newCode(randomness: Randomness): string {
  const bits = [...randomness.bytes(CODE_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.match(/.{5}/g)!.map((five) => LETTERS[parseInt(five, 2)]).join('').match(/.{4}/g)!.join('-')
}

/** A user name for someone who is known by an identity service and never chose one: 60 random bits. */
export function newUserName(randomness: Randomness): string {
  return `p-${newCode(randomness).replaceAll('-', '').slice(0, 12).toLowerCase()}`
}

/** What is kept of a token or code. They are random, so a plain digest does; case and dashes of codes do not matter. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The digest of a code as someone typed it. */
export function digestOfCode(code: string): string {
  return digestOfToken(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
}

/** What a sign-in at an outside identity service is bound to, made of the token that only the browser's cookie holds. */
export function bondOf(token: string): { readonly state: string; readonly nonce: string; readonly verifier: string } {
  const made = (part: string) => createHash('sha256').update(`${part}\n${token}`).digest('base64url')
  return { state: made('state'), nonce: made('nonce'), verifier: made('verifier') }
}

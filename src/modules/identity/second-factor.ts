// @clause X.4
import { Secret, TOTP } from 'otpauth'
import type { Randomness } from '../../platform/randomness.ts'

const SECRET_BYTES = 20
const PERIOD_S = 30

/** A fresh secret for a second factor (动态口令, RFC 6238). */
export function newSecret(randomness: Randomness): Uint8Array {
  return randomness.bytes(SECRET_BYTES)
}

/** The address that an authenticator application reads, and the secret in base 32 to type in. */
export function enrolment(secret: Uint8Array, userName: string): { uri: string; secret: string } {
  const totp = totpOf(secret, userName)
  return { uri: totp.toString(), secret: totp.secret.base32 }
}

/** The time step that a code belongs to, one before or after the present counted in; null when it fits none, or none later than the last that was used. */
export function stepOf(code: string, secret: Uint8Array, now: Date, lastStep: number | null): number | null {
  const delta = totpOf(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

/** The code of an instant: what the application on the phone shows. */
export function codeAt(secret: Uint8Array, at: Date): string {
  return totpOf(secret, '').generate({ timestamp: at.getTime() })
}

function totpOf(secret: Uint8Array, label: string): TOTP {
  return new TOTP({ issuer: '信衡', label: label || 'x', algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: new Secret({ buffer: new Uint8Array(secret).buffer }) })
}

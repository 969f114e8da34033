// @clause X.4
import { Secret, TOTP } from 'otpauth'
import type { Randomness } from '../../platform/randomness.ts'
import type { Sealing } from '../../platform/sealing/index.ts'

/** The rules of second factors: which roles need one (`officer`: every officer), how many recovery codes there are, and how many steps of half a minute a code may be old or early. */
export type SecondFactorRules = { readonly roles: readonly string[]; readonly recovery_codes: number; readonly steps_before: number; readonly steps_after: number }

const SECRET_BYTES = 20
const PERIOD_S = 30

/** A fresh secret for a second factor (动态口令, RFC 6238). */
export function newSecret(randomness: Randomness): Uint8Array {
  return randomness.bytes(SECRET_BYTES)
}

/** The secret as it is kept: sealed, and bound to its account. */
export function sealedSecret(sealing: Sealing, accountId: number, secret: Uint8Array): Uint8Array {
  return Buffer.from(sealing.seal(Buffer.from(secret).toString('base64'), placeOf(accountId)))
}

/** The secret of a second factor as it is kept. */
export function secretOf(sealing: Sealing, { accountId, secret }: { readonly accountId: number; readonly secret: Uint8Array }): Uint8Array {
  // A secret from before is not sealed: its twenty bytes are no sealed text.
  return secret.length === SECRET_BYTES ? secret : Buffer.from(sealing.open(Buffer.from(secret).toString('latin1'), placeOf(accountId)), 'base64')
}

/** The secret sealed by the key that seals now; null when it is already. */
export function resealedSecret(sealing: Sealing, totp: { readonly accountId: number; readonly secret: Uint8Array }): Uint8Array | null {
  if (totp.secret.length === SECRET_BYTES) return sealedSecret(sealing, totp.accountId, totp.secret)
  const sealed = sealing.reseal(Buffer.from(totp.secret).toString('latin1'), placeOf(totp.accountId))
  return sealed === null ? null : Buffer.from(sealed)
}

const placeOf = (accountId: number): string => `identity.totp.secret/${accountId}`

/** The address that an authenticator application reads, and the secret in base 32 to type in. */
export function enrolment(secret: Uint8Array, userName: string): { uri: string; secret: string } {
  const totp = totpOf(secret, userName)
  return { uri: totp.toString(), secret: totp.secret.base32 }
}

/** The time step that a code belongs to, within the steps before and after the present that the rules allow; null when it fits none, or none later than the last that was used. */
export function stepOf(code: string, secret: Uint8Array, now: Date, lastStep: number | null, { steps_before, steps_after }: Pick<SecondFactorRules, 'steps_before' | 'steps_after'>): number | null {
  const delta = totpOf(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: now.getTime(), window: Math.max(steps_before, steps_after) })
  if (delta === null || delta < -steps_before || delta > steps_after) return null
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

// @clause X.4
import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

/** Whose sessions a service ended: one session (`sid`), or every session of a person. `id` names the token, which is good once; until `endsAt` it must be remembered. */
export type LoggedOut = { readonly issuer: string; readonly subject: string | null; readonly session: string | null; readonly id: string; readonly endsAt: Date }
/** What a logout token is checked against. */
export type LogoutRules = { readonly issuer: string; readonly clientId: string; readonly algorithms: readonly string[]; readonly keys: JWTVerifyGetKey; readonly toleranceS: number; readonly now: Date }

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const OLDEST_S = 600
const MS = 1000
const form = z.object({ jti: z.string().min(1).max(200), exp: z.number(), sub: z.string().min(1).optional(), sid: z.string().min(1).optional(), events: z.looseObject({ [EVENT]: z.looseObject({}) }), nonce: z.never().optional() })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

/** The keys of a service; fetched when one is asked for that is not known, at most every half minute. */
export function keysAt(address: string, timeoutMs: number): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutMs })
}

/**
 * Reads a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6): signature, issuer, audience, times, the event, a subject or a session, no nonce. An ID token does not pass: it has no
 * event. Whether it was used before is not known here. Throws when it does not hold.
 */
export async function readLogoutToken(token: string, { issuer, clientId, algorithms, keys, toleranceS, now }: LogoutRules): Promise<LoggedOut> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer, audience: clientId, algorithms: algorithms.filter((one) => one !== 'none' && !one.startsWith('HS')), currentDate: now, clockTolerance: toleranceS, maxTokenAge: OLDEST_S, requiredClaims: ['iat', 'exp', 'jti', 'events'],
  })
  if (protectedHeader.typ !== undefined && !/^(?:application\/)?(?:logout\+jwt|jwt)$/i.test(protectedHeader.typ)) throw new Error('the token is of another kind')
  const { jti, exp, sub, sid } = form.parse(payload)
  return { issuer, subject: sub ?? null, session: sid ?? null, id: jti, endsAt: new Date((exp + toleranceS) * MS) }
}

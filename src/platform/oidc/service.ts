import * as client from 'openid-client'
import { systemClock, type Clock } from '../clock.ts'
import { vouchedBy, type Claims, type Vouched } from './claims.ts'
import { keysAt, readLogoutToken, type LoggedOut } from './logout.ts'
import type { IdentityServiceSettings } from './settings.ts'

/** What one attempt is bound to: random, good once, known to this browser only. */
export type Bond = { readonly state: string; readonly nonce: string; readonly verifier: string }
/** At which face someone signs in: the console of officers, or the space of businesses. */
export type Face = 'console' | 'my'
/** Why a service's answer does not count: it was not reached, it (or the person) said no, or what it said does not hold. `reason` is a code without any value. */
export type Failure = { readonly failed: 'not-reached' | 'declined' | 'not-valid'; readonly reason: string }

/** An outside identity service (统一身份认证), by OpenID Connect: authorization code with PKCE. */
export type IdentityService = {
  readonly key: string
  readonly issuer: string
  readonly label: IdentityServiceSettings['label']
  readonly people: IdentityServiceSettings['people']
  /** Where the browser goes to sign in there. */
  addressFor(face: Face, bond: Bond): Promise<string | Failure>
  /**
   * What the service says, from the query with which the browser came back: state and `iss` are compared, the code is exchanged with the verifier,
   * and of the ID token signature, issuer, audience, authorised party, times and nonce are checked.
   */
  redeem(face: Face, query: string, bond: Bond): Promise<Vouched | Failure>
  /** Where the browser goes to sign out there too; null when the service offers none or is not reached. */
  addressToSignOut(face: Face): Promise<string | null>
  /** Whose sessions the service ended, from the logout token that it sent here (back-channel logout, 后台注销). */
  readLogout(token: string): Promise<LoggedOut | Failure>
}

const TIMEOUT_S = 10
const MS = 1000
const DISCOVERED_LASTS_MS = 600_000

/** True for what went wrong. */
export const isFailure = (answer: unknown): answer is Failure => typeof answer === 'object' && answer !== null && 'failed' in answer

/** Opens an identity service. Nothing is asked of it before someone signs in. */
export function openIdentityService(settings: IdentityServiceSettings, clock: Clock): IdentityService {
  const comesBackTo = (face: Face) => `${settings.origin}/${face}/sign-in/outside`
  let keys: { readonly address: string; readonly get: ReturnType<typeof keysAt> } | null = null
  let discovered: { readonly at: number; readonly metadata: client.ServerMetadata } | null = null

  // The keys are fetched with each sign-in, so that a key changed over there counts at once; only the addresses are remembered, and not when a
  // browser is about to be sent there: whoever would find nobody is told so on our page, where the password still helps.
  async function configuration({ anew = false } = {}): Promise<client.Configuration> {
    const now = systemClock.now().getTime()
    const [metadata, auth] = metadataOf(settings, clock)
    const insecure = settings.issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
    if (anew || discovered === null || now - discovered.at > DISCOVERED_LASTS_MS) {
      const found = await client.discovery(new URL(settings.issuer), settings.clientId, metadata, auth, { timeout: TIMEOUT_S, execute: insecure })
      discovered = { at: now, metadata: found.serverMetadata() }
    }
    const made = new client.Configuration(discovered.metadata, settings.clientId, metadata, auth)
    made.timeout = TIMEOUT_S
    for (const step of insecure) step(made)
    client.enableNonRepudiationChecks(made)
    return made
  }

  return {
    key: settings.key, issuer: settings.issuer, label: settings.label, people: settings.people,
    async addressFor(face, { state, nonce, verifier }) {
      try {
        const challenge = await client.calculatePKCECodeChallenge(verifier)
        return client.buildAuthorizationUrl(await configuration({ anew: true }), {
          redirect_uri: comesBackTo(face), scope: settings.scopes.join(' '), state, nonce, code_challenge: challenge, code_challenge_method: 'S256', ...(settings.secondFactor.acr.length > 0 ? { acr_values: settings.secondFactor.acr.join(' ') } : {}),
        }).href
      } catch (error) {
        return failureOf(error)
      }
    },
    async redeem(face, query, { state, nonce, verifier }) {
      const url = new URL(comesBackTo(face))
      url.search = query
      try {
        const answer = await client.authorizationCodeGrant(await configuration(), url, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true })
        return vouchedBy(answer.claims() as Claims, settings)
      } catch (error) {
        return failureOf(error)
      }
    },
    async addressToSignOut(face) {
      try {
        const made = await configuration()
        if (made.serverMetadata().end_session_endpoint === undefined) return null
        return client.buildEndSessionUrl(made, { post_logout_redirect_uri: `${settings.origin}/${face}` }).href
      } catch {
        return null
      }
    },
    async readLogout(token) {
      try {
        const { jwks_uri: address, id_token_signing_alg_values_supported: algorithms = ['RS256'] } = (await configuration()).serverMetadata()
        if (keys?.address !== address) keys = { address: address!, get: keysAt(address!, TIMEOUT_S * MS) }
        return await readLogoutToken(token, { issuer: settings.issuer, clientId: settings.clientId, algorithms, keys: keys!.get, toleranceS: settings.clockToleranceS, now: clock.now() })
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

/** The library reads the machine's clock; the skew makes it go by the one that is handed in. */
function metadataOf({ clientAuth, secret, clockToleranceS }: IdentityServiceSettings, clock: Clock): [Partial<client.ClientMetadata>, client.ClientAuth] {
  const skew = Math.round((clock.now().getTime() - systemClock.now().getTime()) / 1000)
  const auth = clientAuth === 'none' ? client.None() : clientAuth === 'client_secret_post' ? client.ClientSecretPost(secret!) : client.ClientSecretBasic(secret!)
  return [{ [client.clockSkew]: skew, [client.clockTolerance]: clockToleranceS } as Partial<client.ClientMetadata>, auth]
}

// Messages and causes of the library hold claims and answers: only its codes go further.
function failureOf(error: unknown): Failure {
  const { name, code } = error as { name?: string; code?: unknown }
  const reason = `${name ?? 'Error'}${typeof code === 'string' ? ` ${code}` : ''}`
  if (error instanceof client.AuthorizationResponseError) return { failed: 'declined', reason }
  if (code === 'OAUTH_TIMEOUT' || code === 'ERR_JWKS_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || (error instanceof TypeError && error.message === 'fetch failed')) return { failed: 'not-reached', reason }
  return { failed: 'not-valid', reason }
}

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** How an identity service is reached and believed, as the operator wrote it. `secret` stands in a file of its own and is shown nowhere. */
export type IdentityServiceSettings = {
  /** Names the service in addresses; small letters, digits, dashes. */
  readonly key: string
  readonly issuer: string
  readonly clientId: string
  readonly secret: string | null
  readonly clientAuth: 'client_secret_basic' | 'client_secret_post' | 'none'
  readonly scopes: readonly string[]
  /** Where people reach this system: `https://credit.example.gov.cn`. Never taken from a request. */
  readonly origin: string
  readonly label: { readonly zh: string; readonly en: string }
  /** The claim that holds the number by which this district knows the person; null when accounts are linked by code only. */
  readonly numberClaim: string | null
  /** Who may sign in there: officers at the console, people who act for businesses at the space. */
  readonly people: readonly People[]
  /** The claim that holds the person's name. */
  readonly nameClaim: string
  /** Where a token says for which businesses the person is the legal representative; null when the service does not tell. */
  readonly represents: RepresentsSettings | null
  /** What in `acr` or `amr` says that the service checked a second factor. */
  readonly secondFactor: { readonly acr: readonly string[]; readonly amr: readonly string[] }
  /** By how many seconds the clocks of both may differ. */
  readonly clockToleranceS: number
}

/** Who signs in at an identity service. */
export type People = 'officers' | 'businesses'
/** The claim that lists businesses, and in each of them the name of the value that holds the code, the capacity, and until when it holds; which capacities are the legal representative's. */
export type RepresentsSettings = { readonly claim: string; readonly code: string; readonly capacity: string; readonly legalRepresentative: readonly string[]; readonly until: string | null }

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/
const secure = (address: string) => URL.parse(address)?.protocol === 'https:' || LOOPBACK.test(URL.parse(address)?.hostname ?? '')
const words = z.array(z.string()).default([])
const form = z.strictObject({
  services: z.array(z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    issuer: z.url().refine(secure, 'https is needed'),
    client_id: z.string().min(1),
    client_secret_file: z.string().optional(),
    client_auth: z.enum(['client_secret_basic', 'client_secret_post', 'none']).default('client_secret_basic'),
    scopes: z.array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/)).default(['openid', 'profile']).refine((scopes) => scopes.includes('openid'), 'openid is needed'),
    origin: z.url().refine(secure, 'https is needed').transform((address) => new URL(address).origin),
    label: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
    number_claim: z.string().min(1).optional(),
    people: z.array(z.enum(['officers', 'businesses'])).min(1).default(['officers']),
    name_claim: z.string().min(1).default('name'),
    represents: z.strictObject({ claim: z.string().min(1), code: z.string().min(1), capacity: z.string().min(1), legal_representative: z.array(z.string().min(1)).min(1), until: z.string().min(1).optional() }).optional(),
    second_factor: z.strictObject({ acr: words, amr: words }).default({ acr: [], amr: [] }),
    clock_tolerance_seconds: z.int().min(0).max(300).default(30),
  })),
})

/**
 * Reads the file of identity services (身份认证服务). The client's secret is read from the file that `client_secret_file` names, beside this one.
 * Refuses `identity-services.unreadable` with the place; the refusal never quotes a value.
 */
export function readIdentityServices(path: string): IdentityServiceSettings[] {
  const parsed = form.safeParse(attempt(path, '', () => parse(readFileSync(path, 'utf8')) as unknown))
  if (!parsed.success) throw unreadable(path, parsed.error.issues.map(({ path: where, message }) => `${where.join('.')}: ${message}`).join('; '))
  return parsed.data.services.map((one, at) => {
    const secretFile = one.client_secret_file === undefined ? null : resolve(dirname(path), one.client_secret_file)
    const secret = secretFile === null ? null : attempt(path, `services.${at}.client_secret_file: `, () => readFileSync(secretFile, 'utf8').trim())
    if ((secret === null || secret === '') !== (one.client_auth === 'none')) throw unreadable(path, `services.${at}.client_secret_file: ${one.client_auth === 'none' ? 'client_auth none takes no secret' : 'a secret is needed'}`)
    return {
      key: one.key, issuer: one.issuer, clientId: one.client_id, secret, clientAuth: one.client_auth, scopes: one.scopes, origin: one.origin, label: one.label,
      numberClaim: one.number_claim ?? null, people: one.people, nameClaim: one.name_claim,
      represents: one.represents ? { claim: one.represents.claim, code: one.represents.code, capacity: one.represents.capacity, legalRepresentative: one.represents.legal_representative, until: one.represents.until ?? null } : null,
      secondFactor: one.second_factor, clockToleranceS: one.clock_tolerance_seconds,
    }
  })
}

function attempt<T>(path: string, where: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw unreadable(path, `${where}${(error as { code?: string }).code ?? 'not YAML'}`)
  }
}

function unreadable(path: string, why: string): Refusal {
  return new Refusal({
    code: 'identity-services.unreadable', message: text(`身份认证服务配置 ${path} 不能使用：${why}`, `The settings of identity services in ${path} cannot be used: ${why}`),
    fix: text('请按 docs/operate/sign-in.md 改正后重新启动', 'Correct them as docs/operate/sign-in.md says, and start again'),
  })
}

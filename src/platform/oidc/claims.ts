// @clause X.4
import { z } from 'zod'
import { dayOf, isDay, type Day } from '../../kernel/day.ts'
import type { IdentityServiceSettings, RepresentsSettings } from './settings.ts'

/** A business that a service names for a person (代表的经营主体): the code as the service writes it, whether as its legal representative (法定代表人), and the last day of that; null when it says none. */
export type Represented = { readonly uscc: string; readonly legalRepresentative: boolean; readonly untilOn: Day | null }
/**
 * Whom an identity service vouches for. `number` and `name` are what the configured claims hold; `session` is the service's own session (`sid`).
 * `represents` are the businesses that it names; null where it is not set up to name any, which is not the same as none.
 */
export type Vouched = {
  readonly issuer: string; readonly subject: string; readonly number: string | null; readonly secondFactor: boolean
  readonly name: string | null; readonly session: string | null; readonly represents: readonly Represented[] | null
}
/** The claims of an ID token whose signature and times hold. */
export type Claims = { readonly iss: string; readonly sub: string; readonly [claim: string]: unknown }

/** The claims do not have the form that was set up. The message names the claim, never a value. */
export class ClaimsUnreadable extends Error {
  readonly code: string
  constructor(claim: string) {
    super(`the claim ${claim} does not have the form that was set up`)
    this.code = `CLAIM ${claim}`
  }
}

/** Reads the claims as they were set up. Throws {@link ClaimsUnreadable} when businesses are named in another form: half understood is not believed. */
export function vouchedBy(claims: Claims, { numberClaim, nameClaim, secondFactor, represents }: IdentityServiceSettings): Vouched {
  const methods = Array.isArray(claims['amr']) ? claims['amr'].filter((one): one is string => typeof one === 'string') : []
  return {
    issuer: claims.iss, subject: claims.sub, number: numberClaim === null ? null : textOf(claims[numberClaim]), name: textOf(claims[nameClaim]), session: textOf(claims['sid']),
    secondFactor: (typeof claims['acr'] === 'string' && secondFactor.acr.includes(claims['acr'])) || methods.some((one) => secondFactor.amr.includes(one)),
    represents: represents === null ? null : representedBy(claims[represents.claim], represents),
  }
}

function representedBy(claim: unknown, { claim: name, code, capacity, legalRepresentative, until }: RepresentsSettings): Represented[] {
  if (claim === undefined || claim === null) return []
  const entry = z.looseObject({ [code]: z.string().trim().min(1), [capacity]: z.string(), ...(until === null ? {} : { [until]: lastDay }) })
  const { data } = z.array(entry).safeParse([claim].flat())
  if (!data) throw new ClaimsUnreadable(name)
  return data.map((one) => ({ uscc: one[code] as string, legalRepresentative: legalRepresentative.includes(one[capacity] as string), untilOn: until === null ? null : (one[until] as Day | null) }))
}

/** A day, an instant as ISO 8601 or as seconds since 1970, or nothing. */
const lastDay = z.union([
  z.string().refine(isDay),
  z.iso.datetime({ offset: true }).transform((instant) => dayOf(new Date(instant))),
  z.number().int().min(0).max(99_999_999_999).transform((seconds) => dayOf(new Date(seconds * 1000))),
]).nullish().transform((last) => last ?? null)

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null
}

import type { Basis } from './basis.ts'
import type { Text } from './text.ts'

/** What a Refusal is made of. */
export type RefusalParts = {
  /** Stable code: the noun and what is wrong, e.g. `record.decided-in-future`. */
  readonly code: string
  /** The cause, in both languages. */
  readonly message: Text
  /** What to do next. */
  readonly fix: Text
  /** The field of the input it concerns, if one. */
  readonly field?: string
  readonly basis?: Basis
  /** All that is wrong, where it is more than one thing. */
  readonly problems?: readonly Problem[]
  /** HTTP status: 422 unless another fits better (404 missing, 409 conflict with state, 401 not signed in, 403 not allowed, 429 too often). */
  readonly status?: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503
  /** Seconds after which trying again can help. */
  readonly retryAfterS?: number
}

/** The one error that is thrown on purpose: the law, the data or the state forbids what was asked. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly parts: RefusalParts
  constructor(parts: RefusalParts) {
    super(`${parts.code}: ${parts.message.en}`)
    this.name = 'Refusal'
    this.parts = parts
  }
  get code(): string {
    return this.parts.code
  }
  get status(): number {
    return this.parts.status ?? 422
  }
}

/** A problem of one cell, row or value: a refusal that is collected instead of thrown. `warning` does not reject. */
export type Problem = Omit<RefusalParts, 'status' | 'problems'> & { readonly severity: 'error' | 'warning' }

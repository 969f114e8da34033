/** What a citation rests on: law; a policy of this authority; or practice only. */
export type BasisKind = 'law' | 'policy' | 'practice'

/**
 * A citation (依据): a legal text by its key in `policy/texts/`, and the article in it.
 * `status` says whether an authority has confirmed it; an unconfirmed one is shown as such to the user.
 */
export type Basis = {
  readonly kind: BasisKind
  /** Key of a file in `policy/texts/`, e.g. `ndrc-order-36`. */
  readonly text: string
  /** Article or section as the text writes it, e.g. `第三条` or `(六)`. */
  readonly article?: string
  readonly status: 'confirmed' | 'unconfirmed'
  readonly note?: string
}

/** A basis in few words; unconfirmed unless said otherwise. */
export function basis(kind: BasisKind, text: string, article?: string, status: Basis['status'] = 'unconfirmed'): Basis {
  return article === undefined ? { kind, text, status } : { kind, text, article, status }
}

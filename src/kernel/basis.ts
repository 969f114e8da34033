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

/** What the district's own plan (实施方案) speaks of, where acts rest on it: the pack says in `plan.yaml` which text and which article of it that is. */
export const PLAN_MATTERS = ['records', 'grading', 'organisation'] as const
/** The text that stands for the district's own plan. */
export const PLAN = 'plan'

/** A basis in the district's own plan, by what it speaks of: another district has another plan, or none. */
export function planBasis(matter: (typeof PLAN_MATTERS)[number]): Basis {
  return basis('policy', PLAN, matter)
}

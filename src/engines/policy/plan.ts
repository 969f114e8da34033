import { basis, PLAN, type Basis } from '../../kernel/basis.ts'
import type { PolicyBook } from './book.ts'

/** The district's own plan (实施方案) as `plan.yaml` of its pack names it: the text, and the article for each matter. */
export type Plan = { readonly text: string; readonly articles?: { readonly [matter: string]: string } }

/** The plan of the district; null where its pack has no `plan.yaml`. */
export function planOf(book: Pick<PolicyBook, 'parts' | 'file'>): Plan | null {
  return book.parts.data.some(({ name }) => name === 'plan') ? book.file<Plan>('plan') : null
}

/** A basis as this district cites it: what rests on the district's plan names its text and article, or practice where there is no plan. */
export function groundOf(book: Pick<PolicyBook, 'parts' | 'file'>, given: Basis): Basis {
  if (given.text !== PLAN) return given
  const plan = planOf(book)
  return plan === null ? basis('practice', 'practice') : basis('policy', plan.text, plan.articles?.[given.article ?? ''])
}

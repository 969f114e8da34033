import { tt } from '../../../ui/language.ts'
import { statusTitles } from './words.ts'

/** The registration status as a tag with its word. */
export function StatusTag({ status }: { readonly status: string }) {
  const title = statusTitles[status]
  return title ? <span className={`x-tag ${title.tone && `x-tag-${title.tone}`}`}>{tt(title)}</span> : <span className="x-tag">{status}</span>
}

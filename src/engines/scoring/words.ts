import { text, type Text } from '../../kernel/text.ts'
import type { Selection } from './selection.ts'

/** How far back a selection looks, in words: a prefix in Chinese, a suffix in English. */
export function windowWords(selection: Selection): Text {
  const span = selection.window
  if (span === null) return text('', '')
  const years = span.unit === 'months' && span.count % 12 === 0 ? span.count / 12 : null
  if (years !== null) return text(`近 ${years} 年内`, years === 1 ? ' in the last year' : ` in the last ${years} years`)
  return span.unit === 'days' ? text(`近 ${span.count} 天内`, ` in the last ${span.count} days`) : text(`近 ${span.count} 个月内`, ` in the last ${span.count} months`)
}

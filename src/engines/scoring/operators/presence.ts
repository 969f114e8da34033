import { sql } from 'kysely'
import { text } from '../../../kernel/text.ts'
import { number, numberSql } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, takenSql, type Selection } from '../selection.ts'
import { windowWords } from '../words.ts'
import type { Operator } from './operator.ts'

/** Whether there is any such record (有无): 1 or 0. */
export type PresenceSpec = Selection & { readonly operator: 'presence' }

/** The operator `presence`. */
export const presence: Operator<PresenceSpec> = {
  name: 'presence',
  fields: SELECTION_FIELDS,
  gives: () => 'number',
  maybeAbsent: () => false,
  wholeEdges: () => false,
  parse: (part) => parseSelection(part, false),
  selection: (spec) => spec,
  prepare() {
    const [none, some] = [number(0n), number(10_000n)]
    return { read: (_records, shares) => (shares.some((share) => share !== 0) ? some : none) }
  },
  plan: (spec, on) => ({
    aggregates: [sql`bool_or(true) filter (where ${takenSql(spec, on)})`],
    measure: ([n]) => numberSql(sql`case when ${n} then 10000::bigint else 0::bigint end`),
  }),
  value: (measure) => (measure.above === 0n ? '0' : '1'),
  words(spec, measure, records) {
    const window = windowWords(spec)
    return measure!.above === 0n ? text(`${window.zh}无`, `none${window.en}`) : text(`${window.zh}有(${records} 条)`, `yes${window.en} (${records})`)
  },
}

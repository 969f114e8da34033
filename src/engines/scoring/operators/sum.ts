import { sql } from 'kysely'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { VALUE_PLACES } from '../exact.ts'
import { number, numberSql } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, shareOn, shareSql, takenSql, type Selection } from '../selection.ts'
import { windowWords } from '../words.ts'
import type { Operator } from './operator.ts'

/** The amounts of the records added up, in yuan (金额合计); with decay each by its factor. */
export type SumSpec = Selection & { readonly operator: 'sum' }

/** The operator `sum`. */
export const sum: Operator<SumSpec> = {
  name: 'sum',
  fields: SELECTION_FIELDS,
  gives: () => 'number',
  maybeAbsent: () => false,
  wholeEdges: () => false,
  parse: (part) => parseSelection(part, true),
  selection: (spec) => spec,
  prepare(spec, on) {
    const share = shareOn(spec, on)
    return {
      share,
      next: () => null,
      read(facts) {
        let total = 0n
        for (const fact of facts) {
          const part = share(fact)
          if (part !== 0 && fact.amount_fen !== null) total += BigInt(fact.amount_fen) * BigInt(part)
        }
        return number(total)
      },
    }
  },
  plan(spec, on) {
    const taken = takenSql(spec, on)
    const hundredths = spec.decay.length === 0 ? sql`sum(r.amount_fen) filter (where ${taken}) * 100` : sql`sum(r.amount_fen::numeric * ${shareSql(spec, on)}) filter (where ${taken})`
    return { aggregates: [hundredths], measure: ([n]) => numberSql(sql`coalesce(${n}, 0)`) }
  },
  value: (measure) => decimal(measure.above, VALUE_PLACES),
  words(spec, measure, records) {
    const window = windowWords(spec)
    return text(`${window.zh}共 ${records} 条，金额合计 ${this.value(measure!)} 元`, `${records} ${records === 1 ? 'record' : 'records'}${window.en}, ${this.value(measure!)} yuan in all`)
  },
}

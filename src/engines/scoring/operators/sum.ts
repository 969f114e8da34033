import { sql } from 'kysely'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { VALUE_PLACES } from '../exact.ts'
import { number, numbers, numberSql } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, shareSql, takenSql, type Selection } from '../selection.ts'
import { windowWords } from '../words.ts'
import type { DatedFact } from '../dated.ts'
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
  prepare() {
    const measured = numbers(1n)
    return {
      read(records, shares) {
        let total = 0
        for (let at = 0; at < shares.length; at += 1) {
          const share = shares[at]!
          const amount = share === 0 ? null : records[at]!.fact.amount_fen
          if (amount === null) continue
          const part = Number(amount) * share
          total += part
          if (!Number.isSafeInteger(part) || !Number.isSafeInteger(total)) return number(largeSum(records, shares))
        }
        return measured(total)
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

/** The sum in hundredths of 分 where it does not fit a number. */
function largeSum(records: readonly DatedFact[], shares: readonly number[]): bigint {
  return records.reduce((sum, { fact }, at) => sum + BigInt(fact.amount_fen ?? 0) * BigInt(shares[at]!), 0n)
}

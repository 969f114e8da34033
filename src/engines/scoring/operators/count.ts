import { sql } from 'kysely'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { VALUE_PLACES } from '../exact.ts'
import { numbers, numberSql } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, shareSql, takenSql, type Selection } from '../selection.ts'
import { windowWords } from '../words.ts'
import type { Operator } from './operator.ts'

/** How many records there are (次数); with decay the sum of their factors. */
export type CountSpec = Selection & { readonly operator: 'count' }

/** The operator `count`. */
export const count: Operator<CountSpec> = {
  name: 'count',
  fields: SELECTION_FIELDS,
  gives: () => 'number',
  maybeAbsent: () => false,
  wholeEdges: () => false,
  parse: (part) => parseSelection(part, true),
  selection: (spec) => spec,
  prepare() {
    const measured = numbers(100n)
    return {
      read(_records, shares) {
        let hundredths = 0
        for (const share of shares) hundredths += share
        return measured(hundredths)
      },
    }
  },
  plan(spec, on) {
    const taken = takenSql(spec, on)
    return spec.decay.length === 0
      ? { aggregates: [sql`count(*) filter (where ${taken})`], measure: ([n]) => numberSql(sql`coalesce(${n}, 0) * 10000`) }
      : { aggregates: [sql`sum(${shareSql(spec, on)}) filter (where ${taken})`], measure: ([n]) => numberSql(sql`coalesce(${n}, 0) * 100`) }
  },
  value: (measure) => decimal(measure.above, VALUE_PLACES),
  words(spec, measure, records) {
    const value = this.value(measure!)
    const weighed = spec.decay.length > 0 && value !== String(records)
    const window = windowWords(spec)
    return text(`${window.zh}共 ${records} 条${weighed ? `,按时间衰减后计 ${value} 条` : ''}`, `${records} ${records === 1 ? 'record' : 'records'}${window.en}${weighed ? `, counting as ${value} after decay` : ''}`)
  },
}

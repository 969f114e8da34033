import { sql } from 'kysely'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { rememberingNumbers } from '../dated.ts'
import { whole } from '../exact.ts'
import type { Measure } from '../measure.ts'
import { courseOf, parseSelection, SELECTION_FIELDS, takenSql, type Selection } from '../selection.ts'
import { parseWhere, whereSql, type Where } from '../where.ts'
import type { Operator } from './operator.ts'

/** How many per cent of the records also satisfy `hits` (比率); nothing when there are no records. Compared exactly, so only bins. */
export type RatioSpec = Selection & { readonly operator: 'ratio'; readonly hits: Where }

/** The operator `ratio`. */
export const ratio: Operator<RatioSpec> = {
  name: 'ratio',
  fields: [...SELECTION_FIELDS, 'hits'],
  gives: () => 'comparison',
  maybeAbsent: () => true,
  wholeEdges: () => false,
  parse: (part) => ({ ...parseSelection(part, false), hits: parseWhere(part.at('hits'), false) }),
  selection: (spec) => spec,
  prepare(spec) {
    const hits = courseOf({ where: { ...spec.hits, kind: [] }, window: null, decay: [], beyond: '0' })
    const kinds = spec.hits.kind
    const measured = rememberingNumbers(64, (all: number) => rememberingNumbers(64, (some: number): Measure => ({ above: BigInt(some) * 1_000_000n, below: BigInt(all), word: null })))
    return {
      read(records, shares, on) {
        let [all, some] = [0, 0]
        for (let at = 0; at < shares.length; at += 1) {
          const share = shares[at]!
          if (share === 0) continue
          all += 1
          const record = records[at]!
          if ((kinds.length === 0 || kinds.includes(record.fact.kind)) && hits.ever(record.fact) && hits.shareOn(record, on) !== 0) some += 1
        }
        return all === 0 ? null : measured(all)(some)
      },
    }
  },
  plan: (spec, on) => ({
    aggregates: [sql`count(*) filter (where ${takenSql(spec, on)})`, sql`count(*) filter (where ${takenSql(spec, on, whereSql(spec.hits, on))})`],
    measure: ([all, some]) => ({
      present: sql`coalesce(${all}, 0) > 0`,
      value: null,
      reaches: (edge) => sql`${some} * 1000000 >= ${whole(edge)} * ${all}`,
      isWord: () => sql`false`,
    }),
  }),
  value: (measure) => `${measure.above / 1_000_000n}/${measure.below}`,
  words: (_spec, measure) =>
    measure === null
      ? text('无相关记录', 'no such records')
      : text(`${measure.below} 条中 ${measure.above / 1_000_000n} 条，约 ${decimal(measure.above / measure.below / 100n, 2)}%`, `${measure.above / 1_000_000n} of ${measure.below}, about ${decimal(measure.above / measure.below / 100n, 2)} %`),
}

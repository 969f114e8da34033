import { sql } from 'kysely'
import type { Day } from '../../../kernel/day.ts'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { whole } from '../exact.ts'
import { parseSelection, SELECTION_FIELDS, shareOn, takenSql, type Selection } from '../selection.ts'
import type { Fact } from '../source.ts'
import { matcher, parseWhere, whereSql, type Where } from '../where.ts'
import type { Operator } from './operator.ts'

/** How many per cent of the records also satisfy `hits` (比率); nothing when there are no records. Compared exactly, so only bins. */
export type RatioSpec = Selection & { readonly operator: 'ratio'; readonly hits: Where }

function hit(spec: RatioSpec, on: Day): (fact: Fact) => boolean {
  return matcher(spec.hits, on)
}

/** The operator `ratio`. */
export const ratio: Operator<RatioSpec> = {
  name: 'ratio',
  fields: [...SELECTION_FIELDS, 'hits'],
  gives: () => 'comparison',
  maybeAbsent: () => true,
  wholeEdges: () => false,
  parse: (part) => ({ ...parseSelection(part, false), hits: parseWhere(part.at('hits'), false) }),
  selection: (spec) => spec,
  prepare(spec, on) {
    const share = shareOn(spec, on)
    const hits = hit(spec, on)
    return {
      share,
      next: () => null,
      read(facts) {
        let [all, some] = [0, 0]
        for (const fact of facts) {
          if (share(fact) === 0) continue
          all += 1
          if (hits(fact)) some += 1
        }
        return all === 0 ? null : { above: BigInt(some) * 1_000_000n, below: BigInt(all), word: null }
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

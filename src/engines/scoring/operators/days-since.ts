import { sql } from 'kysely'
import { addDays, daysBetween, type Day } from '../../../kernel/day.ts'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { dayLiteral, VALUE_PLACES, whole, wholes } from '../exact.ts'
import { number } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, shareOn, takenSql, type Selection } from '../selection.ts'
import { windowWords } from '../words.ts'
import type { Operator } from './operator.ts'

/** Days since the latest such record was decided (距最近一次天数); nothing when there is none. */
export type DaysSinceSpec = Selection & { readonly operator: 'days-since' }

const UNIT = 10_000n

/** The operator `days-since`. */
export const daysSince: Operator<DaysSinceSpec> = {
  name: 'days-since',
  fields: SELECTION_FIELDS,
  gives: () => 'number',
  maybeAbsent: () => true,
  wholeEdges: () => true,
  parse: (part) => parseSelection(part, false),
  selection: (spec) => spec,
  prepare(spec, on, asked) {
    const share = shareOn(spec, on)
    const edges = asked.edges.map((edge) => edge / UNIT)
    const every = asked.every === null ? null : asked.every / UNIT
    return {
      share,
      read(facts) {
        let latest: Day | null = null
        for (const fact of facts) if (share(fact) !== 0 && (latest === null || fact.decided_on > latest)) latest = fact.decided_on
        return latest === null ? null : number(BigInt(daysBetween(latest, on)) * UNIT)
      },
      next(measure) {
        if (measure === null) return null
        const days = measure.above / UNIT
        const ahead = edges.filter((edge) => edge > days)
        if (every !== null) ahead.push((days / every + 1n) * every)
        return ahead.length === 0 ? null : addDays(on, Number(ahead.reduce((least, edge) => (edge < least ? edge : least)) - days))
      },
    }
  },
  plan(spec, on, asked) {
    const edges = [...new Set(asked.edges.map((edge) => edge / UNIT))].sort((a, b) => (a < b ? -1 : 1))
    const every = asked.every === null ? null : asked.every / UNIT
    return {
      aggregates: [sql`max(r.decided_on) filter (where ${takenSql(spec, on)})`],
      measure([latest]) {
        const value = sql`(${dayLiteral(on)} - ${latest})::bigint * 10000`
        return { present: sql`${latest} is not null`, value, reaches: (edge) => sql`${value} >= ${whole(edge)}`, isWord: () => sql`false` }
      },
      next([latest]) {
        const days = sql`(${dayLiteral(on)} - ${latest})::bigint`
        const atEdge = edges.length === 0 ? sql`null::bigint` : sql`(${wholes(edges)})[width_bucket(${days}, ${wholes(edges)}) + 1]`
        const atUnit = every === null ? sql`null::bigint` : sql`(${days} / ${whole(every)} + 1) * ${whole(every)}`
        return sql`${latest} + least(${atEdge}, ${atUnit})::integer`
      },
    }
  },
  value: (measure) => decimal(measure.above, VALUE_PLACES),
  words(spec, measure) {
    const window = windowWords(spec)
    return measure === null ? text(`${window.zh}无`, `none${window.en}`) : text(`最近一次距今 ${this.value(measure)} 天`, `the latest was ${this.value(measure)} days ago`)
  },
}

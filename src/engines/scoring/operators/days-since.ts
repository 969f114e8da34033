import { sql } from 'kysely'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { NEVER } from '../dated.ts'
import { dayLiteral, VALUE_PLACES, whole, wholes } from '../exact.ts'
import { numbers } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, takenSql, type Selection } from '../selection.ts'
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
  prepare(_spec, asked) {
    const measured = numbers(UNIT)
    const edges = asked.edges.map((edge) => Number(edge / UNIT))
    const every = asked.every === null ? null : Number(asked.every / UNIT)
    return {
      read(records, shares, on) {
        let latest = -1
        for (let at = 0; at < shares.length; at += 1) if (shares[at] !== 0 && (latest < 0 || records[at]!.decided > records[latest]!.decided)) latest = at
        return latest < 0 ? null : measured(on - records[latest]!.decided)
      },
      next(measure, _subject, on) {
        if (measure === null) return NEVER
        const days = Number(measure.above / UNIT)
        let next = every === null ? NEVER : (Math.floor(days / every) + 1) * every
        for (const edge of edges) if (edge > days && edge < next) next = edge
        return next === NEVER ? NEVER : on - days + next
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

import { sql } from 'kysely'
import { addMonths, numberOf, type Day } from '../../../kernel/day.ts'
import { decimal } from '../../../kernel/money.ts'
import { text } from '../../../kernel/text.ts'
import { dayWritten, NEVER, remembering } from '../dated.ts'
import { dayLiteral, VALUE_PLACES, type Sql } from '../exact.ts'
import { numbers, type Measure } from '../measure.ts'
import type { Part } from '../part.ts'
import { cutoff, endOfNumber, endOfSql, type Span } from '../span.ts'
import type { Operator } from './operator.ts'

/** Something about the subject itself (主体属性): full months since it was founded, or its type, status or industry. */
export type AttributeSpec = { readonly operator: 'attribute'; readonly of: 'age' | 'type' | 'status' | 'industry' }

const UNIT = 10_000n

function months(count: bigint): Span {
  return { count: Number(count), unit: 'months' }
}

/** Full months between two days; the later is not before the earlier. */
function fullMonths(from: Day, on: Day): number {
  const months = (of: Day) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7))
  const least = months(on) - months(from)
  return addMonths(from, least) <= on ? least : least - 1
}

/** The operator `attribute`. */
export const attribute: Operator<AttributeSpec> = {
  name: 'attribute',
  fields: ['of'],
  gives: (spec) => (spec.of === 'age' ? 'comparison' : 'word'),
  maybeAbsent: (spec) => spec.of === 'age' || spec.of === 'industry',
  wholeEdges: (spec) => spec.of === 'age',
  parse: (part: Part) => ({ of: part.at('of').oneOf(['age', 'type', 'status', 'industry'] as const) }),
  selection: () => null,
  prepare(spec, asked) {
    const of = spec.of
    if (of !== 'age') {
      const measured = remembering((word: string): Measure => ({ above: 0n, below: 1n, word }))
      return {
        read(_records, _shares, _on, subject) {
          const word = subject[of]
          return word === null ? null : measured(asked.words.includes(word) ? word : '')
        },
      }
    }
    const measured = numbers(UNIT)
    const ends = asked.edges.map((edge) => endOfNumber(months(edge / UNIT)))
    return {
      read(_records, _shares, on, { founded_on: from }) {
        return from === null || numberOf(from) > on ? null : measured(fullMonths(from, dayWritten(on)))
      },
      next(_measure, { founded_on: from }, on) {
        if (from === null) return NEVER
        const founded = numberOf(from)
        return founded > on ? founded : ends.reduce((next, end) => (end(founded) > on ? Math.min(next, end(founded)) : next), NEVER)
      },
    }
  },
  plan(spec, on, asked) {
    if (spec.of !== 'age') {
      const column = sql.raw(`s."${spec.of}"`)
      return {
        aggregates: [],
        measure: () => ({ present: sql`${column} is not null`, value: null, reaches: () => sql`false`, isWord: (words) => sql`coalesce(${column} in (${sql.join([...words])}), false)` }),
      }
    }
    const today = dayLiteral(on)
    const edges = [...new Set(asked.edges.map((edge) => edge / UNIT))].filter((edge) => edge > 0n)
    return {
      aggregates: [],
      measure: () => ({
        present: sql`(s.founded_on is not null and s.founded_on <= ${today})`,
        value: null,
        reaches: (edge) => (edge <= 0n ? sql`s.founded_on <= ${today}` : sql`s.founded_on < ${dayLiteral(cutoff(on, months(edge / UNIT)))}`),
        isWord: () => sql`false`,
      }),
      next() {
        const founded = sql`s.founded_on`
        const turns: Sql[] = edges.map((edge) => sql`case when ${founded} >= ${dayLiteral(cutoff(on, months(edge)))} then ${endOfSql(founded, months(edge))} end`)
        return sql`case when ${founded} > ${today} then ${founded} else least(${sql.join([sql`null::date`, ...turns])}) end`
      },
    }
  },
  value: (measure) => measure.word ?? decimal(measure.above, VALUE_PLACES),
  words(spec, measure) {
    if (measure === null) return text('未登记', 'not registered')
    if (spec.of === 'age') {
      const full = Number(measure.above / UNIT)
      return text(`成立满 ${Math.floor(full / 12)} 年 ${full % 12} 个月`, `founded ${Math.floor(full / 12)} years and ${full % 12} months ago`)
    }
    return measure.word === '' ? text('其他', 'other') : text(measure.word!, measure.word!)
  },
}

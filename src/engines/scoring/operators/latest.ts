import { sql } from 'kysely'
import { text } from '../../../kernel/text.ts'
import { remembering, type DatedFact } from '../dated.ts'
import type { Sql } from '../exact.ts'
import type { Asked, Measure } from '../measure.ts'
import { parseSelection, SELECTION_FIELDS, takenSql, type Selection } from '../selection.ts'
import type { Fact } from '../source.ts'
import type { Operator } from './operator.ts'

/** A word of the latest such record (最近一次): its grade, its class, or the first asked-for word among its tags. Nothing when there is none. */
export type LatestSpec = Selection & { readonly operator: 'latest'; readonly of: 'grade' | 'class' | 'tags' }

const OTHER = -1
const NOTHING = -2

/** The place of the record's word among those asked for. */
function placeOf(spec: LatestSpec, asked: Asked, fact: Fact): number {
  if (spec.of === 'tags') return asked.words.findIndex((word) => fact.tags.includes(word))
  const word = fact[spec.of]
  return word === null ? NOTHING : asked.words.indexOf(word)
}

/** {@link placeOf} in SQL. */
function placeSql(spec: LatestSpec, asked: Asked): Sql {
  const column = sql.raw(`r."${spec.of}"`)
  const cases = asked.words.map((word, place) => (spec.of === 'tags' ? sql`when ${word} = any(${column}) then ${sql.raw(String(place))}` : sql`when ${column} = ${word} then ${sql.raw(String(place))}`))
  if (spec.of !== 'tags') cases.unshift(sql`when ${column} is null then ${sql.raw(String(NOTHING))}`)
  return cases.length === 0 ? sql.raw(String(OTHER)) : sql`case ${sql.join(cases, sql` `)} else ${sql.raw(String(OTHER))} end`
}

/** The operator `latest`. */
export const latest: Operator<LatestSpec> = {
  name: 'latest',
  fields: [...SELECTION_FIELDS, 'of'],
  gives: () => 'word',
  maybeAbsent: () => true,
  wholeEdges: () => false,
  parse: (part) => ({ ...parseSelection(part, false), of: part.at('of').oneOf(['grade', 'class', 'tags'] as const) }),
  selection: (spec) => spec,
  prepare(spec, asked) {
    const measured = remembering((word: string): Measure => ({ above: 0n, below: 1n, word }))
    return {
      read(records, shares) {
        let found: DatedFact | null = null
        for (let at = 0; at < shares.length; at += 1) {
          const share = shares[at]!
          if (share === 0) continue
          const record = records[at]!
          if (found === null || record.decided > found.decided || (record.decided === found.decided && record.fact.record_id > found.fact.record_id)) found = record
        }
        if (found === null) return null
        const place = placeOf(spec, asked, found.fact)
        return place === NOTHING ? null : measured(place === OTHER ? '' : asked.words[place]!)
      },
    }
  },
  plan: (spec, on, asked) => ({
    // The greatest of (day, record, place) in one aggregate: an ordered array_agg would sort every record of the population.
    aggregates: [sql`(max(array[r.decided_on - date '1970-01-01', r.record_id, ${placeSql(spec, asked)}]::bigint[]) filter (where ${takenSql(spec, on)}))[3]`],
    measure: ([place]) => ({
      present: sql`coalesce(${place} <> ${sql.raw(String(NOTHING))}, false)`,
      value: null,
      reaches: () => sql`false`,
      isWord: (words) => sql`coalesce(${place} in (${sql.raw(words.map((word) => asked.words.indexOf(word)).join(', '))}), false)`,
    }),
  }),
  value: (measure) => measure.word ?? '',
  words: (_spec, measure) => (measure === null ? text('无', 'none') : measure.word === '' ? text('最近一次为其他', 'the latest is something else') : text(`最近一次为 ${measure.word}`, `the latest is ${measure.word}`)),
}

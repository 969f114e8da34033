import { sql } from 'kysely'
import type { Day } from '../../kernel/day.ts'
import { dayLiteral, exact, whole, type Decimal, type Sql } from './exact.ts'
import type { Part } from './part.ts'
import type { Fact } from './source.ts'

/** Which records count (筛选条件). Every field that is given must hold; a list means any of its words. */
export type Where = {
  readonly kind: readonly string[]
  readonly class: readonly string[] | null
  /** Has at least one of these tags. */
  readonly tags: readonly string[] | null
  /** Has none of these tags. */
  readonly without_tags: readonly string[] | null
  readonly department: readonly string[] | null
  readonly sector: readonly string[] | null
  readonly grade: readonly string[] | null
  /** In yuan, half-open: at least `from`, less than `below`. */
  readonly amount: { readonly from: Decimal | null; readonly below: Decimal | null } | null
  /** `running`: in effect by its own terms on the day; `ended`: no longer. */
  readonly effect: 'any' | 'running' | 'ended'
}

const FIELDS = ['kind', 'class', 'tags', 'without_tags', 'department', 'sector', 'grade', 'amount', 'effect']
const MOST_YUAN = 1_000_000_000_000n

/** Reads a filter. `kind` may be left out only where a surrounding filter gives it. */
export function parseWhere(part: Part, kindNeeded: boolean): Where {
  part.only(FIELDS)
  const amount = part.at('amount')
  if (amount.given) amount.only(['from', 'below'])
  return {
    kind: kindsOf(part.at('kind'), kindNeeded),
    class: part.at('class').texts(),
    tags: part.at('tags').texts(),
    without_tags: part.at('without_tags').texts(),
    department: part.at('department').texts(),
    sector: part.at('sector').texts(),
    grade: part.at('grade').texts(),
    amount: amount.given ? { from: amount.at('from').decimalOrNull(2, MOST_YUAN), below: amount.at('below').decimalOrNull(2, MOST_YUAN) } : null,
    effect: part.at('effect').given ? part.at('effect').oneOf(['any', 'running', 'ended'] as const) : 'any',
  }
}

function kindsOf(part: Part, needed: boolean): readonly string[] {
  if (needed) return part.texts() ?? [part.text()]
  const none = !part.given || (Array.isArray(part.value) && part.value.length === 0)
  return none ? [] : part.texts()!
}

/** The filter as a function of one record on a day. */
export function matcher(where: Where, on: Day): (fact: Fact) => boolean {
  const tests: ((fact: Fact) => boolean)[] = []
  const word = (words: readonly string[] | null, of: (fact: Fact) => string | null) => {
    if (words === null || words.length === 0) return
    const only = words[0]!
    if (words.length === 1) tests.push((fact) => of(fact) === only)
    else {
      const set: ReadonlySet<string | null> = new Set(words)
      tests.push((fact) => set.has(of(fact)))
    }
  }
  word(where.kind, (fact) => fact.kind)
  word(where.class, (fact) => fact.class)
  word(where.department, (fact) => fact.department)
  word(where.sector, (fact) => fact.sector)
  word(where.grade, (fact) => fact.grade)
  if (where.tags) tests.push(hasTag(where.tags))
  if (where.without_tags) {
    const has = hasTag(where.without_tags)
    tests.push((fact) => !has(fact))
  }
  if (where.effect === 'running') tests.push((fact) => fact.ends_on === null || fact.ends_on > on)
  if (where.effect === 'ended') tests.push((fact) => fact.ends_on !== null && fact.ends_on <= on)
  if (where.amount) {
    const from = where.amount.from === null ? null : exact(where.amount.from, 2)
    const below = where.amount.below === null ? null : exact(where.amount.below, 2)
    tests.push((fact) => {
      if (fact.amount_fen === null) return false
      // A number and a bigint compare exactly.
      const fen = typeof fact.amount_fen === 'string' ? BigInt(fact.amount_fen) : fact.amount_fen
      return (from === null || fen >= from) && (below === null || fen < below)
    })
  }
  const [one, other, ...further] = tests
  if (one === undefined) return () => true
  if (other === undefined) return one
  if (further.length === 0) return (fact) => one(fact) && other(fact)
  return (fact) => one(fact) && other(fact) && further.every((test) => test(fact))
}

function hasTag(words: readonly string[]): (fact: Fact) => boolean {
  return ({ tags }) => {
    for (const tag of tags) if (words.includes(tag)) return true
    return false
  }
}

/** The same filter as a condition on the row `r`. Words are bound, never spliced. */
export function whereSql(where: Where, on: Day): Sql[] {
  const conditions: Sql[] = []
  const word = (column: string, words: readonly string[] | null) => {
    if (words === null || words.length === 0) return
    const ref = sql.raw(`r."${column}"`)
    conditions.push(words.length === 1 ? sql`${ref} = ${words[0]}` : sql`${ref} in (${sql.join([...words])})`)
  }
  word('kind', where.kind)
  word('class', where.class)
  word('department', where.department)
  word('sector', where.sector)
  word('grade', where.grade)
  if (where.tags) conditions.push(hasTagSql(where.tags))
  if (where.without_tags) conditions.push(sql`not ${hasTagSql(where.without_tags)}`)
  if (where.effect === 'running') conditions.push(sql`(r.ends_on is null or r.ends_on > ${dayLiteral(on)})`)
  if (where.effect === 'ended') conditions.push(sql`r.ends_on <= ${dayLiteral(on)}`)
  if (where.amount) conditions.push(sql`r.amount_fen is not null`)
  if (where.amount?.from != null) conditions.push(sql`r.amount_fen >= ${whole(exact(where.amount.from, 2))}`)
  if (where.amount?.below != null) conditions.push(sql`r.amount_fen < ${whole(exact(where.amount.below, 2))}`)
  return conditions
}

/** Whether the row `r` has any of the tags. One word after the other: taking two arrays apart to see whether they overlap costs several times as much. */
function hasTagSql(tags: readonly string[]): Sql {
  return sql`coalesce(${sql.join(tags.map((tag) => sql`${tag} = any(r.tags)`), sql` or `)}, false)`
}

import { sql } from 'kysely'
import type { Day } from '../../kernel/day.ts'
import { NEVER, type DatedFact } from './dated.ts'
import { dayLiteral, exact, FACTOR_PLACES, type Decimal, type Sql } from './exact.ts'
import type { Turn } from './measure.ts'
import type { Part } from './part.ts'
import { text } from '../../kernel/text.ts'
import type { Fact } from './source.ts'
import { cutoff, endOfNumber, type Span } from './span.ts'
import { matcher, parseWhere, whereSql, type Where } from './where.ts'

/** One step of decay (衰减): a record decided within the span counts by the factor. */
export type DecayStep = { readonly within: Span; readonly factor: Decimal }

/** Which records a characteristic takes, from how far back, and how much each counts. */
export type Selection = {
  readonly where: Where
  /** Only records decided within it; null means all. */
  readonly window: Span | null
  /** Empty: each counts fully. */
  readonly decay: readonly DecayStep[]
  /** The factor after the last step. */
  readonly beyond: Decimal
}

/** The fields of a selection. */
export const SELECTION_FIELDS = ['where', 'window', 'decay', 'beyond']

/** Reads a selection; `decays` says whether the operator can weigh records. */
export function parseSelection(part: Part, decays: boolean): Selection {
  const decay = part.at('decay')
  if (!decays && (decay.list().length > 0 || (part.at('beyond').given && part.at('beyond').value !== '0'))) {
    decay.problem('decay-not-possible', '该运算不支持衰减', 'this operator knows no decay', text('删去 decay,或改用 count、sum', 'Leave decay out, or use count or sum'))
  }
  const steps = decay.list().map((step) => {
    step.only(['within', 'factor'])
    const factor = step.at('factor').decimal(FACTOR_PLACES, 10n)
    if (factor.startsWith('-')) step.problem('negative-factor', '系数不得为负', 'a factor cannot be negative', text('写 0 至 10', 'Write 0 to 10'))
    return { within: step.at('within').span(), factor }
  })
  steps.forEach((step, index) => {
    const before = steps[index - 1]
    if (before && (before.within.unit !== step.within.unit || before.within.count >= step.within.count)) {
      decay.problem('decay-unordered', '各档期限须同一单位且递增', 'the spans of the steps must have one unit and grow', text('由近到远排列', 'Order them from near to far'))
    }
  })
  const window = part.at('window')
  const beyond = part.at('beyond')
  return { where: parseWhere(part.at('where'), true), window: window.given ? window.span() : null, decay: steps, beyond: beyond.given ? beyond.decimal(FACTOR_PLACES, 10n) : '0' }
}

/** How a record counts over time under a selection (时间效果): all that looking ahead needs to know. */
export type Course = {
  /** Whether the record can count on any day at all; its kind is taken as right. */
  ever(fact: Fact): boolean
  /** The share that counts on a day, in hundredths; 0 when it does not count. */
  shareOn(record: DatedFact, on: number): number
  /** The first day after another on which the record may begin, cease or change to count; NEVER when there is none. */
  turnAfter(record: DatedFact, on: number): number
}

/** The course of records under a selection. `ending`: whether it matters that a record ends, though the selection itself does not ask. */
export function courseOf(selection: Selection, ending = false): Course {
  const { effect } = selection.where
  const ends = selection.window === null ? () => NEVER : endOfNumber(selection.window)
  const steps = selection.decay.map((step) => ({ end: endOfNumber(step.within), factor: Number(exact(step.factor, FACTOR_PLACES)) }))
  const beyond = Number(exact(selection.beyond, FACTOR_PLACES))
  const asksForEnd = ending || effect !== 'any'
  const spans = turnsOf(selection).map(({ span }) => endOfNumber(span))
  return {
    ever: matcher({ ...selection.where, kind: [], effect: 'any' }, '0000-01-01' as Day),
    shareOn(record, on) {
      const { decided } = record
      if (decided > on || record.useEnds <= on || ends(decided) <= on) return 0
      if (effect !== 'any' && (effect === 'running') !== (record.ends > on)) return 0
      if (steps.length === 0) return 100
      for (const step of steps) if (step.end(decided) > on) return step.factor
      return beyond
    },
    turnAfter(record, on) {
      const { decided } = record
      let first = decided > on ? decided : NEVER
      if (record.useEnds > on && record.useEnds < first) first = record.useEnds
      if (asksForEnd && record.ends > on && record.ends < first) first = record.ends
      for (const span of spans) {
        const end = span(decided)
        if (end > on && end < first) first = end
      }
      return first
    },
  }
}

/**
 * The condition under which a record is taken, on the row `r`. PostgreSQL tests from left to right and stops at the first that fails, for every record of the
 * population and every characteristic: the kind, which most records fail, comes first, and tags, which cost the most, last.
 */
export function takenSql(selection: Selection, on: Day, further: readonly Sql[] = []): Sql {
  const from = selection.window === null ? [] : [sql`r.decided_on >= ${dayLiteral(cutoff(on, selection.window))}`]
  const conditions = whereSql(selection.where, on)
  const kind = selection.where.kind.length === 0 ? [] : conditions.slice(0, 1)
  return sql.join([...kind, ...from, sql`r.decided_on <= ${dayLiteral(on)}`, ...conditions.slice(kind.length), ...further], sql` and `)
}

/** The share in hundredths of a taken record, on the row `r`. */
export function shareSql(selection: Selection, on: Day): Sql {
  const factor = (text: Decimal) => sql.raw(String(exact(text, FACTOR_PLACES)))
  const steps = selection.decay.map((step) => sql`when r.decided_on >= ${dayLiteral(cutoff(on, step.within))} then ${factor(step.factor)}`)
  return sql`case ${sql.join(steps, sql` `)} else ${factor(selection.beyond)} end`
}

/** The spans after which a record counts differently. */
export function turnsOf(selection: Selection): Turn[] {
  const spans = [...(selection.window ? [selection.window] : []), ...selection.decay.map((step) => step.within)]
  return spans.map((span) => ({ span, kinds: selection.where.kind }))
}

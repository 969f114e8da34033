import fc from 'fast-check'
import { addDays, day, type Day } from '../../../kernel/day.ts'
import type { Fact, Subject } from '../source.ts'

/** Random models, records and subjects for properties. The ranges are small, so that edges, ties and caps are met often. */

const KINDS = ['licence', 'penalty', 'public-grade', 'complaint']
const CLASSES = ['minor', 'general', 'serious']
const TAGS = ['警告', '罚款', '吊销许可证件']
const GRADES = ['A', 'B', 'C', 'D']
const FIRST = day('2022-01-01')
const LAST_OFFSET = 1800

/** A day around which everything happens. */
export const someDay: fc.Arbitrary<Day> = fc.integer({ min: 0, max: LAST_OFFSET }).map((offset) => addDays(FIRST, offset))

/** The day of an evaluation; month ends are met often. */
export const evaluationDay: fc.Arbitrary<Day> = fc.oneof(someDay, fc.constantFrom(day('2024-02-28'), day('2024-02-29'), day('2025-02-28'), day('2024-03-31'), day('2025-08-31')))

const decimal = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((cents) => String(cents / 100))
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 2 })
const some = (words: readonly string[]) => fc.subarray([...words], { minLength: 1 })
const span = fc.oneof(fc.constantFrom('1 months', '6 months', '12 months', '3 years'), fc.integer({ min: 1, max: 400 }).map((days) => `${days} days`))

const where = fc.record({
  kind: some(KINDS),
  class: orNull(some(CLASSES)),
  tags: orNull(some(TAGS)),
  without_tags: orNull(some(TAGS)),
  department: orNull(fc.constantFrom('environment', ['water', 'health'])),
  amount: orNull(fc.record({ from: orNull(fc.constantFrom('0', '500', '1000.5')), below: orNull(fc.constantFrom('2000', '100000')) })),
  effect: fc.constantFrom('any', 'running', 'ended'),
})

const decay = fc.oneof(
  fc.constant([]),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 24 }), decimal(0, 1), decimal(0, 2)).map(([near, more, one, two]) => [
    { within: `${near} months`, factor: one },
    { within: `${near + more} months`, factor: two },
  ]),
)

/** Intervals that cover all numbers, from rising edges. */
function intervals(edges: readonly number[]): { from: string | null; below: string | null }[] {
  const texts = [...new Set(edges)].sort((a, b) => a - b).map(String)
  return [null, ...texts].map((from, index) => ({ from, below: texts[index] ?? null }))
}

function bins(edge: fc.Arbitrary<number>) {
  return fc.tuple(fc.array(edge, { maxLength: 4 }), fc.array(decimal(-40, 40), { minLength: 5, maxLength: 5 })).map(([edges, points]) => ({ bins: intervals(edges).map((bin, index) => ({ ...bin, points: points[index]! })) }))
}

const per = (every: fc.Arbitrary<string | null>) => fc.record({ points: decimal(-9, 9), every, min: orNull(decimal(-60, -1)), max: orNull(decimal(1, 60)) }).map((each) => ({ per: each }))
const map = (words: readonly string[]) => fc.tuple(some(words), decimal(-20, 20), decimal(-20, 20)).map(([named, one, other]) => ({ map: Object.fromEntries(named.map((word) => [word, one])), other }))
const none = decimal(-10, 10)

const characteristic = fc.oneof(
  fc.record({ operator: fc.constant('count'), where, window: orNull(span), decay, beyond: fc.constantFrom('0', '0.3') }).chain((spec) => fc.oneof(bins(fc.integer({ min: 0, max: 4 })), bins(fc.constantFrom(0.6, 1.2, 1.5)), per(fc.constantFrom(null, '1', '2'))).map((award) => ({ ...spec, ...award }))),
  fc.record({ operator: fc.constant('sum'), where, window: orNull(span), decay, beyond: fc.constant('0') }).chain((spec) => fc.oneof(bins(fc.constantFrom(0, 1000, 2500.75, 9000)), per(fc.constantFrom('1', '1000', '333.33'))).map((award) => ({ ...spec, ...award }))),
  fc.record({ operator: fc.constant('presence'), where, window: orNull(span), present: decimal(-20, 20), absent: decimal(-20, 20) }),
  fc.record({ operator: fc.constant('days-since'), where, window: orNull(span), none }).chain((spec) => fc.oneof(bins(fc.integer({ min: 0, max: 900 })), per(fc.constantFrom('1', '30', '365'))).map((award) => ({ ...spec, ...award }))),
  fc.record({ operator: fc.constant('ratio'), where, window: orNull(span), hits: fc.record({ class: orNull(some(CLASSES)), effect: fc.constantFrom('any', 'running') }), none }).chain((spec) => bins(fc.constantFrom(0, 33.3333, 33.3334, 50, 66.67, 100)).map((award) => ({ ...spec, ...award }))),
  fc.constantFrom('grade', 'class', 'tags').chain((of) => fc.record({ operator: fc.constant('latest'), of: fc.constant(of), where, window: orNull(span), none }).chain((spec) => map(of === 'grade' ? GRADES : of === 'class' ? CLASSES : TAGS).map((award) => ({ ...spec, ...award })))),
  fc.record({ operator: fc.constant('attribute'), of: fc.constant('age'), none }).chain((spec) => bins(fc.integer({ min: 0, max: 60 })).map((award) => ({ ...spec, ...award }))),
  fc.constantFrom('type', 'status', 'industry').chain((of) => map(['enterprise', 'active', 'H62']).map((award) => ({ operator: 'attribute', of, none: '1', ...award }))),
)

const text = { zh: '随机', en: 'random' }
const WORD_OPERATORS = new Set(['latest', 'attribute'])

function weights(count: number): fc.Arbitrary<string[]> {
  return fc.array(fc.integer({ min: 1, max: 10_000 - count }), { minLength: count - 1, maxLength: count - 1 }).map((cuts) => {
    const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), 10_000]
    while (edges.length < count + 1) edges.splice(1, 0, edges[1]! / 2 > 1 ? Math.floor(edges[1]! / 2) : 1)
    const parts = edges.slice(1).map((edge, index) => edge - edges[index]!)
    return parts.every((part) => part > 0) ? parts.map((part) => String(part / 100)) : Array.from({ length: count }, (_, index) => (index === 0 ? String(100 - (count - 1)) : '1'))
  })
}

/** A random model as a file would hold it. */
export const rawModel: fc.Arbitrary<Record<string, unknown>> = fc
  .record({ weighted: fc.boolean(), dimensions: fc.array(fc.array(characteristic, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }), better: fc.constantFrom('high', 'low'), edges: fc.uniqueArray(fc.integer({ min: -20, max: 120 }), { minLength: 1, maxLength: 4 }), until: orNull(fc.constant('2027-01-01')) })
  .chain((shape) => fc.record({ shape: fc.constant(shape), weights: weights(shape.dimensions.length), base: decimal(0, 100), bounds: fc.boolean(), vetoes: fc.array(fc.record({ at: fc.nat(20), grade: fc.nat(5), effect: fc.constantFrom('grade', 'at_most', 'down', 'outside'), edge: fc.constantFrom('0', '1', '2', '30'), absent: fc.boolean() }), { maxLength: 3 }), missing: fc.boolean() }))
  .map(({ shape, weights: shares, base, bounds, vetoes, missing }) => {
    const dimensions = shape.dimensions.map((characteristics, d) => ({
      key: `d${d}`, title: text,
      ...(shape.weighted ? { weight: shares[d], base, min: '0', max: '100' } : { base: '0', ...(bounds ? { min: '-30', max: '25.5' } : {}) }),
      characteristics: characteristics.map((each, c) => ({ ...each, key: `d${d}c${c}`, title: text })),
    }))
    const all = dimensions.flatMap((dimension) => dimension.characteristics) as { key: string; operator: string; of?: string; map?: Record<string, string> }[]
    const bands = intervals(shape.edges).map((band, index) => ({ ...band, grade: `G${index}` }))
    const condition = (at: number, edge: string, absent: boolean) => {
      const each = all[at % all.length]!
      if (absent) return { characteristic: each.key, absent: true }
      return WORD_OPERATORS.has(each.operator) && each.of !== 'age' ? { characteristic: each.key, is: ['B', 'serious', 'enterprise'] } : { characteristic: each.key, from: edge }
    }
    return {
      key: 'random', title: text, scale: 'random', sector: 'all', kind: 'industry', status: 'reference', level: shape.until ? 'local' : 'national',
      in_force: { from: '2000-01-01', until: shape.until }, basis: [{ kind: 'practice', text: 'random', status: 'unconfirmed' }],
      arithmetic: shape.weighted ? 'weighted' : 'additive', base: shape.weighted ? '0' : base, ...(bounds ? { min: '0', max: '110' } : {}), better: shape.better, dimensions, bands,
      vetoes: vetoes.map((veto, index) => ({ key: `v${index}`, title: text, when: condition(veto.at, veto.edge, veto.absent), ...(veto.effect === 'down' ? { down: 1 + (veto.grade % 2) } : veto.effect === 'outside' ? { grade: 'X' } : { [veto.effect]: `G${veto.grade % bands.length}` }) })),
      ...(missing ? { missing: { when: condition(0, '0', true), grade: 'M' } } : {}),
    }
  })

const KNOWN = [new Date('2022-06-01T00:00:00Z'), new Date('2024-06-01T00:00:00Z')]

/** A record without its ids. */
const rawFact = (kinds: readonly string[], tags: readonly string[]): fc.Arbitrary<Omit<Fact, 'subject_id' | 'record_id' | 'fact_id'>> => fc.record({
  kind: fc.constantFrom(...kinds),
  decided_on: someDay,
  ends_on: orNull(someDay),
  use_ends_on: orNull(someDay),
  class: orNull(fc.constantFrom(...CLASSES)),
  tags: fc.subarray([...tags], { maxLength: Math.min(3, tags.length) }),
  department: orNull(fc.constantFrom('environment', 'water', 'health')),
  sector: orNull(fc.constantFrom('environment', 'water')),
  amount_fen: orNull(fc.integer({ min: 0, max: 500_000 })),
  grade: orNull(fc.constantFrom(...GRADES, 'E', '二级')),
  known_from: fc.constantFrom(...KNOWN),
  known_until: fc.option(fc.constant(new Date('2024-06-01T00:00:00Z')), { nil: null, freq: 5 }),
  withdrawn: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

/** Subjects of some sectors with their records, of these kinds and tags. */
export const populationOf = (kinds: readonly string[], tags: readonly string[], sectors: readonly string[] = []) => fc.array(
  fc.record({
    type: fc.constantFrom('enterprise', 'individual-business'),
    status: fc.constantFrom('active', 'dormant'),
    industry: orNull(fc.constantFrom('H62', 'P83')),
    founded_on: orNull(someDay),
    facts: fc.array(rawFact(kinds, tags), { maxLength: 7 }),
  }),
  { minLength: 1, maxLength: 8 },
).map((subjects): { subject: Subject; facts: Fact[] }[] =>
  subjects.map(({ facts, ...rest }, index) => {
    const subject_id = index + 1
    return { subject: { ...rest, subject_id, sectors }, facts: facts.map((fact, place) => ({ ...fact, subject_id, record_id: subject_id * 100 + place, fact_id: subject_id * 100 + place })) }
  }),
)

/** Subjects and records that random models look at. */
export const population = populationOf([...KINDS, 'other'], TAGS)

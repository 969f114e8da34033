import { numberOf, type Day } from '../../kernel/day.ts'
import { decimal } from '../../kernel/money.ts'
import type { Text } from '../../kernel/text.ts'
import { awarding } from './award.ts'
import { dated, dayWritten, NEVER, remembering, rememberingNumbers, type DatedFact } from './dated.ts'
import { AWARD_PLACES, clamp, exact, POINTS_PLACES, SCORE_PLACES } from './exact.ts'
import { modelHash } from './hash.ts'
import { edge, reaches, type Measure, type Prepared } from './measure.ts'
import type { Characteristic, Condition, Dimension, Model } from './model.ts'
import { operatorOf } from './operators/index.ts'
import { mustBeInForce, outlineOf, score, scoreOrNull, weightOf, type Outline } from './outline.ts'
import { courseOf, type Course } from './selection.ts'
import type { Fact, Subject } from './source.ts'
import { cutoff, endOfNumber } from './span.ts'

/** The result of a model for one subject: the same as a row of the compiled statement. */
export type Result = { readonly score: string; readonly grade: string; readonly holds_until: Day | null }

/** The records that may ever count for a characteristic, and how much each counts on the day, in hundredths. */
export type Taken = { readonly records: readonly DatedFact[]; readonly shares: readonly number[] }

/** What is said of a measure, worked out once for all subjects. */
export type Told = {
  /** Held with AWARD_PLACES; null for signals. */
  readonly award: bigint | null
  /** What it adds to the score, after the weight. */
  readonly points: string
  readonly value: string | null
  words(records: number): Text
}

/** A result with the parts that explain it; all scores are held with SCORE_PLACES. */
export type Working = {
  readonly result: Result
  readonly taken: readonly Taken[]
  readonly measures: readonly (Measure | null)[]
  readonly told: readonly Told[]
  /** What each dimension's cap took away or gave, held with AWARD_PLACES. */
  readonly dimensionCaps: readonly bigint[]
  readonly modelCap: bigint
  readonly bandGrade: string
  readonly vetoes: readonly boolean[]
  readonly missing: boolean
}

/** A characteristic made ready: its operator, its selection over time (null when it looks at no records), and what is told of its measures. */
export type ReadyCharacteristic = Prepared & { readonly characteristic: Characteristic; readonly course: Course | null; told(measure: Measure | null): Told }

/** A model made ready for one day. */
export type Ready = {
  work(subject: Subject, facts: readonly Fact[]): Working
  score(subject: Subject, facts: readonly Fact[]): Result
}

const AWARD_SCALE = 10n ** BigInt(AWARD_PLACES - POINTS_PLACES)
const NONE: Taken = { records: [], shares: [] }

/** A model compiled to closures, for as many subjects as there are. */
export type PreparedModel = {
  readonly model: Model
  readonly hash: string
  readonly outline: Outline
  readonly characteristics: readonly ReadyCharacteristic[]
  /** Makes the model ready for one day. */
  at(on: Day, knownAt?: Date): Ready
}

/** Compiles a model to closures. */
export function prepare(model: Model): PreparedModel {
  const outline = outlineOf(model)
  const place = new Map(outline.characteristics.map(({ key }, index) => [key, index]))
  const dimensions = dimensionsOf(model, place)
  const [base, min, max] = [score(model.base), scoreOrNull(model.min), scoreOrNull(model.max)]
  const conditions = model.vetoes.map((veto) => conditionOf(veto.when, place.get(veto.when.characteristic)!))
  const missingWhen = model.missing ? conditionOf(model.missing.when, place.get(model.missing.when.characteristic)!) : () => false
  const weights = new Map(model.dimensions.flatMap(({ weight, characteristics }) => characteristics.map((each) => [each, weightOf(weight)] as const)))
  const characteristics = outline.characteristics.map((each) => readyOf(each, outline, weights.get(each) ?? 0n))
  const takings = characteristics.map((each) => takingOf(each, outline))
  let last: { readonly on: Day; readonly ready: Ready } | null = null
  return {
    model, outline, characteristics, hash: modelHash(model),
    at(on, knownAt) {
      if (knownAt === undefined && last?.on === on) return last.ready
      mustBeInForce(model, on)
      const today = numberOf(on)
      const usable = usableOn(outline, today, knownAt)
      const boundOf = bounding(model, outline, today)
      const work = (subject: Subject, facts: readonly Fact[]): Working => {
        const used = usable(facts)
        const taken = takings.map((take) => take(used, today))
        const measures = characteristics.map((each, index) => each.read(taken[index]!.records, taken[index]!.shares, today, subject))
        const told = characteristics.map((each, index) => each.told(measures[index]!))
        let total = base
        const dimensionCaps = dimensions.map((dimension) => {
          let sum = dimension.base
          for (const index of dimension.places) sum += told[index]!.award!
          const kept = clamp(sum, dimension.min, dimension.max)
          total += kept * dimension.weight
          return kept - sum
        })
        const kept = clamp(total, min, max)
        const vetoes = conditions.map((holds) => holds(measures))
        const missing = missingWhen(measures)
        let band = 0
        while (band < outline.thresholds.length && kept >= outline.thresholds[band]!) band += 1
        const rank = model.better === 'high' ? outline.thresholds.length - band : band
        let holds = boundOf(used)
        for (const [index, each] of characteristics.entries()) if (each.next) holds = Math.min(holds, each.next(measures[index]!, subject, today))
        return {
          result: { score: decimal(kept, SCORE_PLACES), grade: gradeOf(model, outline, rank, vetoes, missing), holds_until: holds === NEVER ? null : dayWritten(holds) },
          taken, measures, told, dimensionCaps, modelCap: kept - total, bandGrade: outline.grades[rank]!, vetoes, missing,
        }
      }
      const made: Ready = { work, score: (subject, facts) => work(subject, facts).result }
      if (knownAt === undefined) last = { on, ready: made }
      return made
    },
  }
}

function readyOf(characteristic: Characteristic, outline: Outline, weight: bigint): ReadyCharacteristic {
  const operator = operatorOf(characteristic)
  const selection = operator.selection(characteristic)
  const award = characteristic.award && awarding(characteristic.award)
  const tell = (measure: Measure | null): Told => {
    const points = award && award(measure)
    return {
      award: points, points: decimal((points ?? 0n) * weight, SCORE_PLACES), value: measure === null ? null : operator.value(measure),
      words: rememberingNumbers(64, (records: number) => operator.words(characteristic, measure, records)),
    }
  }
  return {
    ...operator.prepare(characteristic, outline.asked.get(characteristic.key)!), characteristic, told: remembering(tell),
    course: selection && courseOf(selection, 'hits' in characteristic && characteristic.hits.effect !== 'any'),
  }
}

/** The records that may be used, known and not withdrawn, in their order; `byKind` in the order of the outline's kinds. Later decisions are among them. */
type Used = { readonly all: readonly DatedFact[]; readonly byKind: readonly (readonly DatedFact[])[] }

/** Which records may be used on a day, as known at an instant (now when none is given). */
function usableOn(outline: Outline, on: number, knownAt?: Date): (facts: readonly Fact[]) => Used {
  const places = new Map(outline.kinds.map((kind, at) => [kind, at]))
  const until = (fact: Fact) => (fact.known_until === null ? Infinity : Number(fact.known_until))
  const at = knownAt?.getTime()
  const known = at === undefined ? (fact: Fact) => until(fact) === Infinity : (fact: Fact) => fact.known_from.getTime() <= at && at < until(fact)
  return (facts) => {
    const all: DatedFact[] = []
    const byKind = outline.kinds.map((): DatedFact[] => [])
    for (const fact of facts) {
      const kind = places.get(fact.kind)
      if (kind === undefined || fact.withdrawn || !known(fact)) continue
      const record = dated(fact)
      if (record.useEnds <= on) continue
      all.push(record)
      byKind[kind]!.push(record)
    }
    return { all, byKind }
  }
}

/** How a characteristic finds its records among those of a subject: most look at one kind only. */
function takingOf({ characteristic, course }: ReadyCharacteristic, outline: Outline): (used: Used, on: number) => Taken {
  const selection = operatorOf(characteristic).selection(characteristic)
  if (selection === null || course === null) return () => NONE
  const kinds = selection.where.kind
  const only = outline.kinds.indexOf(kinds[0]!)
  const ofKinds = kinds.length === 1 ? ({ byKind }: Used) => byKind[only]! : ({ all }: Used) => all.filter(({ fact }) => kinds.includes(fact.kind))
  return (used, on) => {
    const of = ofKinds(used)
    if (of.length === 0) return NONE
    const records: DatedFact[] = []
    const shares: number[] = []
    for (const record of of) {
      if (!course.ever(record.fact)) continue
      records.push(record)
      shares.push(course.shareOn(record, on))
    }
    return { records, shares }
  }
}

/** The first day on which any record begins, ends or leaves a span of its kind, or the model ends. */
function bounding(model: Model, outline: Outline, on: number): (used: Used) => number {
  const spans = outline.turns.map(({ span }) => endOfNumber(span))
  const kinds = outline.kinds.map((kind) => ({
    ending: outline.endingKinds.includes(kind),
    turns: outline.turns.flatMap((turn, at) => (turn.kinds.includes(kind) ? [{ at, since: numberOf(cutoff(dayWritten(on), turn.span)) }] : [])),
  }))
  const until = model.in_force.until === null ? NEVER : numberOf(model.in_force.until)
  return ({ byKind }) => {
    let bound = until
    const firsts = spans.map(() => NEVER)
    for (const [kind, { ending, turns }] of kinds.entries()) {
      for (const { decided, ends, useEnds } of byKind[kind]!) {
        if (useEnds < bound) bound = useEnds
        if (ending && ends > on && ends < bound) bound = ends
        if (decided > on) bound = Math.min(bound, decided)
        else for (const { at, since } of turns) if (decided >= since && decided < firsts[at]!) firsts[at] = decided
      }
    }
    for (const [at, first] of firsts.entries()) if (first !== NEVER) bound = Math.min(bound, spans[at]!(first))
    return bound
  }
}

function dimensionsOf(model: Model, place: ReadonlyMap<string, number>) {
  const held = (points: string | null) => (points === null ? null : exact(points, POINTS_PLACES) * AWARD_SCALE)
  return model.dimensions.map((dimension: Dimension) => ({
    base: held(dimension.base)!,
    min: held(dimension.min),
    max: held(dimension.max),
    weight: weightOf(dimension.weight),
    places: dimension.characteristics.map(({ key }) => place.get(key)!),
  }))
}

function conditionOf(condition: Condition, index: number): (measures: readonly (Measure | null)[]) => boolean {
  if (condition.absent) return (measures) => measures[index] === null
  const from = condition.from === null ? null : edge(condition.from)
  const below = condition.below === null ? null : edge(condition.below)
  return (measures) => {
    const measure = measures[index]!
    if (measure === null) return false
    if (condition.is !== null) return condition.is.includes(measure.word ?? '')
    return (from === null || reaches(measure, from)) && (below === null || !reaches(measure, below))
  }
}

/**
 * The grade after vetoes. Steps down come first; then the lowest of direct grades and caps. A direct grade outside the bands replaces all,
 * the first in the model's order; the grade for missing data gives way to direct grades only.
 */
function gradeOf(model: Model, outline: Outline, rank: number, vetoes: readonly boolean[], missing: boolean): string {
  let [place, floor, direct] = [rank, 0, false]
  for (const [index, veto] of model.vetoes.entries()) {
    if (!vetoes[index]) continue
    if (veto.down !== null) place += veto.down
    const named = veto.grade ?? veto.at_most
    if (named === null) continue
    const at = outline.grades.indexOf(named)
    if (at < 0) return named
    if (veto.grade !== null) direct = true
    floor = Math.max(floor, at)
  }
  if (missing && !direct) return model.missing!.grade
  return outline.grades[Math.max(Math.min(place, outline.grades.length - 1), floor)]!
}

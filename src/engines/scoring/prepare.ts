import { earliest, type Day } from '../../kernel/day.ts'
import { decimal } from '../../kernel/money.ts'
import { awarding } from './award.ts'
import { AWARD_PLACES, clamp, exact, POINTS_PLACES, SCORE_PLACES } from './exact.ts'
import { modelHash } from './hash.ts'
import { edge, reaches, type Measure, type Prepared } from './measure.ts'
import type { Characteristic, Condition, Dimension, Model } from './model.ts'
import { operatorOf } from './operators/index.ts'
import { mustBeInForce, outlineOf, score, scoreOrNull, weightOf, type Outline } from './outline.ts'
import type { Fact, Subject } from './source.ts'
import { cutoff, endOf } from './span.ts'
import { matcher } from './where.ts'

/** The result of a model for one subject: the same as a row of the compiled statement. */
export type Result = { readonly score: string; readonly grade: string; readonly holds_until: Day | null }

/** A result with the parts that explain it; all scores are held with SCORE_PLACES. */
export type Working = {
  readonly result: Result
  readonly measures: readonly (Measure | null)[]
  /** Points of each characteristic, held with AWARD_PLACES, in the order of the model; null for signals. */
  readonly awards: readonly (bigint | null)[]
  /** What each dimension's cap took away or gave, held with AWARD_PLACES. */
  readonly dimensionCaps: readonly bigint[]
  readonly modelCap: bigint
  readonly bandGrade: string
  readonly vetoes: readonly boolean[]
  readonly missing: boolean
}

/** A characteristic made ready for one day. */
export type ReadyCharacteristic = Prepared & { readonly characteristic: Characteristic; readonly award: ((measure: Measure | null) => bigint) | null }

/** A model made ready for one day. */
export type Ready = {
  readonly characteristics: readonly ReadyCharacteristic[]
  /** The records of one subject that may be used: known, not withdrawn, of the kinds looked at. Later decisions are still among them. */
  usable(facts: readonly Fact[]): Fact[]
  work(subject: Subject, facts: readonly Fact[]): Working
  score(subject: Subject, facts: readonly Fact[]): Result
}

const AWARD_SCALE = 10n ** BigInt(AWARD_PLACES - POINTS_PLACES)

/** A model compiled to closures, for as many subjects as there are. What was made ready for a day is kept for the next subject. */
export type PreparedModel = {
  readonly model: Model
  readonly hash: string
  readonly outline: Outline
  /** Makes the model ready for one day. */
  at(on: Day, knownAt?: Date): Ready
  /** Makes one characteristic ready for one day. */
  ready(characteristic: Characteristic, on: Day): ReadyCharacteristic
  /** Whether a record can count for the characteristic on any day at all; null for those that look at no records. */
  ever(characteristic: Characteristic): ((fact: Fact) => boolean) | null
}

// Days for which something is kept ready: the coming years, in which records leave their windows.
const DAYS_KEPT = 1_500

/** Compiles a model to closures. */
export function prepare(model: Model): PreparedModel {
  const outline = outlineOf(model)
  const place = new Map(outline.characteristics.map(({ key }, index) => [key, index]))
  const dimensions = dimensionsOf(model, place)
  const [base, min, max] = [score(model.base), scoreOrNull(model.min), scoreOrNull(model.max)]
  const conditions = model.vetoes.map((veto) => conditionOf(veto.when, place.get(veto.when.characteristic)!))
  const missingWhen = model.missing ? conditionOf(model.missing.when, place.get(model.missing.when.characteristic)!) : () => false
  const awards = new Map(outline.characteristics.map((each) => [each, each.award && awarding(each.award)]))
  const kept = new Map(outline.characteristics.map((each) => [each, new Map<Day, ReadyCharacteristic>()]))
  const evers = new Map(outline.characteristics.map((each) => {
    const selection = operatorOf(each).selection(each)
    return [each, selection && matcher({ ...selection.where, effect: 'any' }, model.in_force.from)]
  }))
  const ready = (characteristic: Characteristic, on: Day): ReadyCharacteristic => {
    const days = kept.get(characteristic)!
    const known = days.get(on)
    if (known) return known
    if (days.size >= DAYS_KEPT) days.clear()
    const made = { ...operatorOf(characteristic).prepare(characteristic, on, outline.asked.get(characteristic.key)!), characteristic, award: awards.get(characteristic)! }
    days.set(on, made)
    return made
  }
  let last: { readonly on: Day; readonly ready: Ready } | null = null
  return {
    model, outline, hash: modelHash(model), ready,
    ever: (characteristic) => evers.get(characteristic)!,
    at(on, knownAt) {
      if (knownAt === undefined && last?.on === on) return last.ready
      mustBeInForce(model, on)
      const characteristics = outline.characteristics.map((characteristic) => ready(characteristic, on))
      const usable = usableOn(outline, on, knownAt)
      const boundOf = bounding(model, outline, on)
      const work = (subject: Subject, facts: readonly Fact[]): Working => {
        const used = usable(facts)
        const decided = used.filter((fact) => fact.decided_on <= on)
        const measures = characteristics.map((each) => each.read(decided, subject))
        const awards = characteristics.map((each, index) => each.award && each.award(measures[index]!))
        let total = base
        const dimensionCaps = dimensions.map((dimension) => {
          let sum = dimension.base
          for (const index of dimension.places) sum += awards[index]!
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
        characteristics.forEach((each, index) => (holds = earliest(holds, each.next(measures[index]!, subject))))
        return {
          result: { score: decimal(kept, SCORE_PLACES), grade: gradeOf(model, outline, rank, vetoes, missing), holds_until: holds },
          measures, awards, dimensionCaps, modelCap: kept - total, bandGrade: outline.grades[rank]!, vetoes, missing,
        }
      }
      const made: Ready = { characteristics, usable, work, score: (subject, facts) => work(subject, facts).result }
      if (knownAt === undefined) last = { on, ready: made }
      return made
    },
  }
}

/** Which records may be used on a day, as known at an instant (now when none is given). */
function usableOn(outline: Outline, on: Day, knownAt?: Date): (facts: readonly Fact[]) => Fact[] {
  const kinds = new Set(outline.kinds)
  const until = (fact: Fact) => (fact.known_until === null ? Infinity : Number(fact.known_until))
  const at = knownAt?.getTime()
  const known = at === undefined ? (fact: Fact) => until(fact) === Infinity : (fact: Fact) => fact.known_from.getTime() <= at && at < until(fact)
  return (facts) => facts.filter((fact) => kinds.has(fact.kind) && !fact.withdrawn && (fact.use_ends_on === null || fact.use_ends_on > on) && known(fact))
}

function bounding(model: Model, outline: Outline, on: Day): (used: readonly Fact[]) => Day | null {
  const ending = new Set(outline.endingKinds)
  const turns = outline.turns.map(({ span, kinds }) => ({ span, kinds: new Set(kinds), since: cutoff(on, span) }))
  return (used) => {
    let bound = model.in_force.until
    const firsts: (Day | null)[] = turns.map(() => null)
    for (const fact of used) {
      if (fact.use_ends_on !== null) bound = earliest(bound, fact.use_ends_on)
      if (fact.ends_on !== null && fact.ends_on > on && ending.has(fact.kind)) bound = earliest(bound, fact.ends_on)
      if (fact.decided_on > on) {
        bound = earliest(bound, fact.decided_on)
        continue
      }
      for (let index = 0; index < turns.length; index += 1) {
        const turn = turns[index]!
        if (fact.decided_on >= turn.since && turn.kinds.has(fact.kind)) firsts[index] = earliest(firsts[index]!, fact.decided_on)
      }
    }
    firsts.forEach((first, index) => {
      if (first !== null) bound = earliest(bound, endOf(first, turns[index]!.span))
    })
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

import type { Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { askedOf } from './asked.ts'
import { exact, POINTS_PLACES, SCORE_PLACES, WEIGHT_PLACES, type Decimal } from './exact.ts'
import type { Asked, Turn } from './measure.ts'
import { characteristicsOf, isInForce, type Characteristic, type Model } from './model.ts'
import { operatorOf } from './operators/index.ts'
import { turnsOf } from './selection.ts'
import { spanText } from './span.ts'

/** What both evaluators read from a model beside its rules: one definition, so that they cannot differ. */
export type Outline = {
  readonly characteristics: readonly Characteristic[]
  readonly asked: ReadonlyMap<string, Asked>
  /** Every kind of record that the model looks at. */
  readonly kinds: readonly string[]
  /** The kinds for which it matters whether they are still in effect. */
  readonly endingKinds: readonly string[]
  /** Each span once, with the kinds that leave it. */
  readonly turns: readonly Turn[]
  /** Grades, the best first. */
  readonly grades: readonly string[]
  /** The scores at which the next band begins, rising, held with SCORE_PLACES. */
  readonly thresholds: readonly bigint[]
}

/** Reads the outline of a model. */
export function outlineOf(model: Model): Outline {
  const characteristics = characteristicsOf(model)
  const kinds = new Set<string>()
  const endingKinds = new Set<string>()
  const turns = new Map<string, { span: Turn['span']; kinds: Set<string> }>()
  for (const characteristic of characteristics) {
    const selection = operatorOf(characteristic).selection(characteristic)
    if (selection === null) continue
    const effects = [selection.where.effect, ...('hits' in characteristic ? [characteristic.hits.effect] : [])]
    for (const kind of selection.where.kind) {
      kinds.add(kind)
      if (effects.some((effect) => effect !== 'any')) endingKinds.add(kind)
    }
    for (const { span, kinds: leaving } of turnsOf(selection)) {
      const turn = turns.get(spanText(span)) ?? { span, kinds: new Set() }
      leaving.forEach((kind) => turn.kinds.add(kind))
      turns.set(spanText(span), turn)
    }
  }
  const rising = model.bands[0]!.from === null ? model.bands : [...model.bands].reverse()
  const grades = rising.map(({ grade }) => grade)
  return {
    characteristics,
    asked: askedOf(model),
    kinds: [...kinds].sort(),
    endingKinds: [...endingKinds].sort(),
    turns: [...turns.values()].map(({ span, kinds: leaving }) => ({ span, kinds: [...leaving].sort() })),
    grades: model.better === 'high' ? grades.reverse() : grades,
    thresholds: rising.slice(1).map((band) => score(band.from!)),
  }
}

/** Points of the model, held with SCORE_PLACES. */
export function score(points: Decimal): bigint {
  return exact(points, POINTS_PLACES) * 10n ** BigInt(SCORE_PLACES - POINTS_PLACES)
}

/** {@link score} where a bound may be missing. */
export function scoreOrNull(points: Decimal | null): bigint | null {
  return points === null ? null : score(points)
}

/** The weight of a dimension, held with four places; 1 in additive models. */
export function weightOf(weight: Decimal | null): bigint {
  return weight === null ? 10_000n : exact(weight, WEIGHT_PLACES)
}

/** Refuses a day on which the model is not in force. */
export function mustBeInForce(model: Model, on: Day): void {
  if (isInForce(model, on)) return
  throw new Refusal({
    code: 'model.not-in-force',
    message: text(`评价模型「${model.title.zh}」在 ${on} 不在有效期内`, `The model "${model.title.en}" is not in force on ${on}`),
    fix: text(`选择 ${model.in_force.from} 起${model.in_force.until ? `、${model.in_force.until} 前` : ''}的日期，或采用当日有效的模型`, `Choose a day from ${model.in_force.from}${model.in_force.until ? ` and before ${model.in_force.until}` : ''}, or adopt a model that is in force then`),
    status: 409,
  })
}

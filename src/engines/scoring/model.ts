import type { Basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import type { Award } from './award.ts'
import type { Decimal } from './exact.ts'
import type { OperatorSpec } from './operators/index.ts'
import type { Fact, Subject } from './source.ts'

/**
 * An evaluation model (评价模型): rules that turn the records of a subject into a score and a grade on a day. It is plain JSON: what
 * `parseModel` gives can be stored and parsed again without change.
 */
export type Model = {
  readonly key: string
  readonly title: Text
  /** Key of a grade scale in `policy/national/grading/scales.yaml`. */
  readonly scale: string
  /** Sector (行业领域) whose subjects it evaluates, or `all`. */
  readonly sector: string
  /** Types of subject (主体类别) that it evaluates; null means all. */
  readonly subject_types: readonly string[] | null
  readonly kind: 'public-reference' | 'industry'
  readonly status: 'reference' | 'adopted'
  /** `local` models are internal classes for supervision and must say when they end. */
  readonly level: 'national' | 'local'
  /** `until` is the first day without it. */
  readonly in_force: { readonly from: Day; readonly until: Day | null }
  readonly basis: readonly Basis[]
  readonly note: Text | null
  /** `additive`: base + points. `weighted`: each dimension gives 0–100 and has a weight; the weights add to 100. */
  readonly arithmetic: 'additive' | 'weighted'
  readonly base: Decimal
  readonly min: Decimal | null
  readonly max: Decimal | null
  readonly dimensions: readonly Dimension[]
  /** Characteristics without points: what vetoes and the missing-data rule look at. */
  readonly signals: readonly Characteristic[]
  readonly vetoes: readonly Veto[]
  /** Whether a higher or a lower score is the better one. */
  readonly better: 'high' | 'low'
  readonly bands: readonly Band[]
  readonly missing: Missing | null
  readonly examples: readonly Example[]
}

/** A dimension (维度): a group of characteristics with a weight or a cap of its own. */
export type Dimension = {
  readonly key: string
  readonly title: Text
  /** Per cent; null in additive models. */
  readonly weight: Decimal | null
  readonly base: Decimal
  readonly min: Decimal | null
  readonly max: Decimal | null
  readonly characteristics: readonly Characteristic[]
}

/** A characteristic (指标): something measured about a subject, and the points that its value is worth. */
export type Characteristic = OperatorSpec & {
  readonly key: string
  readonly title: Text
  readonly direction: 'positive' | 'negative' | null
  /** Null in signals. */
  readonly award: Award | null
  readonly basis: readonly Basis[]
}

/** A condition on the value of one characteristic: at least `from` and less than `below`; or one of some words; or no value at all. */
export type Condition = {
  readonly characteristic: string
  readonly from: Decimal | null
  readonly below: Decimal | null
  readonly is: readonly string[] | null
  readonly absent: boolean
}

/** A veto (一票否决、直接定级): changes the grade, never the score. Exactly one of `grade`, `at_most`, `down` is given. */
export type Veto = {
  readonly key: string
  readonly title: Text
  readonly when: Condition
  /** The grade is no better than this one (直接定级). A grade outside the bands, such as "not graded", replaces everything. */
  readonly grade: string | null
  /** The grade is at most this one. */
  readonly at_most: string | null
  /** So many grades lower. */
  readonly down: number | null
  readonly basis: readonly Basis[]
}

/** A grade's scores: at least `from` and less than `below`; null is open. */
export type Band = { readonly grade: string; readonly from: Decimal | null; readonly below: Decimal | null }

/** The grade of a subject about which too little is known (数据缺失). */
export type Missing = { readonly when: Condition; readonly grade: string }

/** A fictional subject with its records, and what the model says of it; runs as a test. */
export type Example = {
  readonly title: Text
  readonly on: Day
  readonly subject: Subject
  readonly facts: readonly ExampleFact[]
  readonly expect: { readonly score: Decimal; readonly grade: string }
}

/** A record of an example: as in the relation, without what does not matter to a model. */
export type ExampleFact = Omit<Fact, 'subject_id' | 'record_id' | 'fact_id' | 'known_from' | 'known_until' | 'withdrawn' | 'amount_fen'> & {
  /** Yuan. */
  readonly amount: Decimal | null
}

/** Every characteristic of a model, signals last. */
export function characteristicsOf(model: Model): Characteristic[] {
  return [...model.dimensions.flatMap((dimension) => dimension.characteristics), ...model.signals]
}

/** Whether a model is meant for subjects of this sector and type. */
export function appliesTo(model: Model, subject: Pick<Subject, 'sectors' | 'type'>): boolean {
  return (model.sector === 'all' || subject.sectors.includes(model.sector)) && (model.subject_types === null || model.subject_types.includes(subject.type))
}

/** Whether the model is in force on a day. */
export function isInForce(model: Model, on: Day): boolean {
  return model.in_force.from <= on && (model.in_force.until === null || on < model.in_force.until)
}

import { attribute, type AttributeSpec } from './attribute.ts'
import { count, type CountSpec } from './count.ts'
import { daysSince, type DaysSinceSpec } from './days-since.ts'
import { latest, type LatestSpec } from './latest.ts'
import type { Operator } from './operator.ts'
import { presence, type PresenceSpec } from './presence.ts'
import { ratio, type RatioSpec } from './ratio.ts'
import { sum, type SumSpec } from './sum.ts'

/** An operator with what was written for it. */
export type OperatorSpec = CountSpec | SumSpec | PresenceSpec | LatestSpec | DaysSinceSpec | RatioSpec | AttributeSpec

/** All operators, by name. */
export const operators = { count, sum, presence, latest, 'days-since': daysSince, ratio, attribute }

/** The names that a model may use. */
export const OPERATOR_NAMES = Object.keys(operators) as (keyof typeof operators)[]

/** The operator of a characteristic. */
export function operatorOf<Spec extends OperatorSpec>(spec: Spec): Operator<Spec> {
  // The name is the key, so the table's entry is the operator of just this kind of spec; TypeScript cannot see the correlation.
  return operators[spec.operator] as unknown as Operator<Spec>
}

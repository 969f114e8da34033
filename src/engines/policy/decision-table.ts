import type { Json, JsonObject } from '../../kernel/json.ts'

/** What a fact must be: equal to a value, one of several, or a number in `[from, below)`. */
export type Condition = string | number | boolean | readonly (string | number)[] | { readonly from?: number; readonly below?: number }

/**
 * A decision table (判定表) as a parameter's value. The first row whose conditions all hold decides. With `each`, the facts' list of that name is taken
 * item by item, and the heaviest of the outcomes wins in the order `heaviest` (light to heavy). `otherwise` decides where no row does.
 */
export type DecisionTable = {
  readonly each?: string
  readonly heaviest?: readonly string[]
  readonly rows: readonly { readonly when: { readonly [fact: string]: Condition }; readonly then: Json }[]
  readonly otherwise: Json
}

/** The facts that a table is asked about. A fact that is missing satisfies no condition. Amounts are compared as numbers, so hand in the unit that the table names. */
export type Facts = { readonly [fact: string]: Json | bigint | undefined }

/** The outcome, and the numbers of the rows (from 0) that gave it; an empty list means `otherwise`. */
export type Decision = { readonly outcome: Json; readonly rows: readonly number[] }

/** True when a parameter's value is a decision table. */
export function isDecisionTable(value: unknown): value is DecisionTable {
  return typeof value === 'object' && value !== null && Array.isArray((value as JsonObject).rows) && 'otherwise' in value
}

/** Asks a decision table. Throws RangeError when an outcome is not in the table's own order of weight: `checkPolicy` finds that before. */
export function decide(table: DecisionTable, facts: Facts): Decision {
  const items = table.each === undefined ? undefined : facts[table.each]
  if (table.each === undefined || !Array.isArray(items)) return firstRow(table, facts)
  if (items.length === 0) return { outcome: table.otherwise, rows: [] }
  const decisions = items.map((item: Json) => firstRow(table, { ...facts, [table.each!]: item }))
  const heaviest = Math.max(...decisions.map(({ outcome }) => weightOf(table, outcome)))
  const deciding = decisions.filter(({ outcome }) => weightOf(table, outcome) === heaviest)
  return { outcome: deciding[0]!.outcome, rows: [...new Set(deciding.flatMap(({ rows }) => rows))] }
}

function firstRow(table: DecisionTable, facts: Facts): Decision {
  const index = table.rows.findIndex(({ when }) => Object.entries(when).every(([fact, condition]) => satisfies(facts[fact], condition)))
  return index < 0 ? { outcome: table.otherwise, rows: [] } : { outcome: table.rows[index]!.then, rows: [index] }
}

function satisfies(fact: Json | bigint | undefined, condition: Condition): boolean {
  if (fact === undefined || fact === null) return false
  if (Array.isArray(condition)) return condition.includes(fact as string)
  if (typeof condition !== 'object') return fact === condition
  if (typeof fact !== 'number' && typeof fact !== 'bigint') return false
  const { from, below } = condition as { from?: number; below?: number }
  return (from === undefined || fact >= from) && (below === undefined || fact < below)
}

function weightOf(table: DecisionTable, outcome: Json): number {
  const weight = (table.heaviest ?? []).indexOf(outcome as string)
  if (weight < 0) throw new RangeError(`the outcome ${JSON.stringify(outcome)} is not in the order of weight of its table`)
  return weight
}

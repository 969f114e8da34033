import { sql } from 'kysely'
import type { Day } from '../../kernel/day.ts'
import { dayLiteral, type Sql } from './exact.ts'
import type { SqlPlan } from './measure.ts'
import type { Characteristic } from './model.ts'
import { operatorOf } from './operators/index.ts'
import type { Outline } from './outline.ts'
import type { Selection } from './selection.ts'
import { cutoff, endOfSql } from './span.ts'

/** Kinds of record that are counted together, in one pass of their own. `name` is the alias of that pass. */
export type KindGroup = { readonly name: string; readonly kinds: readonly string[]; readonly columns: Sql[] }

/**
 * The kinds of a model, parted so that each characteristic finds all of its kinds in one part. A population is counted part by part: a record is tested by the
 * few characteristics of its own kind instead of by all, which is worth far more than reading the index again for each part.
 */
export function kindGroups({ characteristics, kinds }: Outline): KindGroup[] {
  let parts: string[][] = kinds.map((kind) => [kind])
  for (const characteristic of characteristics) {
    const together: readonly string[] = selectionOf(characteristic)?.where.kind ?? []
    const touched = parts.filter((part) => part.some((kind) => together.includes(kind)))
    parts = [...parts.filter((part) => !touched.includes(part)), touched.flat()].filter((part) => part.length > 0)
  }
  return parts.map((part) => part.sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)).map((part, index) => ({ name: `f${index}`, kinds: part, columns: [] }))
}

/** Adds an aggregate to a group and gives the column under which its value is found. */
export function columnOf(group: KindGroup, aggregate: Sql): Sql {
  group.columns.push(aggregate)
  return sql.raw(`${group.name}.a${group.columns.length}`)
}

/** The plan of a characteristic with its columns. Where it takes all kinds of its group, it need not ask for the kind. */
export function planned(characteristic: Characteristic, outline: Outline, groups: readonly KindGroup[], on: Day): { readonly plan: SqlPlan; readonly columns: readonly Sql[] } {
  const selection = selectionOf(characteristic)
  const group = groups.find(({ kinds }) => selection?.where.kind.some((kind) => kinds.includes(kind)))
  const anyKind = group?.kinds.every((kind) => selection!.where.kind.includes(kind))
  const spec = anyKind ? ({ ...characteristic, where: { ...selection!.where, kind: [] } } as Characteristic) : characteristic
  const plan = operatorOf(spec).plan(spec, on, outline.asked.get(characteristic.key)!)
  return { plan, columns: plan.aggregates.map((aggregate) => columnOf(group!, aggregate)) }
}

/** Days on which some record begins, ends or leaves a span: never later than the true change, and few aggregates for many characteristics. */
export function boundsOf(groups: readonly KindGroup[], outline: Outline, on: Day): Sql[] {
  const today = dayLiteral(on)
  const least = (kinds: readonly string[], column: string, from: Sql) => groups.flatMap((group) => {
    const meant = group.kinds.filter((kind) => kinds.includes(kind))
    const ofKind = meant.length === group.kinds.length ? sql`` : sql` and ${kindIn(meant)}`
    return meant.length === 0 ? [] : [columnOf(group, sql`min(${sql.raw(column)}) filter (where ${from}${ofKind})`)]
  })
  return [
    ...groups.map((group) => columnOf(group, sql`min(r.use_ends_on)`)),
    ...least(outline.kinds, 'r.decided_on', sql`r.decided_on > ${today}`),
    ...least(outline.endingKinds, 'r.ends_on', sql`r.ends_on > ${today}`),
    // The end of a span never comes earlier for a later day, so it is worked out once for all groups.
    ...outline.turns.map(({ span, kinds }) => endOfSql(sql`least(${sql.join(least(kinds, 'r.decided_on', sql`r.decided_on >= ${dayLiteral(cutoff(on, span))} and r.decided_on <= ${today}`))})`, span)),
  ]
}

/** Whether the row `r` is of one of the kinds. */
export function kindIn(kinds: readonly string[]): Sql {
  return kinds.length === 1 ? sql`r.kind = ${kinds[0]}` : sql`r.kind in (${sql.join([...kinds])})`
}

function selectionOf(characteristic: Characteristic): Selection | null {
  return operatorOf(characteristic).selection(characteristic)
}

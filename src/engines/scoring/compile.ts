import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../../kernel/day.ts'
import { awardSql } from './award.ts'
import { AWARD_PLACES, clampSql, dayLiteral, exact, POINTS_PLACES, SCORE_PLACES, whole, wholes, type Sql } from './exact.ts'
import { edge, type SqlMeasure } from './measure.ts'
import { boundsOf, kindGroups, kindIn, planned, type KindGroup } from './kinds.ts'
import type { Condition, Model } from './model.ts'
import { mustBeInForce, outlineOf, score, scoreOrNull, weightOf, type Outline } from './outline.ts'
import { relation, type Source } from './source.ts'

/** One row of a compiled model: numeric is exact; read as text it equals the score of the other evaluator. */
export type Scored = {
  readonly subject_id: number
  readonly score: string
  readonly grade: string
  /** First day after `on` on which the result may differ though nothing new is known; null: never by itself. */
  readonly holds_until: Day | null
}

/** For which day, as known when, and for which subjects a model is compiled. */
export type Wanted = {
  readonly on: Day
  /** What was known at this instant; without it what is known now. */
  readonly knownAt?: Date
  /** Only these subjects. */
  readonly subjects?: readonly number[]
  /** Only subjects from `from` on and before `below`: splits a population over several connections. */
  readonly range?: { readonly from?: number; readonly below?: number }
}

/** A compiled statement, e.g. for `insert into … select … from (${statement}) scored`. */
export type Statement = RawBuilder<Scored>

type Built = { readonly measure: SqlMeasure; readonly points: Sql | null; readonly next: Sql | null }

/**
 * Compiles a model into one SQL statement that scores a population: for each group of kinds that belong together one pass over their records in the order
 * of subjects. Words of the model are bound as parameters. Refuses a day on which the model is not in force.
 */
export function compileToSql(model: Model, source: Source, wanted: Wanted): Statement {
  mustBeInForce(model, wanted.on)
  const outline = outlineOf(model)
  const groups = kindGroups(outline)
  const built = new Map<string, Built>()
  for (const characteristic of outline.characteristics) {
    const { plan, columns } = planned(characteristic, outline, groups, wanted.on)
    const measure = plan.measure(columns)
    built.set(characteristic.key, { measure, points: characteristic.award && awardSql(characteristic.award, measure), next: plan.next?.(columns) ?? null })
  }
  const holds = sql`least(${sql.join([
    sql`${model.in_force.until === null ? sql`null::date` : dayLiteral(model.in_force.until)}`,
    ...boundsOf(groups, outline, wanted.on),
    ...[...built.values()].flatMap(({ next }) => (next ? [next] : [])),
  ])})`
  const counts = groups.map((group) => countsSql(group, source, wanted))
  const perSubject = sql`select s.subject_id, ${scoreSql(model, built)} as score, ${sql.join(flagsSql(model, built).map((flag, index) => sql`${flag} as ${sql.raw(`v${index}`)}`))}, ${holds} as holds_until
from ${relation(source.subjects)} s
${sql.join(counts, sql`\n`)}
where ${sql.join(subjectsSql(model, wanted), sql` and `)}`
  return sql<Scored>`select x.subject_id, trim_scale(x.score * ${sql.raw(`1e-${SCORE_PLACES}`)}) as score, ${gradeSql(model, outline)} as grade, x.holds_until
from (${perSubject}) x
order by x.subject_id`
}

/**
 * The records of one group of kinds, counted for each subject: of a population in one pass in the order of subjects, of single subjects by looking up the
 * records of each. A list of numbers beside every pass would cost more to plan than the records cost to read.
 */
function countsSql({ name, kinds, columns }: KindGroup, source: Source, wanted: Wanted): Sql {
  const counted = sql.join(columns.map((aggregate, index) => sql`${aggregate} as ${sql.raw(`a${index + 1}`)}`), sql`,\n    `)
  const rows = sql`from ${relation(source.records)} r
  where ${sql.join([kindIn(kinds), ...factsSql(wanted)], sql` and `)}`
  if (wanted.subjects) return sql`left join lateral (
  select ${counted}
  ${rows} and r.subject_id = s.subject_id
) ${sql.raw(name)} on true`
  return sql`left join (
  select r.subject_id, ${counted}
  ${rows}
  group by r.subject_id
) ${sql.raw(name)} on ${sql.raw(name)}.subject_id = s.subject_id`
}

function rangeSql(row: string, { range }: Wanted): Sql[] {
  const id = sql.raw(`${row}.subject_id`)
  return [
    ...(range?.from !== undefined ? [sql`${id} >= ${whole(range.from)}`] : []),
    ...(range?.below !== undefined ? [sql`${id} < ${whole(range.below)}`] : []),
  ]
}

function subjectsSql(model: Model, wanted: Wanted): Sql[] {
  return [
    model.sector === 'all' ? sql`true` : sql`s.sectors @> array[${model.sector}]::text[]`,
    ...(model.subject_types ? [sql`s.type in (${sql.join([...model.subject_types])})`] : []),
    ...(wanted.subjects ? [sql`s.subject_id = any(${[...wanted.subjects]}::bigint[])`] : []),
    ...rangeSql('s', wanted),
  ]
}

function factsSql(wanted: Wanted): Sql[] {
  const at = wanted.knownAt?.toISOString()
  const known = at === undefined ? sql`r.known_until = 'infinity'` : sql`r.known_from <= ${at}::timestamptz and ${at}::timestamptz < r.known_until`
  return [known, sql`not r.withdrawn`, sql`(r.use_ends_on is null or r.use_ends_on > ${dayLiteral(wanted.on)})`, ...rangeSql('r', wanted)]
}

function scoreSql(model: Model, built: ReadonlyMap<string, Built>): Sql {
  const scale = 10n ** BigInt(AWARD_PLACES - POINTS_PLACES)
  const held = (points: string | null) => (points === null ? null : exact(points, POINTS_PLACES) * scale)
  const dimensions = model.dimensions.map((dimension) => {
    const parts = [whole(held(dimension.base)!), ...dimension.characteristics.map(({ key }) => sql`(${built.get(key)!.points!})`)]
    return sql`${clampSql(sql`(${sql.join(parts, sql` + `)})`, held(dimension.min), held(dimension.max))} * ${whole(weightOf(dimension.weight))}`
  })
  return clampSql(sql`(${sql.join([whole(score(model.base)), ...dimensions], sql` + `)})`, scoreOrNull(model.min), scoreOrNull(model.max))
}

function conditionSql({ measure }: Built, condition: Condition): Sql {
  const present = measure.present ?? sql`true`
  if (condition.absent) return sql`not (${present})`
  const tests = [
    ...(condition.from === null ? [] : [measure.reaches(edge(condition.from))]),
    ...(condition.below === null ? [] : [sql`not (${measure.reaches(edge(condition.below))})`]),
    ...(condition.is === null ? [] : [measure.isWord(condition.is)]),
  ]
  return sql`coalesce(${sql.join([present, ...tests], sql` and `)}, false)`
}

/** Whether each veto holds, in their order, and last whether too little is known. */
function flagsSql(model: Model, built: ReadonlyMap<string, Built>): Sql[] {
  const flags = model.vetoes.map((veto) => conditionSql(built.get(veto.when.characteristic)!, veto.when))
  return [...flags, model.missing ? conditionSql(built.get(model.missing.when.characteristic)!, model.missing.when) : sql`false`]
}

function gradeSql(model: Model, outline: Outline): Sql {
  const last = outline.grades.length - 1
  const flag = (index: number) => sql.raw(`x.v${index}`)
  const rank = (grade: string) => sql.raw(String(outline.grades.indexOf(grade)))
  const band = outline.thresholds.length === 0 ? sql.raw('0') : sql`width_bucket(x.score, ${wholes(outline.thresholds)})`
  const best = model.better === 'high' ? sql`${sql.raw(String(last))} - ${band}` : band
  const steps = model.vetoes.flatMap((veto, index) => (veto.down === null ? [] : [sql` + case when ${flag(index)} then ${sql.raw(String(veto.down))} else 0 end`]))
  const floors = model.vetoes.flatMap((veto, index) => {
    const grade = veto.at_most ?? veto.grade
    return grade !== null && outline.grades.includes(grade) ? [sql`case when ${flag(index)} then ${rank(grade)} end`] : []
  })
  const place = sql`greatest(${sql.join([sql`least(${sql.raw(String(last))}, ${best}${sql.join(steps, sql``)})`, ...floors])})`
  const outside = model.vetoes.flatMap((veto, index) => (veto.grade !== null && !outline.grades.includes(veto.grade) ? [sql`when ${flag(index)} then ${veto.grade}::text`] : []))
  const direct = model.vetoes.flatMap((veto, index) => (veto.grade !== null && outline.grades.includes(veto.grade) ? [flag(index)] : []))
  const missing = model.missing ? [sql`when ${sql.join([flag(model.vetoes.length), ...direct.map((each) => sql`not ${each}`)], sql` and `)} then ${model.missing.grade}::text`] : []
  const named = sql`(array[${sql.join([...outline.grades])}]::text[])[1 + ${place}]`
  const cases = [...outside, ...missing]
  return cases.length === 0 ? named : sql`case ${sql.join(cases, sql` `)} else ${named} end`
}

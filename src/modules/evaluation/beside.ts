import type { Day } from '../../kernel/day.ts'
import { scaled } from '../../kernel/money.ts'
import { text, type Text } from '../../kernel/text.ts'
import { evaluate, isInForce, type Model } from '../../engines/scoring/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { preparedOf } from './few.ts'
import type { Adoption } from './models.ts'
import { findSubjects, listFacts } from './queries/facts.ts'

const SCORE_PLACES = 10

/** The grade that a score alone gives. */
export function bandOf(model: Model, score: string): string {
  const held = (value: string) => scaled(value, SCORE_PLACES)!
  const at = held(score)
  return model.bands.find(({ from, below }) => (from === null || held(from) <= at) && (below === null || at < held(below)))!.grade
}

/** A result of which it is asked why its grade is not the one of its score. */
export type Asked = { readonly subjectId: number; readonly hash: string; readonly score: string; readonly grade: string }

/**
 * Why grades differ from what the score alone would give: vetoes (一票否决) and missing data, by `subject hash`. Only those that differ are
 * looked into; facts of all of them are read at once.
 */
export async function reasonsBeside(db: Queryable, adoptions: readonly Adoption[], results: readonly Asked[], on: Day): Promise<Map<string, Text[]>> {
  const models = new Map(adoptions.map(({ hash, model }) => [hash, model]))
  const differing = results.filter(({ hash, score, grade }) => {
    const model = models.get(hash)
    return model !== undefined && isInForce(model, on) && bandOf(model, score) !== grade
  })
  if (differing.length === 0) return new Map()
  const ids = [...new Set(differing.map(({ subjectId }) => subjectId))]
  const [facts, subjects] = [await listFacts(db, ids), await findSubjects(db, ids)]
  const ready = new Map([...new Set(differing.map(({ hash }) => hash))].map((hash) => [hash, preparedOf(models.get(hash)!).at(on)]))
  return new Map(differing.map(({ subjectId, hash }) => {
    const model = models.get(hash)!
    const { vetoes, missing } = ready.get(hash)!.work(subjects.get(subjectId)!, facts.get(subjectId) ?? [])
    const fired = model.vetoes.filter((_, at) => vetoes[at]).map(({ title }) => text(`直接影响等级：${title.zh}`, `decides the grade directly: ${title.en}`))
    return [`${subjectId} ${hash}`, missing ? [...fired, text('可评价的数据不足', 'too little is known to evaluate')] : fired]
  }))
}

/** A result that changed by lapse of time: since which day, by which model. */
export type Lapsed = { readonly subjectId: number; readonly hash: string; readonly since: Day }

const MOST_LOOKED_INTO = 500

/** Which records count less on a day than on an earlier one, by `subject hash`, at most for the first 500: they are why a grade changed by itself. */
export async function recordsLapsed(db: Queryable, adoptions: readonly Adoption[], results: readonly Lapsed[], on: Day): Promise<Map<string, number[]>> {
  const asked = results.slice(0, MOST_LOOKED_INTO)
  if (asked.length === 0) return new Map()
  const ids = [...new Set(asked.map(({ subjectId }) => subjectId))]
  const [facts, subjects] = [await listFacts(db, ids), await findSubjects(db, ids)]
  const prepared = new Map([...new Set(asked.map(({ hash }) => hash))].map((hash) => [hash, preparedOf(adoptions.find((one) => one.hash === hash)!.model)]))
  return new Map(asked.map(({ subjectId, hash, since }) => {
    const sharesOn = (day: Day) => {
      const model = prepared.get(hash)!
      if (!isInForce(model.model, day)) return new Map<string, { recordId: number; share: number }>()
      const { lines } = evaluate(model, subjects.get(subjectId)!, facts.get(subjectId) ?? [], day)
      return new Map<string, { recordId: number; share: number }>(lines.flatMap((line) => line.records.map((record) => [`${line.characteristic} ${record.record_id}`, { recordId: record.record_id, share: Number(record.share) }] as const)))
    }
    const now = sharesOn(on)
    return [`${subjectId} ${hash}`, [...new Set([...sharesOn(since)].flatMap(([key, { recordId, share }]) => (share > (now.get(key)?.share ?? 0) ? [recordId] : [])))]]
  }))
}

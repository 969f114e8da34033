import type { Basis } from '../../kernel/basis.ts'
import { numberOf, type Day } from '../../kernel/day.ts'
import { decimal } from '../../kernel/money.ts'
import { text, type Text } from '../../kernel/text.ts'
import { dayWritten, NEVER, rememberingNumbers } from './dated.ts'
import { SCORE_PLACES } from './exact.ts'
import type { Measure } from './measure.ts'
import type { Dimension, Model } from './model.ts'
import { score, weightOf } from './outline.ts'
import { prepare, type PreparedModel, type ReadyCharacteristic, type Result, type Taken, type Told } from './prepare.ts'
import type { Fact, Subject } from './source.ts'

/** A record that stands behind a line. */
export type LineRecord = {
  readonly record_id: number
  readonly fact_id: number
  readonly kind: string
  readonly decided_on: Day
  /** How much of it counts, e.g. `"0.6"` after decay. */
  readonly share: string
  /** First day on which it counts no more in this line by mere lapse of time; null: never. */
  readonly falls_away_on: Day | null
  /** Why it falls away then: it leaves the window or has decayed to nothing, its own effect ends, or it may no longer be used. */
  readonly falls_away_by: 'lapse' | 'effect-ended' | 'use-ended' | null
}

/** One line of an explanation (计分明细): its points, added over all lines, are exactly the score. */
export type Line = {
  readonly kind: 'base' | 'characteristic' | 'cap'
  readonly dimension: string | null
  readonly characteristic: string | null
  readonly title: Text
  /** The measured value in short; null when there was none, or for base and cap. */
  readonly value: string | null
  /** What was measured and how it came out, as a sentence. */
  readonly words: Text
  /** What it adds to the score, after the weight. */
  readonly points: string
  readonly basis: readonly Basis[]
  readonly records: readonly LineRecord[]
  /** The first day on which this line's points change by themselves, and to what; null: never. */
  readonly changes_on: Day | null
  readonly changes_to: string | null
}

/** A veto that holds: it changed or limited the grade, not the score. */
export type FiredVeto = { readonly key: string; readonly title: Text; readonly words: Text; readonly basis: readonly Basis[]; readonly records: readonly LineRecord[] }

/** A result that explains itself. */
export type Explanation = Result & {
  readonly model: string
  readonly model_hash: string
  readonly on: Day
  readonly known_at: Date | null
  /** The grade that the score alone would give. */
  readonly band_grade: string
  /** True when the grade is the one for too little data. */
  readonly missing: boolean
  readonly lines: readonly Line[]
  readonly vetoes: readonly FiredVeto[]
}

const MOST_TURNS = 60

/**
 * Evaluates a model for one subject on a day (可追溯到时点), with what is known now or was known at an instant, and explains every point.
 * Refuses a day on which the model is not in force.
 */
export function evaluate(model: Model | PreparedModel, subject: Subject, facts: readonly Fact[], on: Day, knownAt?: Date): Explanation {
  const prepared = 'at' in model ? model : prepare(model)
  const ready = prepared.at(on, knownAt)
  const working = ready.work(subject, facts)
  const today = numberOf(on)
  const lines: Line[] = []
  const plain = (kind: 'base' | 'cap', dimension: Dimension | null, held: bigint, words: Text) => {
    if (held !== 0n) lines.push({ kind, dimension: dimension?.key ?? null, characteristic: null, title: dimension?.title ?? prepared.model.title, value: null, words, points: decimal(held, SCORE_PLACES), basis: [], records: [], changes_on: null, changes_to: null })
  }
  plain('base', null, score(prepared.model.base), text('基础分', 'base'))
  let index = 0
  prepared.model.dimensions.forEach((dimension, d) => {
    const weight = weightOf(dimension.weight)
    plain('base', dimension, score(dimension.base) / 10_000n * weight, text('维度基础分', 'base of the dimension'))
    for (const characteristic of dimension.characteristics) {
      const each = prepared.characteristics[index]!
      const told = working.told[index]!
      const records = lineRecords(each, working.taken[index]!, today)
      const change = changeAhead(each, working.taken[index]!, working.measures[index]!, told, subject, today)
      lines.push({
        kind: 'characteristic', dimension: dimension.key, characteristic: characteristic.key, title: characteristic.title, value: told.value, words: told.words(records.length), points: told.points,
        basis: characteristic.basis.length > 0 ? characteristic.basis : prepared.model.basis,
        records, changes_on: change === null ? null : dayWritten(change.on), changes_to: change === null ? null : change.told.points,
      })
      index += 1
    }
    plain('cap', dimension, working.dimensionCaps[d]! * weight, text('维度封顶或保底', 'cap of the dimension'))
  })
  plain('cap', null, working.modelCap, text('总分封顶或保底', 'cap of the score'))
  const vetoes = prepared.model.vetoes.flatMap((veto, v): FiredVeto[] => {
    if (!working.vetoes[v]) return []
    const place = prepared.characteristics.findIndex((each) => each.characteristic.key === veto.when.characteristic)
    const records = lineRecords(prepared.characteristics[place]!, working.taken[place]!, today)
    return [{ key: veto.key, title: veto.title, words: working.told[place]!.words(records.length), basis: veto.basis.length > 0 ? veto.basis : prepared.model.basis, records }]
  })
  const missing = working.missing && working.result.grade === prepared.model.missing!.grade
  return { ...working.result, model: prepared.model.key, model_hash: prepared.hash, on, known_at: knownAt ?? null, band_grade: working.bandGrade, missing, lines, vetoes }
}

const shareText = rememberingNumbers(1_001, (share: number) => decimal(BigInt(share), 2))

/** The records that count, each with the day on which it counts no more. */
function lineRecords({ course }: ReadyCharacteristic, { records, shares }: Taken, today: number): LineRecord[] {
  const lines: LineRecord[] = []
  for (let at = 0; at < shares.length; at += 1) {
    const share = shares[at]!
    if (share === 0) continue
    const record = records[at]!
    const { fact } = record
    let until = course!.turnAfter(record, today)
    while (until !== NEVER && course!.shareOn(record, until) !== 0) until = course!.turnAfter(record, until)
    lines.push({
      record_id: fact.record_id, fact_id: fact.fact_id, kind: fact.kind, decided_on: fact.decided_on, share: shareText(share),
      falls_away_on: until === NEVER ? null : dayWritten(until),
      falls_away_by: until === NEVER ? null : until === record.useEnds ? 'use-ended' : until === record.ends ? 'effect-ended' : 'lapse',
    })
  }
  return lines
}

/** Walks through the days on which anything about the characteristic turns, until its points differ. Between two of them nothing is read again. */
function changeAhead(each: ReadyCharacteristic, { records }: Taken, measured: Measure | null, told: Told, subject: Subject, today: number): { readonly on: number; readonly told: Told } | null {
  let [on, measure] = [today, measured]
  const ahead: number[] = []
  for (let step = 0; step < MOST_TURNS; step += 1) {
    let next = each.next === undefined ? NEVER : each.next(measure, subject, on)
    for (const record of records) next = Math.min(next, each.course!.turnAfter(record, on))
    if (next === NEVER) return null
    on = next
    for (let at = 0; at < records.length; at += 1) ahead[at] = each.course!.shareOn(records[at]!, on)
    measure = each.read(records, ahead, on, subject)
    const then = each.told(measure)
    if (then.award !== told.award) return { on, told: then }
  }
  return null
}

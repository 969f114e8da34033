import type { Basis } from '../../kernel/basis.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { decimal } from '../../kernel/money.ts'
import { text, type Text } from '../../kernel/text.ts'
import { SCORE_PLACES } from './exact.ts'
import type { Characteristic, Dimension, Model } from './model.ts'
import { operatorOf } from './operators/index.ts'
import { score, weightOf } from './outline.ts'
import { prepare, type PreparedModel, type ReadyCharacteristic, type Result } from './prepare.ts'
import { turningDays } from './selection.ts'
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
  const teller = new Teller(prepared, subject, ready.usable(facts), on)
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
      const award = working.awards[index]!
      const measure = working.measures[index]!
      const records = teller.records(ready.characteristics[index]!)
      const operator = operatorOf(characteristic)
      const change = teller.change(characteristic, award)
      lines.push({
        kind: 'characteristic',
        dimension: dimension.key,
        characteristic: characteristic.key,
        title: characteristic.title,
        value: measure === null ? null : operator.value(measure),
        words: operator.words(characteristic, measure, records.length),
        points: decimal(award * weight, SCORE_PLACES),
        basis: characteristic.basis.length > 0 ? characteristic.basis : prepared.model.basis,
        records,
        changes_on: change?.on ?? null,
        changes_to: change ? decimal(change.award * weight, SCORE_PLACES) : null,
      })
      index += 1
    }
    plain('cap', dimension, working.dimensionCaps[d]! * weight, text('维度封顶或保底', 'cap of the dimension'))
  })
  plain('cap', null, working.modelCap, text('总分封顶或保底', 'cap of the score'))
  const vetoes = prepared.model.vetoes.flatMap((veto, v): FiredVeto[] => {
    if (!working.vetoes[v]) return []
    const place = ready.characteristics.findIndex((each) => each.characteristic.key === veto.when.characteristic)
    const each = ready.characteristics[place]!
    const records = teller.records(each)
    return [{ key: veto.key, title: veto.title, words: operatorOf(each.characteristic).words(each.characteristic, working.measures[place]!, records.length), basis: veto.basis.length > 0 ? veto.basis : prepared.model.basis, records }]
  })
  const missing = working.missing && working.result.grade === prepared.model.missing!.grade
  return { ...working.result, model: prepared.model.key, model_hash: prepared.hash, on, known_at: knownAt ?? null, band_grade: working.bandGrade, missing, lines, vetoes }
}

/** Tells of single lines: their records, and when they change by themselves. */
class Teller {
  readonly prepared: PreparedModel
  readonly subject: Subject
  readonly on: Day
  /** The records that are known and may be used on the day, later decisions among them. */
  readonly known: readonly Fact[]
  constructor(prepared: PreparedModel, subject: Subject, known: readonly Fact[], on: Day) {
    this.prepared = prepared
    this.subject = subject
    this.known = known
    this.on = on
  }

  records({ characteristic, share }: ReadyCharacteristic): LineRecord[] {
    const selection = operatorOf(characteristic).selection(characteristic)
    if (selection === null) return []
    const counts = (fact: Fact, on: Day) => (fact.use_ends_on === null || fact.use_ends_on > on) && this.prepared.ready(characteristic, on).share(fact) !== 0
    return this.known.filter((fact) => fact.decided_on <= this.on && share(fact) !== 0).map((fact) => {
      const until = turningDays(selection, fact, this.on).find((day) => !counts(fact, day)) ?? null
      return {
        record_id: fact.record_id,
        fact_id: fact.fact_id,
        kind: fact.kind,
        decided_on: fact.decided_on,
        share: decimal(BigInt(share(fact)), 2),
        falls_away_on: until,
        falls_away_by: until === null ? null : until === fact.use_ends_on ? 'use-ended' : until === fact.ends_on ? 'effect-ended' : 'lapse',
      }
    })
  }

  /** Walks through the days on which anything about the characteristic turns, until its points differ. */
  change(characteristic: Characteristic, award: bigint): { on: Day; award: bigint } | null {
    const selection = operatorOf(characteristic).selection(characteristic)
    // Whatever the day, the other records do not count.
    const concerned = selection === null ? [] : this.known.filter(this.prepared.ever(characteristic)!)
    const turns = selection === null ? [] : [...new Set(concerned.flatMap((fact) => turningDays(selection, fact, this.on)))].sort()
    const usable = (on: Day) => concerned.filter((fact) => fact.decided_on <= on && (fact.use_ends_on === null || fact.use_ends_on > on))
    let on = this.on
    let now = this.prepared.ready(characteristic, on)
    let measure = now.read(usable(on), this.subject)
    for (let step = 0; step < MOST_TURNS; step += 1) {
      const lapse = now.next(measure, this.subject)
      const turn = turns.find((day) => day > on) ?? null
      const next = lapse !== null && (turn === null || lapse < turn) ? lapse : turn
      if (next === null) return null
      on = next > on ? next : addDays(on, 1)
      now = this.prepared.ready(characteristic, on)
      measure = now.read(usable(on), this.subject)
      const changed = now.award!(measure)
      if (changed !== award) return { on, award: changed }
    }
    return null
  }
}

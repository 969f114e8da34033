import type { Day } from '../../kernel/day.ts'
import type { Json } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { compileToSql, defaultSource, isInForce } from '../../engines/scoring/index.ts'
import type { Reach } from '../../engines/procedure/index.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Db } from '../../platform/db/index.ts'
import { standingOf } from './explain.ts'
import { lawWordsOf, pointsOf, vetoWords, wordsOf } from './model-words.ts'
import { endsOn, modelInForce, type Adoption } from './models.ts'
import { listAdoptions } from './queries/adoptions.ts'
import { listDistribution, listSpreads, type Spread } from './queries/pages.ts'
import { scalesOn, titleOf } from './scales.ts'

const STEPS = 20
const NOTHING: Spread = { subjects: 0, average: null, least: null, most: null, grades: [] }

/** Every model by key as it stands on a day: the version in force, else the newest one. */
export async function listModelRows(db: Db, policy: PolicyBook, on: Day, within: Reach | null) {
  const adoptions = await listAdoptions(db)
  const shown = presentOf(adoptions, on)
  const spreads = await listSpreads(db, shown.map(({ model }) => model.key), within)
  return shown.map((one) => rowOf(policy, adoptions, one, on, spreads.get(one.model.key) ?? NOTHING))
}

/** 模型详情: definition, SQL, words and points of every characteristic, distribution over the population, versions. Refuses `model.unknown`. */
export async function getModelPage(db: Db, policy: PolicyBook, key: string, on: Day, within: Reach | null) {
  const adoptions = await listAdoptions(db)
  const one = presentOf(adoptions, on).find(({ model }) => model.key === key)
  if (one === undefined) throw unknown(key)
  const { model } = one
  const spread = (await listSpreads(db, [key], within)).get(key) ?? NOTHING
  const title = titles(policy, one, on)
  const [from, below] = rangeOf(one, spread)
  const counts = await listDistribution(db, key, from, below, STEPS, within)
  const law = lawWordsOf(policy)
  const characteristic = (each: (typeof model.signals)[number]) => ({ key: each.key, title: each.title, words: wordsOf(each, law), points: pointsOf(each), basis: each.basis[0] ?? null })
  return {
    ...rowOf(policy, adoptions, one, on, spread),
    definition: JSON.parse(JSON.stringify(model)) as Json, sql: sqlOf(db, one, on), bases: [...model.basis], notes: [...(model.note === null ? [] : [model.note]), standingOf(policy.on(on), one)],
    dimensions: [
      ...model.dimensions.map((dimension) => ({ key: dimension.key, title: dimension.title, weight: dimension.weight, min: dimension.min, max: dimension.max, characteristics: dimension.characteristics.map(characteristic) })),
      ...(model.signals.length === 0 ? [] : [{ key: 'signals', title: text('不计分、只用于判定的指标', 'Looked at without points'), weight: null, min: null, max: null, characteristics: model.signals.map(characteristic) }]),
    ],
    vetoes: model.vetoes.map((veto) => ({ title: veto.title, effect: vetoWords(model, veto, title), basis: veto.basis[0] ?? null })),
    bands: model.bands.map((band) => ({ grade: band.grade, title: title(band.grade), from: band.from, below: band.below })),
    distribution: counts.map((subjects, at) => ({ from: from + ((below - from) * at) / STEPS, below: from + ((below - from) * (at + 1)) / STEPS, subjects })),
    versions: adoptions.filter((other) => other.model.key === key).reverse().map((other) => ({
      hash: other.hash, inForceFrom: other.model.in_force.from, inForceUntil: endsOn(adoptions, other), adoptedAt: other.adoptedAt, adoptedBy: other.adoptedBy, origin: other.origin,
    })),
  }
}

function presentOf(adoptions: readonly Adoption[], on: Day): Adoption[] {
  return [...Map.groupBy(adoptions, ({ model }) => model.key)].map(([key, versions]) => modelInForce(adoptions, key, on) ?? versions.at(-1)!).sort((a, b) => (a.model.key < b.model.key ? -1 : 1))
}

function titles(policy: PolicyBook, { model }: Adoption, on: Day) {
  const scales = scalesOn(policy.on(on))
  return (grade: string) => titleOf(scales, model.scale, grade)
}

function rowOf(policy: PolicyBook, adoptions: readonly Adoption[], one: Adoption, on: Day, spread: Spread) {
  const { model, origin, hash } = one
  const title = titles(policy, one, on)
  const counted = new Map(spread.grades.map(({ grade, subjects }) => [grade, subjects]))
  const grades = [...new Set([...model.bands.map(({ grade }) => grade), ...counted.keys()])]
  return {
    key: model.key, title: model.title, sector: model.sector, scale: model.scale, status: model.status, origin, inForceFrom: model.in_force.from, inForceUntil: endsOn(adoptions, one),
    inForce: modelInForce(adoptions, model.key, on)?.adoptionId === one.adoptionId, hash, confirmed: model.status === 'adopted' && model.basis.every(({ status }) => status === 'confirmed'),
    grades: grades.map((grade) => ({ grade, title: title(grade), subjects: counted.get(grade) ?? 0 })), subjects: spread.subjects, average: spread.average,
  }
}

function rangeOf({ model }: Adoption, { least, most }: Spread): [number, number] {
  const [from, below] = [Number(model.min ?? least ?? 0), Number(model.max ?? most ?? 100)]
  return below > from ? [from, below] : [from, from + 1]
}

/** The statement that scores the population, with its bound words below it. */
function sqlOf(db: Db, { model }: Adoption, on: Day): string {
  const { sql, parameters } = compileToSql(model, defaultSource, { on: isInForce(model, on) ? on : model.in_force.from }).compile(db)
  return [sql, ...parameters.map((value, at) => `-- $${at + 1} = ${JSON.stringify(value)}`)].join('\n')
}

function unknown(key: string): Refusal {
  return new Refusal({ code: 'model.unknown', status: 404, message: text(`没有模型「${key}」`, `There is no model "${key}"`), fix: text('请从模型列表中选择', 'Choose one from the list of models') })
}

import { edge, type Asked } from './measure.ts'
import { characteristicsOf, type Characteristic, type Condition, type Model } from './model.ts'

/** What bins, units, words and conditions of a model ask of each characteristic, by its key. */
export function askedOf(model: Model): ReadonlyMap<string, Asked> {
  const conditions = conditionsOf(model)
  return new Map(characteristicsOf(model).map((characteristic) => [characteristic.key, askedOfOne(characteristic, conditions.filter((condition) => condition.characteristic === characteristic.key))]))
}

/** All conditions of a model. */
export function conditionsOf(model: Model): Condition[] {
  return [...model.vetoes.map((veto) => veto.when), ...(model.missing ? [model.missing.when] : [])]
}

function askedOfOne({ award }: Characteristic, conditions: readonly Condition[]): Asked {
  const edges = [
    ...(award?.by === 'bins' ? award.bins.flatMap((bin) => (bin.from === null ? [] : [bin.from])) : []),
    ...conditions.flatMap((condition) => [condition.from, condition.below].filter((text) => text !== null)),
  ]
  const words = [...(award?.by === 'map' ? Object.keys(award.words) : []), ...conditions.flatMap((condition) => condition.is ?? [])]
  return { edges: edges.map(edge), words: [...new Set(words)], every: award?.by === 'per' && award.every !== null ? edge(award.every) : null }
}

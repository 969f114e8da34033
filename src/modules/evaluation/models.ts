import type { Day } from '../../kernel/day.ts'
import type { Model } from '../../engines/scoring/index.ts'

/** A model as it was adopted (模型采用): from the policy packs or by import. Adoptions are only ever added. */
export type Adoption = {
  /** Grows with each adoption. */
  readonly adoptionId: number
  readonly hash: string
  readonly model: Model
  readonly origin: 'policy' | 'imported'
  readonly adoptedAt: Date
  readonly adoptedBy: string
}

/**
 * The models in force on a day, by key in order. Of several versions of a key the one that began last counts, and of those the one adopted last.
 * A nationally unified model ends local ones of its key, and of its sector and kind, from its own first day on, for good (国办发〔2026〕8号).
 * `knownAt`: only what had been adopted at that instant.
 */
export function modelsInForce(adoptions: readonly Adoption[], on: Day, knownAt?: Date): Adoption[] {
  const begun = adoptions.filter(({ model, adoptedAt }) => model.in_force.from <= on && (knownAt === undefined || adoptedAt <= knownAt))
  const national = begun.filter(({ model }) => model.level === 'national')
  return [...Map.groupBy(begun, ({ model }) => model.key).values()]
    .map(latestOf)
    .filter((one) => (one.model.in_force.until === null || on < one.model.in_force.until) && !national.some((other) => replaces(other.model, one.model)))
    .sort((a, b) => (a.model.key < b.model.key ? -1 : 1))
}

/** The adoption in force for one key on a day, or null. */
export function modelInForce(adoptions: readonly Adoption[], key: string, on: Day, knownAt?: Date): Adoption | null {
  return modelsInForce(adoptions, on, knownAt).find(({ model }) => model.key === key) ?? null
}

/** The first day without this adoption as things are known now: its own last day, or because another takes its place; null while it is open. */
export function endsOn(adoptions: readonly Adoption[], one: Adoption): Day | null {
  const turns = [...new Set(adoptions.map(({ model }) => model.in_force.from))].filter((on) => on > one.model.in_force.from).sort()
  const counts = (on: Day) => modelsInForce(adoptions, on).some(({ adoptionId }) => adoptionId === one.adoptionId)
  if (!counts(one.model.in_force.from)) return one.model.in_force.from
  const until = one.model.in_force.until
  return turns.find((on) => (until === null || on < until) && !counts(on)) ?? until
}

/** Whether two adoptions of one key and first day say the same, so that adopting again would be idle. */
export function isAdopted(adoptions: readonly Adoption[], model: Model, hash: string): boolean {
  const versions = adoptions.filter(({ model: other }) => other.key === model.key && other.in_force.from === model.in_force.from)
  return versions.length > 0 && latestOf(versions).hash === hash
}

/** A national model outranks the versions of its key at once, whatever their first day. */
function latestOf(versions: readonly Adoption[]): Adoption {
  const weight = ({ model, adoptionId }: Adoption) => [model.level === 'national' ? 1 : 0, model.in_force.from, adoptionId] as const
  return versions.reduce((best, one) => {
    const [a, b] = [weight(one), weight(best)]
    return a[0] !== b[0] ? (a[0] > b[0] ? one : best) : a[1] !== b[1] ? (a[1] > b[1] ? one : best) : a[2] > b[2] ? one : best
  })
}

function replaces(national: Model, local: Model): boolean {
  return local.level === 'local' && (national.key === local.key || (national.kind === local.kind && national.sector === local.sector))
}

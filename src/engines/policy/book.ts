// @clause X.1
import { createHash } from 'node:crypto'
import type { Basis } from '../../kernel/basis.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { canonicalJson, type Json } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Text, text } from '../../kernel/text.ts'
import { type Calendar, makeCalendar } from './calendar.ts'
import { readPolicyFolder } from './read.ts'
import type { CalendarNotice, DataFile, LegalText, Pack, Parameter, PolicyParts } from './types.ts'

/** A value in force on a day (政策参数值), with all that a decision stores beside it. */
export type PolicyValue = {
  readonly key: string
  readonly value: Json
  readonly basis: Basis
  /** The pack that decides. */
  readonly pack: string
  /** First day of this value; last day of it, or null while none follows. */
  readonly from: Day
  readonly until: Day | null
}

/** The law of one day. */
export type PolicyOn = {
  readonly day: Day
  /** The value in force. Refuses `policy.unknown-key`, and `policy.no-value` before the first one. The caller names its shape. */
  value<T = Json>(key: string): T
  /** The citation of the value in force. Refuses like `value`. */
  basis(key: string): Basis
  /** Value, basis, pack and days; null where there is none on this day or no such key. */
  find(key: string): PolicyValue | null
}

/** A parameter as the policy page shows it: every value by day, of every pack. */
export type PolicyEntry = {
  readonly key: string
  readonly description: Text
  readonly unit: Text
  /** The pack whose definition decides today's and later days: the lowest that defines the key. */
  readonly pack: string
  readonly checkedOn: Day
  readonly reachableFrom: Day
  /** `confirmed` only if every value still in effect is. */
  readonly status: Basis['status']
  readonly legalReview: Text | null
  readonly hash: string
  /** In order of days; `overridden` ones are never the answer, because a lower pack speaks from the same or an earlier day on. */
  readonly values: readonly { readonly from: Day; readonly value: Json; readonly basis: Basis | null; readonly pack: string; readonly overridden: boolean }[]
}

/** All the law we hold (政策库): resolved by day, never without one. */
export type PolicyBook = {
  on(day: Day): PolicyOn
  basisOf(key: string, day: Day): Basis
  /** Every parameter, by key. */
  list(): PolicyEntry[]
  readonly keys: readonly string[]
  /** SHA-256 over the canonical JSON of everything that was read. */
  readonly hash: string
  /** SHA-256 over every pack's definition of one parameter. Refuses `policy.unknown-key`. */
  hashOf(key: string): string
  readonly packs: readonly Pack[]
  readonly texts: ReadonlyMap<string, LegalText>
  readonly calendar: Calendar
  readonly notices: readonly CalendarNotice[]
  /** A plain data file by name (`industries`, `places`), from the lowest pack that has it. Refuses `policy.unknown-file`. The caller names its shape. */
  file<T = Json>(name: string): T
  /** The data files of a folder inside the packs, e.g. `models`, in order of pack and name. */
  folder(name: string): readonly DataFile[]
  readonly parts: PolicyParts
}

/** Reads a policy folder (synchronously, once at start) into a book. Refuses `policy.unreadable`; run `checkPolicy` for mistakes of meaning. */
export function loadPolicy(folder: string): PolicyBook {
  return makeBook(readPolicyFolder(folder))
}

/** A book of parts that are already in memory. */
export function makeBook(parts: PolicyParts): PolicyBook {
  const rankOf = new Map(parts.packs.map(({ key, rank }) => [key, rank]))
  const lowestFirst = (a: { pack: string }, b: { pack: string }) => rankOf.get(b.pack)! - rankOf.get(a.pack)!
  const byKey = Map.groupBy([...parts.parameters].sort(lowestFirst), ({ key }) => key)
  const files = Map.groupBy([...parts.data].sort(lowestFirst), ({ name }) => name)
  const hashes = new Map<string, string>()
  const days = new Map<Day, PolicyOn>()

  const definitionsOf = (key: string): readonly Parameter[] => {
    const definitions = byKey.get(key)
    if (definitions !== undefined) return definitions
    throw new Refusal({
      code: 'policy.unknown-key', status: 404, message: text(`没有政策参数“${key}”。`, `There is no policy parameter "${key}".`),
      fix: text('请在政策页查看全部参数的名称。', 'The policy page lists the names of all parameters.'),
    })
  }
  const find = (key: string, on: Day): PolicyValue | null => resolve(key, byKey.get(key) ?? [], on)
  const get = (key: string, on: Day): PolicyValue => {
    const definitions = definitionsOf(key)
    const found = resolve(key, definitions, on)
    if (found !== null) return found
    throw new Refusal({
      code: 'policy.no-value', message: text(`政策参数“${key}”在${on}没有取值。`, `The policy parameter "${key}" has no value on ${on}.`),
      fix: text(`请在 ${definitions[0]!.file} 补充该日的取值和依据。`, `Add a value and its basis for that day to ${definitions[0]!.file}.`),
    })
  }

  return {
    on(day) {
      let law = days.get(day)
      if (law === undefined) {
        const answers = new Map<string, PolicyValue>()
        const getOnce = (key: string) => answers.get(key) ?? answers.set(key, get(key, day)).get(key)!
        days.set(day, (law = { day, value: <T>(key: string) => getOnce(key).value as T, basis: (key) => getOnce(key).basis, find: (key) => find(key, day) }))
      }
      return law
    },
    basisOf: (key, day) => get(key, day).basis,
    list: () => [...byKey.keys()].sort().map((key) => entryOf(key, byKey.get(key)!, hashOfKey(key))),
    keys: [...byKey.keys()].sort(),
    hash: sha256(parts as unknown as Json),
    hashOf: hashOfKey,
    packs: parts.packs,
    texts: new Map(parts.texts.map((one) => [one.key, one])),
    calendar: makeCalendar(parts.notices),
    notices: parts.notices,
    file<T>(name: string): T {
      const found = files.get(name)?.[0]
      if (found !== undefined) return found.content as T
      throw new Refusal({
        code: 'policy.unknown-file', status: 404, message: text(`政策库中没有数据文件“${name}”。`, `There is no data file "${name}" in the policy folder.`),
        fix: text(`请在某个政策包下补充 ${name}.yaml。`, `Add ${name}.yaml to one of the packs.`),
      })
    },
    folder: (name) => parts.data.filter((file) => file.name.startsWith(`${name}/`)).sort((a, b) => -lowestFirst(a, b) || (a.name < b.name ? -1 : 1)),
    parts,
  }

  function hashOfKey(key: string): string {
    return hashes.get(key) ?? hashes.set(key, sha256(definitionsOf(key) as unknown as Json)).get(key)!
  }
}

/** Definitions come lowest pack first: the first that speaks on the day decides; a null ends its override. */
function resolve(key: string, definitions: readonly Parameter[], on: Day): PolicyValue | null {
  for (const [index, definition] of definitions.entries()) {
    const at = definition.values.findLastIndex(({ from }) => from <= on)
    const step = definition.values[at]
    if (step === undefined || step.value === null) continue
    // A lower pack that begins to speak later ends this value too.
    const ends = [definition.values[at + 1]?.from, ...definitions.slice(0, index).map((lower) => lower.values.find(({ from, value }) => from > on && value !== null)?.from)]
    const end = ends.filter((one) => one !== undefined).sort()[0]
    return {
      key, value: step.value, basis: step.basis ?? { kind: 'practice', text: 'practice', status: 'unconfirmed' }, pack: definition.pack, from: step.from,
      until: end === undefined ? null : addDays(end, -1),
    }
  }
  return null
}

function entryOf(key: string, definitions: readonly Parameter[], hash: string): PolicyEntry {
  const lowest = definitions[0]!
  const values = definitions
    .flatMap((definition, index) => definition.values.map(({ from, value, basis }) => ({ from, value, basis, pack: definition.pack, overridden: value !== null && isOverridden(definitions, index, from) })))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const effective = values.filter(({ overridden, value }) => !overridden && value !== null)
  return {
    key, description: lowest.description, unit: lowest.unit, pack: lowest.pack, checkedOn: definitions.map(({ checkedOn }) => checkedOn).sort()[0]!, reachableFrom: lowest.reachableFrom,
    status: effective.every(({ basis }) => basis?.status === 'confirmed') ? 'confirmed' : 'unconfirmed', legalReview: lowest.legalReview, hash, values,
  }
}

/** True when a value is the answer on no day: at each of its days some lower pack speaks. */
function isOverridden(definitions: readonly Parameter[], index: number, from: Day): boolean {
  const next = definitions[index]!.values.find((step) => step.from > from)?.from
  const turns = definitions.slice(0, index).flatMap(({ values }) => values.map((step) => step.from)).filter((on) => on > from && (next === undefined || on < next))
  return [from, ...turns].every((on) => definitions.slice(0, index).some((lower) => (lower.values.findLast((step) => step.from <= on)?.value ?? null) !== null))
}

function sha256(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

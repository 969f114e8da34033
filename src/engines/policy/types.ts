import type { Basis, BasisKind } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import type { Json, JsonObject } from '../../kernel/json.ts'
import type { Text } from '../../kernel/text.ts'

/** A folder of law of one authority (政策包). Rank 1 is the nation; a pack of a higher rank number overrides one of a lower, key by key. */
export type Pack = { readonly key: string; readonly name: Text; readonly rank: number; readonly parent: string | null }

/** A legal text (法规文件), described once in `policy/texts/<key>.yaml`; citations name it by key. */
export type LegalText = {
  readonly key: string
  readonly title: Text
  /** Number of the document as its issuer writes it, e.g. `国家发展改革委令第36号`. */
  readonly number: string | null
  readonly issuer: string
  /** What a citation of it is: law, policy of this authority, or practice only. */
  readonly kind: BasisKind
  readonly inForce: { readonly from: Day | null; readonly until: Day | null }
  readonly status: 'in-force' | 'repealed' | 'not-yet' | 'draft' | 'practice'
  /** Whether what stands here was read in public material, or is known from the background only. */
  readonly checked: 'confirmed' | 'unconfirmed'
  /** Articles that are cited, with what they say in our own words. */
  readonly articles: { readonly [article: string]: Text }
  readonly source: string
  readonly url: string | null
}

/** One case that a parameter must answer as written: it is run as a test. */
export type Example = { readonly name: string; readonly on: Day; readonly given: JsonObject | null; readonly expect: Json }

/** A policy parameter (政策参数) as one pack defines it: values by the day from which they hold, each with its basis. */
export type Parameter = {
  /** `<module>/<name>`, e.g. `records/report-within`. */
  readonly key: string
  readonly pack: string
  readonly file: string
  readonly description: Text
  readonly unit: Text
  /** A parameter that only this authority has: it need not stand in a higher pack. */
  readonly introduces: boolean
  /** The earliest day for which the program can ask; from there on a missing value is a build error. */
  readonly reachableFrom: Day
  /** In order of days. A value `null` in a lower pack ends its override. */
  readonly values: readonly { readonly from: Day; readonly value: Json; readonly basis: Basis | null }[]
  /** Bases of days on which no value begins: always a mistake, kept so that the check can name it. */
  readonly strayBases: readonly Day[]
  readonly checkedOn: Day
  /** Set where a lawyer must look before go-live: the question. */
  readonly legalReview: Text | null
  readonly examples: readonly Example[]
}

/** A plain data file (places, departments, industries …): `<pack>/<name>.yaml` or a file of a folder that modules read themselves. */
export type DataFile = { readonly pack: string; readonly name: string; readonly file: string; readonly content: Json }

/** One announcement of days off and make-up working days (放假调休通知), or one closure (停工停业). */
export type CalendarNotice = {
  readonly layer: 'national' | 'local' | 'closure'
  readonly file: string
  /** The year it arranges; null for local days and closures, which make no year official. */
  readonly year: number | null
  readonly title: string
  readonly number: string | null
  /** Since when it is known. A deadline computed before that day did not know of it. */
  readonly announcedOn: Day
  readonly status: 'confirmed' | 'unconfirmed'
  readonly source: string
  /** Division code of the place it holds for; null for the nation. */
  readonly place: string | null
  readonly off: readonly { readonly name: string; readonly days: readonly Day[] }[]
  /** 调休上班: rest days that are worked. */
  readonly makeUp: readonly Day[]
}

/** All that was read from the policy folder, before anything is resolved. */
export type PolicyParts = {
  readonly packs: readonly Pack[]
  readonly texts: readonly LegalText[]
  readonly parameters: readonly Parameter[]
  readonly data: readonly DataFile[]
  readonly notices: readonly CalendarNotice[]
}

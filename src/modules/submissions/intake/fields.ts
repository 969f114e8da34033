import type { PartyCategory } from '../../../kernel/codes/index.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Fen } from '../../../kernel/money.ts'

/** Every field of the standard that the row fills, as canonical text by field id: what is kept of the row, and compared when it is sent again. */
export type FieldValues = { readonly [fieldId: string]: string }

/** The party (行政相对人) of a decision. Exactly one of `uscc`, `registrationNumber` (an individual business without a code) and `naturalId` identifies it. */
export type Party = {
  readonly name: string
  readonly category: PartyCategory
  /** Null for natural persons and where the row holds the placeholder. */
  readonly uscc: string | null
  /** True when the code fails its check and was admitted by an officer. */
  readonly usccAdmitted: boolean
  readonly registrationNumber: string | null
  readonly organisationCode: string | null
  readonly taxNumber: string | null
  readonly institutionNumber: string | null
  readonly socialOrganisationNumber: string | null
  readonly naturalId: { readonly type: string; readonly number: string } | null
}

/** What licences and penalties have in common, as far as it means more than its text: whatever is text only (facts, content, authority, source) stands in `values`. */
export type DecisionFields = {
  readonly values: FieldValues
  readonly party: Party
  readonly documentNumber: string
  /** Keys of the code table, in its order. */
  readonly kinds: readonly string[]
  readonly decidedOn: Day
}

/** A licence (行政许可). `validUntil` 2099-12-31 means without end. */
export type LicenceFields = DecisionFields & {
  readonly kind: 'licence'
  readonly validFrom: Day
  readonly validUntil: Day
  /** 当前状态: 1 in force, 2 not. */
  readonly status: '1' | '2'
}

/** A penalty (行政处罚). Amounts in 分; null where the row has none. */
export type PenaltyFields = DecisionFields & {
  readonly kind: 'penalty'
  readonly fineFen: Fen | null
  readonly confiscatedFen: Fen | null
  readonly validUntil: Day
  readonly publicityEndStated: Day | null
}

/** A subject (信用主体) as the import of the register brings it. Types and status are keys of the tables in the standard. */
export type SubjectFields = {
  readonly kind: 'subject'
  readonly values: FieldValues
  readonly uscc: string | null
  readonly usccAdmitted: boolean
  readonly registrationNumber: string | null
  readonly name: string
  readonly type: string
  readonly status: string
  /** GB/T 4754, e.g. `H61` or `6110`. */
  readonly industry: string | null
  readonly sectors: readonly string[]
  /** Name or code of the residents' or villagers' committee, as written. */
  readonly place: string | null
  readonly foundedOn: Day | null
  readonly legalRepresentative: string | null
  readonly department: string | null
  readonly formerNames: readonly string[]
  readonly nameChangedOn: Day | null
  readonly remark: string | null
}

/** A public credit grade (公共信用综合评价等级) as it comes from above. `scale` and `grade` are keys of `grading/scales`, e.g. `public-2026` and `D`. */
export type PublicGradeFields = {
  readonly kind: 'public-grade'
  readonly values: FieldValues
  readonly uscc: string
  readonly usccAdmitted: boolean
  readonly name: string
  readonly scale: string
  readonly grade: string
  readonly evaluatedOn: Day
  readonly evaluatedBy: string | null
  readonly remark: string | null
}

/** The typed fields of a row of any kind. */
export type IntakeFields = LicenceFields | PenaltyFields | SubjectFields | PublicGradeFields

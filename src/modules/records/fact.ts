import { hash } from 'node:crypto'
import { isSealed, sameness, type Sealing } from '../../platform/sealing/index.ts'
import type { Day } from '../../kernel/day.ts'
import type { Json, JsonObject } from '../../kernel/json.ts'
import type { Fen } from '../../kernel/money.ts'

/** Class of dishonesty (失信程度): 轻微, 一般, 严重. */
export type DishonestyClass = 'minor' | 'general' | 'serious'

/** What a version of a record does: first received (报送), sent again with other content (更正), taken back (撤回), its three switches ended by a decision (终止), its report deadline recomputed (期限重算). */
export type Operation = 'filed' | 'corrected' | 'withdrawn' | 'ended' | 'recomputed'

/** The end of one of the three switches (公示、共享、使用): first day on which it is off, and why. Null: no end is known. */
export type SwitchEnd = { readonly endsOn: Day; readonly reason: string } | null

/** A document number (文书号) taken apart: `琼三海市监罚〔2026〕17号`. */
export type DocumentSeries = { readonly series: string; readonly year: number; readonly serial: number }

/** What a fact means by the law of its decision day: all that lists, clocks and scoring read of it. */
export type Effect = {
  readonly decidedOn: Day
  readonly reportDueOn: Day | null
  readonly reportDueProvisional: boolean
  /** First day on which the decision has no more effect by its own terms. */
  readonly endsOn: Day | null
  readonly class: DishonestyClass | null
  readonly tags: readonly string[]
  readonly sector: string | null
  readonly amountFen: Fen | null
  readonly grade: string | null
  /** Whether it is published at all; if not, why. */
  readonly public: boolean
  readonly withheldReason: string | null
  readonly repairableOn: Day | null
  readonly publicity: SwitchEnd
  readonly sharing: SwitchEnd
  readonly use: SwitchEnd
  readonly series: DocumentSeries | null
}

/** What a fact means that is no dishonesty and has no report clock, unless said otherwise: a received grade, an inspection's result, a kept commitment. */
export function plainEffect(decidedOn: Day, parts: Partial<Omit<Effect, 'decidedOn'>> = {}): Effect {
  return {
    decidedOn, reportDueOn: null, reportDueProvisional: false, endsOn: null, class: null, tags: [], sector: null, amountFen: null, grade: null, public: true, withheldReason: null,
    repairableOn: null, publicity: null, sharing: null, use: null, series: null, ...parts,
  }
}

/** A fact that someone hands in to be filed. */
export type NewFact = {
  readonly subjectId: number
  readonly kind: string
  readonly documentNumber: string
  /** The fields of the standard by id, as canonical text; empty ones left out. Sameness of content is judged by these. */
  readonly fields: Readonly<Record<string, string>>
  readonly effect: Effect
  readonly receivedOn: Day
  readonly department: string
  readonly batchId: number | null
  readonly rowNumber: number | null
  /** Why it is corrected or filed again; null lets the changed fields speak. */
  readonly reason: string | null
}

/** A version of a record with its standing, as the tables hold it. Days and instants as the database gives them; the amount as text of 分. */
export type FactRow = {
  readonly subject_id: number
  readonly fact_id: number
  readonly record_id: number
  readonly version: number
  readonly operation: Operation
  readonly kind: string
  readonly document_number: string
  readonly fields: Readonly<Record<string, string>>
  /** {@link contentDigest} of the fields. */
  readonly content_digest: string
  readonly decided_on: Day
  readonly received_on: Day
  readonly recorded_at: Date
  readonly department: string
  readonly batch_id: number | null
  readonly row_number: number | null
  readonly reason: string | null
  readonly occasion_on: Day | null
  readonly actor: string
  readonly policy_hash: string
  readonly standing: StandingRow
}

/** The narrow projection of a version: what lists, clocks and scoring read. */
export type StandingRow = {
  readonly document_series: string | null
  readonly document_year: number | null
  readonly document_serial: number | null
  readonly department: string
  readonly sector: string | null
  readonly decided_on: Day
  /** Day of first receipt: a correction does not make it late. */
  readonly received_on: Day
  readonly report_due_on: Day | null
  readonly report_due_provisional: boolean
  readonly ends_on: Day | null
  readonly class: DishonestyClass | null
  readonly tags: readonly string[]
  readonly amount_fen: string | null
  readonly grade: string | null
  readonly public: boolean
  readonly public_reason: string | null
  readonly repairable_on: Day | null
  readonly publicity_ends_on: Day | null
  readonly publicity_end_reason: string | null
  readonly sharing_ends_on: Day | null
  readonly sharing_end_reason: string | null
  readonly use_ends_on: Day | null
  readonly use_end_reason: string | null
  readonly withdrawn: boolean
  readonly known_from: Date
}

/** Where a sealed value of a record belongs: the field and the subject. Versions of a record share it. */
export const placeOfField = (id: string, subjectId: number): string => `records.fact.fields.${id}/${subjectId}`

/** Fields as they were received: what is sealed of them opened. */
export function openedFields(sealing: Sealing, subjectId: number, fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.values(fields).some(isSealed)) return fields
  return Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, sealing.open(value, placeOfField(id, subjectId))]))
}

/** SHA-256 of the fields, in hex: ids and values in the order of the ids, each ended by NUL, which no value holds. Equal content, equal digest. A sealed value counts by its keyed digest: it stays the same under another key, and nobody can find an id by trying all. */
export function contentDigest(fields: Readonly<Record<string, string>>): string {
  let content = ''
  for (const id of Object.keys(fields).sort()) content += `${id}\0${sameness(fields[id]!)}\0`
  return hash('sha256', content)
}

/** The digests by which equal content may be known, the present one first: while the key of the digests changes there are two. `fields` are sealed, `clear` the same readable. */
export function contentDigests(sealing: Sealing, fields: Readonly<Record<string, string>>, clear: Readonly<Record<string, string>>): readonly string[] {
  const digest = contentDigest(fields)
  const sealed = Object.keys(fields).filter((id) => isSealed(fields[id]!))
  if (sealed.length === 0) return [digest]
  const earlier = sealing.digestsOf('').slice(1).map((_, at) => contentDigest({ ...fields, ...Object.fromEntries(sealed.map((id) => [id, sealing.lookUpsOf(clear[id]!)[at + 1]!])) }))
  return [digest, ...earlier]
}

/** Whether a field differs between two versions of a record, whatever keys sealed it and made its digest. */
export function differs(sealing: Sealing, subjectId: number, id: string, before: string = '', after: string = ''): boolean {
  if (sameness(before) === sameness(after)) return false
  return !isSealed(before) || !isSealed(after) || sealing.open(before, placeOfField(id, subjectId)) !== sealing.open(after, placeOfField(id, subjectId))
}

/**
 * The witness (存证内容) of a version: what was received (its fields by their digest), and what it was held to mean. A pure function of
 * its two rows, so that the ledger can tell when either was changed behind its back. Days, instants and amounts are texts; what is null is left out.
 */
export function witnessOfFact(row: FactRow): JsonObject {
  return said(row, factNames, { standing: said(row.standing, standingNames) })
}

/** The names of a row in the order of canonical JSON, so that the witness is written as it stands. Every name must be there: what is added to a row is said of it. */
function inOrder<Row>(names: Readonly<Record<keyof Row, true>>): readonly (keyof Row & string)[] {
  return (Object.keys(names) as (keyof Row & string)[]).sort()
}

const factNames = inOrder<Omit<FactRow, 'fields'>>({
  subject_id: true, fact_id: true, record_id: true, version: true, operation: true, kind: true, document_number: true, content_digest: true, decided_on: true, received_on: true,
  recorded_at: true, department: true, batch_id: true, row_number: true, reason: true, occasion_on: true, actor: true, policy_hash: true, standing: true,
})
const standingNames = inOrder<StandingRow>({
  document_series: true, document_year: true, document_serial: true, department: true, sector: true, decided_on: true, received_on: true, report_due_on: true, report_due_provisional: true,
  ends_on: true, class: true, tags: true, amount_fen: true, grade: true, public: true, public_reason: true, repairable_on: true, publicity_ends_on: true, publicity_end_reason: true,
  sharing_ends_on: true, sharing_end_reason: true, use_ends_on: true, use_end_reason: true, withdrawn: true, known_from: true,
})

function said<Row>(row: Row, names: readonly (keyof Row & string)[], parts: Readonly<Record<string, Json>> = {}): JsonObject {
  const body: Record<string, Json> = {}
  for (const name of names) {
    const value = parts[name] ?? row[name]
    if (value !== null) body[name] = value instanceof Date ? value.toISOString() : (value as Json)
  }
  return body
}

/** The standing that an effect gives to the first version of a record. */
export function standingOf(effect: Effect, given: { readonly department: string; readonly receivedOn: Day; readonly knownFrom: Date }): StandingRow {
  return {
    document_series: effect.series?.series ?? null, document_year: effect.series?.year ?? null, document_serial: effect.series?.serial ?? null,
    department: given.department, sector: effect.sector, decided_on: effect.decidedOn, received_on: given.receivedOn,
    report_due_on: effect.reportDueOn, report_due_provisional: effect.reportDueProvisional, ends_on: effect.endsOn,
    class: effect.class, tags: effect.tags, amount_fen: effect.amountFen?.toString() ?? null, grade: effect.grade,
    public: effect.public, public_reason: effect.withheldReason, repairable_on: effect.repairableOn,
    publicity_ends_on: effect.publicity?.endsOn ?? null, publicity_end_reason: effect.publicity?.reason ?? null,
    sharing_ends_on: effect.sharing?.endsOn ?? null, sharing_end_reason: effect.sharing?.reason ?? null,
    use_ends_on: effect.use?.endsOn ?? null, use_end_reason: effect.use?.reason ?? null,
    withdrawn: false, known_from: given.knownFrom,
  }
}

/**
 * The standing of a version that follows another of the same record. It stays received when it was first received; a deadline of the
 * same decision day is never brought forward; and what a decision has ended (repair) is not opened again by a correction.
 */
export function standingAfter(before: StandingRow, effect: Effect, given: { readonly department: string; readonly knownFrom: Date }): StandingRow {
  const fresh = standingOf(effect, { ...given, receivedOn: before.received_on })
  const sameDay = before.decided_on === fresh.decided_on && before.report_due_on !== null
  const due = sameDay ? { report_due_on: before.report_due_on, report_due_provisional: before.report_due_provisional } : {}
  if (before.publicity_end_reason === null || !decidedEnds.has(before.publicity_end_reason)) return { ...fresh, ...due }
  const { publicity_ends_on, publicity_end_reason, sharing_ends_on, sharing_end_reason, use_ends_on, use_end_reason } = before
  return { ...fresh, ...due, publicity_ends_on, publicity_end_reason, sharing_ends_on, sharing_end_reason, use_ends_on, use_end_reason }
}

/** Reasons for an end that someone decided, beside `maximum` (期满) and `withdrawn` (撤回). */
export const decidedEnds: ReadonlySet<string> = new Set(['repaired', 'revoked', 'objection'])

/** The standing of a version by which all three switches are off from a day on. An earlier end stays as it is. */
export function standingEnded(before: StandingRow, endsOn: Day, reason: string, knownFrom: Date): StandingRow {
  const ended = (on: Day | null, why: string | null): [Day, string] => (on !== null && on <= endsOn ? [on, why ?? reason] : [endsOn, reason])
  const [publicity, publicityReason] = ended(before.publicity_ends_on, before.publicity_end_reason)
  const [sharing, sharingReason] = ended(before.sharing_ends_on, before.sharing_end_reason)
  const [use, useReason] = ended(before.use_ends_on, before.use_end_reason)
  return {
    ...before, publicity_ends_on: publicity, publicity_end_reason: publicityReason, sharing_ends_on: sharing, sharing_end_reason: sharingReason,
    use_ends_on: use, use_end_reason: useReason, known_from: knownFrom,
  }
}

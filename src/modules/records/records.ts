import { addDays, addMonths, earliest, type Day } from '../../kernel/day.ts'
import type { Fen } from '../../kernel/money.ts'
import { decide, type Calendar, type CalendarView, type DecisionTable, type Deadline, type PolicyBook } from '../../engines/policy/index.ts'
import type { DishonestyClass, DocumentSeries, Effect, SwitchEnd } from './fact.ts'

/** What is looked at of a penalty (行政处罚). Amounts in 分. */
export type PenaltyParts = {
  readonly decidedOn: Day
  /** Last day of its effect (处罚有效期); null: without end. */
  readonly validUntil: Day | null
  /** Keys of `penalty-kinds`; several in one decision. */
  readonly kinds: readonly string[]
  readonly fine: Fen | null
  /** 简易程序 or 普通程序; null: not said, taken as ordinary. */
  readonly procedure: 'simple' | 'ordinary' | null
  /** Sector of the department that decided, if it is one of the eight. */
  readonly sector: string | null
  /** food, drug, special-equipment, work-safety or fire, where it is known. */
  readonly field: string | null
  readonly naturalPerson: boolean
  readonly series: DocumentSeries | null
}

/** What is looked at of a licence (行政许可). */
export type LicenceParts = Pick<PenaltyParts, 'decidedOn' | 'validUntil' | 'sector' | 'naturalPerson' | 'series'> & {
  /** Keys of `licence-kinds`. */
  readonly kinds: readonly string[]
  /** 当前状态：无效. */
  readonly invalid: boolean
}

/** How long each class is published: `min_months` before repair can end it, `max_months` after which it ends by itself. */
type Periods = { readonly published: boolean; readonly min_months: number; readonly max_months: number }
type PeriodsByClass = Readonly<Record<DishonestyClass, Periods>>

/** Why a record is not published at all. */
export type WithheldReason = 'simple-procedure' | 'natural-person' | 'minor' | 'by-rule'

const PERIODS = 'records/publicity-periods'

/** What a penalty means by the law of its decision day (信用记录的认定). `today` only chooses the transition rule for older records. */
export function effectOfPenalty(parts: PenaltyParts, book: PolicyBook, today: Day): Effect {
  const severity = classOfPenalty(parts, book)
  const withheld = withheldReason(parts, severity, book)
  const { repairableOn, endsOn } = publicityPeriod(parts.decidedOn, severity, book, today)
  const end: SwitchEnd = { endsOn, reason: 'maximum' }
  return {
    ...common(parts, book), class: severity, tags: [...parts.kinds, ...(parts.procedure === 'simple' ? ['simple-procedure'] : [])], amountFen: parts.fine,
    public: withheld === null, withheldReason: withheld, repairableOn, publicity: end, sharing: end, use: end,
  }
}

/** What a licence means. It is no dishonesty: no class, no publicity period; a natural person's is not published. */
export function effectOfLicence(parts: LicenceParts, book: PolicyBook): Effect {
  const tags = [...parts.kinds, ...(parts.invalid ? ['invalid'] : [])]
  return {
    ...common(parts, book), class: null, tags, amountFen: null, public: !parts.naturalPerson, withheldReason: parts.naturalPerson ? 'natural-person' : null,
    repairableOn: null, publicity: null, sharing: null, use: null,
  }
}

function common({ decidedOn, validUntil, sector, series }: Pick<PenaltyParts, 'decidedOn' | 'validUntil' | 'sector' | 'series'>, book: PolicyBook) {
  const due = reportDue(decidedOn, book)
  return { decidedOn, reportDueOn: due.day, reportDueProvisional: due.provisional, endsOn: validUntil === null ? null : once(book, `after ${validUntil}`, () => addDays(validUntil, 1)), sector, grade: null, series }
}

/**
 * Class of dishonesty (失信程度) of a penalty by the rule in force on the decision day: each kind is judged by itself, the heaviest
 * counts. A decision without any known kind is judged as `other`.
 */
export function classOfPenalty({ decidedOn, kinds, fine, procedure, sector, field }: PenaltyParts, book: PolicyBook): DishonestyClass {
  const table = book.on(decidedOn).value<DecisionTable>('records/class-of-penalty')
  const facts = { kinds: kinds.length === 0 ? ['other'] : [...kinds], procedure: procedure ?? 'ordinary', sector: sector ?? undefined, field: field ?? undefined, fine_yuan: fine === null ? undefined : Number(fine) / 100 }
  return decide(table, facts).outcome as DishonestyClass
}

/** Why a penalty is kept but not published (不予公示), by the rules of its decision day; null when it is published. */
export function withheldReason({ decidedOn, procedure, naturalPerson }: PenaltyParts, severity: DishonestyClass, book: PolicyBook): WithheldReason | null {
  const law = book.on(decidedOn)
  if (procedure === 'simple' && !law.value<{ published: boolean }>('records/simple-procedure').published) return 'simple-procedure'
  if (naturalPerson) return 'natural-person'
  if (law.value<PeriodsByClass>(PERIODS)[severity].published) return null
  return severity === 'minor' ? 'minor' : 'by-rule'
}

/**
 * The days that the publicity period (公示期) sets, counted from the decision day: from `repairableOn` on repair can end it, from
 * `endsOn` on it is over by itself. Under the transition rule `more-favourable` a later rule shortens older records, at the earliest
 * from its own first day; under `decision-date` the rule of the decision day stays.
 */
export function publicityPeriod(decidedOn: Day, severity: DishonestyClass, book: PolicyBook, today: Day): { repairableOn: Day; endsOn: Day } {
  return once(book, `publicity ${decidedOn} ${severity} ${today}`, () => periodOf(decidedOn, severity, book, today))
}

function periodOf(decidedOn: Day, severity: DishonestyClass, book: PolicyBook, today: Day): { repairableOn: Day; endsOn: Day } {
  const days = ({ min_months, max_months }: Periods) => ({ repairableOn: addMonths(decidedOn, min_months), endsOn: addMonths(decidedOn, max_months) })
  const own = book.on(decidedOn).find(PERIODS)
  let result = days(book.on(decidedOn).value<PeriodsByClass>(PERIODS)[severity])
  if (book.on(today).value<string>('records/publicity-transition') !== 'more-favourable') return result
  for (let until = own!.until; until !== null;) {
    const later = book.on(addDays(until, 1)).find(PERIODS)!
    const rule = (later.value as unknown as PeriodsByClass)[severity]
    const next = days(rule)
    const notBefore = (on: Day) => (on > later.from ? on : later.from)
    result = { repairableOn: earliest(result.repairableOn, notBefore(next.repairableOn))!, endsOn: earliest(result.endsOn, notBefore(rule.published ? next.endsOn : later.from))! }
    until = later.until
  }
  return result
}

/** Last day on which a decision is reported in time (报送期限): working days from the day after the decision. Provisional where a year's calendar is not official yet. */
export function reportDue(decidedOn: Day, book: PolicyBook): Deadline {
  return once(book, `due ${decidedOn}`, () => book.calendar.addWorkingDays(decidedOn, book.on(decidedOn).value<number>('records/report-within'), localDays(decidedOn, book)))
}

/** Last day on which a published record is withdrawn in time after its decision was changed or revoked (撤回期限). */
export function withdrawalDue(occasionOn: Day, book: PolicyBook): Deadline {
  return book.calendar.addWorkingDays(occasionOn, book.on(occasionOn).value<number>('records/withdraw-within'), localDays(occasionOn, book))
}

/** Working days by which a receipt was late (迟报天数): 0 in time, at least 1 when late, null where no clock runs. */
export function lateBy(dueOn: Day | null, receivedOn: Day, calendar: Calendar): number | null {
  if (dueOn === null) return null
  return receivedOn <= dueOn ? 0 : Math.max(1, calendar.workingDaysBetween(dueOn, receivedOn))
}

/** Whether one of the three switches is on (公示、共享、使用). */
export function isOn(end: SwitchEnd, withdrawn: boolean, today: Day): boolean {
  return !withdrawn && (end === null || today < end.endsOn)
}

const REMEMBERED = 20_000
const answers = new WeakMap<PolicyBook, Map<string, unknown>>()

/** A book never changes, and a file of a hundred thousand decisions has a few hundred days: each question is worked out once. */
function once<Answer>(book: PolicyBook, question: string, work: () => Answer): Answer {
  let known = answers.get(book)
  if (known === undefined) answers.set(book, (known = new Map()))
  if (known.size > REMEMBERED) known.clear()
  if (!known.has(question)) known.set(question, work())
  return known.get(question) as Answer
}

function localDays(on: Day, book: PolicyBook): CalendarView {
  const law = book.on(on)
  return { countLocal: law.value<boolean>('records/local-holidays-count'), countClosures: law.value<boolean>('records/closures-count') }
}

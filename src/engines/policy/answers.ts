import type { Basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import type { Json } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Text, text } from '../../kernel/text.ts'
import type { PolicyBook } from './book.ts'
import type { CalendarView, Deadline } from './calendar.ts'

/** What `xinheng day add` prints. */
export type DayAnswer = Deadline & { readonly start: Day; readonly workingDays: number; readonly knownOn: Day | null }

/** The day that lies `count` working days after `start`, by the calendar as known on `knownOn` (by all we hold, when absent). Refuses `day.outside-calendar`. */
export function answerDayAdd(book: PolicyBook, start: Day, count: number, view: CalendarView = {}): DayAnswer {
  try {
    return { ...book.calendar.addWorkingDays(start, count, view), start, workingDays: count, knownOn: view.knownOn ?? null }
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault
    throw new Refusal({
      code: 'day.outside-calendar', message: text(`无法从${start}推算${count}个工作日。`, `Cannot count ${count} working days from ${start}.`),
      fix: text('请使用整数，并使结果在1990年至2089年之间。', 'Use a whole number, and stay within 1990 to 2089.'),
    })
  }
}

/** What `xinheng policy get` prints. */
export type PolicyAnswer = {
  readonly key: string
  readonly on: Day
  readonly value: Json
  readonly unit: Text
  readonly inForceFrom: Day
  readonly inForceUntil: Day | null
  readonly basis: Basis
  /** Title and number of the text that the basis names, for people. */
  readonly basisTitle: Text | null
  readonly status: Basis['status']
  readonly pack: string
  readonly checkedOn: Day
  readonly hash: string
}

/** The value of a parameter on a day, with all that stands behind it. Refuses `policy.unknown-key` and `policy.no-value`. */
export function answerPolicyGet(book: PolicyBook, key: string, on: Day): PolicyAnswer {
  const law = book.on(on)
  const basis = law.basis(key)
  const { value, from, until, pack } = law.find(key)!
  const definition = book.parts.parameters.find((one) => one.key === key && one.pack === pack)!
  return {
    key, on, value, unit: definition.unit, inForceFrom: from, inForceUntil: until, basis, basisTitle: book.texts.get(basis.text)?.title ?? null,
    status: basis.status, pack, checkedOn: definition.checkedOn, hash: book.hashOf(key),
  }
}

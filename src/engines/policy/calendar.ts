import { createHash } from 'node:crypto'
import { addDays, type Day, day, dayNumbered, numberOf, weekdayOf } from '../../kernel/day.ts'
import { canonicalJson } from '../../kernel/json.ts'
import { type Text, text } from '../../kernel/text.ts'
import type { CalendarNotice } from './types.ts'

/** Which calendar is asked: as known at the end of `knownOn` (all that we hold, when absent), with or without local days off and closures. */
export type CalendarView = { readonly knownOn?: Day; readonly countLocal?: boolean; readonly countClosures?: boolean }

/** A deadline (期限): its last day, and whether a year that it touches still lacks its official notice. `calendarHash` tells whether those years' calendar has changed since. */
export type Deadline = { readonly day: Day; readonly provisional: boolean; readonly reason?: Text; readonly calendarHash: string }

/** A day that is not what its weekday says. */
export type SpecialDay = { readonly day: Day; readonly working: boolean; readonly name: string; readonly layer: CalendarNotice['layer']; readonly notice: string; readonly knownFrom: Day; readonly status: CalendarNotice['status'] }

/** Working days (工作日) in three layers (national, local, closure), bitemporal: each view knows only what was announced by its day. */
export type Calendar = {
  isWorkingDay(on: Day, view?: CalendarView): boolean
  /** Counts from the day after `start`: the n-th working day. Negative n: the n-th working day before `start`. n = 0 gives `start` itself. */
  addWorkingDays(start: Day, count: number, view?: CalendarView): Deadline
  /** Working days after `from` up to and including `to`; negative when `to` lies earlier. The inverse of `addWorkingDays`. */
  workingDaysBetween(from: Day, to: Day, view?: CalendarView): number
  /** Years with an official notice, as known then. */
  officialYears(knownOn?: Day): number[]
  /** The days of a year that are not what their weekday says, in order. */
  specialDays(year: number, view?: CalendarView): SpecialDay[]
}

// Wide enough for every deadline that law knows; outside we would rather stop than guess.
const first = numberOf(day('1990-01-01'))
const last = numberOf(day('2089-12-31'))

type Snapshot = {
  /** working[i]: is day first+i a working day. upTo[i]: working days of first..first+i. nth[k]: offset of the k-th working day. */
  readonly working: Uint8Array
  readonly upTo: Int32Array
  readonly nth: Int32Array
  readonly special: ReadonlyMap<Day, SpecialDay>
  readonly official: ReadonlySet<number>
  readonly hashes: Map<number, string>
}

/** Makes a calendar of announcements. Views are memoised, so that a hundred thousand questions cost as much as one. */
export function makeCalendar(notices: readonly CalendarNotice[]): Calendar {
  const inOrder = [...notices].sort((a, b) => (a.announcedOn < b.announcedOn ? -1 : a.announcedOn > b.announcedOn ? 1 : 0))
  const announcements = [...new Set(inOrder.map(({ announcedOn }) => announcedOn))]
  const known = new Map<Day | undefined, number>([[undefined, announcements.length]])
  const snapshots = new Map<number, Snapshot>()

  function snapshotOf({ knownOn, countLocal = false, countClosures = false }: CalendarView): Snapshot {
    let count = known.get(knownOn)
    if (count === undefined) known.set(knownOn, (count = announcements.filter((on) => on <= knownOn!).length))
    const key = count * 4 + (countLocal ? 2 : 0) + (countClosures ? 1 : 0)
    let snapshot = snapshots.get(key)
    if (snapshot === undefined) {
      const latest = announcements[count - 1]
      const seen = latest === undefined ? [] : inOrder.filter((notice) => notice.announcedOn <= latest && (notice.layer === 'national' || (notice.layer === 'local' ? countLocal : countClosures)))
      snapshots.set(key, (snapshot = takeSnapshot(seen)))
    }
    return snapshot
  }

  return {
    isWorkingDay: (on, view = {}) => snapshotOf(view).working[offsetOf(on)] === 1,
    addWorkingDays(start, count, view = {}) {
      if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of working days: ${count}`)
      const snapshot = snapshotOf(view)
      const from = offsetOf(start)
      const before = count < 0 ? snapshot.upTo[from]! - snapshot.working[from]! : snapshot.upTo[from]!
      const found = count === 0 ? from : snapshot.nth[before + count + (count < 0 ? 1 : 0)]
      if (found === undefined || found < 0 || before + count < 0) throw new RangeError(`outside the calendar: ${start} and ${count} working days`)
      const end = dayNumbered(first + found)
      return withCertainty(snapshot, count < 0 ? end : addDays(start, Math.min(count, 1)), count < 0 ? addDays(start, -1) : end, end)
    },
    workingDaysBetween(from, to, view = {}) {
      const { upTo, working } = snapshotOf(view)
      const [a, b] = [offsetOf(from), offsetOf(to)]
      return b >= a ? upTo[b]! - upTo[a]! : -(upTo[a]! - working[a]! - (upTo[b]! - working[b]!))
    },
    officialYears: (knownOn) => [...snapshotOf({ knownOn }).official].sort(),
    specialDays: (year, view = {}) => [...snapshotOf(view).special.values()].filter(({ day: on }) => on.startsWith(`${year}-`)).sort((a, b) => (a.day < b.day ? -1 : 1)),
  }
}

/** Joins an earlier answer and a new one for the same deadline: the new one holds, but never brings the day forward, so that nobody becomes late in hindsight. */
export function recomputeDeadline(earlier: Deadline, recomputed: Deadline): Deadline {
  return earlier.day > recomputed.day ? { ...recomputed, day: earlier.day } : recomputed
}

function offsetOf(on: Day): number {
  const offset = numberOf(on) - first
  if (!(offset >= 0 && offset <= last - first)) throw new RangeError(`outside the calendar: ${on}`)
  return offset
}

function takeSnapshot(seen: readonly CalendarNotice[]): Snapshot {
  const special = new Map<Day, SpecialDay>()
  // National first, then what narrows it; within a layer the later announcement wins, day by day.
  for (const layer of ['national', 'local', 'closure'] as const) {
    for (const notice of seen.filter((one) => one.layer === layer)) {
      const mark = (on: Day, working: boolean, name: string) => special.set(on, { day: on, working, name, layer, notice: notice.title, knownFrom: notice.announcedOn, status: notice.status })
      for (const { name, days } of notice.off) for (const on of days) mark(on, false, name)
      for (const on of notice.makeUp) mark(on, true, '调休上班')
    }
  }
  const size = last - first + 1
  const working = new Uint8Array(size)
  const firstWeekday = weekdayOf(dayNumbered(first))
  for (let i = 0; i < size; i++) working[i] = (firstWeekday - 1 + i) % 7 < 5 ? 1 : 0
  for (const { day: on, working: works } of special.values()) working[offsetOf(on)] = works ? 1 : 0
  const upTo = new Int32Array(size)
  const nth = new Int32Array(size + 1).fill(-1)
  let count = 0
  for (let i = 0; i < size; i++) {
    if (working[i] === 1) nth[++count] = i
    upTo[i] = count
  }
  return { working, upTo, nth, special, official: new Set(seen.flatMap(({ year }) => (year === null ? [] : [year]))), hashes: new Map() }
}

function withCertainty(snapshot: Snapshot, from: Day, to: Day, end: Day): Deadline {
  const [firstYear, lastYear] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  const missing: number[] = []
  for (let year = firstYear; year <= lastYear; year++) if (!snapshot.official.has(year)) missing.push(year)
  const calendarHash = hashOfYears(snapshot, firstYear, lastYear)
  if (missing.length === 0) return { day: end, provisional: false, calendarHash }
  const years = missing.join(', ')
  const reason = text(
    `尚无${years}年放假安排的官方通知，暂按星期推算；通知发布后重算，且不会提前。`,
    `There is no official holiday notice for ${years} yet: counted by weekdays only, to be recomputed when the notice comes, and never brought forward.`,
  )
  return { day: end, provisional: true, reason, calendarHash }
}

function hashOfYears(snapshot: Snapshot, firstYear: number, lastYear: number): string {
  const key = firstYear * 10_000 + lastYear
  let hash = snapshot.hashes.get(key)
  if (hash === undefined) {
    const years: { [year: string]: { official: boolean; days: string[] } } = {}
    for (let year = firstYear; year <= lastYear; year++) years[year] = { official: snapshot.official.has(year), days: [] }
    for (const { day: on, working } of snapshot.special.values()) years[on.slice(0, 4)]?.days.push(`${on}${working ? '+' : '-'}`)
    for (const { days } of Object.values(years)) days.sort()
    snapshot.hashes.set(key, (hash = createHash('sha256').update(canonicalJson(years)).digest('hex')))
  }
  return hash
}

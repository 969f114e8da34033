// @clause 12.1
import type { Basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import type { World } from './world.ts'

/** One thing that waits for someone (待办): what, about whom, whose it is, since when, until when, by which rule, and the one next act. */
export type WorkItem = {
  /** Known by it within its source, also after a restart. */
  readonly key: string
  readonly title: Text
  readonly subject: { readonly subjectId: number; readonly name: string } | null
  /** Key of the department that has to do it; null: the credit office or an administrator, by permission alone. */
  readonly department: string | null
  /** The officer in charge, where there is one. */
  readonly officerId: number | null
  readonly since: Date
  /** The last day in time; null: no limit. */
  readonly dueOn: Day | null
  /** The calendar of that year is not official yet. */
  readonly provisional: boolean
  readonly rule: Basis | null
  /** Where in the console it is done (`/imports/7`), and what the button says. */
  readonly next: { readonly to: string; readonly title: Text }
}

/** Whose work is asked for, and on which day. */
export type WorkReach = {
  readonly today: Day
  /** Items due by then are due soon. */
  readonly soonUntil: Day
  /** Only of these departments; null: of all. */
  readonly departments: readonly string[] | null
  /** Only what this officer is in charge of. */
  readonly officerId?: number
}

/** A part of the work list, with how much there is in all. */
export type Work = { readonly items: readonly WorkItem[]; readonly total: number; readonly late: number; readonly dueSoon: number }

/** Where work comes from: each module that lets something wait supplies one, and the one work list joins them. */
export type WorkSource = {
  /** `module.noun`, e.g. `submissions.rejection`. */
  readonly kind: string
  readonly title: Text
  /** Whoever has this permission sees the items, as far as its scope reaches. */
  readonly permission: string
  /** The most urgent first: late ones, then by day due, then by age. At most `limit`. */
  list(world: World, reach: WorkReach, limit: number): Promise<Work>
}

import type { Problem } from '../../../kernel/refusal.ts'
import type { RowAbout } from '../queries/flagged.ts'

/** A row that was read and checked by itself, before anything else is known of it. */
export type CheckedRow = {
  readonly rowNumber: number
  /** As it was sent, by field of the standard. */
  readonly cells: Readonly<Record<string, string>>
  /** What it means; null when its cells are not in order. */
  readonly fields: unknown
  readonly problems: readonly Problem[]
  readonly about: RowAbout
  /** The same row stood above already. */
  readonly repeated: boolean
}

/** Some checked rows on the way from the reader to the transaction, in the order of the file; `share` is how much of the file is read with them, from 0 to 1, null where that is unknown. */
export type CheckedRows = { readonly rows: readonly CheckedRow[]; readonly share: number | null }

import type { Problem } from '../../../kernel/refusal.ts'
import type { FieldValues } from '../intake/index.ts'
import type { RowAbout } from '../queries/flagged.ts'

/** A row that was read and checked by itself, before anything else is known of it. */
export type CheckedRow = {
  readonly rowNumber: number
  /** What was understood of it, by field of the standard. */
  readonly values: FieldValues
  /** Its cells where they were sent otherwise than they were understood; empty where nothing was sent. See {@link cellsOf}. */
  readonly sentOtherwise: FieldValues
  /** What it means; null when its cells are not in order. */
  readonly fields: unknown
  readonly problems: readonly Problem[]
  readonly about: RowAbout
  /** The same row stood above already. */
  readonly repeated: boolean
}

/** Some checked rows on the way from the reader to the transaction, in the order of the file; `share` is how much of the file is read with them, from 0 to 1, null where that is unknown. */
export type CheckedRows = { readonly rows: readonly CheckedRow[]; readonly share: number | null }

/** Of the cells as they were sent, those that differ from what was understood: a row travels once, not twice. */
export function sentOtherwise(sent: FieldValues, values: FieldValues): FieldValues {
  const other: Record<string, string> = {}
  for (const id in sent) if (sent[id] !== values[id]) other[id] = sent[id]!
  for (const id in values) if (sent[id] === undefined) other[id] = ''
  return other
}

/** The cells of a row as they were sent, by field of the standard; empty ones left out. */
export function cellsOf({ values, sentOtherwise: other }: Pick<CheckedRow, 'values' | 'sentOtherwise'>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...values, ...other }).filter(([, text]) => text !== ''))
}

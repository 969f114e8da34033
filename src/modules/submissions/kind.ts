import type { Day } from '../../kernel/day.ts'
import type { Problem } from '../../kernel/refusal.ts'
import type { ActContext } from '../../engines/procedure/index.ts'
import type { Queryable } from '../../platform/db/index.ts'

/** The batch (报送批次) whose rows are being taken in. `department` is its key. */
export type BatchInHand = { readonly batchId: number; readonly department: string; readonly receivedOn: Day }

/** A row whose own cells are in order: its typed fields, and warnings if any. */
export type RowInHand<Fields> = { readonly rowNumber: number; readonly fields: Fields; readonly warnings: readonly Problem[] }

/** What became of a row. `corrected`: known before, with other content; `unchanged`: known before, the same. Warnings of the row itself need not be repeated. */
export type RowOutcome =
  | { readonly rowNumber: number; readonly outcome: 'accepted' | 'unchanged' | 'corrected'; readonly warnings?: readonly Problem[] }
  | { readonly rowNumber: number; readonly outcome: 'rejected'; readonly problems: readonly Problem[] }

/**
 * One kind of thing that departments send in. The module that owns the facts supplies it; `submissions` reads the file, collects
 * the outcomes and writes the batch, all in one act: either the whole file is taken in, or nothing of it.
 */
export type SubmissionKind<Fields = never> = {
  readonly kind: 'subject' | 'licence' | 'penalty' | 'public-grade'
  /** Name of the field standard in `policy/national/standards/`. */
  readonly standard: string
  /** Credit codes that fail their check and were admitted by an officer; rows that name them are in order. None unless given. */
  admittedCodes?(db: Queryable): Promise<ReadonlySet<string>>
  /** Takes in some rows (some hundreds) with a few statements, inside the act's transaction. Called piece after piece in file order. */
  take(context: ActContext, batch: BatchInHand, rows: readonly RowInHand<Fields>[]): Promise<readonly RowOutcome[]>
  /**
   * The first half of `take`, for a kind of which large files come in: looks up what no row of the file changes and judges the rows, while the piece above is
   * still being stored. What it gives stores them; it is called when that piece is through.
   */
  ahead?(context: ActContext, batch: BatchInHand, rows: readonly RowInHand<Fields>[]): Promise<() => Promise<readonly RowOutcome[]>>
  /** Takes in the rows of several small files with the statements of one, as `take` would one after the other; for a kind that systems send record by record. Answers file by file. */
  takeTogether?(context: ActContext, lots: readonly { readonly batch: BatchInHand; readonly rows: readonly RowInHand<Fields>[] }[]): Promise<readonly (readonly RowOutcome[])[]>
}

/** A kind whatever its fields are: the reader hands each kind what its standard gives. */
// oxlint-disable-next-line no-explicit-any
export type AnyKind = SubmissionKind<any>

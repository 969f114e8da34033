import type { Day } from '../../kernel/day.ts'
import type { RefusalParts } from '../../kernel/refusal.ts'
import type { SubmissionKind } from './kind.ts'

/** The counts of a batch (报送批次). `warned` rows are counted among accepted, unchanged or corrected too. */
export type BatchCounts = { readonly read: number; readonly accepted: number; readonly unchanged: number; readonly corrected: number; readonly rejected: number; readonly warned: number }
/** How far a running import is: `fraction` from 0 to 1, or null when the size is unknown. */
export type BatchProgress = { readonly fraction: number | null; readonly rowsPerSecond: number; readonly stage: 'waiting' | 'reading' | 'storing' }
/** A refusal as a batch keeps it. */
export type BatchRefusal = Pick<RefusalParts, 'code' | 'message' | 'fix'>
/** Which column of the sheet holds which field of the standard: the layout in which failed rows are given back. */
export type KeptLayout = { readonly columns: readonly { readonly heading: string; readonly field: string }[] }

/** A batch (报送批次): one file, one act. */
export type Batch = BatchCounts & {
  readonly batchId: number
  readonly kind: SubmissionKind['kind']
  readonly fileName: string
  readonly fileSize: number
  readonly fileDigest: string
  readonly department: string
  readonly receivedOn: Day
  readonly receivedAt: Date
  readonly actor: string
  readonly state: 'received' | 'reading' | 'done' | 'refused'
  readonly finishedAt: Date | null
  readonly refusal: BatchRefusal | null
  readonly progress: BatchProgress | null
}

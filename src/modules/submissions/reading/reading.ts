import type { RefusalParts } from '../../../kernel/refusal.ts'
import type { CheckedRows } from './checked-row.ts'
import type { ReadingLaw } from './law.ts'

/** What is read, and by which law: all that the thread is given, nothing else of the world is there. `name` is what the sender called the file. */
export type Reading = { readonly path: string; readonly name: string; readonly law: ReadingLaw }
/** What the thread tells: checked rows, in bytes until they are wanted, so that they burden no heap; that the file is at its end; or why it is refused. */
export type ReadingNews = { readonly bytes: Uint8Array; readonly share: CheckedRows['share'] } | { readonly done: true } | { readonly refused: RefusalParts }

/** So many pieces wait for the transaction before the thread waits for it in turn: enough that neither stands still, few enough that memory stays flat. */
export const PIECES_AHEAD = 3

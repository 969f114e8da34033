import type { Day } from '../../../kernel/day.ts'
import type { RefusalParts } from '../../../kernel/refusal.ts'
import type { ReadingLaw } from './law.ts'

/** What is read, and where the checked rows go. */
export type Reading = { readonly path: string; readonly name: string; readonly receivedOn: Day; readonly department: string; readonly spool: string }
/** All that the thread is given: nothing else of the world is there. */
export type ReadingParts = Reading & { readonly law: ReadingLaw }
/** What the thread tells. */
export type ReadingNews = { readonly share: number | null; readonly rows: number } | { readonly done: { readonly rows: number } } | { readonly refused: RefusalParts }

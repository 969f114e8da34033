// @clause X.4
import type { Day } from '../../kernel/day.ts'
import type { Text } from '../../kernel/text.ts'
import type { Queryable, Tx } from '../../platform/db/index.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import type { ChangedRows } from '../ledger/index.ts'
import type { PolicyBook } from '../policy/index.ts'

/** A natural person whose data are looked for (自然人), known by what identifies one person and never by a name. */
export type SoughtPerson = {
  /** Keyed digests of the numbers of identity documents, by which sealed values are found. */
  readonly idDigests: readonly string[]
  /** Subjects of the register that are this person. */
  readonly subjectIds: readonly number[]
  /** Accounts of the person. */
  readonly accountIds: readonly number[]
  /** As whom these accounts act, in the ledger and in every row that says who. */
  readonly actors: readonly string[]
}

/**
 * Something that is held of a person, with how many rows (持有情况). goes: a removal takes it away. stays: it is kept, and `why`. bars: while it is so nothing may be removed
 * (个人信息保护法第四十七条第二款: a period of keeping that has not run out), and `why` says what to do first.
 */
export type HeldOfPerson = { readonly what: Text; readonly count: number; readonly fate: 'goes' | 'stays' | 'bars'; readonly why: Text | null }

/** Where a module keeps data of persons: what it holds of one, and how that is taken away. */
export type PersonPlace = {
  readonly name: string
  list(db: Queryable, person: SoughtPerson, of: { readonly today: Day; readonly policy: PolicyBook; readonly sealing: Sealing }): Promise<readonly HeldOfPerson[]>
  /** Empties the rows, deleting none that the ledger witnesses. Answers which rows changed, and the digests of kept files that held the person's data. As whoever owns the tables: no other role may change them. */
  remove(tx: Tx, person: SoughtPerson, of: { readonly now: Date; readonly policy: PolicyBook; readonly sealing: Sealing }): Promise<{ readonly changed: readonly ChangedRows[]; readonly files: readonly string[] }>
  /** Those of some kept files, by their digests, that this module still needs after a removal. */
  needs?(db: Queryable, digests: readonly string[]): Promise<readonly string[]>
}

/** What is held, where there is any. */
export function held(what: Text, count: number, fate: HeldOfPerson['fate'], why: Text | null = null): HeldOfPerson[] {
  return count === 0 ? [] : [{ what, count, fate, why }]
}

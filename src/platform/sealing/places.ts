import type { Db, Queryable, Tx } from '../db/index.ts'
import { keyOf, type Sealing } from './sealing.ts'

/** A row that holds sealed values, and how it is sealed anew: answers whether something changed. */
export type SealedRow = { readonly id: number; readonly values: readonly string[]; reseal(tx: Tx, sealing: Sealing): Promise<boolean> }

/** Where a module keeps sealed values. `list` gives rows after a number, the smallest number first; values that are not sealed yet are listed as they stand. */
export type SealedPlace = {
  readonly name: string
  /** The witnessed table whose rows these are, where the ledger says something of the digests: the number of a row is the one its entries are about. */
  readonly witnessed?: string
  list(db: Queryable, after: number, limit: number): Promise<readonly SealedRow[]>
}

/** How many values each key sealed in a place; `clear` are those that are not sealed. */
export type SealedCount = { readonly place: string; readonly byKey: ReadonlyMap<string, number> }

/** What is done around the resealing of some rows of a place. */
export type Around = (tx: Tx, place: SealedPlace, ids: readonly number[], reseal: () => Promise<void>) => Promise<void>

const CHUNK = 500

/** Counts the sealed values of places by key. */
export async function countSealed(db: Db, places: readonly SealedPlace[]): Promise<SealedCount[]> {
  const counts: SealedCount[] = []
  for (const place of places) {
    const byKey = new Map<string, number>()
    for await (const rows of chunksOf(db, place)) {
      for (const value of rows.flatMap(({ values }) => values)) byKey.set(keyOf(value), (byKey.get(keyOf(value)) ?? 0) + 1)
    }
    counts.push({ place: place.name, byKey })
  }
  return counts
}

/**
 * Seals everything anew that is clear or was sealed by an earlier key (重新加密): a chunk of rows a transaction, so that a kill loses nothing and the next call goes on.
 * `around` does what goes with the rows of a place in the same transaction, and the resealing between. Answers how many rows changed.
 */
export async function resealAll(db: Db, sealing: Sealing, places: readonly SealedPlace[], around?: Around): Promise<number> {
  let changed = 0
  for (const place of places) {
    for await (const rows of chunksOf(db, place)) {
      const open = rows.filter(({ values }) => values.some((value) => keyOf(value) !== sealing.keyIds().present))
      if (open.length === 0) continue
      await db.transaction().execute(async (tx) => {
        const reseal = async () => {
          for (const row of open) if (await row.reseal(tx, sealing)) changed++
        }
        await (around ? around(tx, place, open.map(({ id }) => id), reseal) : reseal())
      })
    }
  }
  return changed
}

async function* chunksOf(db: Db, place: SealedPlace): AsyncGenerator<readonly SealedRow[]> {
  for (let after = 0; ;) {
    const rows = await place.list(db, after, CHUNK)
    if (rows.length === 0) return
    yield rows
    after = rows.at(-1)!.id
  }
}

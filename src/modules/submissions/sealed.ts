// @clause X.4
import { isSealed, type SealedPlace } from '../../platform/sealing/index.ts'
import { placeOfCell } from './persons.ts'
import { listSealedCells, replaceSealedCells } from './queries/sealed.ts'

const BATCHES = 5

/** Ids of persons in rows with problems (问题行中的证件号码), as they are sealed: a batch at a time. */
export const sealedCells: SealedPlace = {
  name: 'submissions.flagged_row.cells',
  async list(db, after) {
    const byBatch = Map.groupBy(await listSealedCells(db, after, BATCHES), ({ batchId }) => batchId)
    return [...byBatch].map(([id, rows]) => ({
      id, values: rows.flatMap(({ cells }) => Object.values(cells).filter(isSealed)),
      async reseal(tx, sealing) {
        for (const row of rows) {
          await replaceSealedCells(tx, row, Object.fromEntries(Object.entries(row.cells).map(([field, value]) => [field, isSealed(value) ? sealing.reseal(value, placeOfCell(field, id)) ?? value : value])))
        }
        return true
      },
    }))
  },
}

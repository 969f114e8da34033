// @clause X.4
import { tidyCode } from '../../kernel/codes/index.ts'
import { isSealed, type Sealing, type SealedPlace } from '../../platform/sealing/index.ts'
import { personCode, placeOfCell } from './persons.ts'
import { listSealedCells, replaceSealedCells, type SealedCells } from './queries/sealed.ts'

const BATCHES = 5

/** Ids of persons in rows with problems (问题行中的证件号码), as they are sealed: a batch at a time. */
export const sealedCells: SealedPlace = {
  name: 'submissions.flagged_row.cells', witnessed: 'submissions.batch',
  async list(db, after) {
    const byBatch = Map.groupBy(await listSealedCells(db, after, BATCHES), ({ batchId }) => batchId)
    return [...byBatch].map(([id, rows]) => ({
      id, values: rows.flatMap(({ cells }) => Object.values(cells).filter(isSealed)),
      async reseal(tx, sealing) {
        for (const row of rows) {
          const cells = Object.fromEntries(Object.entries(row.cells).map(([field, value]) => [field, isSealed(value) ? sealing.reseal(value, placeOfCell(field, id)) ?? value : value]))
          await replaceSealedCells(tx, { ...row, cells, partyCode: partyCodeAnew(sealing, row) })
        }
        return true
      },
    }))
  },
}

/** What stands for the party's number, by the present key of the digests: the number is looked for among the cells. */
function partyCodeAnew(sealing: Sealing, { batchId, cells, partyCode }: SealedCells): string | null {
  if (partyCode === null || !partyCode.startsWith(personCode(''))) return partyCode
  const numbers = Object.entries(cells).flatMap(([field, value]) => (isSealed(value) ? [sealing.open(value, placeOfCell(field, batchId))] : [])).flatMap((sent) => [sent, tidyCode(sent)])
  const number = numbers.find((one) => sealing.digestsOf(one).map(personCode).includes(partyCode))
  // Without the number nothing can stand for it any more; the row is still known by the party's name.
  return number === undefined ? null : personCode(sealing.digestOf(number))
}

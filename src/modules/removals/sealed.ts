// @clause X.4
import type { SealedPlace } from '../../platform/sealing/index.ts'
import { placeOfNumber } from './person.ts'
import { listSealedNumbers, replaceSealedNumber } from './queries/person.ts'

/** Numbers of identity documents in requests that are under way, as they are sealed. */
export const sealedNumbers: SealedPlace = {
  name: 'removals.removal.id_sealed',
  async list(db, after, limit) {
    return (await listSealedNumbers(db, after, limit)).map(({ removalId, idSealed }) => ({
      id: removalId, values: [idSealed],
      async reseal(tx, sealing) {
        const anew = sealing.reseal(idSealed, placeOfNumber(removalId))
        if (anew !== null) await replaceSealedNumber(tx, removalId, anew)
        return anew !== null
      },
    }))
  },
}

// @clause X.4
import { text } from '../../kernel/text.ts'
import type { SealedPlace } from '../../platform/sealing/index.ts'
import { namedInWords } from '../privacy/index.ts'
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

/** Persons named by number in the words of a request (删除申请文字中的证件号码). */
export const namedInRemovals = namedInWords(text('删除申请与办理意见的文字中的证件号码', 'The number in the words of requests for removal'), [
  { relation: 'removals.removal', key: 'removal_id', columns: ['words'] }, { relation: 'removals.step', key: 'step_id', columns: ['words', 'remedy'] },
])

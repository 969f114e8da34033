// @clause X.4
import { isSealed, type SealedPlace } from '../../platform/sealing/index.ts'
import { placeOfField } from './fact.ts'
import { listSealedFacts, replaceSealedFields } from './queries/sealed.ts'

/** Ids of persons in records (证件号码), as they are sealed. */
export const sealedFacts: SealedPlace = {
  name: 'records.fact.fields', witnessed: 'records.fact',
  async list(db, after, limit) {
    return (await listSealedFacts(db, after, limit)).map((fact) => ({
      id: fact.fact_id, values: Object.values(fact.fields).filter(isSealed),
      async reseal(tx, sealing) {
        const fields = Object.fromEntries(Object.entries(fact.fields).map(([id, value]) => [id, isSealed(value) ? sealing.reseal(value, placeOfField(id, fact.subject_id)) ?? value : value]))
        await replaceSealedFields(tx, fact, fields)
        return true
      },
    }))
  },
}

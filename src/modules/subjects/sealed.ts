// @clause X.4
import type { SealedPlace } from '../../platform/sealing/index.ts'
import { isPersonal, lookUpOf, placeOfCode } from './persons.ts'
import { listPersonalContents, listPersonalIdentifiers, replaceContent, replaceIdentifier } from './queries/sealed.ts'

/** Ids of persons among the codes of the register (主体代码中的证件号码), as they are sealed. */
export const sealedIdentifiers: SealedPlace = {
  name: 'subjects.identifier.sealed',
  async list(db, after, limit) {
    const bySubject = Map.groupBy(await listPersonalIdentifiers(db, after, limit), ({ subjectId }) => subjectId)
    return [...bySubject].map(([subjectId, codes]) => ({
      id: subjectId, values: codes.map(({ value, sealed }) => sealed ?? value),
      async reseal(tx, sealing) {
        for (const code of codes) {
          const place = placeOfCode(code.kind, subjectId)
          const clear = sealing.open(code.sealed ?? code.value, place)
          await replaceIdentifier(tx, code, { value: lookUpOf(sealing, { kind: code.kind, value: clear }), sealed: sealing.seal(clear, place) })
        }
        return true
      },
    }))
  },
}

/** Ids of persons in registrations (登记内容中的证件号码), as they are sealed. */
export const sealedContents: SealedPlace = {
  name: 'subjects.registration.content', witnessed: 'subjects.registration',
  async list(db, after, limit) {
    return (await listPersonalContents(db, after, limit)).map((registration) => ({
      id: registration.registrationId, values: registration.codes.filter(({ kind }) => isPersonal(kind)).map(({ value }) => value),
      async reseal(tx, sealing) {
        const { codes, subjectId } = registration
        await replaceContent(tx, registration, codes.map(({ kind, value }) => ({ kind, value: isPersonal(kind) ? sealing.reseal(value, placeOfCode(kind, subjectId)) ?? value : value })))
        return true
      },
    }))
  },
}

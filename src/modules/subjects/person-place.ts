// @clause X.4
import { formsOfId } from '../../kernel/codes/index.ts'
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import { PERSONAL_KINDS } from './persons.ts'
import { findSubjectsByCodes } from './queries/codes.ts'
import { countRegistrations, emptyPersons, listNotes, replaceNotes } from './queries/person.ts'
import { withoutIdOf } from '../privacy/index.ts'

/** The natural persons of the register who have this number of an identity document (证件号码), by subject. Businesses that bear it are none: what is registered of them is no person's own. */
export async function findPersons(db: Queryable, sealing: Sealing, idNumber: string): Promise<number[]> {
  const found = await findSubjectsByCodes(db, sealing, PERSONAL_KINDS.flatMap((kind) => formsOfId(idNumber).map((value) => ({ kind, value }))))
  return [...new Set([...found.values()].filter(({ type }) => type === 'natural-person').map(({ subjectId }) => subjectId))]
}

/** A person in the register (登记信息). */
export const registeredPersons: PersonPlace = {
  name: 'subjects.registration',
  list: async (db, { subjectIds }) => held(text('主体登记信息（姓名、证件号码及其历史）', 'Registrations: name, number of the identity document, and their history'), await countRegistrations(db, subjectIds), 'goes'),
  remove: async (tx, { subjectIds }) => ({ changed: [{ relation: 'subjects.registration', ids: await emptyPersons(tx, subjectIds) }], files: [] }),
}

/** Persons named by number in an officer's reasons for a registration (登记理由中的证件号码). */
export const namedInRegistrations: PersonPlace = {
  name: 'subjects.registration.reason',
  list: async (db, person, { sealing }) => held(text('登记与核准理由中的证件号码', 'The number in the reasons of registrations and admissions'), (await notesNaming(db, sealing, person.idDigests)).length, 'goes'),
  async remove(tx, { idDigests }, { sealing }) {
    const notes = await notesNaming(tx, sealing, idDigests)
    await replaceNotes(tx, notes)
    return { changed: [{ relation: 'subjects.registration', ids: notes.map(({ registrationId }) => registrationId) }], files: [] }
  },
}

async function notesNaming(db: Queryable, sealing: Sealing, idDigests: readonly string[]) {
  if (idDigests.length === 0) return []
  const without = (words: string | null) => words && withoutIdOf(sealing, words, idDigests)
  return (await listNotes(db)).map((one) => ({ one, anew: { ...one, reason: without(one.reason), codeNote: without(one.codeNote) } }))
    .flatMap(({ one, anew }) => (one.reason !== anew.reason || one.codeNote !== anew.codeNote ? [anew] : []))
}

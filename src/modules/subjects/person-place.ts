// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import { PERSONAL_KINDS } from './persons.ts'
import { findSubjectsByCodes } from './queries/codes.ts'
import { countRegistrations, emptyPersons } from './queries/person.ts'

/** The natural persons of the register who have this number of an identity document (证件号码), by subject. Businesses that bear it are none: what is registered of them is no person's own. */
export async function findPersons(db: Queryable, sealing: Sealing, idNumber: string): Promise<number[]> {
  const found = await findSubjectsByCodes(db, sealing, PERSONAL_KINDS.map((kind) => ({ kind, value: idNumber })))
  return [...new Set([...found.values()].filter(({ type }) => type === 'natural-person').map(({ subjectId }) => subjectId))]
}

/** A person in the register (登记信息). */
export const registeredPersons: PersonPlace = {
  name: 'subjects.registration',
  list: async (db, { subjectIds }) => held(text('主体登记信息（姓名、证件号码及其历史）', 'Registrations: name, number of the identity document, and their history'), await countRegistrations(db, subjectIds), 'goes'),
  remove: async (tx, { subjectIds }) => ({ changed: [{ relation: 'subjects.registration', ids: await emptyPersons(tx, subjectIds) }], files: [] }),
}

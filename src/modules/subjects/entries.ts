import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { witnessedContent } from './persons.ts'
import { findRegistrations, type WitnessedRegistration } from './queries/registrations.ts'
import { contentJson } from './subjects.ts'

const table = { relation: 'subjects.registration', key: 'registration_id' }

/** What a registration says to the ledger, from the values as they are stored. */
export function witnessOf({ content, effectiveOn, batchId, rowNumber, reason }: WitnessedRegistration): JsonObject {
  return { content: contentJson(witnessedContent(content)), effective_on: effectiveOn, batch_id: batchId, row_number: rowNumber, reason }
}

const witness: EntryType['witness'] = async (db, ids) => new Map([...(await findRegistrations(db, ids))].map(([id, registration]) => [id, witnessOf(registration)]))

/** The kinds of entry of the register: 登记, 变更, 核准校验不符的代码. */
export const subjectEntryTypes: readonly EntryType[] = ['subject.registered', 'subject.changed', 'subject.admitted'].map((name) => ({ name, table, witness }))
